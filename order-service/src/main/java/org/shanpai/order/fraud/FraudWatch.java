package org.shanpai.order.fraud;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.shanpai.chassis.IdSource;
import org.shanpai.chassis.LogContext;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.event.Fault;
import org.shanpai.contracts.event.FraudSignal;
import org.shanpai.contracts.event.OrderStatus;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.messaging.Tx;
import org.shanpai.order.fraud.FraudLedger.Look;
import org.shanpai.order.orders.Order;
import org.shanpai.order.orders.Orders;

/** Notes what may be worth a look; the looking is {@link FraudSweep}'s. */
@ApplicationScoped
public class FraudWatch {

  private final Tx tx;
  private final Orders orders;
  private final FraudLedger ledger;
  private final FraudSettings settings;
  private final IdSource ids;
  private final CityClock clock;

  FraudWatch(
      Tx tx,
      Orders orders,
      FraudLedger ledger,
      FraudSettings settings,
      IdSource ids,
      CityClock clock) {
    this.tx = tx;
    this.orders = orders;
    this.ledger = ledger;
    this.settings = settings;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * Notes an order that has just ended, in the caller's transaction.
   *
   * @param at city time
   */
  public Uni<Void> ended(Order order, Instant at) {
    if (order.sandbox()) {
      return Uni.createFrom().voidItem();
    }
    Uni<Void> noted = Uni.createFrom().voidItem();
    if (unreceived(order)) {
      noted = ledger.ask(new Look(order.id(), FraudSignal.Kind.FAKE_ORDERS, null, at, 0), at);
    }
    if (order.status() == OrderStatus.CANCELLED) {
      noted =
          noted
              .chain(() -> ledger.lastRider(order.id()))
              .chain(
                  rider ->
                      rider.isEmpty()
                          ? Uni.createFrom().voidItem()
                          : ledger.ask(
                              new Look(
                                  order.id(),
                                  FraudSignal.Kind.PRIVATE_DELIVERY,
                                  rider.get(),
                                  at,
                                  0),
                              at.plus(settings.privateAfter())));
    }
    return noted;
  }

  /** Made and then not wanted: cancelled or sent back, and not the platform's or rider's doing. */
  static boolean unreceived(Order order) {
    boolean ours = order.fault() == Fault.CUSTOMER || order.fault() == Fault.MERCHANT;
    return ours
        && (order.status() == OrderStatus.CANCELLED || order.status() == OrderStatus.RETURNED);
  }

  /**
   * A merchant's claim; claimed again it is the same claim.
   *
   * @throws Problem 404; 409 {@code not-delivered}
   */
  public Uni<Claim> claim(MerchantId merchant, OrderId id, ClaimKind kind) {
    LogContext.order(id.value());
    return tx.write(
        () ->
            orders
                .lock(id)
                .map(
                    found ->
                        found
                            .filter(order -> order.merchantId().equals(merchant))
                            .orElseThrow(() -> Problem.notFound("order " + id)))
                .invoke(FraudWatch::refuseUndelivered)
                .chain(order -> claim(order, kind, Claim.By.MERCHANT)));
  }

  /** A customer's complaint, in the caller's transaction; of no order it is nothing. */
  public Uni<Void> complained(OrderId id, ClaimKind kind) {
    return orders
        .lock(id)
        .chain(
            found ->
                found
                    .map(order -> claim(order, kind, Claim.By.CUSTOMER).replaceWithVoid())
                    .orElseGet(() -> Uni.createFrom().voidItem()));
  }

  /**
   * The oldest first.
   *
   * @throws Problem 404
   */
  public Uni<List<Claim>> claims(MerchantId merchant, OrderId id) {
    return tx.read(
        () ->
            orders
                .find(id)
                .invoke(
                    found ->
                        found
                            .filter(order -> order.merchantId().equals(merchant))
                            .orElseThrow(() -> Problem.notFound("order " + id)))
                .chain(() -> ledger.claims(id)));
  }

  private Uni<Claim> claim(Order order, ClaimKind kind, Claim.By by) {
    Instant now = clock.now();
    Claim claim = new Claim(ids.next("cl"), order.id(), kind, by, now);
    return ledger
        .add(claim)
        .call(
            fresh ->
                fresh && kind == ClaimKind.NOT_RECEIVED && !order.sandbox()
                    ? ledger.ask(
                        new Look(order.id(), FraudSignal.Kind.NOT_RECEIVED_AGAIN, null, now, 0),
                        now)
                    : Uni.createFrom().voidItem())
        .chain(() -> ledger.claims(order.id()))
        .map(
            all -> {
              Optional<Claim> kept =
                  all.stream().filter(c -> c.kind() == kind && c.by() == by).findFirst();
              return kept.orElse(claim);
            });
  }

  private static void refuseUndelivered(Order order) {
    if (order.status() != OrderStatus.DELIVERED) {
      throw Problem.conflict(
          "not-delivered",
          "The order is " + order.status() + "; only deliveries are claimed about.");
    }
  }
}
