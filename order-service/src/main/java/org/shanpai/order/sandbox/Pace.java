package org.shanpai.order.sandbox;

import java.time.Duration;

/** How fast a play runs, in city time. */
public enum Pace {
  /** As long as a ride takes. */
  REAL,
  /** A minute of the play takes a second. */
  FAST,
  /** All steps at once, one after the other. */
  INSTANT,
  /** Nothing happens by itself: each step waits for the merchant. */
  BY_HAND;

  private static final int FAST_FACTOR = 60;

  /**
   * How long to wait for a step.
   *
   * @param real as long as it takes in earnest
   * @return null for ever
   */
  public Duration of(Duration real) {
    return switch (this) {
      case REAL -> real;
      case FAST -> real.dividedBy(FAST_FACTOR);
      case INSTANT -> Duration.ZERO;
      case BY_HAND -> null;
    };
  }
}
