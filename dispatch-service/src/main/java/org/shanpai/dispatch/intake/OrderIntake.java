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
import org.shanpai.dispatch.assignment.Steps;
import org.shanpai.dispatch.block.Blocks;
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
 * Takes orders: a new one becomes a job; later states bring the kitchen's times, a tip, wishes for
 * another door, another rider or an end, goods called back, goods that came back, and who the
 * customer is. What an order says of the delivery itself is dispatch's own echo.
 */
@ApplicationScoped
class OrderIntake implements EventHandler<OrderState> {

  private final Tx tx;
  private final Intake intake;
  private final Jobs jobs;
  private final RiderWorks works;
  private final Holding holding;
  private final Steps steps;
  private final DoorChanges doors;
  private final Redispatching redispatching;
  private final Blocks blocks;
  private final Alarm alarm;
  private final CityClock clock;

  OrderIntake(
      Tx tx,
      Intake intake,
      Jobs jobs,
      RiderWorks works,
      Holding holding,
      Steps steps,
      DoorChanges doors,
      Redispatching redispatching,
      Blocks blocks,
      Alarm alarm,
      CityClock clock) {
    this.tx = tx;
    this.intake = intake;
    this.jobs = jobs;
    this.works = works;
    this.holding = holding;
    this.steps = steps;
    this.doors = doors;
    this.redispatching = redispatching;
    this.blocks = blocks;
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
            () ->
                order.cancelRequestedAt() == null && order.askedDropoff() == null
                    ? Uni.createFrom().voidItem()
                    : change(order));
  }

  private Uni<Void> change(OrderState order) {
    return holding
        .lock(Intake.jobId(order))
        .call(
            held ->
                intake.forgetsCustomer(held.job(), order)
                    ? blocks.forget(held.job().id())
                    : Uni.createFrom().voidItem())
        .chain(held -> apply(order, held));
  }

  private Uni<Void> apply(OrderState order, Holding.Held held) {
    Job job = held.job();
    boolean wantsCancel = intake.askCancel(job, order);
    if (wantsCancel && job.cancellable()) {
      String why = order.cancelReason() == null ? "MERCHANT_CANCELLED" : order.cancelReason();
      Fault whose =
          job.unclaimed() == Unclaimed.FREE_CANCEL
              ? Fault.PLATFORM
              : order.cancelFault() != null
                  ? order.cancelFault()
                  : why.startsWith("CUSTOMER") ? Fault.CUSTOMER : Fault.MERCHANT;
      return holding.cancel(held, why, whose);
    }
    boolean gaveBack =
        order.returnReceivedAt() != null
            && (job.status() == JobStatus.RETURNING || job.status() == JobStatus.EXCEPTION);
    if (gaveBack) {
      return holding.resolve(held, JobStatus.RETURNED, "RETURN_RECEIVED");
    }
    if (Intake.recalled(job.status(), order)) {
      if (wantsCancel) {
        intake.refuseCancel(job);
      }
      intake.tip(job, order);
      return steps.callBack(held);
    }
    Changes changes = new Changes();
    if (wantsCancel) {
      intake.refuseCancel(job);
      changes.job();
    }
    if (intake.tip(job, order)) {
      changes.job();
    }
    return redispatching
        .decide(order, held, changes)
        .chain(() -> doors.decide(order, held, changes))
        .invoke(() -> kitchen(order, held, changes))
        .chain(() -> tell(held, changes));
  }

  private void kitchen(OrderState order, Holding.Held held, Changes changes) {
    Job job = held.job();
    if (!intake.kitchen(job, order)) {
      return;
    }
    changes.job();
    boolean inHand = job.status() == JobStatus.ASSIGNED || job.status() == JobStatus.AT_STORE;
    if (inHand) {
      RiderWork work = held.work();
      work.route(work.route().ready(job.id(), job.readyOrExpected()));
      changes.work();
    }
  }

  private Uni<Void> tell(Holding.Held held, Changes changes) {
    Job job = held.job();
    if (!changes.ofJob() && !changes.ofWork()) {
      return Uni.createFrom().voidItem();
    }
    tx.afterCommit(() -> alarm.raise(job.areaId()));
    Uni<Void> told = changes.ofJob() ? jobs.publish(job) : Uni.createFrom().voidItem();
    return changes.ofWork() ? told.chain(() -> works.publish(held.work())).replaceWithVoid() : told;
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
