package org.shanpai.geo.zone.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.CoordinateSystem;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.event.ZoneState;
import org.shanpai.contracts.event.ZoneState.Kind;

/** Zones as a GeoJSON FeatureCollection, in and out. Longitude-first order ends and begins here. */
final class ZoneFile {

  private ZoneFile() {}

  /**
   * Checks every feature: {@code id} or property {@code zoneId}, properties {@code kind}, {@code
   * name}, and {@code speedFactor} or {@code storeId} where the kind has one.
   *
   * @throws Problem 400 when it is no FeatureCollection
   */
  static List<Feature> read(JsonNode file, CoordinateSystem system, ZoneBody.Around around) {
    List<Feature> features = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (JsonNode one : file.path("features")) {
      JsonNode properties = one.path("properties");
      String zoneId =
          text(properties.hasNonNull("zoneId") ? properties.get("zoneId") : one.get("id"));
      ZoneBody.Checked checked = check(one, properties, zoneId, system, around);
      if (checked instanceof ZoneBody.Checked.Good && !ids.add(zoneId)) {
        checked = new ZoneBody.Checked.Bad("zoneId", "The file has " + zoneId + " twice.");
      }
      features.add(new Feature(features.size(), zoneId, checked));
    }
    return features;
  }

  /**
   * A feature of the file.
   *
   * @param zoneId may be anything
   */
  record Feature(int index, String zoneId, ZoneBody.Checked checked) {}

  static void mustBeCollection(JsonNode file) {
    if (file == null
        || !"FeatureCollection".equals(file.path("type").asText())
        || !file.path("features").isArray()) {
      throw Problem.badRequest("type", "The body must be a GeoJSON FeatureCollection.");
    }
  }

  private static ZoneBody.Checked check(
      JsonNode feature,
      JsonNode properties,
      String zoneId,
      CoordinateSystem system,
      ZoneBody.Around around) {
    if (!"Feature".equals(feature.path("type").asText())) {
      return new ZoneBody.Checked.Bad("type", "It must be a GeoJSON Feature.");
    }
    JsonNode factor = properties.path("speedFactor");
    if (!factor.isMissingNode() && !factor.isNull() && !factor.isNumber()) {
      return new ZoneBody.Checked.Bad("speedFactor", "speedFactor must be a number.");
    }
    return new ZoneBody(
            kind(text(properties.get("kind"))),
            text(properties.get("name")),
            system,
            feature.get("geometry"),
            factor.isNumber() ? factor.asDouble() : null,
            text(properties.get("storeId")))
        .check(zoneId, around);
  }

  private static Kind kind(String text) {
    for (Kind kind : Kind.values()) {
      if (kind.name().equals(text)) {
        return kind;
      }
    }
    return null;
  }

  private static String text(JsonNode node) {
    return node == null || node.isNull() || node.isContainerNode() ? null : node.asText();
  }

  /** All zones as a file that {@link #read} takes. */
  static Map<String, Object> write(Collection<ZoneState> zones) {
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("type", "FeatureCollection");
    file.put("coordinateSystem", CoordinateSystem.WGS_84);
    file.put("features", zones.stream().map(ZoneFile::feature).toList());
    return file;
  }

  private static Map<String, Object> feature(ZoneState zone) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("zoneId", zone.zoneId());
    properties.put("kind", zone.kind());
    properties.put("name", zone.name());
    properties.put("version", zone.version());
    if (zone.speedFactor() != null) {
      properties.put("speedFactor", zone.speedFactor());
    }
    if (zone.storeId() != null) {
      properties.put("storeId", zone.storeId());
    }
    Map<String, Object> feature = new LinkedHashMap<>();
    feature.put("type", "Feature");
    feature.put("id", zone.zoneId());
    feature.put("properties", properties);
    boolean one = zone.polygons().size() == 1;
    List<Object> parts = zone.polygons().stream().map(ZoneFile::part).toList();
    feature.put(
        "geometry",
        Map.of(
            "type", one ? "Polygon" : "MultiPolygon", "coordinates", one ? parts.get(0) : parts));
    return feature;
  }

  private static Object part(ZoneState.Polygon polygon) {
    List<Object> rings = new ArrayList<>();
    rings.add(ring(polygon.border()));
    polygon.holes().forEach(hole -> rings.add(ring(hole)));
    return rings;
  }

  private static List<double[]> ring(ZoneState.Ring ring) {
    List<double[]> positions = new ArrayList<>();
    for (int i = 0; i <= ring.corners().size(); i++) {
      GeoPoint corner = ring.corners().get(i % ring.corners().size());
      positions.add(new double[] {corner.lon(), corner.lat()});
    }
    return positions;
  }
}
