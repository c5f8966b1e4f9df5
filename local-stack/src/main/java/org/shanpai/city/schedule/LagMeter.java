package org.shanpai.city.schedule;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How late the city's steps start against its own schedule, in city milliseconds.
 *
 * <p>Counted in buckets of 100 ms up to ten minutes, so that a quantile errs by less than one
 * bucket, upwards. Thread-safe.
 */
public final class LagMeter {

  private static final long BUCKET_MILLIS = 100;
  private static final int BUCKETS = 6_000;

  private final AtomicLongArray buckets = new AtomicLongArray(BUCKETS + 1);
  private final AtomicLong count = new AtomicLong();
  private final AtomicLong max = new AtomicLong();

  /**
   * @param lagMillis city milliseconds between when a step was due and when it began
   */
  public void record(long lagMillis) {
    long lag = Math.max(0, lagMillis);
    buckets.incrementAndGet((int) Math.min(BUCKETS, lag / BUCKET_MILLIS));
    count.incrementAndGet();
    max.accumulateAndGet(lag, Math::max);
  }

  /**
   * @param share 0–1
   * @return city milliseconds that so many of the steps did not exceed; 0 when there were none
   */
  public long quantileMillis(double share) {
    long wanted = (long) Math.ceil(share * count.get());
    long seen = 0;
    for (int i = 0; i < BUCKETS; i++) {
      seen += buckets.get(i);
      if (seen >= wanted && seen > 0) {
        return Math.min((i + 1) * BUCKET_MILLIS, maxMillis());
      }
    }
    return maxMillis();
  }

  public long maxMillis() {
    return max.get();
  }

  public long count() {
    return count.get();
  }
}
