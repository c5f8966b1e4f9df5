package org.shanpai.geo.travel;

import java.util.List;
import org.shanpai.contracts.GeoPoint;

/**
 * Travel times without any map: great-circle metres × detour factor ÷ plan speed × the pair's
 * factor. Knows a way between any two places. A factor below 1 may say that streets are straighter
 * than assumed, never that riders are faster than plans may count on: the straight line at plan
 * speed is the least.
 *
 * <p>Works on unit vectors: the chord between two of them costs three multiplications and a root,
 * where the haversine formula costs four trigonometric functions; both give the same arc.
 * Immutable.
 */
public final class DetourTravelTimes implements TravelTimes {

  /** What an e-bike may do at most, GB 17761. */
  public static final double CAP_KMH = 25;

  private static final double EARTH_RADIUS_METRES = 6_371_008.8;

  // Below this half chord (about 64 km of arc) three terms of the arcsine are exact to a
  // micrometre.
  private static final double SMALL = 0.005;

  // What rounding errors of the arithmetic may add; a time that is whole must not become a second
  // more.
  private static final double NOISE_SECONDS = 1e-6;

  // About a tenth of a millisecond.
  private static final int QUICK_CELLS = 4_000;

  private final double detourFactor;
  private final double planSpeedKmh;
  private final double secondsPerRadian;

  /**
   * @param detourFactor street metres for one metre as the crow flies, 1–3
   * @param planSpeedKmh average speed plans count on, more than 0, at most the vehicle's cap of 25
   * @throws IllegalArgumentException naming the number that is out of range
   */
  public DetourTravelTimes(double detourFactor, double planSpeedKmh) {
    if (!(detourFactor >= 1 && detourFactor <= 3)) {
      throw new IllegalArgumentException(
          "shanpai.geo.detour-factor must be within 1..3 but is " + detourFactor);
    }
    if (!(planSpeedKmh > 0 && planSpeedKmh <= CAP_KMH)) {
      throw new IllegalArgumentException(
          "shanpai.geo.plan-speed-kmh must be more than 0 and at most 25, the vehicle's cap, but is "
              + planSpeedKmh);
    }
    this.detourFactor = detourFactor;
    this.planSpeedKmh = planSpeedKmh;
    this.secondsPerRadian = EARTH_RADIUS_METRES * detourFactor / (planSpeedKmh / 3.6);
  }

  public double detourFactor() {
    return detourFactor;
  }

  /** The average speed plans count on. */
  public double planSpeedKmh() {
    return planSpeedKmh;
  }

  @Override
  public boolean quick(int origins, int destinations) {
    return (long) origins * destinations <= QUICK_CELLS;
  }

  @Override
  public TravelTimeMatrix between(
      List<GeoPoint> origins, List<GeoPoint> destinations, PairFactor factor) {
    double metresPerHalfRadian = 2 * EARTH_RADIUS_METRES * detourFactor;
    double secondsPerHalfRadian = 2 * secondsPerRadian;
    double leastFactor = 1 / detourFactor;
    double[] to = vectors(destinations);
    int columns = destinations.size();
    int[] seconds = new int[Math.multiplyExact(origins.size(), columns)];
    int[] metres = new int[seconds.length];
    int cell = 0;
    for (int origin = 0; origin < origins.size(); origin++) {
      double[] from = vectors(List.of(origins.get(origin)));
      double x = from[0];
      double y = from[1];
      double z = from[2];
      for (int i = 0; i < to.length; i += 3) {
        double dx = to[i] - x;
        double dy = to[i + 1] - y;
        double dz = to[i + 2] - z;
        double half = Math.sqrt(dx * dx + dy * dy + dz * dz) / 2;
        double arc;
        if (half < SMALL) {
          double square = half * half;
          arc = half * (1 + square * (1.0 / 6 + square * (3.0 / 40)));
        } else {
          arc = Math.asin(Math.min(1, half));
        }
        double by = Math.max(leastFactor, factor.of(origin, i / 3));
        metres[cell] = (int) Math.round(arc * metresPerHalfRadian);
        seconds[cell++] = (int) Math.ceil(arc * secondsPerHalfRadian * by - NOISE_SECONDS);
      }
    }
    return new TravelTimeMatrix(origins.size(), columns, seconds, metres);
  }

  private static double[] vectors(List<GeoPoint> places) {
    double[] vectors = new double[places.size() * 3];
    int at = 0;
    for (GeoPoint place : places) {
      double lat = Math.toRadians(place.lat());
      double lon = Math.toRadians(place.lon());
      double across = Math.cos(lat);
      vectors[at++] = across * Math.cos(lon);
      vectors[at++] = across * Math.sin(lon);
      vectors[at++] = Math.sin(lat);
    }
    return vectors;
  }
}
