package org.shanpai.rider.roster;

import java.util.Set;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.event.RiderState;

/**
 * A rider as stored.
 *
 * @param levelMilliPoints yesterday's closing level score, mp
 * @param secretHash what is kept of the sign-in secret
 */
record Rider(
    String riderId,
    String cityId,
    long version,
    RiderProfile profile,
    int levelMilliPoints,
    String secretHash) {

  /** What other services may know. */
  RiderState state() {
    return new RiderState(
        RiderId.of(riderId),
        CityId.of(cityId),
        version,
        profile.label(),
        profile.pool().name(),
        profile.capacityUnits(),
        Set.copyOf(profile.equipment()),
        levelMilliPoints,
        profile.active(),
        profile.startedOn());
  }
}
