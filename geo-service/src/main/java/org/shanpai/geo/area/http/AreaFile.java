package org.shanpai.geo.area.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.CoordinateSystem;
import org.shanpai.contracts.event.ZoneState;
import org.shanpai.geo.area.Corner;
import org.shanpai.geo.area.Outline;
import org.shanpai.geo.http.Parameters;
import org.shanpai.geo.polygon.PolygonCheck;
import org.shanpai.geo.polygon.PolygonLimits;
import org.shanpai.geo.polygon.PolygonRefusal;

/**
 * Reads files of areas: our own JSON, or GeoJSON. Longitude-first order ends here.
 *
 * @param areaId may be anything
 * @param body null when its geometry was refused already
 * @param refusal why, or null
 */
record AreaFile(String areaId, AreaBody body, AreaBody.Checked.Bad refusal) {

  /**
   * The areas of the file, unchecked. Our own form is {@code {"areas":[{"areaId", "name",
   * "outline":[{lat, lon}…]}…]}}; GeoJSON is a FeatureCollection of Polygons without holes, with
   * {@code areaId} and {@code name} among the properties.
   *
   * @param query the system named in the query, or null
   * @throws Problem 400 when it is neither, or its system is not named
   */
  static List<AreaFile> read(JsonNode file, String query, PolygonLimits limits) {
    if (file != null && "FeatureCollection".equals(file.path("type").asText())) {
      return geoJson(file, Parameters.system(file, query), limits);
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
                  one.path("paused").asBoolean(false)),
              null));
    }
    return areas;
  }

  private static List<AreaFile> geoJson(
      JsonNode file, CoordinateSystem system, PolygonLimits limits) {
    // Whether a new area is near the others is its own affair: it makes the city larger.
    PolygonCheck check = new PolygonCheck(limits, place -> true);
    List<AreaFile> areas = new ArrayList<>();
    for (JsonNode feature : file.path("features")) {
      JsonNode properties = feature.path("properties");
      String id =
          properties.hasNonNull("areaId")
              ? properties.get("areaId").asText()
              : feature.path("id").asText(null);
      try {
        List<ZoneState.Polygon> polygons =
            check.check(feature.get("geometry"), system, "geometry").polygons();
        if (polygons.size() > 1 || !polygons.get(0).holes().isEmpty()) {
          areas.add(refused(id, "geometry", "An area has one part and no holes."));
          continue;
        }
        areas.add(
            new AreaFile(
                id,
                new AreaBody(
                    properties.path("name").asText(null),
                    CoordinateSystem.WGS_84,
                    polygons.get(0).border().corners().stream()
                        .map(corner -> new Corner(corner.lat(), corner.lon()))
                        .toList(),
                    properties.path("paused").asBoolean(false)),
                null));
      } catch (PolygonRefusal refusal) {
        areas.add(refused(id, refusal.field(), refusal.getMessage()));
      }
    }
    return areas;
  }

  private static AreaFile refused(String areaId, String field, String detail) {
    return new AreaFile(areaId, null, new AreaBody.Checked.Bad(field, detail));
  }

  /** Whether it can be used. */
  AreaBody.Checked check(Outline.Limits limits) {
    return refusal != null ? refusal : body.check(areaId, limits);
  }

  private static Double number(JsonNode node) {
    return node != null && node.isNumber() ? node.asDouble() : null;
  }
}
