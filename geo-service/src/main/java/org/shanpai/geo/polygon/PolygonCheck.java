package org.shanpai.geo.polygon;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.locationtech.jts.algorithm.Orientation;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.operation.valid.IsValidOp;
import org.locationtech.jts.operation.valid.TopologyValidationError;
import org.shanpai.contracts.CoordinateSystem;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.ToldPlace;
import org.shanpai.contracts.event.ZoneState.Polygon;
import org.shanpai.contracts.event.ZoneState.Ring;

/**
 * Makes polygons of a GeoJSON geometry, or says what is wrong with it, and where, in the system it
 * was told in. Rings that wind the wrong way (RFC 7946: borders counter-clockwise, holes clockwise)
 * are turned, and that is said; everything else wrong is refused.
 */
public final class PolygonCheck {

  private static final GeometryFactory GEOMETRY = new GeometryFactory();
  private static final double METRES_PER_DEGREE = 6_371_008.8 * Math.PI / 180;

  private final PolygonLimits limits;
  private final Predicate<GeoPoint> inCity;

  /**
   * Polygons that can be used.
   *
   * @param notes what was repaired, a sentence each
   */
  public record Checked(List<Polygon> polygons, List<String> notes) {}

  /**
   * @param inCity whether a place is in the city or near it
   */
  public PolygonCheck(PolygonLimits limits, Predicate<GeoPoint> inCity) {
    this.limits = limits;
    this.inCity = inCity;
  }

  /**
   * @param geometry may be null, and hold anything
   * @param field its name, for whoever has to find the fault
   */
  public Checked check(JsonNode geometry, CoordinateSystem system, String field)
      throws PolygonRefusal {
    List<GeoJsonReader.Part> parts = new GeoJsonReader(system, limits).read(geometry, field);
    checkExtent(parts, field);
    checkCity(parts, system, field);
    List<org.locationtech.jts.geom.Polygon> shapes = new ArrayList<>();
    List<Polygon> polygons = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (GeoJsonReader.Part part : parts) {
      shapes.add(checkPart(part, system));
      List<Ring> rings = new ArrayList<>();
      for (int i = 0; i < part.rings().size(); i++) {
        rings.add(wound(part.rings().get(i), i == 0, notes));
      }
      polygons.add(new Polygon(rings.get(0), List.copyOf(rings.subList(1, rings.size()))));
    }
    if (shapes.size() > 1) {
      Geometry whole =
          GEOMETRY.createMultiPolygon(shapes.toArray(org.locationtech.jts.geom.Polygon[]::new));
      TopologyValidationError error = new IsValidOp(whole).getValidationError();
      if (error != null) {
        throw new PolygonRefusal(
            field + ".coordinates",
            "Parts overlap or share an edge near %s.".formatted(text(error, system)));
      }
    }
    return new Checked(List.copyOf(polygons), List.copyOf(notes));
  }

  private void checkExtent(List<GeoJsonReader.Part> parts, String field) throws PolygonRefusal {
    double south = 90;
    double north = -90;
    double west = 180;
    double east = -180;
    for (GeoJsonReader.Part part : parts) {
      for (GeoJsonReader.Ring ring : part.rings()) {
        for (GeoPoint corner : ring.corners()) {
          south = Math.min(south, corner.lat());
          north = Math.max(north, corner.lat());
          west = Math.min(west, corner.lon());
          east = Math.max(east, corner.lon());
        }
      }
    }
    double height = (north - south) * METRES_PER_DEGREE;
    double width =
        (east - west) * METRES_PER_DEGREE * Math.cos(Math.toRadians((south + north) / 2));
    if (height > limits.spanMetres() || width > limits.spanMetres()) {
      throw new PolygonRefusal(
          field,
          "%s spans %.0f km by %.0f km; at most %.0f km are taken, a city."
              .formatted(field, width / 1000, height / 1000, limits.spanMetres() / 1000));
    }
  }

  /** A polygon of which no corner is near the city was meant otherwise, or for another one. */
  private void checkCity(List<GeoJsonReader.Part> parts, CoordinateSystem system, String field)
      throws PolygonRefusal {
    for (GeoJsonReader.Part part : parts) {
      if (part.rings().get(0).corners().stream().anyMatch(inCity)) {
        return;
      }
    }
    GeoPoint first = parts.get(0).rings().get(0).told().get(0);
    Optional<String> hint = new ToldPlace(first.lat(), first.lon()).hint(system, inCity);
    throw new PolygonRefusal(
        field,
        "%s lies outside the city, such as its first corner %s.%s"
            .formatted(field, GeoJsonReader.text(first), hint.map(" "::concat).orElse("")));
  }

  private org.locationtech.jts.geom.Polygon checkPart(
      GeoJsonReader.Part part, CoordinateSystem system) throws PolygonRefusal {
    List<LinearRing> rings = new ArrayList<>();
    for (GeoJsonReader.Ring ring : part.rings()) {
      LinearRing line = Polygons.ring(ring.corners());
      // Ring by ring first: the fault is then known to be this one's.
      TopologyValidationError error =
          new IsValidOp(GEOMETRY.createPolygon(line)).getValidationError();
      if (error != null) {
        throw new PolygonRefusal(
            ring.field(),
            "%s crosses or touches itself near %s.".formatted(ring.field(), text(error, system)));
      }
      rings.add(line);
    }
    org.locationtech.jts.geom.Polygon polygon =
        GEOMETRY.createPolygon(
            rings.get(0), rings.subList(1, rings.size()).toArray(LinearRing[]::new));
    TopologyValidationError error = new IsValidOp(polygon).getValidationError();
    if (error != null) {
      throw new PolygonRefusal(
          part.field(),
          switch (error.getErrorType()) {
            case TopologyValidationError.HOLE_OUTSIDE_SHELL ->
                "A hole of %s lies outside its border near %s."
                    .formatted(part.field(), text(error, system));
            case TopologyValidationError.NESTED_HOLES ->
                "A hole of %s lies inside another near %s."
                    .formatted(part.field(), text(error, system));
            case TopologyValidationError.DISCONNECTED_INTERIOR ->
                "The holes of %s cut it into pieces near %s; make them parts."
                    .formatted(part.field(), text(error, system));
            default ->
                "Rings of %s cross each other near %s."
                    .formatted(part.field(), text(error, system));
          });
    }
    double squareMetres =
        polygon.getArea()
            * METRES_PER_DEGREE
            * METRES_PER_DEGREE
            * Math.cos(Math.toRadians(polygon.getEnvelopeInternal().centre().getY()));
    if (squareMetres < limits.leastSquareMetres()) {
      throw new PolygonRefusal(
          part.field(),
          "%s holds %.0f m²; at least %.0f m² are needed."
              .formatted(part.field(), squareMetres, limits.leastSquareMetres()));
    }
    return polygon;
  }

  private static Ring wound(GeoJsonReader.Ring ring, boolean border, List<String> notes) {
    boolean counterClockwise =
        Orientation.isCCW(Polygons.ring(ring.corners()).getCoordinateSequence());
    if (counterClockwise == border) {
      return new Ring(ring.corners());
    }
    List<GeoPoint> turned = new ArrayList<>(ring.corners());
    Collections.reverse(turned);
    notes.add(
        border
            ? ring.field() + " was a border wound clockwise; it was turned (RFC 7946)."
            : ring.field() + " was a hole wound counter-clockwise; it was turned (RFC 7946).");
    return new Ring(List.copyOf(turned));
  }

  private static String text(TopologyValidationError error, CoordinateSystem system) {
    Coordinate at = error.getCoordinate();
    return GeoJsonReader.text(system.fromWgs84(new GeoPoint(at.getY(), at.getX())));
  }
}
