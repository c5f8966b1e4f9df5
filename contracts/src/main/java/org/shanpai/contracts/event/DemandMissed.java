package org.shanpai.contracts.event;

import java.time.Instant;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.StoreId;

/**
 * Somebody asked to be served and was not, or not as the promise would have it. Published by
 * order-service.
 *
 * @param missId names the event
 * @param storeId the store that was asked; null when none was
 * @param areaId the store's area; null when it has none
 * @param near the customer's place, rounded to a thousandth of a degree: where, not who
 * @param metres from the store as the crow flies; −1 when there was no store
 * @param promiseSeconds what could be promised; null when nothing could
 * @param at city time
 */
public record DemandMissed(
    String missId,
    CityId cityId,
    StoreId storeId,
    AreaId areaId,
    GeoPoint near,
    Reason reason,
    int metres,
    Integer promiseSeconds,
    Instant at) {

  /** Why. */
  public enum Reason {
    /** Beyond the store's range. */
    OUT_OF_RANGE,
    /** No road leads there, or a zone forbids it. */
    NO_WAY,
    /** Too few riders. */
    OVERLOADED,
    /** A red alert. */
    RED_ALERT,
    /** The store was closed. */
    CLOSED,
    /** Served, with a promise longer than the city's usual one. */
    LATE_PROMISE
  }
}
