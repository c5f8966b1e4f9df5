package org.shanpai.geo.cell;

import com.uber.h3core.H3Core;
import com.uber.h3core.util.LatLng;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.shanpai.contracts.GeoPoint;

/**
 * The H3 cells by which places are spread over keys: resolution {@value #RESOLUTION}, about 36 km²
 * each, so that a city has a few dozen and a search for what is near touches one to three.
 *
 * <p>Thread-safe.
 */
@Singleton
public class Cells {

  public static final int RESOLUTION = 6;

  /** No search reaches further: the largest area and what lies around it. */
  public static final double FURTHEST_METRES = 100_000;

  // Neighbouring centres at this resolution are nowhere on earth closer than this.
  private static final double LEAST_SPACING_METRES = 4_000;

  private static final double EARTH_RADIUS_METRES = 6_371_008.8;
  private static final double METRES_PER_DEGREE = EARTH_RADIUS_METRES * Math.PI / 180;

  // A hexagon's sides are great circles, drawn here as straight lines.
  private static final double STRAIGHTNESS_METRES = 60;

  private final H3Core h3;
  private final ConcurrentHashMap<Long, List<LatLng>> borders = new ConcurrentHashMap<>();

  public Cells() {
    try {
      h3 = H3Core.newInstance();
    } catch (IOException e) {
      throw new UncheckedIOException("The native H3 library cannot be loaded.", e);
    }
  }

  /** The cell a place is in; never 0. */
  public long of(GeoPoint place) {
    return h3.latLngToCell(place.lat(), place.lon(), RESOLUTION);
  }

  /**
   * The cell of another resolution a place is in; never 0.
   *
   * @param resolution 0–15
   */
  public long of(GeoPoint place, int resolution) {
    return h3.latLngToCell(place.lat(), place.lon(), resolution);
  }

  /** The middle of a cell of any resolution. */
  public GeoPoint centre(long cell) {
    LatLng centre = h3.cellToLatLng(cell);
    return new GeoPoint(centre.lat, centre.lng);
  }

  /** The cell as text, for keys. */
  public static String text(long cell) {
    return Long.toHexString(cell);
  }

  /** The opposite of {@link #text}. */
  public static long parse(String text) {
    return Long.parseUnsignedLong(text, 16);
  }

  /**
   * Every cell that holds a place within that distance, in no particular order; perhaps one or two
   * that only nearly do.
   *
   * @param radiusMetres 0 … {@link #FURTHEST_METRES}
   * @throws IllegalArgumentException naming the radius, when it is out of range
   */
  public List<Long> within(GeoPoint centre, double radiusMetres) {
    if (!(radiusMetres >= 0 && radiusMetres <= FURTHEST_METRES)) {
      throw new IllegalArgumentException(
          "radiusMetres must be within 0.." + FURTHEST_METRES + " but is " + radiusMetres);
    }
    long own = of(centre);
    List<Long> near = new ArrayList<>();
    // The plane on which distances are taken stretches the further one goes north or south.
    double slack =
        STRAIGHTNESS_METRES
            + radiusMetres
                * radiusMetres
                / EARTH_RADIUS_METRES
                * Math.max(1, Math.abs(Math.tan(Math.toRadians(centre.lat()))));
    int rings = 1 + (int) (radiusMetres / LEAST_SPACING_METRES);
    for (long cell : h3.gridDisk(own, rings)) {
      if (cell == own || metresToBorder(centre, cell) <= radiusMetres + slack) {
        near.add(cell);
      }
    }
    return near;
  }

  private double metresToBorder(GeoPoint from, long cell) {
    if (borders.size() > 50_000) {
      borders.clear();
    }
    List<LatLng> border = borders.computeIfAbsent(cell, h3::cellToBoundary);
    double east = METRES_PER_DEGREE * Math.cos(Math.toRadians(from.lat()));
    double least = Double.MAX_VALUE;
    LatLng last = border.get(border.size() - 1);
    for (LatLng corner : border) {
      least =
          Math.min(
              least,
              metresToOrigin(
                  wrapped(last.lng - from.lon()) * east,
                  (last.lat - from.lat()) * METRES_PER_DEGREE,
                  wrapped(corner.lng - from.lon()) * east,
                  (corner.lat - from.lat()) * METRES_PER_DEGREE));
      last = corner;
    }
    return least;
  }

  private static double wrapped(double degrees) {
    return degrees > 180 ? degrees - 360 : degrees < -180 ? degrees + 360 : degrees;
  }

  private static double metresToOrigin(double ax, double ay, double bx, double by) {
    double dx = bx - ax;
    double dy = by - ay;
    double length2 = dx * dx + dy * dy;
    double t = length2 == 0 ? 0 : Math.max(0, Math.min(1, -(ax * dx + ay * dy) / length2));
    return Math.hypot(ax + t * dx, ay + t * dy);
  }
}
