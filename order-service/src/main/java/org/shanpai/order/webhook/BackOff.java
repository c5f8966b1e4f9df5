package org.shanpai.order.webhook;

import java.time.Duration;

/**
 * Pauses between tries: doubling up to a longest one, spread by up to a fifth so that what failed
 * together does not come back together. The spread depends on the seed only.
 */
public record BackOff(Duration first, Duration longest) {

  /**
   * @param failures 1 or more
   * @param seed such as a delivery's id
   */
  public Duration pause(int failures, String seed) {
    long millis = first.toMillis();
    for (int i = 1; i < failures && millis < longest.toMillis(); i++) {
      millis *= 2;
    }
    millis = Math.min(millis, longest.toMillis());
    int spread = Math.floorMod((seed + failures).hashCode(), 1000);
    return Duration.ofMillis(millis - millis * spread / 5000);
  }
}
