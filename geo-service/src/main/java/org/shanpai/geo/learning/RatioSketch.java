package org.shanpai.geo.learning;

/**
 * How often which ratio of real to expected time was seen, in bins of equal logarithm. Sketches add
 * up in any order to the same; a quantile is off by half a bin at most, about 1.5 %. Not
 * thread-safe.
 */
public final class RatioSketch {

  public static final int BINS = 96;

  private static final double LEAST = 0.25;
  private static final double STEP = Math.log(16) / BINS;

  private final long[] counts = new long[BINS];
  private long samples;

  /** The bin of a ratio; what is beyond either end falls into the last bin there. */
  public static int bin(double ratio) {
    if (!(ratio > 0)) {
      throw new IllegalArgumentException("a ratio must be more than 0 but is " + ratio);
    }
    int bin = (int) Math.floor(Math.log(ratio / LEAST) / STEP);
    return Math.max(0, Math.min(BINS - 1, bin));
  }

  public void add(int bin, long count) {
    counts[bin] += count;
    samples += count;
  }

  public void add(RatioSketch other) {
    for (int bin = 0; bin < BINS; bin++) {
      add(bin, other.counts[bin]);
    }
  }

  public long samples() {
    return samples;
  }

  /**
   * The quantile's natural logarithm, evenly spread within a bin.
   *
   * @throws IllegalStateException when nothing was added
   */
  public double logQuantile(double q) {
    if (samples == 0) {
      throw new IllegalStateException("an empty sketch has no quantile");
    }
    double wanted = q * samples;
    double below = 0;
    for (int bin = 0; bin < BINS; bin++) {
      if (counts[bin] > 0 && below + counts[bin] >= wanted) {
        return Math.log(LEAST) + STEP * (bin + (wanted - below) / counts[bin]);
      }
      below += counts[bin];
    }
    return Math.log(LEAST) + STEP * BINS;
  }

  public long count(int bin) {
    return counts[bin];
  }
}
