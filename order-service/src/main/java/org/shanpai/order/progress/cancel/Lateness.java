package org.shanpai.order.progress.cancel;

import java.time.Duration;
import java.time.Instant;
import org.shanpai.order.orders.Order;

/**
 * Whether an order that nobody has picked up is behind by the platform's doing. A kitchen that put
 * its time off waits for itself, and a rider who stands at the store waits for the goods: neither
 * is the platform late.
 */
final class Lateness {

  private Lateness() {}

  /**
   * @param grace city time; a rider so far behind the plan is late
   */
  static boolean proven(Order order, Instant now, Duration grace) {
    return switch (CancelStage.of(order.status())) {
      case UNASSIGNED -> promisePast(order, now);
      case ASSIGNED -> promisePast(order, now) || planPast(order, now, grace);
      case AT_STORE, PICKED_UP, ENDED -> false;
    };
  }

  private static boolean promisePast(Order order, Instant now) {
    return now.isAfter(later(order.promise().end(), kitchen(order)));
  }

  private static boolean planPast(Order order, Instant now, Duration grace) {
    Instant planned = order.plannedPickupAt();
    return planned != null && now.isAfter(later(planned, kitchen(order)).plus(grace));
  }

  private static Instant kitchen(Order order) {
    return order.readyAt() != null ? order.readyAt() : order.expectedReadyAt();
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
