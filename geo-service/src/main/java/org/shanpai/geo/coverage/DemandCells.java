package org.shanpai.geo.coverage;

import com.uber.h3core.H3Core;
import com.uber.h3core.util.LatLng;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.shanpai.contracts.GeoPoint;

/**
 * The H3 cells in which demand is counted: resolution {@value #RESOLUTION}, about 0.1 km² and 350 m
 * across. Thread-safe.
 */
@Singleton
public class DemandCells {

  public static final int RESOLUTION = 9;

  /** Coarser than this a cell says little about a district. */
  public static final int COARSEST = 7;

  // Neighbouring centres at this resolution are nowhere in an inhabited city closer than this.
  private static final double LEAST_SPACING_METRES = 230;

  private final H3Core h3;

  public DemandCells() {
    try {
      h3 = H3Core.newInstance();
    } catch (IOException e) {
      throw new UncheckedIOException("The native H3 library cannot be loaded.", e);
    }
  }

  public long of(GeoPoint place) {
    return h3.latLngToCell(place.lat(), place.lon(), RESOLUTION);
  }

  /** The cell around it at a resolution from {@link #COARSEST} to {@link #RESOLUTION}. */
  public long parent(long cell, int resolution) {
    return resolution == RESOLUTION ? cell : h3.cellToParent(cell, resolution);
  }

  public GeoPoint centre(long cell) {
    LatLng centre = h3.cellToLatLng(cell);
    return new GeoPoint(centre.lat, centre.lng);
  }

  /** Its corners, five to ten, not closed, counter-clockwise. */
  public List<GeoPoint> border(long cell) {
    return h3.cellToBoundary(cell).stream()
        .map(corner -> new GeoPoint(corner.lat, corner.lng))
        .toList();
  }

  /**
   * The cells whose centres may lie within so many metres of the centre of one of those, in the
   * order of their numbers.
   *
   * @param most as soon as there are more, the cells are left as they are
   */
  public Collection<Long> around(Collection<Long> cells, double metres, int most) {
    TreeSet<Long> found = new TreeSet<>(cells);
    int rings = (int) Math.ceil(metres / LEAST_SPACING_METRES);
    for (long cell : cells) {
      if (found.size() > most) {
        return new TreeSet<>(cells);
      }
      found.addAll(h3.gridDisk(cell, rings));
    }
    return found;
  }

  /** The cell as text: what H3's own tools take. */
  public static String text(long cell) {
    return Long.toHexString(cell);
  }
}
