package org.shanpai.order.intake;

import java.time.Instant;
import java.util.List;
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
 * @param further the loads of further riders; null where one carries everything
 */
public record Conditions(
    int loadUnits,
    FeeParts fee,
    int crowMetres,
    Integer roadMetres,
    int promiseSeconds,
    TimeWindow deliverBetween,
    Integer p80Seconds,
    int readySeconds,
    Further further) {

  /**
   * The loads after the first, which the rest of the conditions is of.
   *
   * @param loadUnits of each, 1–8
   * @param fenEach what each costs
   */
  public record Further(List<Integer> loadUnits, long fenEach) {

    /** What they cost together. */
    public long sumFen() {
      return loadUnits.size() * fenEach;
    }
  }

  /** What all loads cost together, in parts. */
  public FeeParts feeOfAll() {
    return further == null ? fee : fee.withFurtherLoads(further.sumFen());
  }

  /** Room of all loads together. */
  public int unitsOfAll() {
    return further == null
        ? loadUnits
        : loadUnits + further.loadUnits().stream().mapToInt(Integer::intValue).sum();
  }

  /** The same, and so many loads besides. */
  Conditions with(Further others) {
    return new Conditions(
        loadUnits,
        fee,
        crowMetres,
        roadMetres,
        promiseSeconds,
        deliverBetween,
        p80Seconds,
        readySeconds,
        others);
  }

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
        readySeconds,
        null);
  }

  /** For an order made at that city time. */
  public TimeWindow promise(Instant created) {
    return deliverBetween != null
        ? deliverBetween
        : new TimeWindow(created, created.plusSeconds(promiseSeconds));
  }
}
