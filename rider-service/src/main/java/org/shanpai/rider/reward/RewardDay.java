package org.shanpai.rider.reward;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a day's orders bring besides their pay: a function of the level and the weather at the
 * acceptance, and of what was added before. Nothing about being late is among its inputs, and it
 * only ever adds.
 */
final class RewardDay {

  /**
   * So many orders at most are aboard at once: an order that many places before the last rewarded
   * one keeps its reward whatever is still delivered before it in the order of acceptance.
   */
  static final int ABOARD = 10;

  private RewardDay() {}

  /**
   * An order of the day.
   *
   * @param rewardFen what its level rewards came to so far
   * @param rewardLines how many lines they are
   * @param weatherFen what the weather brought so far
   * @param weatherLines how many lines they are
   * @param weatherDueFen what the weather at its acceptance brings
   */
  record Order(
      String jobId,
      Instant acceptedAt,
      Instant deliveredAt,
      long rewardFen,
      int rewardLines,
      long weatherFen,
      int weatherLines,
      long weatherDueFen) {}

  /** What to add for an order, fen, more than 0. */
  record Addition(Order order, long fen, int revision) {}

  /**
   * @param waiting whether orders are left that can only be decided once the day is over
   */
  record Rewards(List<Addition> additions, boolean waiting) {}

  /**
   * The level's rewards: the first orders of the day by acceptance, so many at most.
   *
   * @param fen for each; 0 or more
   * @param most orders a day
   * @param over whether no more orders of the day are expected
   */
  static Rewards level(List<Order> orders, long fen, int most, boolean over) {
    List<Order> ranked = new ArrayList<>(orders);
    ranked.sort(Comparator.comparing(Order::acceptedAt).thenComparing(Order::jobId));
    Set<String> chosen = new HashSet<>();
    orders.stream().filter(o -> o.rewardLines() > 0).forEach(o -> chosen.add(o.jobId()));
    int sure = over ? most : Math.max(0, most - ABOARD);
    boolean waiting = false;
    for (int rank = 0; rank < ranked.size(); rank++) {
      String job = ranked.get(rank).jobId();
      if (chosen.contains(job)) {
        continue;
      }
      if (rank < sure && chosen.size() < most) {
        chosen.add(job);
      } else if (rank < most && !over) {
        waiting = true;
      }
    }
    List<Addition> additions = new ArrayList<>();
    for (Order order : ranked) {
      long missing = fen - order.rewardFen();
      if (chosen.contains(order.jobId()) && missing > 0) {
        additions.add(new Addition(order, missing, order.rewardLines()));
      }
    }
    return new Rewards(additions, waiting && fen > 0);
  }

  /** What the weather at their acceptance brings. */
  static List<Addition> weather(List<Order> orders) {
    return orders.stream()
        .filter(order -> order.weatherDueFen() > order.weatherFen())
        .map(
            order ->
                new Addition(
                    order, order.weatherDueFen() - order.weatherFen(), order.weatherLines()))
        .toList();
  }
}
