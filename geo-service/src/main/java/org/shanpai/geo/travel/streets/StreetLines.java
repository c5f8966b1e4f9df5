package org.shanpai.geo.travel.streets;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.graphhopper.routing.ev.RoadClass;
import com.graphhopper.storage.index.LocationIndex;
import com.graphhopper.util.EdgeIteratorState;
import com.graphhopper.util.FetchMode;
import com.graphhopper.util.PointList;
import com.graphhopper.util.shapes.BBox;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Streets to be drawn, the most important first.
 *
 * @param version of the streets with their zones; null while there are none
 * @param complete false when there are more than were asked for
 */
@Schema(name = "StreetLines")
public record StreetLines(
    @Schema(examples = "a1b2c3d4e5f6-7") String version,
    boolean complete,
    List<StreetLine> streets) {

  private static final double EXACT = 1e6;

  /**
   * One street between two crossings.
   *
   * @param kind OpenStreetMap's road class
   * @param oneWay along the line only
   * @param closed by a no-go zone
   * @param slower what a slow zone multiplies its time with; null outside
   * @param line lat, lon, lat, lon … WGS-84, rounded to 0.1 m
   */
  @JsonInclude(JsonInclude.Include.NON_DEFAULT)
  @Schema(name = "StreetLine")
  public record StreetLine(
      @Schema(examples = "residential") String kind,
      boolean oneWay,
      boolean closed,
      Double slower,
      @Schema(examples = "[31.2304,121.4737,31.2311,121.4738]") double[] line) {}

  /** Until there is a street file. */
  public static StreetLines none() {
    return new StreetLines(null, true, List.of());
  }

  /** The streets of a graph that touch a rectangle, degrees. */
  public static StreetLines of(
      StreetGraph graph, double south, double west, double north, double east, int most) {
    BaseStreets base = graph.base();
    BBox box = new BBox(west, east, south, north);
    List<EdgeIteratorState> found = new ArrayList<>();
    base.index()
        .query(
            box,
            (LocationIndex.Visitor)
                street -> {
                  EdgeIteratorState state =
                      base.graph().getEdgeIteratorState(street, Integer.MIN_VALUE);
                  if (touches(state, box) && usable(base, state)) {
                    found.add(state);
                  }
                });
    found.sort(
        Comparator.comparingInt(
                (EdgeIteratorState street) -> street.get(base.roadClass()).ordinal())
            .thenComparingInt(EdgeIteratorState::getEdge));
    boolean complete = found.size() <= most;
    return new StreetLines(
        graph.version(),
        complete,
        found.subList(0, Math.min(most, found.size())).stream()
            .map(street -> line(graph, base, street))
            .toList());
  }

  private static boolean touches(EdgeIteratorState street, BBox box) {
    PointList line = street.fetchWayGeometry(FetchMode.ALL);
    double south = Double.POSITIVE_INFINITY;
    double north = Double.NEGATIVE_INFINITY;
    double west = Double.POSITIVE_INFINITY;
    double east = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < line.size(); i++) {
      south = Math.min(south, line.getLat(i));
      north = Math.max(north, line.getLat(i));
      west = Math.min(west, line.getLon(i));
      east = Math.max(east, line.getLon(i));
    }
    return south <= box.maxLat && north >= box.minLat && west <= box.maxLon && east >= box.minLon;
  }

  private static boolean usable(BaseStreets base, EdgeIteratorState street) {
    return street.getDistance() > 0
        && (street.get(base.access()) || street.getReverse(base.access()));
  }

  private static StreetLine line(StreetGraph graph, BaseStreets base, EdgeIteratorState street) {
    boolean forth = street.get(base.access());
    boolean back = street.getReverse(base.access());
    RoadClass kind = street.get(base.roadClass());
    double factor = graph.zoneFactor(street.getEdge());
    PointList points = street.fetchWayGeometry(FetchMode.ALL);
    double[] line = new double[2 * points.size()];
    for (int i = 0; i < points.size(); i++) {
      int from = forth ? i : points.size() - 1 - i;
      line[2 * i] = Math.round(points.getLat(from) * EXACT) / EXACT;
      line[2 * i + 1] = Math.round(points.getLon(from) * EXACT) / EXACT;
    }
    return new StreetLine(
        kind.toString().toLowerCase(Locale.ROOT),
        forth != back,
        Double.isInfinite(factor),
        factor > 1 && !Double.isInfinite(factor) ? Math.round(factor * 100) / 100.0 : null,
        line);
  }
}
