package org.shanpai.city.agents;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.shanpai.city.plan.Courier;
import org.shanpai.stack.Chance;

/**
 * Which riders do what only some do, drawn once for a city.
 *
 * @param wrongClock whose phone is hours off
 * @param inNeed who calls for help once
 * @param careless who leaves goods at any door
 * @param campaigners who sign up for the campaign, at once
 * @param planners who sign up for the slot
 */
record Roles(
    String wrongClock,
    String inNeed,
    String careless,
    Set<String> campaigners,
    Set<String> planners) {

  private static final int MOST_CAMPAIGNERS = 10;
  private static final int MOST_PLANNERS = 8;

  static Roles of(List<Courier> couriers, long seed) {
    List<String> drawn =
        new ArrayList<>(
            couriers.stream()
                // Whoever comes late or leaves early may miss what happens at its time.
                .filter(courier -> courier.onMillis() <= 60_000)
                .filter(courier -> courier.offMillis() == Long.MAX_VALUE)
                .map(Courier::riderId)
                .toList());
    Collections.shuffle(drawn, Chance.of(seed, "roles"));
    return new Roles(
        at(drawn, 0),
        at(drawn, 1),
        at(drawn, 2),
        new HashSet<>(drawn.subList(0, Math.min(MOST_CAMPAIGNERS, drawn.size()))),
        new HashSet<>(
            drawn.subList(drawn.size() - Math.min(MOST_PLANNERS, drawn.size()), drawn.size())));
  }

  private static String at(List<String> drawn, int index) {
    return index < drawn.size() ? drawn.get(index) : "";
  }
}
