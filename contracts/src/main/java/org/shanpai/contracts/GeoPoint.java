package org.shanpai.contracts;

/**
 * A place on the ground in WGS-84, degrees. Latitude first, always: the longitude-first order of
 * some libraries never leaves the geo-service.
 *
 * @param lat −90 … 90
 * @param lon −180 … 180
 */
public record GeoPoint(double lat, double lon) {

  private static final double EARTH_RADIUS_METRES = 6_371_008.8;

  /**
   * @throws IllegalArgumentException naming the number that is no latitude or longitude
   */
  public GeoPoint {
    if (!(lat >= -90 && lat <= 90)) {
      throw new IllegalArgumentException("lat must be within -90..90 but is " + lat);
    }
    if (!(lon >= -180 && lon <= 180)) {
      throw new IllegalArgumentException("lon must be within -180..180 but is " + lon);
    }
  }

  /** Great-circle distance in metres (haversine on the mean sphere, error below 0.5 %). */
  public double metresTo(GeoPoint other) {
    double dLat = Math.toRadians(other.lat - lat);
    double dLon = Math.toRadians(other.lon - lon);
    double h =
        Math.pow(Math.sin(dLat / 2), 2)
            + Math.cos(Math.toRadians(lat))
                * Math.cos(Math.toRadians(other.lat))
                * Math.pow(Math.sin(dLon / 2), 2);
    return 2 * EARTH_RADIUS_METRES * Math.asin(Math.min(1, Math.sqrt(h)));
  }

  /** The place so many metres to the north and east; good for the size of a city, not further. */
  public GeoPoint offsetMetres(double north, double east) {
    double dLat = Math.toDegrees(north / EARTH_RADIUS_METRES);
    double dLon = Math.toDegrees(east / (EARTH_RADIUS_METRES * Math.cos(Math.toRadians(lat))));
    return new GeoPoint(lat + dLat, lon + dLon);
  }
}
