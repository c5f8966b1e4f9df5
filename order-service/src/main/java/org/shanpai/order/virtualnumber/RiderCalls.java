package org.shanpai.order.virtualnumber;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.shanpai.chassis.LogContext;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.event.OrderStatus;
import org.shanpai.messaging.Tx;
import org.shanpai.order.orders.Order;
import org.shanpai.order.orders.Orders;
import org.shanpai.order.virtualnumber.CallNumbers.Told;
import org.shanpai.order.virtualnumber.VirtualNumbers.Audience;

/**
 * The customer's way to call whoever brings the order: a number that stands in for the rider's, and
 * never the rider's own. Only while the order is in a rider's hand.
 */
@ApplicationScoped
public class RiderCalls {

  private final Tx tx;
  private final Orders orders;
  private final RiderTelephones telephones;
  private final CallNumbers numbers;

  RiderCalls(Tx tx, Orders orders, RiderTelephones telephones, CallNumbers numbers) {
    this.tx = tx;
    this.orders = orders;
    this.telephones = telephones;
    this.numbers = numbers;
  }

  /** Whether its rider can be called now; without stand-in numbers, no rider can. */
  public boolean possible(Order order) {
    return numbers.standIn() && order.riderId() != null && inHand(order.status());
  }

  private static boolean inHand(OrderStatus status) {
    return switch (status) {
      case RIDER_ASSIGNED, RIDER_AT_STORE, PICKED_UP, RIDER_AT_CUSTOMER, EXCEPTION -> true;
      case CREATED, DISPATCHING, DELIVERED, CANCELLED, RETURNING, RETURNED -> false;
    };
  }

  /**
   * The number that reaches the rider; the same one until the order ends or the rider changes.
   *
   * @throws Problem 404 no such order; 409 {@code rider-not-callable}; 503 with Retry-After when
   *     rider-service does not answer or no number is free
   */
  public Uni<Told> number(OrderId id) {
    LogContext.order(id.value());
    return tx.read(() -> orders.find(id).map(found -> found.orElseThrow(() -> none(id))))
        .map(this::callable)
        .chain(
            order ->
                order.sandbox()
                    ? Uni.createFrom().item(numbers.rehearsed(id))
                    // Asked between two transactions: no connection waits for a neighbour.
                    : telephones
                        .of(order.riderId())
                        .map(phone -> phone.orElseThrow(RiderCalls::refused))
                        .chain(phone -> lend(id, order.riderId(), phone)));
  }

  private Uni<Told> lend(OrderId id, RiderId asked, String phone) {
    return tx.write(
        () ->
            orders
                .lock(id)
                .map(found -> callable(found.orElseThrow(() -> none(id))))
                .chain(
                    order -> {
                      if (!asked.equals(order.riderId())) {
                        throw Problem.conflictRetry(
                            "rider-not-callable", "The rider has just changed; call again.", 1);
                      }
                      return numbers.tell(id, phone, Audience.CUSTOMER);
                    }));
  }

  private Order callable(Order order) {
    if (!possible(order)) {
      throw refused();
    }
    return order;
  }

  private static Problem refused() {
    return Problem.conflict(
        "rider-not-callable", "There is nobody to call: no rider has this order now.");
  }

  private static Problem none(OrderId id) {
    return Problem.notFound("order " + id);
  }
}
