package org.shanpai.order.handover;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.messaging.Tx;
import org.shanpai.order.intake.CodeSettings;
import org.shanpai.order.orders.Order;
import org.shanpai.order.orders.Orders;

/**
 * Makes sure that an order is the rider's who asks.
 *
 * <p>Who that is comes from dispatch-service by event, a moment after the rider knows it. A caller
 * this service has not heard of as the order's rider is therefore looked at again for a short
 * while; the fencing token they bring tells news under way (409, try again) from somebody else's
 * order (404).
 */
@ApplicationScoped
class AssignmentWait {

  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
  private static final int RETRY_AFTER_SECONDS = 1;

  private final Tx tx;
  private final Orders orders;
  private final CodeSettings settings;
  private final WallClock wall;

  AssignmentWait(Tx tx, Orders orders, CodeSettings settings, WallClock wall) {
    this.tx = tx;
    this.orders = orders;
    this.settings = settings;
    this.wall = wall;
  }

  /**
   * The order, once it is the rider's.
   *
   * @param epoch the rider's fencing token, or null
   * @throws Problem 404 not this rider's order; 409 {@code assignment-under-way} with Retry-After
   */
  Uni<Order> of(OrderId id, RiderId rider, Long epoch) {
    return look(id, rider, epoch, wall.millis() + settings.refresh().toMillis());
  }

  private Uni<Order> look(OrderId id, RiderId rider, Long epoch, long untilMillis) {
    return tx.read(() -> orders.find(id))
        .chain(
            found -> {
              Order order = found.orElseThrow(() -> Problem.notFound("order " + id));
              if (rider.equals(order.riderId())) {
                return Uni.createFrom().item(order);
              }
              if (order.status().terminal()) {
                throw Problem.notFound("order " + id);
              }
              if (wall.millis() < untilMillis) {
                return Uni.createFrom()
                    .voidItem()
                    .onItem()
                    .delayIt()
                    .by(LOOK_AGAIN)
                    .chain(() -> look(id, rider, epoch, untilMillis));
              }
              throw unknownRider(order, epoch);
            });
  }

  private static Problem unknownRider(Order order, Long epoch) {
    boolean newsUnderWay =
        Optional.ofNullable(epoch)
            .map(
                token ->
                    // The token is made with the offer: of the yes to it nothing is known yet.
                    token > order.jobEpoch()
                        || token == order.jobEpoch() && order.riderId() == null)
            .orElse(order.riderId() == null);
    return newsUnderWay
        ? Problem.conflictRetry(
            "assignment-under-way",
            "The news of your assignment has not arrived here yet; try again.",
            RETRY_AFTER_SECONDS)
        : Problem.notFound("order " + order.id());
  }
}
