package org.shanpai.order.quote;

import java.time.Duration;
import java.time.Instant;

/**
 * Remembers that somebody does not answer, so that each order need not find out anew. Thread-safe.
 */
public final class Rest {

  private final int failuresBefore;
  private final Duration length;
  private int failures;
  private Instant until = Instant.MIN;

  /**
   * @param failuresBefore failures in a row that begin a rest, at least 1
   */
  public Rest(int failuresBefore, Duration length) {
    if (failuresBefore < 1) {
      throw new IllegalArgumentException(
          "failures-before-rest must be at least 1 but is " + failuresBefore);
    }
    this.failuresBefore = failuresBefore;
    this.length = length;
  }

  public synchronized boolean resting(Instant wall) {
    return wall.isBefore(until);
  }

  public synchronized void answered() {
    failures = 0;
    until = Instant.MIN;
  }

  /** After a rest a single failure begins the next one. */
  public synchronized void failed(Instant wall) {
    failures++;
    if (failures >= failuresBefore) {
      until = wall.plus(length);
    }
  }
}
