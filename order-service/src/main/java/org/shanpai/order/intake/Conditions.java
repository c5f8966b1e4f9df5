package org.shanpai.order.intake;

import java.time.Instant;
import org.shanpai.contracts.TimeWindow;
import org.shanpai.order.orders.FeeParts;

/**
 * What a delivery costs and when it comes, as it can be agreed.
 *
 * @param loadUnits 1–8
 * @param crowMetres from store to door as the crow flies, rounded up
 * @param roadMetres by road; null when nobody could tell
 * @param promiseSeconds from the order's creation to the end of its promise; of a pre-booked one
 *     from the start of its window
 * @param deliverBetween the window of a pre-booked order, else null
 * @param p80Seconds from release to door, four of five are quicker; null when nobody could tell
 * @param readySeconds until the goods are ready, from the order or from its release
 */
public record Conditions(
    int loadUnits,
    FeeParts fee,
    int crowMetres,
    Integer roadMetres,
    int promiseSeconds,
    TimeWindow deliverBetween,
    Integer p80Seconds,
    int readySeconds) {

  /** The same way and time for other goods. */
  Conditions of(int units, FeeParts price) {
    return new Conditions(
        units,
        price,
        crowMetres,
        roadMetres,
        promiseSeconds,
        deliverBetween,
        p80Seconds,
        readySeconds);
  }

  /** For an order made at that city time. */
  public TimeWindow promise(Instant created) {
    return deliverBetween != null
        ? deliverBetween
        : new TimeWindow(created, created.plusSeconds(promiseSeconds));
  }
}
