package org.shanpai.geo.polygon;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.shanpai.contracts.CoordinateSystem;
import org.shanpai.contracts.GeoPoint;

/**
 * Takes a GeoJSON geometry (RFC 7946, Polygon or MultiPolygon) apart into rings of places, in the
 * order and the system it was told in. Longitude-first order ends here. Says of each position and
 * each ring whether it can be one; whether rings make a polygon is {@link PolygonCheck}'s matter.
 */
final class GeoJsonReader {

  private static final double HIGHEST_LATITUDE = 85;
  private static final int FEWEST_POSITIONS = 4;

  /**
   * A ring, not closed.
   *
   * @param field its JSON field
   * @param told corners as they were told
   * @param corners the same in WGS-84
   */
  record Ring(String field, List<GeoPoint> told, List<GeoPoint> corners) {}

  /**
   * A part: its border, then its holes.
   *
   * @param field its JSON field
   */
  record Part(String field, List<Ring> rings) {}

  private final CoordinateSystem system;
  private final PolygonLimits limits;
  private int corners;
  private int rings;

  GeoJsonReader(CoordinateSystem system, PolygonLimits limits) {
    this.system = system;
    this.limits = limits;
  }

  List<Part> read(JsonNode geometry, String field) throws PolygonRefusal {
    if (geometry == null || !geometry.isObject()) {
      throw new PolygonRefusal(field, field + " must be a GeoJSON Polygon or MultiPolygon.");
    }
    String type = geometry.path("type").asText("nothing");
    JsonNode coordinates = geometry.path("coordinates");
    String at = field + ".coordinates";
    List<Part> parts = new ArrayList<>();
    switch (type) {
      case "Polygon" -> parts.add(part(coordinates, at));
      case "MultiPolygon" -> {
        list(coordinates, at, "polygons");
        for (int i = 0; i < coordinates.size(); i++) {
          parts.add(part(coordinates.get(i), at + "[" + i + "]"));
        }
      }
      default ->
          throw new PolygonRefusal(
              field + ".type",
              "%s.type must be Polygon or MultiPolygon but is %s.".formatted(field, type));
    }
    return parts;
  }

  private Part part(JsonNode node, String field) throws PolygonRefusal {
    list(node, field, "rings");
    List<Ring> part = new ArrayList<>();
    for (int i = 0; i < node.size(); i++) {
      if (++rings > limits.rings()) {
        throw new PolygonRefusal(
            field, "There are more than %d borders and holes.".formatted(limits.rings()));
      }
      part.add(ring(node.get(i), field + "[" + i + "]"));
    }
    return new Part(field, part);
  }

  private Ring ring(JsonNode node, String field) throws PolygonRefusal {
    list(node, field, "positions");
    corners += node.size() - 1;
    if (corners > limits.corners()) {
      throw new PolygonRefusal(
          field,
          "There are %s corners; at most %d are taken."
              .formatted(corners > node.size() ? "more" : node.size() - 1, limits.corners()));
    }
    List<GeoPoint> told = new ArrayList<>(node.size());
    List<GeoPoint> places = new ArrayList<>(node.size());
    for (int i = 0; i < node.size(); i++) {
      GeoPoint place = position(node.get(i), field + "[" + i + "]");
      if (i > 0 && place.equals(told.get(i - 1))) {
        throw new PolygonRefusal(
            field + "[" + i + "]",
            "%s[%d] repeats the position before it, %s.".formatted(field, i, text(place)));
      }
      if (i > 0 && Math.abs(place.lon() - told.get(i - 1).lon()) > 180) {
        throw new PolygonRefusal(
            field + "[" + i + "]",
            "%s crosses the antimeridian between %s and %s; cut it there into parts."
                .formatted(field, text(told.get(i - 1)), text(place)));
      }
      told.add(place);
      places.add(system.toWgs84(place.lat(), place.lon()));
    }
    int last = told.size() - 1;
    if (!told.get(0).equals(told.get(last))) {
      throw new PolygonRefusal(
          field,
          "%s is not closed: it begins at %s and ends at %s; the last position repeats the first."
              .formatted(field, text(told.get(0)), text(told.get(last))));
    }
    if (told.size() < FEWEST_POSITIONS) {
      throw new PolygonRefusal(
          field, "%s has %d corners; at least 3 are needed.".formatted(field, last));
    }
    return new Ring(
        field, List.copyOf(told.subList(0, last)), List.copyOf(places.subList(0, last)));
  }

  private static GeoPoint position(JsonNode node, String field) throws PolygonRefusal {
    if (node == null
        || !node.isArray()
        || node.size() < 2
        || !node.get(0).isNumber()
        || !node.get(1).isNumber()) {
      throw new PolygonRefusal(field, field + " must be a longitude and a latitude.");
    }
    if (node.size() > 2) {
      throw new PolygonRefusal(
          field,
          "%s has %d numbers; give longitude and latitude only, altitudes are not taken."
              .formatted(field, node.size()));
    }
    double lon = node.get(0).asDouble();
    double lat = node.get(1).asDouble();
    if (!(Math.abs(lat) <= HIGHEST_LATITUDE)) {
      String hint =
          Math.abs(lat) <= 180 && Math.abs(lon) <= HIGHEST_LATITUDE
              ? " Maybe lat and lon are exchanged: GeoJSON puts longitude first."
              : "";
      throw new PolygonRefusal(
          field,
          "%s: the latitude, its second number, must be within -85..85 but is %s.%s"
              .formatted(field, lat, hint));
    }
    if (!(Math.abs(lon) <= 180)) {
      throw new PolygonRefusal(
          field,
          "%s: the longitude, its first number, must be within -180..180 but is %s."
              .formatted(field, lon));
    }
    return new GeoPoint(lat, lon);
  }

  private static void list(JsonNode node, String field, String of) throws PolygonRefusal {
    if (node == null || !node.isArray() || node.isEmpty()) {
      throw new PolygonRefusal(field, "%s must be a list of %s.".formatted(field, of));
    }
  }

  static String text(GeoPoint place) {
    return "lat %.6f, lon %.6f".formatted(place.lat(), place.lon());
  }
}
