package org.shanpai.order.progress;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.shanpai.chassis.LogContext;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.event.DemandMissed;
import org.shanpai.contracts.event.JobState;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.contracts.event.OrderStatus;
import org.shanpai.messaging.PoisonException;
import org.shanpai.order.address.BuildingLearning;
import org.shanpai.order.demand.Miss;
import org.shanpai.order.demand.MissedDemand;
import org.shanpai.order.fraud.FraudWatch;
import org.shanpai.order.orders.EntryKind;
import org.shanpai.order.orders.Order;
import org.shanpai.order.orders.OrderChanges;
import org.shanpai.order.orders.Orders;
import org.shanpai.order.progress.change.DoorChanges;
import org.shanpai.order.progress.exception.ExceptionKeeping;
import org.shanpai.order.virtualnumber.CallNumbers;

/**
 * Keeps the status of orders in step with their jobs. A job's change that a merchant cannot see
 * changes no version and is told to nobody, so that dispatch-service and this service never answer
 * each other's news for ever.
 */
@ApplicationScoped
public class JobProjection {

  /** The last of dispatch-service's steps for a job that nobody takes. */
  private static final String FREE_CANCEL = "FREE_CANCEL";

  private final Orders orders;
  private final OrderChanges changes;
  private final MissedDemand missedDemand;
  private final BuildingLearning buildings;
  private final Billing billing;
  private final ExceptionKeeping exceptions;
  private final DoorChanges doors;
  private final FraudWatch fraud;
  private final CallNumbers numbers;

  JobProjection(
      Orders orders,
      OrderChanges changes,
      MissedDemand missedDemand,
      BuildingLearning buildings,
      Billing billing,
      ExceptionKeeping exceptions,
      DoorChanges doors,
      FraudWatch fraud,
      CallNumbers numbers) {
    this.orders = orders;
    this.changes = changes;
    this.missedDemand = missedDemand;
    this.buildings = buildings;
    this.billing = billing;
    this.exceptions = exceptions;
    this.doors = doors;
    this.fraud = fraud;
    this.numbers = numbers;
  }

  /**
   * Takes over a job's state, in the caller's transaction; one that is not newer changes nothing.
   *
   * @param at when it came to be, city time
   * @throws PoisonException when there is no such order, or no legal way to that state
   */
  public Uni<Void> follow(JobState job, Instant at) {
    LogContext.order(job.orderId().value());
    return orders
        .lock(job.orderId())
        .chain(
            found -> {
              Order order =
                  found.orElseThrow(
                      () ->
                          new PoisonException(
                              "There is no order " + job.orderId() + " for job " + job.jobId()));
              OrderStatus before = order.status();
              RiderId riderBefore = order.riderId();
              Optional<EntryKind> visible;
              try {
                visible = order.follow(job, at);
              } catch (IllegalStateException impossible) {
                throw new PoisonException(impossible.getMessage(), impossible);
              }
              return visible
                  .map(kind -> changes.tell(order, kind, at))
                  .orElseGet(() -> Uni.createFrom().voidItem())
                  .chain(() -> doors.follow(order, job, at))
                  .chain(() -> exceptions.follow(order, job, before, at))
                  .chain(
                      () ->
                          riderBefore != null
                                  && !order.status().terminal()
                                  && !riderBefore.equals(order.riderId())
                              ? numbers.riderChanged(order.id())
                              : Uni.createFrom().voidItem())
                  .invoke(
                      () -> {
                        if (visible.isPresent()) {
                          billing.ended(order, before);
                        }
                      })
                  .chain(
                      () ->
                          foundNobody(job) && !order.sandbox()
                              ? missedDemand.tell(overloaded(order))
                              : Uni.createFrom().voidItem())
                  .chain(
                      () ->
                          visible.isPresent() && !order.sandbox()
                              ? buildings.delivered(order)
                              : Uni.createFrom().voidItem())
                  .chain(
                      () ->
                          visible.isPresent() && order.status().terminal()
                              ? fraud.ended(order, at)
                              : Uni.createFrom().voidItem());
            });
  }

  /** The order was given up after every step to find a rider had been taken. */
  private static boolean foundNobody(JobState job) {
    return job.status() == JobStatus.CANCELLED && FREE_CANCEL.equals(job.unclaimed());
  }

  private static Miss overloaded(Order order) {
    return new Miss(
        List.of("unclaimed\n" + order.id()),
        order.storeId(),
        order.areaId(),
        order.dropoff(),
        DemandMissed.Reason.OVERLOADED,
        order.distanceMetres(),
        null,
        order.createdAt());
  }
}
