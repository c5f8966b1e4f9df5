package org.shanpai.order.progress.exception;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.event.ExceptionReason;
import org.shanpai.contracts.event.ExceptionReason.Reporter;
import org.shanpai.contracts.event.ExceptionReason.Stage;
import org.shanpai.contracts.event.JobState;
import org.shanpai.contracts.event.OrderStatus;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.messaging.Tx;
import org.shanpai.order.orders.EntryKind;
import org.shanpai.order.orders.Order;
import org.shanpai.order.orders.OrderChanges;
import org.shanpai.order.orders.OrderEntry;
import org.shanpai.order.orders.StatusTable;
import org.shanpai.order.progress.ChargeSettings;
import org.shanpai.order.progress.OwnOrders;
import org.shanpai.order.store.Stores;

/** Keeps what goes wrong with orders: what merchants report, and what their jobs tell. */
@ApplicationScoped
public class ExceptionKeeping {

  private final Tx tx;
  private final OwnOrders own;
  private final OrderExceptions exceptions;
  private final OrderChanges changes;
  private final Stores stores;
  private final CityClock clock;
  private final Duration readyTapGrace;
  private final Duration kitchenWindow;

  ExceptionKeeping(
      Tx tx,
      OwnOrders own,
      OrderExceptions exceptions,
      OrderChanges changes,
      Stores stores,
      CityClock clock,
      ChargeSettings settings) {
    this.tx = tx;
    this.own = own;
    this.exceptions = exceptions;
    this.changes = changes;
    this.stores = stores;
    this.clock = clock;
    this.readyTapGrace = settings.readyTapGrace();
    this.kitchenWindow = settings.kitchenWindow();
  }

  /**
   * How a store's kitchen keeps its word.
   *
   * @param since city time
   * @param falseReady orders that were said to be ready and were not
   */
  public record Kitchen(StoreId storeId, Instant since, long falseReady) {}

  /**
   * Notes what a merchant reports. Reported twice is reported once.
   *
   * @throws Problem 404; 409 {@code not-at-this-stage}; 422 on {@code reason}
   */
  public Uni<OrderExceptions.Noted> report(MerchantId merchant, OrderId id, String code) {
    return own.act(
        merchant,
        id,
        (order, now) -> {
          ExceptionReason reason = reportable(code);
          return exceptions
              .of(id)
              .chain(
                  known ->
                      known.stream()
                          .filter(one -> one.reason() == reason)
                          .filter(one -> one.reporter() == Reporter.MERCHANT)
                          .findFirst()
                          .map(Uni.createFrom()::item)
                          .orElseGet(() -> note(order, reason, now)));
        });
  }

  private Uni<OrderExceptions.Noted> note(Order order, ExceptionReason reason, Instant now) {
    Stage stage = stage(order.status());
    if (!reason.stages().contains(stage)) {
      throw Problem.conflict(
          "not-at-this-stage",
          "reason",
          reason
              + " happens "
              + reason.stages()
              + " but the order is "
              + order.status()
              + ", which is "
              + stage
              + ".");
    }
    return exceptions
        .note(new OrderException(order, reason, Reporter.MERCHANT, stage, now))
        .invoke(() -> order.reported(reason))
        .chain(() -> changes.tell(order, entry(order, reason, now)))
        .replaceWith(new OrderExceptions.Noted(reason, Reporter.MERCHANT, stage, now));
  }

  /**
   * What went wrong with an order, the oldest first.
   *
   * @throws Problem 404
   */
  public Uni<List<OrderExceptions.Noted>> of(MerchantId merchant, OrderId id) {
    return own.read(merchant, id, (order, now) -> exceptions.of(id));
  }

  /**
   * @throws Problem 404 when the merchant has no such store
   */
  public Uni<Kitchen> kitchen(MerchantId merchant, StoreId id) {
    Instant since = clock.now().minus(kitchenWindow);
    return tx.read(
        () ->
            stores
                .find(id)
                .invoke(
                    found ->
                        found
                            .filter(store -> store.merchantId().equals(merchant))
                            .orElseThrow(() -> Problem.notFound("store " + id)))
                .chain(() -> exceptions.count(id, ExceptionReason.FALSE_READY, since))
                .map(count -> new Kitchen(id, since, count)));
  }

  /**
   * Takes over what a job tells of things gone wrong, in the caller's transaction.
   *
   * @param before how the order stood before it followed the job
   */
  public Uni<Void> follow(Order order, JobState job, OrderStatus before, Instant at) {
    return bad(order, before, at).chain(() -> falseReady(order, job, at));
  }

  private Uni<Void> bad(Order order, OrderStatus before, Instant at) {
    boolean wentWrong =
        order.status() != before
            && switch (order.status()) {
              case CANCELLED, RETURNING, EXCEPTION -> true;
              // What sent the goods back is known unless its steps were not seen.
              case RETURNED -> before != OrderStatus.RETURNING && before != OrderStatus.EXCEPTION;
              default -> false;
            };
    Optional<ExceptionReason> reason =
        wentWrong ? ExceptionReason.find(order.reason()) : Optional.empty();
    return reason
        .map(
            found ->
                exceptions
                    .note(
                        new OrderException(order, found, reporter(order, found), stage(before), at))
                    .replaceWithVoid())
        .orElseGet(() -> Uni.createFrom().voidItem());
  }

  private Uni<Void> falseReady(Order order, JobState job, Instant at) {
    if (order.course().falseReady() || !FalseReady.proven(job, order.readyAt(), readyTapGrace)) {
      return Uni.createFrom().voidItem();
    }
    ExceptionReason reason = ExceptionReason.FALSE_READY;
    order.readyWasFalse();
    return exceptions
        .note(new OrderException(order, reason, Reporter.PLATFORM, Stage.BEFORE_PICKUP, at))
        .chain(() -> changes.tell(order, entry(order, reason, at)));
  }

  private static OrderEntry entry(Order order, ExceptionReason reason, Instant at) {
    return new OrderEntry(order, EntryKind.EXCEPTION, reason.name(), reason.fault(), at);
  }

  /** Riders turn back; dispatch notices the rest, or an operator says so. */
  private static Reporter reporter(Order order, ExceptionReason reason) {
    OrderStatus status = order.status();
    if (reason == ExceptionReason.MERCHANT_RECALLED
        && order.requests().returnRequestedAt() != null) {
      return Reporter.MERCHANT;
    }
    List<Reporter> likely =
        status == OrderStatus.RETURNING || status == OrderStatus.RETURNED
            ? List.of(Reporter.RIDER, Reporter.PLATFORM, Reporter.OPERATOR)
            : List.of(Reporter.PLATFORM, Reporter.OPERATOR, Reporter.RIDER);
    return likely.stream().filter(reason.reporters()::contains).findFirst().orElseThrow();
  }

  static Stage stage(OrderStatus status) {
    if (status.terminal()) {
      return Stage.AFTERWARDS;
    }
    return StatusTable.pickedUp(status) ? Stage.WITH_GOODS : Stage.BEFORE_PICKUP;
  }

  private static ExceptionReason reportable(String code) {
    if (ExceptionReason.MERCHANT_RECALLED.name().equals(code)) {
      throw Problem.unprocessable(
          "unknown-reason", "reason", "Goods are not called back by a report; ask for the return.");
    }
    return ExceptionReason.find(code)
        .filter(reason -> reason.reporters().contains(Reporter.MERCHANT))
        .orElseThrow(
            () ->
                Problem.unprocessable(
                    "unknown-reason",
                    "reason",
                    "Merchants cannot report "
                        + code
                        + "; use one of "
                        + Arrays.stream(ExceptionReason.values())
                            .filter(reason -> reason.reporters().contains(Reporter.MERCHANT))
                            .filter(reason -> reason != ExceptionReason.MERCHANT_RECALLED)
                            .map(Enum::name)
                            .collect(Collectors.joining(", "))
                        + "."));
  }
}
