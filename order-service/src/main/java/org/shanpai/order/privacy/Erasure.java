package org.shanpai.order.privacy;

import io.quarkus.arc.All;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jboss.logging.Logger;
import org.shanpai.chassis.LogContext;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.messaging.Tx;
import org.shanpai.order.orders.Order;
import org.shanpai.order.orders.Orders;

/**
 * Lets go of personal data: some time after an order's end by itself, or when its merchant asks.
 * The order, its figures and its history stay. Runs on wall time: people are promised days of
 * theirs, not of the city's.
 */
@ApplicationScoped
public class Erasure {

  private static final Logger LOG = Logger.getLogger(Erasure.class);
  private static final int AT_ONCE = 200;

  private final Tx tx;
  private final Orders orders;
  private final Retention retention;
  private final PrivacySettings settings;
  private final WallClock wall;
  private final List<Erasable> tables;

  Erasure(
      Tx tx,
      Orders orders,
      Retention retention,
      PrivacySettings settings,
      WallClock wall,
      @All List<Erasable> tables) {
    this.tx = tx;
    this.orders = orders;
    this.retention = retention;
    this.settings = settings;
    this.wall = wall;
    this.tables = tables;
  }

  /**
   * Erases now what is personal of an ended order; done twice it is done once.
   *
   * @return when it went, wall time
   * @throws Problem 404; 409 {@code order-not-ended}: while it is under way it is needed
   */
  public Uni<Instant> erase(MerchantId merchant, OrderId id) {
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
                .invoke(Erasure::refuseUnderWay)
                .chain(() -> retention.of(id))
                .chain(
                    standing -> {
                      Instant before = standing.map(Retention.Standing::erasedAt).orElse(null);
                      Instant now = wall.now().truncatedTo(ChronoUnit.MICROS);
                      return before != null
                          ? Uni.createFrom().item(before)
                          : erase(List.of(id.value()), now).replaceWith(now);
                    }));
  }

  private static void refuseUnderWay(Order order) {
    if (!order.status().terminal()) {
      throw Problem.conflict(
          "order-not-ended",
          "The order is " + order.status() + "; its contact is needed until it ends.");
    }
  }

  @Scheduled(
      every = "${shanpai.privacy.erase-every}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  Uni<Void> sweep() {
    return round()
        .onFailure()
        .recoverWithUni(
            failure -> {
              // Never its message: it may quote a row.
              LOG.errorf(
                  "Personal data stays until the next sweep: %s", failure.getClass().getName());
              return Uni.createFrom().voidItem();
            });
  }

  private Uni<Void> round() {
    return tx.detached(() -> tx.write(this::some))
        .chain(more -> more ? round() : Uni.createFrom().voidItem());
  }

  /** Whether there may be more. */
  private Uni<Boolean> some() {
    Instant now = wall.now();
    return retention
        .mine()
        .chain(
            mine ->
                !mine
                    ? Uni.createFrom().item(false)
                    : retention
                        .noteEnded(now, AT_ONCE)
                        .chain(
                            noted ->
                                retention
                                    .due(now.minus(settings.keep()), AT_ONCE)
                                    .call(
                                        due ->
                                            due.isEmpty()
                                                ? Uni.createFrom().voidItem()
                                                : erase(due, now))
                                    .invoke(Erasure::log)
                                    .map(due -> noted == AT_ONCE || due.size() == AT_ONCE)));
  }

  private static void log(List<String> erased) {
    if (!erased.isEmpty()) {
      LOG.infof("Erased the personal data of %d orders", erased.size());
    }
  }

  private Uni<Void> erase(List<String> ids, Instant now) {
    return Multi.createFrom()
        .iterable(tables)
        .onItem()
        .transformToUniAndConcatenate(table -> table.erase(ids))
        .collect()
        .asList()
        .chain(() -> retention.eraseContacts(ids, now));
  }
}
