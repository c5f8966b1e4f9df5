package org.shanpai.dispatch.intake;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import org.shanpai.chassis.LogContext;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.Fault;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.contracts.event.OrderState;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.dispatch.area.Alarm;
import org.shanpai.dispatch.assignment.Holding;
import org.shanpai.dispatch.job.Intake;
import org.shanpai.dispatch.job.Job;
import org.shanpai.dispatch.job.Jobs;
import org.shanpai.dispatch.job.Unclaimed;
import org.shanpai.dispatch.work.RiderWork;
import org.shanpai.dispatch.work.RiderWorks;
import org.shanpai.messaging.Event;
import org.shanpai.messaging.EventHandler;
import org.shanpai.messaging.PoisonException;
import org.shanpai.messaging.Tx;

/**
 * Takes orders: a new one becomes a job; later states bring the kitchen's times, a wish to cancel,
 * and goods that came back. What an order says of the delivery itself is dispatch's own echo.
 */
@ApplicationScoped
class OrderIntake implements EventHandler<OrderState> {

  private final Tx tx;
  private final Intake intake;
  private final Jobs jobs;
  private final RiderWorks works;
  private final Holding holding;
  private final Alarm alarm;
  private final CityClock clock;

  OrderIntake(
      Tx tx,
      Intake intake,
      Jobs jobs,
      RiderWorks works,
      Holding holding,
      Alarm alarm,
      CityClock clock) {
    this.tx = tx;
    this.intake = intake;
    this.jobs = jobs;
    this.works = works;
    this.holding = holding;
    this.alarm = alarm;
    this.clock = clock;
  }

  @Override
  public EventType<OrderState> type() {
    return EventType.ORDER_STATE;
  }

  @Override
  public Uni<Void> on(Event<OrderState> event) {
    OrderState order = event.data();
    requireWhole(order);
    LogContext.order(order.orderId().value());
    return intake
        .news(order)
        .chain(
            news ->
                switch (news) {
                  case NONE -> Uni.createFrom().voidItem();
                  case NEW_ORDER -> open(order);
                  case CHANGE -> change(order);
                });
  }

  private Uni<Void> open(OrderState order) {
    tx.afterCommit(() -> alarm.raise(order.areaId().value()));
    return intake
        .open(order, clock.now())
        .chain(
            () -> order.cancelRequestedAt() == null ? Uni.createFrom().voidItem() : change(order));
  }

  private Uni<Void> change(OrderState order) {
    return holding.lock(Intake.jobId(order)).chain(held -> apply(order, held));
  }

  private Uni<Void> apply(OrderState order, Holding.Held held) {
    Job job = held.job();
    boolean wantsCancel = intake.askCancel(job, order);
    if (wantsCancel && job.cancellable()) {
      String why = order.cancelReason() == null ? "MERCHANT_CANCELLED" : order.cancelReason();
      Fault whose =
          job.unclaimed() == Unclaimed.FREE_CANCEL
              ? Fault.PLATFORM
              : why.startsWith("CUSTOMER") ? Fault.CUSTOMER : Fault.MERCHANT;
      return holding.cancel(held, why, whose);
    }
    boolean gaveBack =
        order.returnReceivedAt() != null
            && (job.status() == JobStatus.RETURNING || job.status() == JobStatus.EXCEPTION);
    if (gaveBack) {
      return holding.resolve(held, JobStatus.RETURNED, "RETURN_RECEIVED");
    }
    if (wantsCancel) {
      intake.refuseCancel(job);
    }
    boolean kitchen = intake.kitchen(job, order);
    if (!kitchen) {
      return wantsCancel ? jobs.publish(job) : Uni.createFrom().voidItem();
    }
    tx.afterCommit(() -> alarm.raise(job.areaId()));
    RiderWork work = held.work();
    if (work == null || job.status() == JobStatus.OFFERED) {
      return jobs.publish(job);
    }
    work.route(work.route().ready(job.id(), job.readyOrExpected()));
    return jobs.publish(job).chain(() -> works.publish(work)).replaceWithVoid();
  }

  /** An order that lacks what every order has cannot be worked on, now or later. */
  private static void requireWhole(OrderState order) {
    Map<String, Object> needed = new LinkedHashMap<>();
    needed.put("orderId", order.orderId());
    needed.put("cityId", order.cityId());
    needed.put("areaId", order.areaId());
    needed.put("storeId", order.storeId());
    needed.put("merchantId", order.merchantId());
    needed.put("status", order.status());
    needed.put("pickup", order.pickup());
    needed.put("dropoff", order.dropoff());
    needed.put("promise", order.promise());
    needed.put("createdAt", order.createdAt());
    needed.forEach(
        (field, value) -> {
          if (value == null) {
            throw new PoisonException("order.state.v1 without " + field);
          }
        });
  }
}
