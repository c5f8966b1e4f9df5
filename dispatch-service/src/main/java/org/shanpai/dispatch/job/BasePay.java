package org.shanpai.dispatch.job;

import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.Money;
import org.shanpai.dispatch.DispatchSettings;

/** What a delivery pays: so much, and so much for the way. It never reads a score. */
final class BasePay {

  private BasePay() {}

  static Money of(GeoPoint pickup, GeoPoint dropoff, DispatchSettings settings) {
    long hundreds = (long) Math.ceil(pickup.metresTo(dropoff) / 100);
    return Money.ofFen(settings.basePayFen() + hundreds * settings.basePayFenPer100Metres());
  }
}
