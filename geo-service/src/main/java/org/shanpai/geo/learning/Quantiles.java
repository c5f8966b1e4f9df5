package org.shanpai.geo.learning;

import java.util.Arrays;

/** Order statistics, and how little data is held to what is known otherwise. */
public final class Quantiles {

  private Quantiles() {}

  /**
   * The quantile by linear interpolation between order statistics.
   *
   * @param q 0–1
   * @throws IllegalArgumentException when there are no values
   */
  public static double of(double[] values, double q) {
    if (values.length == 0) {
      throw new IllegalArgumentException("no values");
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double place = q * (sorted.length - 1);
    int below = (int) Math.floor(place);
    int above = Math.min(sorted.length - 1, below + 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }

  public static double median(double[] values) {
    return of(values, 0.5);
  }

  /**
   * What is learned, drawn towards what is known otherwise: the fewer the samples the more.
   *
   * @param weight how many samples the prior is worth, 0 or more
   */
  public static double shrink(double learned, double samples, double prior, double weight) {
    return samples <= 0 ? prior : (samples * learned + weight * prior) / (samples + weight);
  }
}
