package org.shanpai.geo.http;

import com.fasterxml.jackson.databind.JsonNode;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.CoordinateSystem;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.RiderId;

/**
 * Reads what stands in a path or a query. Whatever cannot be read is a 400 that names the
 * parameter; an id that cannot be an id belongs to nothing, hence 404.
 */
public final class Parameters {

  private Parameters() {}

  /**
   * The place given by {@code lat} and {@code lon} of a public query, in the system named there.
   *
   * @throws Problem 400 naming the parameter that is missing or out of range
   */
  public static GeoPoint place(String lat, String lon, String coordinateSystem) {
    CoordinateSystem system = system(coordinateSystem);
    GeoPoint told = place(lat, lon);
    return system.toWgs84(told.lat(), told.lon());
  }

  /**
   * @throws Problem 400 when it is none
   */
  public static CoordinateSystem system(String text) {
    if (text == null || text.isBlank()) {
      throw Problem.badRequest(
          "coordinateSystem", "coordinateSystem " + CoordinateSystem.MUST_BE_NAMED + ".");
    }
    try {
      return CoordinateSystem.parse(text);
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest("coordinateSystem", e.getMessage() + ".");
    }
  }

  /**
   * The system of a file: named by a member of it, or in the query for files that others made.
   *
   * @throws Problem 400 when neither names one, or both name different ones
   */
  public static CoordinateSystem system(JsonNode file, String query) {
    String member = file.path("coordinateSystem").asText(null);
    boolean asked = query != null && !query.isBlank();
    CoordinateSystem system = system(asked ? query : member);
    if (asked && member != null && system(member) != system) {
      throw Problem.badRequest(
          "coordinateSystem",
          "The query names coordinateSystem %s but the file says %s."
              .formatted(system.text(), member));
    }
    return system;
  }

  /** The place given by {@code lat} and {@code lon} of a question inside the platform, WGS-84. */
  public static GeoPoint place(String lat, String lon) {
    return new GeoPoint(number("lat", lat, -90, 90), number("lon", lon, -180, 180));
  }

  /**
   * @throws Problem when it is missing, no number, or out of the range (ends included)
   */
  public static double number(String name, String text, double least, double most) {
    if (text == null || text.isBlank()) {
      throw Problem.badRequest(name, name + " is missing.");
    }
    double value;
    try {
      value = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw Problem.badRequest(name, name + " must be a number but is '" + text + "'.");
    }
    if (!(value >= least && value <= most)) {
      throw Problem.badRequest(
          name,
          "%s must be within %s..%s but is %s."
              .formatted(name, plain(least), plain(most), text.trim()));
    }
    return value;
  }

  /** As {@link #number} when it is given. */
  public static double number(
      String name, String text, double least, double most, double otherwise) {
    return text == null || text.isBlank() ? otherwise : number(name, text, least, most);
  }

  public static AreaId areaId(String text) {
    try {
      return AreaId.of(text);
    } catch (IllegalArgumentException e) {
      throw Problem.notFound("area " + text);
    }
  }

  public static RiderId riderId(String text) {
    try {
      return RiderId.of(text);
    } catch (IllegalArgumentException e) {
      throw Problem.notFound("rider " + text);
    }
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
