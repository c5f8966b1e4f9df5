package org.shanpai.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The systems in which phones and maps in China tell a place. Inside the platform there is only
 * {@link #WGS_84}; whoever hands in a place names its system, and the edge converts.
 *
 * <ul>
 *   <li>{@link #GCJ_02} (火星坐标) shifts places inside the box 0.8293°–55.8271° N, 72.004°–137.8347° E
 *       by 50–700 m and leaves all others alone, as the published conversion does.
 *   <li>{@link #BD_09} (百度坐标) turns and shifts GCJ-02 once more, everywhere.
 *   <li>Ways back are solved by iteration to less than a millimetre; the well-known shortcut is
 *       metres off. In a strip of about a kilometre along the box's edges two places share one
 *       shifted place; the one inside the box is taken.
 * </ul>
 *
 * Thread-safe.
 */
public enum CoordinateSystem {
  WGS_84("WGS-84"),
  GCJ_02("GCJ-02"),
  BD_09("BD-09");

  /** What input without it is told, after the field's name. */
  public static final String MUST_BE_NAMED =
      "must name the system of the places: WGS-84, GCJ-02 or BD-09";

  // The ellipsoid of Krasovsky 1940, on which the shift is defined.
  private static final double AXIS_METRES = 6_378_245.0;
  private static final double ECCENTRICITY_2 = 0.00669342162296594323;

  private static final double SOUTH = 0.8293;
  private static final double NORTH = 55.8271;
  private static final double WEST = 72.004;
  private static final double EAST = 137.8347;

  private static final double BAIDU_PI = Math.PI * 3000.0 / 180.0;
  private static final double BAIDU_LAT = 0.0060;
  private static final double BAIDU_LON = 0.0065;

  // About a tenth of a millimetre.
  private static final double CLOSE_DEGREES = 1e-9;
  private static final int MOST_ROUNDS = 30;

  private final String text;

  CoordinateSystem(String text) {
    this.text = text;
  }

  /** The name on the wire: {@code WGS-84}, {@code GCJ-02} or {@code BD-09}. */
  @JsonValue
  public String text() {
    return text;
  }

  /**
   * @throws IllegalArgumentException saying which names there are
   */
  @JsonCreator
  public static CoordinateSystem parse(String text) {
    for (CoordinateSystem system : values()) {
      if (system.text.equals(text)) {
        return system;
      }
    }
    throw new IllegalArgumentException(
        "coordinateSystem must be WGS-84, GCJ-02 or BD-09 but is " + text);
  }

  /**
   * A place told in this system, in WGS-84.
   *
   * @param lat degrees, −90 … 90
   * @param lon degrees, −180 … 180
   * @throws IllegalArgumentException naming the number that is no latitude or longitude
   */
  public GeoPoint toWgs84(double lat, double lon) {
    GeoPoint told = new GeoPoint(lat, lon);
    return switch (this) {
      case WGS_84 -> told;
      case GCJ_02 -> unshifted(told);
      case BD_09 -> unshifted(withoutBaidu(told));
    };
  }

  /** A place of WGS-84 as this system tells it. */
  public GeoPoint fromWgs84(GeoPoint place) {
    return switch (this) {
      case WGS_84 -> place;
      case GCJ_02 -> shifted(place);
      case BD_09 -> withBaidu(shifted(place));
    };
  }

  private static boolean inBox(double lat, double lon) {
    return lat >= SOUTH && lat <= NORTH && lon >= WEST && lon <= EAST;
  }

  private static GeoPoint shifted(GeoPoint place) {
    if (!inBox(place.lat(), place.lon())) {
      return place;
    }
    double[] shift = shift(place.lat(), place.lon());
    return new GeoPoint(place.lat() + shift[0], place.lon() + shift[1]);
  }

  /** The shift at a place of the box, degrees north and east. */
  private static double[] shift(double lat, double lon) {
    double x = lon - 105;
    double y = lat - 35;
    double root = 0.2 * Math.sqrt(Math.abs(x));
    double ripple = wave(20, 6, x) + wave(20, 2, x);
    double north =
        -100
            + 2 * x
            + 3 * y
            + 0.2 * y * y
            + 0.1 * x * y
            + root
            + (ripple
                    + wave(20, 1, y)
                    + wave(40, 1 / 3.0, y)
                    + wave(160, 1 / 12.0, y)
                    + wave(320, 1 / 30.0, y))
                * 2
                / 3;
    double east =
        300
            + x
            + 2 * y
            + 0.1 * x * x
            + 0.1 * x * y
            + root / 2
            + (ripple
                    + wave(20, 1, x)
                    + wave(40, 1 / 3.0, x)
                    + wave(150, 1 / 12.0, x)
                    + wave(300, 1 / 30.0, x))
                * 2
                / 3;
    double sine = Math.sin(Math.toRadians(lat));
    double bulge = 1 - ECCENTRICITY_2 * sine * sine;
    double meridian = AXIS_METRES * (1 - ECCENTRICITY_2) / (bulge * Math.sqrt(bulge));
    double parallel = AXIS_METRES / Math.sqrt(bulge) * Math.cos(Math.toRadians(lat));
    return new double[] {Math.toDegrees(north / meridian), Math.toDegrees(east / parallel)};
  }

  private static double wave(double height, double turns, double at) {
    return height * Math.sin(turns * at * Math.PI);
  }

  private static GeoPoint unshifted(GeoPoint told) {
    // The shift changes by less than a part in a hundred over itself, so that each round leaves a
    // hundredth of the error.
    double lat = told.lat();
    double lon = told.lon();
    for (int round = 0; round < MOST_ROUNDS; round++) {
      double[] shift = shift(lat, lon);
      double nextLat = told.lat() - shift[0];
      double nextLon = told.lon() - shift[1];
      boolean close =
          Math.abs(nextLat - lat) < CLOSE_DEGREES && Math.abs(nextLon - lon) < CLOSE_DEGREES;
      lat = nextLat;
      lon = nextLon;
      if (close || !inBox(lat, lon)) {
        break;
      }
    }
    return inBox(lat, lon) ? new GeoPoint(lat, lon) : told;
  }

  private static GeoPoint withBaidu(GeoPoint gcj) {
    double[] to = baidu(gcj.lat(), gcj.lon());
    return new GeoPoint(within(to[0], 90), within(to[1], 180));
  }

  private static double[] baidu(double lat, double lon) {
    double radius = Math.hypot(lat, lon) + 0.00002 * Math.sin(lat * BAIDU_PI);
    double angle = Math.atan2(lat, lon) + 0.000003 * Math.cos(lon * BAIDU_PI);
    return new double[] {
      radius * Math.sin(angle) + BAIDU_LAT, radius * Math.cos(angle) + BAIDU_LON
    };
  }

  private static GeoPoint withoutBaidu(GeoPoint told) {
    double lat = told.lat() - BAIDU_LAT;
    double lon = told.lon() - BAIDU_LON;
    for (int round = 0; round < MOST_ROUNDS; round++) {
      double[] there = baidu(lat, lon);
      double missLat = told.lat() - there[0];
      double missLon = told.lon() - there[1];
      lat += missLat;
      lon += missLon;
      if (Math.abs(missLat) < CLOSE_DEGREES && Math.abs(missLon) < CLOSE_DEGREES) {
        break;
      }
    }
    return new GeoPoint(within(lat, 90), within(lon, 180));
  }

  private static double within(double degrees, double most) {
    return Math.max(-most, Math.min(most, degrees));
  }
}
