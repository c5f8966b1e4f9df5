package org.shanpai.order.address;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.CoordinateSystem;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.messaging.Json;
import org.shanpai.order.CsvText;
import org.shanpai.order.address.KnownBuildings.Telling;

/**
 * A file of buildings, at most 10,000: CSV as in RFC 4180, UTF-8, heading {@code
 * district,estate,road,number,building,lat,lon}, or a GeoJSON FeatureCollection of points with the
 * same names as properties. Longitude comes first in GeoJSON only.
 */
public final class BuildingFile {

  static final int MOST = 10_000;
  private static final int LONGEST = 60;
  private static final List<String> HEADING =
      List.of("district", "estate", "road", "number", "building", "lat", "lon");

  /**
   * One building of a file.
   *
   * @param number line of the CSV (the heading is 1), or index of the feature from 1
   * @param telling null when it is refused
   * @param reason why it is refused, else null
   */
  public record Entry(int number, Telling telling, String reason) {}

  private BuildingFile() {}

  /**
   * Reads CSV.
   *
   * @throws Problem 422 when it is not such a file at all
   */
  public static List<Entry> csv(String text, CoordinateSystem system) {
    List<String> rows = CsvText.rows(text);
    if (rows.isEmpty() || !HEADING.equals(CsvText.fields(rows.get(0)))) {
      throw Problem.unprocessable(
          "body", "The first line must read " + String.join(",", HEADING) + ".");
    }
    bounded(rows.size() - 1);
    List<Entry> entries = new ArrayList<>();
    for (int i = 1; i < rows.size(); i++) {
      if (rows.get(i).isBlank()) {
        continue;
      }
      List<String> fields = CsvText.fields(rows.get(i));
      if (fields == null || fields.size() != HEADING.size()) {
        entries.add(
            new Entry(
                i + 1,
                null,
                fields == null
                    ? "a quote is not closed"
                    : HEADING.size() + " fields are needed but there are " + fields.size()));
        continue;
      }
      entries.add(entry(i + 1, fields, fields.get(5), fields.get(6), system));
    }
    return entries;
  }

  /**
   * Reads GeoJSON.
   *
   * @throws Problem 422 when it is not such a file at all
   */
  public static List<Entry> geoJson(String text, CoordinateSystem system) {
    JsonNode root;
    try {
      root = Json.mapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw Problem.unprocessable("body", "The body is not well-formed JSON.");
    }
    if (root == null || !root.path("features").isArray()) {
      throw Problem.unprocessable("body", "A FeatureCollection with features is needed.");
    }
    bounded(root.path("features").size());
    List<Entry> entries = new ArrayList<>();
    int number = 0;
    for (JsonNode feature : root.path("features")) {
      number++;
      JsonNode place = feature.path("geometry");
      JsonNode at = place.path("coordinates");
      if (!"Point".equals(place.path("type").asText()) || at.size() < 2) {
        entries.add(
            new Entry(number, null, "geometry must be a Point with longitude and latitude"));
        continue;
      }
      List<String> fields = new ArrayList<>();
      for (String name : HEADING.subList(0, 5)) {
        fields.add(feature.path("properties").path(name).asText(""));
      }
      entries.add(entry(number, fields, at.get(1).asText(), at.get(0).asText(), system));
    }
    return entries;
  }

  private static void bounded(int size) {
    if (size > MOST) {
      throw Problem.unprocessable(
          "body", "A file has at most " + MOST + " buildings but this has " + size + "; split it.");
    }
  }

  private static Entry entry(
      int number, List<String> fields, String lat, String lon, CoordinateSystem system) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      String value = fields.get(i).strip();
      if (value.length() > LONGEST) {
        return new Entry(
            number, null, HEADING.get(i) + " must have at most " + LONGEST + " characters");
      }
      if (value
          .chars()
          .anyMatch(c -> Character.isISOControl(c) || Character.isSurrogate((char) c))) {
        return new Entry(number, null, HEADING.get(i) + " has a character that no name has");
      }
      names.add(value.isEmpty() ? null : value);
    }
    GeoPoint place;
    try {
      place = system.toWgs84(Double.parseDouble(lat.strip()), Double.parseDouble(lon.strip()));
    } catch (IllegalArgumentException illegal) {
      return new Entry(number, null, "lat and lon must be degrees, such as 31.2304 and 121.4737");
    }
    Telling telling =
        new Telling(names.get(0), names.get(1), names.get(2), names.get(3), names.get(4), place);
    return telling.key().telling()
        ? new Entry(number, telling, null)
        : new Entry(number, null, "estate, or road and number, must be given");
  }
}
