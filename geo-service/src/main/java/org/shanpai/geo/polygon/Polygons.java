package org.shanpai.geo.polygon;

import java.util.List;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.event.ZoneState.Polygon;
import org.shanpai.contracts.event.ZoneState.Ring;

/** Our polygons as those of JTS, where longitude is x. */
public final class Polygons {

  private static final GeometryFactory GEOMETRY = new GeometryFactory();

  private Polygons() {}

  /** All parts as one geometry. */
  public static Geometry geometry(List<Polygon> polygons) {
    org.locationtech.jts.geom.Polygon[] parts =
        polygons.stream().map(Polygons::part).toArray(org.locationtech.jts.geom.Polygon[]::new);
    return parts.length == 1 ? parts[0] : GEOMETRY.createMultiPolygon(parts);
  }

  private static org.locationtech.jts.geom.Polygon part(Polygon polygon) {
    return GEOMETRY.createPolygon(
        ring(polygon.border().corners()),
        polygon.holes().stream().map(Ring::corners).map(Polygons::ring).toArray(LinearRing[]::new));
  }

  /**
   * @param corners not closed
   */
  static LinearRing ring(List<GeoPoint> corners) {
    Coordinate[] ring = new Coordinate[corners.size() + 1];
    for (int i = 0; i < ring.length; i++) {
      GeoPoint corner = corners.get(i % corners.size());
      ring[i] = new Coordinate(corner.lon(), corner.lat());
    }
    return GEOMETRY.createLinearRing(ring);
  }
}
