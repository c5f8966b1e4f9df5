package org.shanpai.geo.area;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.index.strtree.STRtree;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.geo.polygon.PolygonGrid;

/**
 * All areas of the city at one moment, made ready for questions: a grid over prepared polygons for
 * the area of a place, an STRtree for what is around one. Never changes; a change of any area makes
 * a new map.
 */
public final class AreaMap {

  private static final double METRES_PER_DEGREE = 6_371_008.8 * Math.PI / 180;

  // Where areas overlap, the smaller one is the more particular; equal ones go by id.
  private static final Comparator<AreaShape> MOST_PARTICULAR =
      Comparator.comparingDouble(AreaShape::squareDegrees)
          .thenComparing(shape -> shape.area().areaId());

  public static final AreaMap EMPTY = new AreaMap(List.of());

  private final Map<AreaId, AreaShape> shapes;
  private final AreaShape[] byRank;
  private final PolygonGrid grid;
  private final STRtree tree;
  private final Envelope bounds;

  public AreaMap(Collection<Area> areas) {
    Map<AreaId, AreaShape> byId = new TreeMap<>();
    this.tree = new STRtree();
    this.bounds = new Envelope();
    for (Area area : areas) {
      AreaShape shape = new AreaShape(area);
      byId.put(area.areaId(), shape);
      tree.insert(shape.envelope(), shape);
      bounds.expandToInclude(shape.envelope());
    }
    this.shapes = new LinkedHashMap<>(byId);
    this.byRank = byId.values().stream().sorted(MOST_PARTICULAR).toArray(AreaShape[]::new);
    this.grid = new PolygonGrid(Arrays.stream(byRank).map(AreaShape::prepared).toList());
    // Otherwise the first two questions would build it at once.
    tree.build();
  }

  /** All areas, by id. */
  public Collection<AreaShape> all() {
    return shapes.values();
  }

  /**
   * @return null when there is none of that id
   */
  public AreaShape find(AreaId areaId) {
    return shapes.get(areaId);
  }

  /**
   * The area a place is in; its border belongs to it. Where several overlap, the smallest.
   *
   * @return null when it is in none
   */
  public AreaShape at(GeoPoint place) {
    int found = grid.first(place.lat(), place.lon());
    return found == PolygonGrid.NONE ? null : byRank[found];
  }

  /** The areas whose nearest point is no further than that, by id: where a rider is eligible. */
  public List<AreaShape> within(GeoPoint place, double metres) {
    Envelope around = around(place, metres);
    @SuppressWarnings("unchecked")
    List<AreaShape> near = tree.query(around);
    return near.stream()
        .filter(shape -> shape.metresTo(place) <= metres)
        .sorted(Comparator.comparing(shape -> shape.area().areaId()))
        .toList();
  }

  /**
   * Whether a place is inside the box around all areas or no further than that beyond it. Without
   * any area every place is.
   */
  public boolean covers(GeoPoint place, double marginMetres) {
    return shapes.isEmpty() || around(place, marginMetres).intersects(bounds);
  }

  private static Envelope around(GeoPoint place, double metres) {
    double north = metres / METRES_PER_DEGREE;
    double east = north / Math.max(0.05, Math.cos(Math.toRadians(place.lat())));
    // A hair more: the exact test on metres decides.
    double slack = 1.001;
    return new Envelope(
        place.lon() - east * slack,
        place.lon() + east * slack,
        place.lat() - north * slack,
        place.lat() + north * slack);
  }
}
