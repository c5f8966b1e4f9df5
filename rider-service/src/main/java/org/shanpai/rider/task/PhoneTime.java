package org.shanpai.rider.task;

import java.time.Duration;
import java.time.Instant;
import org.shanpai.contracts.time.CityClock;

/**
 * What a phone says of when something happened. Phones' clocks may be wrong by hours; how much time
 * went by between two readings of one clock is not. So what counts is, in this order: how long ago
 * by the phone's steady clock; how long before it was sent; what the phone's clock was found to
 * lack when it signed in; and only without any of these the time as told.
 *
 * @param at the phone's clock when it happened; null for now
 * @param sentAt the phone's clock when it sent; null when not told
 * @param agoMillis by a clock that nobody can set; null when not told
 */
public record PhoneTime(Instant at, Instant sentAt, Long agoMillis) {

  /** Nothing happened longer ago than a phone keeps its queue. */
  static final Duration OLDEST = Duration.ofHours(24);

  /** Said without a clock. */
  public static final PhoneTime NONE = new PhoneTime(null, null, null);

  /** With what the phone's time was brought into ours. */
  public enum Basis {
    /** Nothing was told: it happened when it came. */
    NONE,
    AGO,
    SENT_AT,
    KNOWN_OFFSET,
    /** The time as told, by a phone whose clock nobody ever saw. */
    CITY_TIME
  }

  /**
   * @param at city time, never later than now
   */
  public record Happened(Instant at, Basis basis) {}

  /**
   * When it happened, city time.
   *
   * @param knownOffset what the phone's clock lacks to wall time, milliseconds; null when unknown
   * @param wallNow wall time
   */
  public Happened happened(Long knownOffset, Instant wallNow, CityClock city) {
    Instant now = city.now();
    if (agoMillis != null) {
      return ago(Duration.ofMillis(agoMillis), Basis.AGO, now, city);
    }
    if (at == null) {
      return new Happened(now, Basis.NONE);
    }
    if (sentAt != null) {
      return ago(Duration.between(at, sentAt), Basis.SENT_AT, now, city);
    }
    if (knownOffset != null) {
      Instant wallAt = at.plusMillis(knownOffset);
      return ago(Duration.between(wallAt, wallNow), Basis.KNOWN_OFFSET, now, city);
    }
    return new Happened(clamped(at, now), Basis.CITY_TIME);
  }

  private static Happened ago(Duration wallAgo, Basis basis, Instant now, CityClock city) {
    Duration bounded =
        wallAgo.isNegative() ? Duration.ZERO : wallAgo.compareTo(OLDEST) > 0 ? OLDEST : wallAgo;
    return new Happened(now.minus(city.toCity(bounded)), basis);
  }

  private static Instant clamped(Instant at, Instant now) {
    if (at.isAfter(now)) {
      return now;
    }
    return at.isBefore(now.minus(OLDEST)) ? now.minus(OLDEST) : at;
  }
}
