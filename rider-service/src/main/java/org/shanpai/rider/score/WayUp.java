package org.shanpai.rider.score;

import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalInt;

/** The way back up: what brings a rider to the next step of the ladder. Pure. */
public final class WayUp {

  private WayUp() {}

  /**
   * @param band the next step
   * @param milliPoints how far away it is
   * @param goodDeliveries so many more orders delivered well reach it, should nothing else happen;
   *     null when these alone do not
   */
  public record Next(RuleSet.Band band, int milliPoints, Integer goodDeliveries) {}

  /** Empty on the highest step. */
  public static Optional<Next> from(LocalDate day, RuleSet rules, ScoreWindow window) {
    int score = ServiceScore.on(day, rules, window).milliPoints();
    return rules
        .bandAbove(score)
        .map(
            band -> {
              OptionalInt orders = ordersTo(band.lowest(), day, rules, window);
              return new Next(
                  band, band.lowest() - score, orders.isPresent() ? orders.getAsInt() : null);
            });
  }

  /** The fewest; the score never falls with one more, so that it can be found by halving. */
  private static OptionalInt ordersTo(
      int milliPoints, LocalDate day, RuleSet rules, ScoreWindow window) {
    int enough = rules.windowOrders();
    if (after(enough, day, rules, window) < milliPoints) {
      return OptionalInt.empty();
    }
    int tooFew = 0;
    while (enough - tooFew > 1) {
      int middle = (enough + tooFew) / 2;
      if (after(middle, day, rules, window) >= milliPoints) {
        enough = middle;
      } else {
        tooFew = middle;
      }
    }
    return OptionalInt.of(enough);
  }

  private static int after(int orders, LocalDate day, RuleSet rules, ScoreWindow window) {
    return ServiceScore.on(day, rules, window.withGood(orders, day, rules.smooth().milliPoints()))
        .milliPoints();
  }
}
