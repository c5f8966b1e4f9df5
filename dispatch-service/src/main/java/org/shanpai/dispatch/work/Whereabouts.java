package org.shanpai.dispatch.work;

import java.time.Duration;
import java.time.Instant;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.dispatch.DispatchSettings;
import org.shanpai.dispatch.geo.Geo;

/**
 * Where a rider is as far as dispatch builds on it, and what keeps offers from them.
 *
 * <p>A reading of low trust blocks nobody: the rider is taken to be where they last were for
 * certain, and goes on getting offers from there. Only when nothing was believed for some time are
 * there no new offers, until something is; jobs in hand stay.
 *
 * @param noOffers null when nothing about the phone stands against offers
 */
public record Whereabouts(GeoPoint place, NoOffers noOffers) {

  /**
   * When phones count as fit for offers.
   *
   * @param lowBatteryPercent below it there are none
   * @param leastTrust below it a reading is not believed, 0–100
   * @param untrustedFor how long unbelieved readings are borne
   */
  public record Rules(int lowBatteryPercent, int leastTrust, Duration untrustedFor) {

    public static Rules of(DispatchSettings settings) {
      return new Rules(
          settings.lowBatteryPercent(),
          settings.leastTrust(),
          Duration.ofSeconds(settings.untrustedSeconds()));
    }
  }

  /** What the last ping and the rider's row say together. */
  public static Whereabouts of(Geo.Seen seen, RiderWork work, Rules rules, Instant now) {
    return of(seen, work.trustedPlace(), work.trustedAt(), work.onlineSince(), rules, now);
  }

  static Whereabouts of(
      Geo.Seen seen,
      GeoPoint trustedPlace,
      Instant trustedAt,
      Instant onlineSince,
      Rules rules,
      Instant now) {
    GeoPoint place = seen.place();
    NoOffers noOffers = null;
    if (seen.trust() != null && seen.trust() < rules.leastTrust()) {
      // Who has just come online has had no chance to be believed.
      Instant since = later(trustedAt, onlineSince);
      boolean thisShift =
          trustedAt != null && (onlineSince == null || !trustedAt.isBefore(onlineSince));
      place = thisShift ? trustedPlace : place;
      if (since != null && !since.plus(rules.untrustedFor()).isAfter(now)) {
        noOffers = NoOffers.POSITION_NOT_TRUSTED;
      }
    }
    if (seen.batteryPercent() != null && seen.batteryPercent() < rules.lowBatteryPercent()) {
      noOffers = NoOffers.LOW_BATTERY;
    }
    return new Whereabouts(place, noOffers);
  }

  private static Instant later(Instant a, Instant b) {
    return a == null ? b : b == null || a.isAfter(b) ? a : b;
  }
}
