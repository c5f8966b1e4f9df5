package org.shanpai.order.progress;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.OrderId;
import org.shanpai.messaging.Tx;
import org.shanpai.order.orders.EntryKind;
import org.shanpai.order.orders.Order;
import org.shanpai.order.orders.OrderChanges;
import org.shanpai.order.orders.OrderEntry;
import org.shanpai.order.orders.Orders;

/**
 * What a merchant may do with its orders once they are in. Each act done twice is done once.
 * Somebody else's order is as good as none.
 */
@ApplicationScoped
public class MerchantActs {

  /** How far ahead a kitchen may put off being ready. */
  static final Duration LONGEST_DELAY = Duration.ofHours(3);

  private final Tx tx;
  private final Orders orders;
  private final OrderChanges changes;
  private final OwnOrders own;

  MerchantActs(Tx tx, Orders orders, OrderChanges changes, OwnOrders own) {
    this.tx = tx;
    this.orders = orders;
    this.changes = changes;
    this.own = own;
  }

  /**
   * @throws Problem 404
   */
  public Uni<Order> get(MerchantId merchant, OrderId id) {
    return own.read(merchant, id, (order, now) -> Uni.createFrom().item(order));
  }

  /** The newest first. */
  public Uni<List<Order>> list(Orders.Query query) {
    return tx.read(() -> orders.list(query));
  }

  /**
   * @throws Problem 404
   */
  public Uni<List<OrderEntry>> history(MerchantId merchant, OrderId id) {
    return own.read(merchant, id, (order, now) -> orders.history(id));
  }

  /**
   * Says that the goods wait to be picked up.
   *
   * @throws Problem 404; 409 when the order has ended or the goods are gone
   */
  public Uni<Order> ready(MerchantId merchant, OrderId id) {
    return act(
        merchant,
        id,
        (order, now) -> {
          if (order.readyAt() != null) {
            return Optional.empty();
          }
          OwnOrders.refuseEnded(order);
          OwnOrders.refusePickedUp(order);
          order.markReady(now);
          return Optional.of(EntryKind.READY);
        });
  }

  /**
   * Tells a new time for the goods to be ready.
   *
   * @param expectedReadyAt city time, ahead of now by at most three hours
   * @throws Problem 404; 409 when the goods are ready, gone, or the order has ended; 422 on {@code
   *     expectedReadyAt}
   */
  public Uni<Order> preparationLate(MerchantId merchant, OrderId id, Instant expectedReadyAt) {
    return act(
        merchant,
        id,
        (order, now) -> {
          if (order.readyAt() == null && expectedReadyAt.equals(order.expectedReadyAt())) {
            return Optional.empty();
          }
          OwnOrders.refuseEnded(order);
          OwnOrders.refusePickedUp(order);
          if (order.readyAt() != null) {
            throw Problem.conflict("already-ready", "The goods were said to be ready already.");
          }
          if (!expectedReadyAt.isAfter(now) || expectedReadyAt.isAfter(now.plus(LONGEST_DELAY))) {
            throw Problem.unprocessable(
                "expectedReadyAt",
                "expectedReadyAt must be after the city's time "
                    + now
                    + " and at most "
                    + LONGEST_DELAY.toHours()
                    + " hours ahead of it.");
          }
          order.expectReadyAt(expectedReadyAt);
          return Optional.of(EntryKind.PREPARATION_LATE);
        });
  }

  /**
   * Says that the store has the goods back.
   *
   * @throws Problem 404; 409 when nothing is on its way back
   */
  public Uni<Order> returnReceived(MerchantId merchant, OrderId id) {
    return act(
        merchant,
        id,
        (order, now) -> {
          if (order.returnReceivedAt() != null) {
            return Optional.empty();
          }
          switch (order.status()) {
            case RETURNING, RETURNED, EXCEPTION -> order.markReturnReceived(now);
            default ->
                throw Problem.conflict(
                    "not-returning", "The order is " + order.status() + "; nothing comes back.");
          }
          return Optional.of(EntryKind.RETURN_RECEIVED);
        });
  }

  private Uni<Order> act(
      MerchantId merchant, OrderId id, BiFunction<Order, Instant, Optional<EntryKind>> change) {
    return own.change(
        merchant,
        id,
        (order, now) ->
            change
                .apply(order, now)
                .map(kind -> changes.tell(order, kind, now))
                .orElseGet(() -> Uni.createFrom().voidItem()));
  }
}
