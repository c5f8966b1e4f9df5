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
 * <p>Values out of range do not throw here: such a courier keeps the route it has and gets nothing
 * new; receipts count it under {@link RejectRule#BAD_COURIER_DATA}.
 *
 * @param id unique within the wave
 * @param place index into {@link TravelTimes} where the courier is at {@code freeAtMillis}
 * @param freeAtMillis city epoch ms at which they stand at {@code place}, able to move; in the past
 *     means now
 * @param capacityUnits units the box holds
 * @param loadUnits units aboard at {@code freeAtMillis}
 * @param route committed stops in order, those under way first
 * @param pinnedStops leading stops of the route that may not move
 * @param shiftEndMillis city epoch ms after which no new pickup may begin; 0 or {@link
 *     Long#MAX_VALUE} = none
 * @param speedFactor share of the planned speed this courier makes, 0.2 to 1; above 1 counts as 1,
 *     for plans are never faster than the matrix
 * @param levelMillis level score in thousandths of a point (mp); 0 to 100,000 counts, beyond is cut
 * @param equipment what they carry, compared with {@link Job#needs()}; null counts as empty
 * @param acceptsOffers whether they may be given anything new in this wave
 * @param onlineHours hours online today without forced rest
 * @param earnedOrders orders delivered in those hours
 */
public record Courier(
    String id,
    int place,
    long freeAtMillis,
    int capacityUnits,
    int loadUnits,
    List<Stop> route,
    int pinnedStops,
    long shiftEndMillis,
    double speedFactor,
    int levelMillis,
    Set<String> equipment,
    boolean acceptsOffers,
    double onlineHours,
    double earnedOrders) {
  public Courier {
    Objects.requireNonNull(id, "id");
    route = route == null ? List.of() : List.copyOf(route);
    equipment = equipment == null ? Set.of() : Set.copyOf(equipment);
  }
}
