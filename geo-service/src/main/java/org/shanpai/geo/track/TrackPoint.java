package org.shanpai.geo.track;

import org.shanpai.contracts.GeoPoint;
import org.shanpai.geo.position.Sighting;

/**
 * One reading of a rider's track. Times are epoch milliseconds.
 *
 * @param at city time, the phone's clock corrected
 * @param place kept to 1e-6°, about a decimetre
 * @param accuracyMetres kept to a decimetre
 * @param trust how far the reading was believed, 0–100
 * @param deviceAt what the phone's clock showed
 * @param receivedAt city time at which it came
 */
public record TrackPoint(
    long at, GeoPoint place, double accuracyMetres, int trust, long deviceAt, long receivedAt) {

  /** The reading it was kept from. */
  public Sighting sighting() {
    return new Sighting(place, at, accuracyMetres, trust, deviceAt, receivedAt);
  }
}
