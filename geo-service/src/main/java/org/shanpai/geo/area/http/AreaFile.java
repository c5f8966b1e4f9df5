package org.shanpai.geo.area.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.CoordinateSystem;
import org.shanpai.geo.area.Corner;
import org.shanpai.geo.http.Parameters;

/**
 * Reads files of areas: our own JSON, or GeoJSON. Longitude-first order ends here.
 *
 * @param areaId may be anything
 */
record AreaFile(String areaId, AreaBody body) {

  /**
   * The areas of the file, unchecked. Our own form is {@code {"areas":[{"areaId", "name",
   * "outline":[{lat, lon}…]}…]}}; GeoJSON is a FeatureCollection of Polygons without holes, with
   * {@code areaId} and {@code name} among the properties.
   *
   * @param query the system named in the query, or null
   * @throws Problem 400 when it is neither, or its system is not named
   */
  static List<AreaFile> read(JsonNode file, String query) {
    if (file != null && "FeatureCollection".equals(file.path("type").asText())) {
      return geoJson(file, Parameters.system(file, query));
    }
    if (file == null || !file.path("areas").isArray()) {
      throw Problem.badRequest(
          "areas", "The file must hold a list 'areas' or be a GeoJSON FeatureCollection.");
    }
    CoordinateSystem system = Parameters.system(file, query);
    List<AreaFile> areas = new ArrayList<>();
    for (JsonNode one : file.path("areas")) {
      List<Corner> outline = null;
      if (one.path("outline").isArray()) {
        outline = new ArrayList<>();
        for (JsonNode corner : one.path("outline")) {
          outline.add(new Corner(number(corner.get("lat")), number(corner.get("lon"))));
        }
      }
      areas.add(
          new AreaFile(
              one.path("areaId").asText(null),
              new AreaBody(
                  one.path("name").asText(null),
                  system,
                  outline,
                  one.path("paused").asBoolean(false))));
    }
    return areas;
  }

  private static List<AreaFile> geoJson(JsonNode file, CoordinateSystem system) {
    List<AreaFile> areas = new ArrayList<>();
    for (JsonNode feature : file.path("features")) {
      JsonNode properties = feature.path("properties");
      JsonNode rings = feature.path("geometry").path("coordinates");
      List<Corner> outline = null;
      // A hole cannot be kept, and a point or a line is no area: no outline, so it is refused.
      if ("Polygon".equals(feature.path("geometry").path("type").asText()) && rings.size() == 1) {
        outline = new ArrayList<>();
        for (JsonNode corner : rings.get(0)) {
          outline.add(new Corner(number(corner.get(1)), number(corner.get(0))));
        }
      }
      String id =
          properties.hasNonNull("areaId")
              ? properties.get("areaId").asText()
              : feature.path("id").asText(null);
      areas.add(
          new AreaFile(
              id,
              new AreaBody(
                  properties.path("name").asText(null),
                  system,
                  outline,
                  properties.path("paused").asBoolean(false))));
    }
    return areas;
  }

  private static Double number(JsonNode node) {
    return node != null && node.isNumber() ? node.asDouble() : null;
  }
}
