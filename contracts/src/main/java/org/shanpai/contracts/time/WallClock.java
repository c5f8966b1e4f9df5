package org.shanpai.contracts.time;

import java.time.Clock;
import java.time.Instant;

/**
 * Real time. For tokens, signatures, Kafka record timestamps, time-outs, leases, retries and
 * metrics; never for promises, waves, offers, shifts or scores, which live in {@link CityClock}.
 */
public final class WallClock {

  private final Clock clock;

  public WallClock(Clock clock) {
    this.clock = clock;
  }

  public static WallClock system() {
    return new WallClock(Clock.systemUTC());
  }

  public Instant now() {
    return clock.instant();
  }

  public long millis() {
    return clock.millis();
  }
}
