package org.shanpai.geo.learning;

import java.util.List;
import org.shanpai.contracts.GeoPoint;

/**
 * The point with the least sum of distances to others: half of them may lie and it hardly moves.
 */
public final class GeometricMedian {

  private static final double EARTH_RADIUS_METRES = 6_371_008.8;
  private static final int MOST_ROUNDS = 2_000;
  private static final double ENOUGH_METRES = 0.000_1;

  private GeometricMedian() {}

  /**
   * Of places within a city.
   *
   * @param places at least one
   */
  public static GeoPoint ofPlaces(List<GeoPoint> places) {
    GeoPoint origin = places.get(0);
    double[] median = of(places.stream().map(place -> metres(origin, place)).toList());
    return origin.offsetMetres(median[0], median[1]);
  }

  /** The point with the least sum of distances (Weiszfeld). */
  public static double[] of(List<double[]> points) {
    double x = Quantiles.median(points.stream().mapToDouble(p -> p[0]).toArray());
    double y = Quantiles.median(points.stream().mapToDouble(p -> p[1]).toArray());
    for (int round = 0; round < MOST_ROUNDS; round++) {
      double weights = 0;
      double sumX = 0;
      double sumY = 0;
      for (double[] point : points) {
        double weight = 1 / Math.max(0.001, Math.hypot(point[0] - x, point[1] - y));
        weights += weight;
        sumX += weight * point[0];
        sumY += weight * point[1];
      }
      double moved = Math.hypot(sumX / weights - x, sumY / weights - y);
      x = sumX / weights;
      y = sumY / weights;
      if (moved < ENOUGH_METRES) {
        break;
      }
    }
    return new double[] {x, y};
  }

  /** North and east of the origin. */
  static double[] metres(GeoPoint origin, GeoPoint place) {
    return new double[] {
      Math.toRadians(place.lat() - origin.lat()) * EARTH_RADIUS_METRES,
      Math.toRadians(place.lon() - origin.lon())
          * EARTH_RADIUS_METRES
          * Math.cos(Math.toRadians(origin.lat()))
    };
  }
}
