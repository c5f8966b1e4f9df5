package org.shanpai.geo.position;

import org.shanpai.contracts.GeoPoint;

/**
 * A ping that passed the checks made on it alone.
 *
 * @param index place in the batch, from 0
 * @param seq number of the reading within the phone's session
 * @param place WGS-84, whatever the phone told
 * @param at city time, epoch milliseconds; the phone's own until its clock was corrected
 * @param deviceAt what the phone's clock showed, epoch milliseconds
 * @param speedMps what the phone measured; NaN when it does not know
 * @param mock whether the phone says that an app faked the place
 */
public record Reading(
    int index,
    long seq,
    GeoPoint place,
    long at,
    long deviceAt,
    double accuracyMetres,
    double speedMps,
    boolean mock) {

  /** A reading as the phone told it. */
  public Reading(
      int index,
      long seq,
      GeoPoint place,
      long at,
      double accuracyMetres,
      double speedMps,
      boolean mock) {
    this(index, seq, place, at, at, accuracyMetres, speedMps, mock);
  }

  Reading correctedBy(long millis) {
    return millis == 0
        ? this
        : new Reading(index, seq, place, at + millis, deviceAt, accuracyMetres, speedMps, mock);
  }
}
