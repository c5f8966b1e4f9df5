package org.shanpai.engine;

import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A courier as the wave finds them.
 *
 * <p>Committed work stays with its courier. The first {@code pinnedStops} stops keep their place
 * and order; later ones may be put in another order, at the price of {@link
 * EngineWeights#disturbance()} when the next stop changes. Pin a committed <em>direct</em> job up
 * to and including its drop-off, and nothing will be carried beside it.
 *
 * <p>A job in {@code releasable} may be taken away again (改派), at {@link
 * EngineWeights#reassignPrice()}, as long as neither of its stops is pinned and its goods are not
 * aboard. It goes to another courier in the same plan or stays; it never ends without one. An entry
 * that does not match the route, or is out of range, is ignored and its job stays.
 *
 * <p>Values out of range do not throw here: such a courier keeps the route it has and gets nothing
 * new; receipts count it under {@link RejectRule#BAD_COURIER_DATA}.
 *
 * @param id unique within the wave
 * @param place index into {@link TravelTimes} where the courier is at {@code freeAtMillis}
 * @param freeAtMillis city epoch ms at which they stand at {@code place}, able to move; in the past
 *     means now
 * @param capacityUnits units the box holds
 * @param capacityGrams grams they may carry; {@link Integer#MAX_VALUE} = no limit
 * @param loadUnits units aboard at {@code freeAtMillis}
 * @param route committed stops in order, those under way first
 * @param pinnedStops leading stops of the route that may not move
 * @param releasable committed jobs that may go to somebody else, told as if they were open; null
 *     counts as empty
 * @param shiftEndMillis city epoch ms after which no new pickup may begin; 0 or {@link
 *     Long#MAX_VALUE} = none
 * @param dutyEndMillis city epoch ms by which a route with anything new in it has to be finished
 *     (fatigue); committed work alone may last longer; 0 or {@link Long#MAX_VALUE} = none
 * @param speedFactor share of the planned speed this courier makes, 0.2 to 1; above 1 counts as 1,
 *     for plans are never faster than the matrix
 * @param levelMillis level score in thousandths of a point (mp); 0 to 100,000 counts, beyond is cut
 * @param equipment what they carry, compared with {@link Job#needs()}; null counts as empty
 * @param acceptsOffers whether they may be given anything new in this wave
 * @param onlineHours hours online today without forced rest
 * @param earnedOrders orders delivered in those hours
 * @param coveredJobs further jobs that the guaranteed pay of the shift covers; each one beyond
 *     costs {@link EngineWeights#beyondGuaranteePerJob()}. {@link Integer#MAX_VALUE} = all;
 *     negative counts as 0
 */
public record Courier(
    String id,
    int place,
    long freeAtMillis,
    int capacityUnits,
    int capacityGrams,
    int loadUnits,
    List<Stop> route,
    int pinnedStops,
    List<Job> releasable,
    long shiftEndMillis,
    long dutyEndMillis,
    double speedFactor,
    int levelMillis,
    Set<String> equipment,
    boolean acceptsOffers,
    double onlineHours,
    double earnedOrders,
    int coveredJobs) {

  /** Plans are made for no less than this share of the matrix's speed. */
  private static final double SLOWEST = 0.2;

  public Courier {
    Objects.requireNonNull(id, "id");
    route = route == null ? List.of() : List.copyOf(route);
    releasable = releasable == null ? List.of() : List.copyOf(releasable);
    equipment = equipment == null ? Set.of() : Set.copyOf(equipment);
  }

  /** A courier whose pay by the job needs no thought. */
  public Courier(
      String id,
      int place,
      long freeAtMillis,
      int capacityUnits,
      int capacityGrams,
      int loadUnits,
      List<Stop> route,
      int pinnedStops,
      List<Job> releasable,
      long shiftEndMillis,
      long dutyEndMillis,
      double speedFactor,
      int levelMillis,
      Set<String> equipment,
      boolean acceptsOffers,
      double onlineHours,
      double earnedOrders) {
    this(
        id,
        place,
        freeAtMillis,
        capacityUnits,
        capacityGrams,
        loadUnits,
        route,
        pinnedStops,
        releasable,
        shiftEndMillis,
        dutyEndMillis,
        speedFactor,
        levelMillis,
        equipment,
        acceptsOffers,
        onlineHours,
        earnedOrders,
        Integer.MAX_VALUE);
  }

  /** Share of the matrix's speed that plans count on: never above 1, the legal speed. */
  public double plannedSpeed() {
    return Math.max(SLOWEST, Math.min(1.0, speedFactor));
  }
}
