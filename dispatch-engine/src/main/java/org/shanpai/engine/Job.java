package org.shanpai.engine;

import java.util.Objects;
import java.util.Set;

/**
 * A job that nobody carries yet: goods to fetch at one place and to bring to another.
 *
 * <p>Values out of range do not throw here; {@link DispatchEngine#solve} answers them with {@link
 * JobDecision.NoCourier} and the reason.
 *
 * @param id unique within the wave
 * @param pickup index of the store's place in {@link TravelTimes}
 * @param dropoff index of the door's place
 * @param readyMillis city epoch ms at which the goods are expected to be ready
 * @param promiseEndMillis city epoch ms by which the customer was told to have them
 * @param placedMillis city epoch ms at which the order was placed
 * @param pickupServiceSeconds seconds at the store once the goods are ready, 0 to 21,600
 * @param dropoffServiceSeconds seconds at the door, 0 to 21,600
 * @param loadUnits units taken in the box, 0 or more
 * @param weightGrams grams, 0 to 1,000,000
 * @param longestCarrySeconds seconds the goods may be under way, from leaving the store to the end
 *     of the hand-over; 0 = no such limit
 * @param direct never carried together with anything else
 * @param needs equipment the courier must have, such as {@code COLD_BOX}; null counts as empty
 * @param excludedCouriers couriers who may not get it (declined, reported by the store); null
 *     counts as empty
 * @param holdUntilMillis city epoch ms from which it may be held no longer; 0 = no such moment
 */
public record Job(
    String id,
    int pickup,
    int dropoff,
    long readyMillis,
    long promiseEndMillis,
    long placedMillis,
    int pickupServiceSeconds,
    int dropoffServiceSeconds,
    int loadUnits,
    int weightGrams,
    int longestCarrySeconds,
    boolean direct,
    Set<String> needs,
    Set<String> excludedCouriers,
    long holdUntilMillis) {
  public Job {
    Objects.requireNonNull(id, "id");
    needs = needs == null ? Set.of() : Set.copyOf(needs);
    excludedCouriers = excludedCouriers == null ? Set.of() : Set.copyOf(excludedCouriers);
  }
}
