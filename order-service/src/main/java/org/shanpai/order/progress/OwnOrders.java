package org.shanpai.order.progress;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;
import org.shanpai.chassis.LogContext;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.messaging.Tx;
import org.shanpai.order.orders.Order;
import org.shanpai.order.orders.Orders;
import org.shanpai.order.orders.StatusTable;

/** A merchant's way to its own orders. Somebody else's order is as good as none. */
@ApplicationScoped
public class OwnOrders {

  private final Tx tx;
  private final Orders orders;
  private final CityClock clock;

  OwnOrders(Tx tx, Orders orders, CityClock clock) {
    this.tx = tx;
    this.orders = orders;
    this.clock = clock;
  }

  /**
   * Reads in the session of the order.
   *
   * @param look with the order and the city's time
   * @throws Problem 404
   */
  public <T> Uni<T> read(MerchantId merchant, OrderId id, BiFunction<Order, Instant, Uni<T>> look) {
    return tx.read(
        () ->
            orders
                .find(id)
                .map(found -> own(found, merchant, id))
                .chain(order -> look.apply(order, clock.now())));
  }

  /**
   * Acts on the order with its row locked, in a transaction.
   *
   * @param change with the order and the city's time
   * @throws Problem 404
   */
  public <T> Uni<T> act(
      MerchantId merchant, OrderId id, BiFunction<Order, Instant, Uni<T>> change) {
    LogContext.order(id.value());
    return tx.write(
        () ->
            orders
                .lock(id)
                .map(found -> own(found, merchant, id))
                .chain(order -> change.apply(order, clock.now())));
  }

  /** {@link #act}, and the order as it stands then. */
  public Uni<Order> change(
      MerchantId merchant, OrderId id, BiFunction<Order, Instant, Uni<Void>> change) {
    return act(merchant, id, (order, now) -> change.apply(order, now).replaceWith(order));
  }

  /**
   * @throws Problem 409 {@code order-ended}
   */
  public static void refuseEnded(Order order) {
    if (order.status().terminal()) {
      throw Problem.conflict("order-ended", "The order is " + order.status() + " already.");
    }
  }

  /**
   * @throws Problem 409 {@code already-picked-up}
   */
  public static void refusePickedUp(Order order) {
    if (StatusTable.pickedUp(order.status())) {
      throw Problem.conflict("already-picked-up", "The rider has the goods already.");
    }
  }

  private static Order own(Optional<Order> found, MerchantId merchant, OrderId id) {
    return found
        .filter(order -> order.merchantId().equals(merchant))
        .orElseThrow(() -> Problem.notFound("order " + id));
  }
}
