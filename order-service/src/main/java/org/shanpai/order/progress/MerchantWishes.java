package org.shanpai.order.progress;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.event.Fault;
import org.shanpai.contracts.event.OrderStatus;
import org.shanpai.order.orders.EntryKind;
import org.shanpai.order.orders.Order;
import org.shanpai.order.orders.OrderChanges;
import org.shanpai.order.orders.OrderEntry;
import org.shanpai.order.orders.StatusTable;

/**
 * Tips, another rider, and goods called back, while an order is under way. Each asked for twice is
 * asked for once.
 */
@ApplicationScoped
public class MerchantWishes {

  private final OwnOrders own;
  private final OrderChanges changes;
  private final ChargeSettings settings;
  private final Billing billing;

  MerchantWishes(OwnOrders own, OrderChanges changes, ChargeSettings settings, Billing billing) {
    this.own = own;
    this.changes = changes;
    this.settings = settings;
    this.billing = billing;
  }

  /**
   * Raises the tip.
   *
   * @param tipFen all of it; may only rise
   * @throws Problem 404; 409 when the order was not delivered, or too long ago; 422 on {@code
   *     tipFen}
   */
  public Uni<Order> tip(MerchantId merchant, OrderId id, long tipFen) {
    return own.change(
        merchant,
        id,
        (order, now) -> {
          long present = order.requests().tipFen();
          if (tipFen == present) {
            return Uni.createFrom().voidItem();
          }
          refuseTip(order, now);
          if (tipFen < present) {
            throw Problem.unprocessable(
                "tip-only-rises",
                "tipFen",
                "The tip is " + present + " fen already and may only rise.");
          }
          if (tipFen > settings.mostTipFen()) {
            throw Problem.unprocessable(
                "tip-too-high",
                "tipFen",
                "The tip of an order is at most " + settings.mostTipFen() + " fen.");
          }
          order.tip(tipFen);
          billing.tipped(order);
          return changes.tell(order, EntryKind.TIP, now);
        });
  }

  /**
   * Asks for another rider before the pickup. Dispatch decides; the status shows what came of it.
   *
   * @throws Problem 404; 409 when no rider has it, the goods are gone, the order has ended, or
   *     another rider was asked for too often; 422 on {@code reason}
   */
  public Uni<Order> redispatch(MerchantId merchant, OrderId id, String code) {
    return own.change(
        merchant,
        id,
        (order, now) -> {
          RedispatchReason reason = reason(code);
          OwnOrders.refuseEnded(order);
          OwnOrders.refusePickedUp(order);
          if (order.riderId() == null) {
            throw Problem.conflict("no-rider", "No rider has it; one is being looked for.");
          }
          Long asked = order.requests().redispatchEpoch();
          if (asked != null && asked == order.jobEpoch()) {
            return Uni.createFrom().voidItem();
          }
          if (order.requests().redispatches() >= settings.mostRedispatches()) {
            throw Problem.conflict(
                "redispatched-too-often",
                "Another rider was asked for " + order.requests().redispatches() + " times.");
          }
          order.askRedispatch(now);
          return changes.tell(
              order,
              new OrderEntry(
                  order, EntryKind.REDISPATCH_REQUESTED, reason.name(), order.fault(), now));
        });
  }

  /**
   * Calls goods back that are on their way. Dispatch decides; the status shows what came of it.
   * Asked for twice, or while they come back anyway, changes nothing.
   *
   * @throws Problem 404; 409 when the goods are at the store, an operator has the order, or it has
   *     ended; 422 on {@code reason}
   */
  public Uni<Order> callBack(MerchantId merchant, OrderId id, String code) {
    return own.change(
        merchant,
        id,
        (order, now) -> {
          ReturnReason reason =
              ReturnReason.find(code)
                  .orElseThrow(() -> unknown(code, "calling goods back", ReturnReason.codes()));
          boolean comesBack =
              order.status() == OrderStatus.RETURNING || order.status() == OrderStatus.RETURNED;
          if (comesBack || order.requests().returnRequestedAt() != null) {
            return Uni.createFrom().voidItem();
          }
          OwnOrders.refuseEnded(order);
          if (!StatusTable.pickedUp(order.status())) {
            throw Problem.conflict(
                "not-picked-up", "No rider has the goods yet; cancel the order instead.");
          }
          if (order.status() == OrderStatus.EXCEPTION) {
            throw Problem.conflict(
                "not-at-this-stage", "An operator is looking at the order and decides its end.");
          }
          order.askReturn(now);
          return changes.tell(
              order,
              new OrderEntry(
                  order, EntryKind.RETURN_REQUESTED, reason.name(), Fault.MERCHANT, now));
        });
  }

  private void refuseTip(Order order, Instant now) {
    if (order.status() == OrderStatus.DELIVERED) {
      if (now.isAfter(order.statusAt().plus(settings.tipAfterDelivery()))) {
        throw Problem.conflict(
            "order-ended",
            "The order was delivered more than "
                + settings.tipAfterDelivery().toMinutes()
                + " minutes ago.");
      }
      return;
    }
    OwnOrders.refuseEnded(order);
  }

  private static RedispatchReason reason(String code) {
    return RedispatchReason.find(code)
        .orElseThrow(() -> unknown(code, "another rider", RedispatchReason.codes()));
  }

  private static Problem unknown(String code, String wish, String codes) {
    return Problem.unprocessable(
        "unknown-reason",
        "reason",
        "There is no reason " + code + " for " + wish + "; use one of " + codes + ".");
  }
}
