package org.shanpai.order.progress.cancel;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.event.OrderStatus;
import org.shanpai.order.orders.CancelOutcome;
import org.shanpai.order.orders.EntryKind;
import org.shanpai.order.orders.LinkedOrders;
import org.shanpai.order.orders.Order;
import org.shanpai.order.orders.OrderChanges;
import org.shanpai.order.progress.ChargeSettings;
import org.shanpai.order.progress.OwnOrders;
import org.shanpai.order.weather.AreaWeather;
import org.shanpai.order.weather.Weather;

/** What a cancel would cost, and the asking for it. */
@ApplicationScoped
public class Cancels {

  private static final String FREE_CANCEL = "FREE_CANCEL";

  private final OwnOrders own;
  private final OrderChanges changes;
  private final LinkedOrders linked;
  private final Weather weather;
  private final CancelTable table;
  private final Duration lateGrace;
  private final Duration quoteLife;

  Cancels(
      OwnOrders own,
      OrderChanges changes,
      LinkedOrders linked,
      Weather weather,
      ChargeSettings settings) {
    this.own = own;
    this.changes = changes;
    this.linked = linked;
    this.weather = weather;
    this.table = new CancelTable(settings.tripFen(), settings.arrivalFen());
    this.lateGrace = settings.lateGrace();
    this.quoteLife = settings.precancelLife();
  }

  /**
   * What a cancel would come to now.
   *
   * @param terms null when the order cannot be cancelled any more
   * @param validUntil city time; ask anew after it
   */
  public record Preview(CancelStage stage, CancelTable.Terms terms, Instant validUntil) {}

  /**
   * Tells what a cancel would cost now and whose doing it would be; changes nothing.
   *
   * @throws Problem 404; 422 on {@code reason}
   */
  public Uni<Preview> preview(MerchantId merchant, OrderId id, String code) {
    return own.read(
        merchant,
        id,
        (order, now) -> {
          CancelReason reason = reason(code);
          CancelStage stage = CancelStage.of(order.status());
          if (!stage.cancellable()) {
            return Uni.createFrom().item(new Preview(stage, null, null));
          }
          return whole(order, reason, now)
              .map(terms -> new Preview(stage, terms, now.plus(quoteLife)));
        });
  }

  /**
   * Asks for the order to be cancelled. Dispatch decides it against the pickup; the result is in
   * {@link Order#cancelOutcome()} later. Fee and fault are fixed now. The orders linked to it whose
   * goods are still at the store go with it.
   *
   * @param expectedFeeFen what the merchant means to pay at most; null for whatever it costs
   * @throws Problem 404; 409 when the order has ended, an earlier request came too late, or it
   *     costs more than expected; 422 on {@code reason}
   */
  public Uni<Order> cancel(MerchantId merchant, OrderId id, String code, Long expectedFeeFen) {
    return own.change(
        merchant,
        id,
        (order, now) -> {
          CancelReason reason = reason(code);
          if (order.cancelOutcome() == CancelOutcome.REQUESTED
              || order.status() == OrderStatus.CANCELLED) {
            return Uni.createFrom().voidItem();
          }
          OwnOrders.refuseEnded(order);
          if (order.cancelOutcome() == CancelOutcome.REFUSED) {
            throw Problem.conflict(
                "cancel-refused", "The rider has the goods already; the order can only go on.");
          }
          return terms(order, reason, now)
              .chain(
                  terms -> {
                    refuseDearer(terms, expectedFeeFen);
                    order.requestCancel(reason.name(), terms.fault(), terms.feeFen(), now);
                    return changes
                        .tell(order, EntryKind.CANCEL_REQUESTED, now)
                        .chain(() -> cancelFurther(order, reason, terms, expectedFeeFen, now));
                  });
        });
  }

  /** What it costs with the orders that are linked to it and still at the store. */
  private Uni<CancelTable.Terms> whole(Order order, CancelReason reason, Instant now) {
    return terms(order, reason, now)
        .chain(own -> linked.parts(order).chain(further -> with(own, further, reason, now)));
  }

  private Uni<CancelTable.Terms> with(
      CancelTable.Terms own, List<Order> further, CancelReason reason, Instant now) {
    Uni<CancelTable.Terms> sum = Uni.createFrom().item(own);
    for (Order part : further.stream().filter(LinkedOrders::atStore).toList()) {
      sum = sum.chain(before -> terms(part, reason, now).map(more -> before.with(more.parts())));
    }
    return sum;
  }

  /**
   * The orders that are linked to it and still at the store go with it.
   *
   * @param before what the others cost
   */
  private Uni<Void> cancelFurther(
      Order lead, CancelReason reason, CancelTable.Terms before, Long expectedFeeFen, Instant now) {
    AtomicReference<CancelTable.Terms> whole = new AtomicReference<>(before);
    return linked.eachAtStore(
        lead,
        part ->
            terms(part, reason, now)
                .chain(
                    terms -> {
                      // Too dear in all: the transaction takes everything back.
                      refuseDearer(
                          whole.updateAndGet(sum -> sum.with(terms.parts())), expectedFeeFen);
                      part.requestCancel(reason.name(), terms.fault(), terms.feeFen(), now);
                      return changes.tell(part, EntryKind.CANCEL_REQUESTED, now);
                    }));
  }

  private static void refuseDearer(CancelTable.Terms terms, Long expectedFeeFen) {
    if (expectedFeeFen != null && terms.feeFen() > expectedFeeFen) {
      throw Problem.conflict(
          "fee-changed",
          "expectedFeeFen",
          "The cancel costs "
              + terms.feeFen()
              + " fen now, more than the "
              + expectedFeeFen
              + " expected; nothing was asked for.");
    }
  }

  private Uni<CancelTable.Terms> terms(Order order, CancelReason reason, Instant now) {
    return weather
        .at(order.areaId())
        .map(
            sky ->
                table.terms(
                    reason,
                    CancelStage.of(order.status()),
                    seen(order, sky, now),
                    order.deliveryFee()));
  }

  private CancelTable.Seen seen(Order order, AreaWeather sky, Instant now) {
    boolean waiting = CancelStage.of(order.status()) == CancelStage.UNASSIGNED;
    return new CancelTable.Seen(
        FREE_CANCEL.equals(order.course().unclaimed()),
        waiting && order.course().unclaimed() != null,
        Lateness.proven(order, now, lateGrace),
        sky.severe());
  }

  private static CancelReason reason(String code) {
    return CancelReason.find(code)
        .orElseThrow(
            () ->
                Problem.unprocessable(
                    "unknown-reason",
                    "reason",
                    "There is no reason "
                        + code
                        + " to cancel; use one of "
                        + CancelReason.codes()
                        + "."));
  }
}
