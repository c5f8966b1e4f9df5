package org.shanpai.city.agents;

import java.util.Random;
import org.shanpai.city.plan.Phone;

/**
 * What a phone has left over a shift. Whoever sees it run low borrows a power bank a few minutes
 * later. Used from the rider's steps only.
 */
final class Battery {

  private static final double LOW = 10;
  private static final long MINUTE = 60_000;

  private final double percentPerHour;
  private final Random random;
  private double percent;
  private long since;
  private long chargedAt = Long.MAX_VALUE;

  /**
   * @param now city time, epoch milliseconds
   */
  Battery(Phone phone, Random random, long now) {
    this.percentPerHour = phone.percentPerHour();
    this.percent = phone.batteryPercent();
    this.random = random;
    this.since = now;
  }

  /** Percent left, 1–100; runs on from the last call. */
  int percent(long now) {
    double left = percent - percentPerHour * (now - since) / (60.0 * MINUTE);
    if (now >= chargedAt) {
      percent = 60 + 35 * random.nextDouble();
      since = now;
      chargedAt = Long.MAX_VALUE;
      return (int) percent;
    }
    if (left < LOW && chargedAt == Long.MAX_VALUE) {
      chargedAt = now + 4 * MINUTE + random.nextInt((int) (8 * MINUTE));
    }
    return (int) Math.max(1, Math.min(100, left));
  }
}
