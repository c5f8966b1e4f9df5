package org.shanpai.geo.position;

import org.shanpai.contracts.GeoPoint;

/**
 * A believed reading of a rider's phone.
 *
 * @param at city time, epoch milliseconds, the phone's clock corrected
 * @param accuracyMetres radius of the circle the phone believes itself in, at least 0
 * @param trust how far the reading is believed, 0–100
 * @param deviceAt what the phone's clock showed, epoch milliseconds
 * @param receivedAt city time at which the reading came here, epoch milliseconds
 */
public record Sighting(
    GeoPoint place, long at, double accuracyMetres, int trust, long deviceAt, long receivedAt) {

  /** A reading of a right clock that came at once. */
  public Sighting(GeoPoint place, long at, double accuracyMetres, int trust) {
    this(place, at, accuracyMetres, trust, at, at);
  }
}
