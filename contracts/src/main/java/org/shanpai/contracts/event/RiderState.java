package org.shanpai.contracts.event;

import java.time.LocalDate;
import java.util.Set;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.RiderId;

/**
 * A rider as dispatch needs to know them. Published by rider-service. No name or phone in it.
 *
 * @param label what the control room shows, such as 骑手 023
 * @param pool {@code DEDICATED} (专送), {@code CROWDSOURCED} (众包) or {@code PREFERRED} (优选)
 * @param capacityUnits how much the box holds
 * @param equipment such as {@code COLD_BOX}
 * @param levelMilliPoints yesterday's closing level score, mp, 0–100,000
 * @param active false when the account is closed
 * @param startedOn first working day, business date; null when it is not known, and then counts as
 *     long ago
 */
public record RiderState(
    RiderId riderId,
    CityId cityId,
    long version,
    String label,
    String pool,
    int capacityUnits,
    Set<String> equipment,
    int levelMilliPoints,
    boolean active,
    LocalDate startedOn) {

  /** A rider who started nobody knows when. */
  public RiderState(
      RiderId riderId,
      CityId cityId,
      long version,
      String label,
      String pool,
      int capacityUnits,
      Set<String> equipment,
      int levelMilliPoints,
      boolean active) {
    this(
        riderId,
        cityId,
        version,
        label,
        pool,
        capacityUnits,
        equipment,
        levelMilliPoints,
        active,
        null);
  }
}
