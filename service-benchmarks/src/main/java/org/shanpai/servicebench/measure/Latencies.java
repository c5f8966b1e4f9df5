package org.shanpai.servicebench.measure;

import java.util.Arrays;

/** Nanoseconds that single things took; the newest replace the oldest beyond the room. */
public final class Latencies {

  private final long[] nanos;
  private long count;

  /**
   * @param room greatest number kept
   */
  public Latencies(int room) {
    this.nanos = new long[room];
  }

  public void add(long took) {
    nanos[(int) (count++ % nanos.length)] = took;
  }

  public long count() {
    return count;
  }

  /**
   * @param share 0.5 for the median, 0.99 for the 99th percentile
   * @return milliseconds, NaN without any
   */
  public double millis(double share) {
    int kept = (int) Math.min(count, nanos.length);
    if (kept == 0) {
      return Double.NaN;
    }
    long[] sorted = Arrays.copyOf(nanos, kept);
    Arrays.sort(sorted);
    return sorted[(int) Math.min(kept - 1, Math.ceil(share * kept) - 1)] / 1e6;
  }
}
