package org.shanpai.geo.learning;

import java.util.ArrayList;
import java.util.List;
import org.shanpai.contracts.GeoPoint;

/**
 * Where riders stand, from where each of them stood: the geometric median of the visits, drawn
 * towards the place as told while they are few. Visits beyond the limit, and those far from the
 * others, do not count, so a rider who was elsewhere cannot move it. Never moves further than the
 * limit. The same visits in any order give the same point.
 */
final class PickupLearning {

  // Beyond so many times the median distance from the median, at least so many metres, a visit is
  // an outlier.
  private static final double OUTLIER_TIMES = 3;
  private static final double OUTLIER_METRES = 40;

  private final double prior;
  private final double furthestMetres;

  PickupLearning(double prior, double furthestMetres) {
    this.prior = prior;
    this.furthestMetres = furthestMetres;
  }

  PickupPoint learn(GeoPoint told, List<GeoPoint> visits) {
    List<double[]> near = new ArrayList<>();
    for (GeoPoint visit : visits) {
      double[] metres = GeometricMedian.metres(told, visit);
      if (Math.hypot(metres[0], metres[1]) <= furthestMetres) {
        near.add(metres);
      }
    }
    if (near.isEmpty()) {
      return new PickupPoint(told, 0);
    }
    // Sums depend on their order in the last bits; a fixed one makes the result a function of the
    // set.
    near.sort((a, b) -> a[0] != b[0] ? Double.compare(a[0], b[0]) : Double.compare(a[1], b[1]));
    double[] middle = GeometricMedian.of(near);
    double[] distances = near.stream().mapToDouble(one -> distance(one, middle)).toArray();
    double most = Math.max(OUTLIER_METRES, OUTLIER_TIMES * Quantiles.median(distances));
    List<double[]> kept = near.stream().filter(one -> distance(one, middle) <= most).toList();
    double[] learned = GeometricMedian.of(kept);
    double north = Quantiles.shrink(learned[0], kept.size(), 0, prior);
    double east = Quantiles.shrink(learned[1], kept.size(), 0, prior);
    return new PickupPoint(told.offsetMetres(north, east), kept.size());
  }

  private static double distance(double[] a, double[] b) {
    return Math.hypot(a[0] - b[0], a[1] - b[1]);
  }
}
