package org.shanpai.geo.area;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.locationtech.jts.algorithm.Orientation;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.operation.valid.IsValidOp;
import org.locationtech.jts.operation.valid.TopologyValidationError;
import org.shanpai.contracts.CoordinateSystem;
import org.shanpai.contracts.GeoPoint;

/**
 * The border of an area: a simple ring of at least three corners, not closed, counter-clockwise, no
 * bigger than a city. Only {@link #check} makes one.
 *
 * @param corners 3 … {@link Limits#corners()}
 */
public record Outline(List<GeoPoint> corners) {

  private static final double METRES_PER_DEGREE = 6_371_008.8 * Math.PI / 180;
  private static final GeometryFactory GEOMETRY = new GeometryFactory();
  private static final double HIGHEST_LATITUDE = 85;

  /**
   * @param corners greatest number of corners
   * @param spanMetres greatest extent to the north or to the east
   * @param leastSquareMetres smallest surface
   */
  public record Limits(int corners, double spanMetres, double leastSquareMetres) {}

  /** What a check found. */
  public sealed interface Checked {
    /** An outline that can be used. */
    record Good(Outline outline) implements Checked {}

    /**
     * An outline that cannot.
     *
     * @param field the JSON field to blame, such as {@code outline[3].lat}
     * @param detail one sentence that says what is wrong
     */
    record Bad(String field, String detail) implements Checked {}
  }

  /**
   * Takes a ring, closed or not, of either winding.
   *
   * @param given may be null, and hold anything
   * @param system in which it is given; null when nobody said
   */
  public static Checked check(List<Corner> given, CoordinateSystem system, Limits limits) {
    if (system == null) {
      return new Checked.Bad(
          "coordinateSystem", "coordinateSystem " + CoordinateSystem.MUST_BE_NAMED + ".");
    }
    if (given == null || given.isEmpty()) {
      return new Checked.Bad("outline", "outline is missing.");
    }
    if (given.size() > limits.corners() + 1) {
      return new Checked.Bad(
          "outline",
          "outline has %d corners; at most %d are taken."
              .formatted(given.size(), limits.corners()));
    }
    List<GeoPoint> corners = new ArrayList<>(given.size());
    for (int i = 0; i < given.size(); i++) {
      Checked.Bad bad = checkCorner(i, given.get(i));
      if (bad != null) {
        return bad;
      }
      GeoPoint corner = system.toWgs84(given.get(i).lat(), given.get(i).lon());
      if (corners.isEmpty() || !corner.equals(corners.get(corners.size() - 1))) {
        corners.add(corner);
      }
    }
    if (corners.size() > 1 && corners.get(0).equals(corners.get(corners.size() - 1))) {
      corners.remove(corners.size() - 1);
    }
    if (corners.size() < 3) {
      return new Checked.Bad(
          "outline",
          "outline has %d different corners; at least 3 are needed.".formatted(corners.size()));
    }
    if (corners.size() > limits.corners()) {
      return new Checked.Bad(
          "outline",
          "outline has %d corners; at most %d are taken."
              .formatted(corners.size(), limits.corners()));
    }
    return checkShape(corners, system, limits);
  }

  private static Checked.Bad checkCorner(int index, Corner corner) {
    String field = "outline[" + index + "]";
    if (corner == null || corner.lat() == null || corner.lon() == null) {
      return new Checked.Bad(field, field + " needs lat and lon.");
    }
    double lat = corner.lat();
    double lon = corner.lon();
    if (!(Math.abs(lat) <= HIGHEST_LATITUDE)) {
      String hint =
          Math.abs(lat) <= 180 && Math.abs(lon) <= HIGHEST_LATITUDE
              ? " Maybe lat and lon are exchanged."
              : "";
      return new Checked.Bad(
          field + ".lat", field + ".lat must be within -85..85 but is " + lat + "." + hint);
    }
    if (!(Math.abs(lon) <= 180)) {
      return new Checked.Bad(
          field + ".lon", field + ".lon must be within -180..180 but is " + lon + ".");
    }
    return null;
  }

  private static Checked checkShape(
      List<GeoPoint> corners, CoordinateSystem system, Limits limits) {
    double south = corners.stream().mapToDouble(GeoPoint::lat).min().orElseThrow();
    double north = corners.stream().mapToDouble(GeoPoint::lat).max().orElseThrow();
    double west = corners.stream().mapToDouble(GeoPoint::lon).min().orElseThrow();
    double east = corners.stream().mapToDouble(GeoPoint::lon).max().orElseThrow();
    double perLongitude = METRES_PER_DEGREE * Math.cos(Math.toRadians((south + north) / 2));
    double height = (north - south) * METRES_PER_DEGREE;
    double width = (east - west) * perLongitude;
    if (height > limits.spanMetres() || width > limits.spanMetres()) {
      return new Checked.Bad(
          "outline",
          "outline spans %.0f km by %.0f km; an area is at most %.0f km across."
              .formatted(width / 1000, height / 1000, limits.spanMetres() / 1000));
    }
    Polygon polygon = polygon(corners);
    TopologyValidationError error = new IsValidOp(polygon).getValidationError();
    if (error != null) {
      // Told in the system of whoever has to find it.
      Coordinate where = error.getCoordinate();
      GeoPoint at = system.fromWgs84(new GeoPoint(where.getY(), where.getX()));
      return new Checked.Bad(
          "outline",
          "outline crosses or touches itself near lat %.6f, lon %.6f."
              .formatted(at.lat(), at.lon()));
    }
    double squareMetres = polygon.getArea() * METRES_PER_DEGREE * perLongitude;
    if (squareMetres < limits.leastSquareMetres()) {
      return new Checked.Bad(
          "outline",
          "outline holds %.0f m²; an area has at least %.0f m²."
              .formatted(squareMetres, limits.leastSquareMetres()));
    }
    if (!Orientation.isCCW(polygon.getExteriorRing().getCoordinates())) {
      Collections.reverse(corners);
    }
    return new Checked.Good(new Outline(List.copyOf(corners)));
  }

  /** Longitude is x, latitude is y. */
  static Polygon polygon(List<GeoPoint> corners) {
    Coordinate[] ring = new Coordinate[corners.size() + 1];
    for (int i = 0; i < ring.length; i++) {
      GeoPoint corner = corners.get(i % corners.size());
      ring[i] = new Coordinate(corner.lon(), corner.lat());
    }
    return GEOMETRY.createPolygon(ring);
  }
}
