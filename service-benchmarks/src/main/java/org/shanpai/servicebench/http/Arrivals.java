package org.shanpai.servicebench.http;

import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * When requests begin, whatever becomes of those before them: a Poisson stream.
 *
 * @param nanos from the beginning of the run, rising
 */
public record Arrivals(long[] nanos) {

  /** As many as {@code perSecond} makes of the time, at times drawn evenly from it. */
  public static Arrivals poisson(double perSecond, Duration time, long seed) {
    // Given their number, the points of a Poisson stream are independent and uniform.
    SplittableRandom random = new SplittableRandom(seed);
    long[] nanos =
        random
            .longs(Math.max(1, Math.round(perSecond * time.toNanos() / 1e9)), 0, time.toNanos())
            .toArray();
    Arrays.sort(nanos);
    return new Arrivals(nanos);
  }

  public int count() {
    return nanos.length;
  }
}
