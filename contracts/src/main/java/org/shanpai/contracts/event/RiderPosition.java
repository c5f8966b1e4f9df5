package org.shanpai.contracts.event;

import java.time.Instant;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.RiderId;

/**
 * A sampled position. Published by geo-service, best effort: a lost one is replaced by the next.
 *
 * @param at city time of the reading
 * @param trust how far the reading is believed, 0–100; null from a release that did not judge
 * @param batteryPercent what the phone has left; null when it did not say
 */
public record RiderPosition(
    RiderId riderId,
    CityId cityId,
    GeoPoint place,
    Instant at,
    Integer trust,
    Integer batteryPercent) {

  /** A position nobody judged. */
  public RiderPosition(RiderId riderId, CityId cityId, GeoPoint place, Instant at) {
    this(riderId, cityId, place, at, null, null);
  }
}
