package org.shanpai.dispatch.job;

import org.shanpai.contracts.GeoPoint;
import org.shanpai.dispatch.DispatchSettings;

/**
 * What a delivery pays: so much, and so much for the way. It never reads a score.
 *
 * @param fixedFen for every delivery
 * @param distanceFen for the straight line from store to door, each 100 metres begun
 */
record BasePay(long fixedFen, long distanceFen) {

  static BasePay of(GeoPoint pickup, GeoPoint dropoff, DispatchSettings settings) {
    long hundreds = (long) Math.ceil(pickup.metresTo(dropoff) / 100);
    return new BasePay(settings.basePayFen(), hundreds * settings.basePayFenPer100Metres());
  }

  long fen() {
    return fixedFen + distanceFen;
  }
}
