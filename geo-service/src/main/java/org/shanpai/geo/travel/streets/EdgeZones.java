package org.shanpai.geo.travel.streets;

import com.graphhopper.storage.index.LocationIndex;
import com.graphhopper.util.EdgeIteratorState;
import com.graphhopper.util.FetchMode;
import com.graphhopper.util.shapes.BBox;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;
import org.shanpai.geo.zone.ZoneMap;

/**
 * What the zones of one moment do to every street: blocked where it touches a no-go zone, slower by
 * the share of it that lies in slow zones. Never changes.
 */
final class EdgeZones {

  static final EdgeZones NONE = new EdgeZones(new float[0]);

  /** By street: what its seconds are multiplied with; infinite where blocked. Empty: all 1. */
  private final float[] factors;

  private EdgeZones(float[] factors) {
    this.factors = factors;
  }

  /**
   * @param noGo degrees WGS-84, longitude is x
   * @param slow likewise
   */
  static EdgeZones of(BaseStreets streets, List<Geometry> noGo, List<ZoneMap.SlowPart> slow) {
    if (noGo.isEmpty() && slow.isEmpty()) {
      return NONE;
    }
    float[] factors = new float[streets.graph().getEdges()];
    Arrays.fill(factors, 1);
    for (ZoneMap.SlowPart part : slow) {
      PreparedGeometry inside = PreparedGeometryFactory.prepare(part.geometry());
      eachNear(
          streets,
          part.geometry(),
          (edge, line) -> {
            if (inside.intersects(line)) {
              double share =
                  inside.contains(line)
                      ? 1
                      : part.geometry().intersection(line).getLength() / line.getLength();
              double factor = 1 + share * (1 / part.speedFactor() - 1);
              factors[edge] = (float) Math.max(factors[edge], factor);
            }
          });
    }
    for (Geometry geometry : noGo) {
      PreparedGeometry inside = PreparedGeometryFactory.prepare(geometry);
      eachNear(
          streets,
          geometry,
          (edge, line) -> {
            if (inside.intersects(line)) {
              factors[edge] = Float.POSITIVE_INFINITY;
            }
          });
    }
    return new EdgeZones(factors);
  }

  private static void eachNear(
      BaseStreets streets, Geometry zone, BiConsumer<Integer, LineString> each) {
    Envelope around = zone.getEnvelopeInternal();
    streets
        .index()
        .query(
            new BBox(around.getMinX(), around.getMaxX(), around.getMinY(), around.getMaxY()),
            (LocationIndex.Visitor)
                edge -> {
                  EdgeIteratorState state =
                      streets.graph().getEdgeIteratorState(edge, Integer.MIN_VALUE);
                  LineString line = state.fetchWayGeometry(FetchMode.ALL).toLineString(false);
                  if (line.getEnvelopeInternal().intersects(around)) {
                    each.accept(edge, line);
                  }
                });
  }

  boolean none() {
    return factors.length == 0;
  }

  /** What the seconds of a street are multiplied with, 1 or more; infinite where blocked. */
  double factor(int edge) {
    return factors.length == 0 ? 1 : factors[edge];
  }

  boolean sameAs(EdgeZones other) {
    return Arrays.equals(factors, other.factors);
  }

  int blocked() {
    int blocked = 0;
    for (float factor : factors) {
      blocked += Float.isInfinite(factor) ? 1 : 0;
    }
    return blocked;
  }
}
