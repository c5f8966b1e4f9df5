package org.shanpai.rider.task;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.shanpai.chassis.LogContext;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.messaging.Tx;
import org.shanpai.rider.task.ActionLog.Outcome;
import org.shanpai.rider.task.remote.Dispatch;
import org.shanpai.rider.task.remote.Orders;
import org.shanpai.rider.work.RiderJobs;

/**
 * Takes what a rider did, whether it comes at once or hours later out of the phone's queue, and
 * whether once or many times: one way for all of it.
 *
 * <p>An action is written down before anybody is asked, so that the same key always means the same
 * moment; dispatch-service answers the same key with the same body as it did before.
 */
@ApplicationScoped
public class Actions {

  /** How soon to send again what waits for something else to arrive. */
  private static final int LATER_SECONDS = 5;

  private final ActionLog log;
  private final Dispatch dispatch;
  private final Orders orders;
  private final JobsInHand hand;
  private final RiderJobs jobs;
  private final Tx tx;

  public Actions(
      ActionLog log, Dispatch dispatch, Orders orders, JobsInHand hand, RiderJobs jobs, Tx tx) {
    this.log = log;
    this.dispatch = dispatch;
    this.orders = orders;
    this.hand = hand;
    this.jobs = jobs;
    this.tx = tx;
  }

  /**
   * What came of an action.
   *
   * @param happenedAt city time; null when it could not be written down
   * @param answer dispatch's, JSON; null when it was not done
   * @param problem why it was not done; null when it was
   * @param retryAfterSeconds for {@link Outcome#LATER}
   */
  public record Result(
      Outcome outcome,
      boolean repeated,
      Instant happenedAt,
      String answer,
      Problem problem,
      int retryAfterSeconds) {}

  /**
   * Does it, or finds out that it was done.
   *
   * @param passedKey the key as dispatch knows it
   * @return never fails for a refusal: that is a result
   */
  public Uni<Result> take(String riderId, String passedKey, Action action) {
    return log.note(riderId, action)
        .chain(
            noted ->
                perform(riderId, passedKey, action, noted)
                    .map(
                        answer ->
                            new Result(
                                Outcome.DONE,
                                noted.repeated(),
                                noted.happenedAt(),
                                answer,
                                null,
                                0))
                    .onFailure(Problem.class)
                    .recoverWithUni(failure -> refused(riderId, action, noted, (Problem) failure))
                    .call(
                        result ->
                            noted.outcome() == Outcome.DONE
                                ? Uni.createFrom().voidItem()
                                : log.end(
                                    riderId,
                                    action.key(),
                                    result.outcome(),
                                    result.problem() == null ? null : result.problem().slug())))
        .onFailure(Problem.class)
        .recoverWithItem(
            failure -> new Result(Outcome.REFUSED, false, null, null, (Problem) failure, 0));
  }

  /**
   * The same for a caller who wants dispatch's answer and nothing else.
   *
   * @throws Problem when it was not done
   */
  public Uni<String> takeOrFail(String riderId, String passedKey, Action action) {
    return take(riderId, passedKey, action)
        .map(
            result -> {
              if (result.problem() != null) {
                throw result.problem();
              }
              return result.answer();
            });
  }

  private Uni<Result> refused(
      String riderId, Action action, ActionLog.Noted noted, Problem problem) {
    boolean passing =
        problem.status() == 503 || problem.status() == 429 || problem.retryAfterSeconds() > 0;
    Uni<Boolean> early =
        passing || !problem.slug().equals("out-of-turn") || action.kind().rank() < 0
            ? Uni.createFrom().item(false)
            : early(riderId, action);
    return early.map(
        waits ->
            new Result(
                passing || waits ? Outcome.LATER : Outcome.REFUSED,
                noted.repeated(),
                noted.happenedAt(),
                null,
                problem,
                passing ? Math.max(1, problem.retryAfterSeconds()) : waits ? LATER_SECONDS : 0));
  }

  /** Whether a step between has not come yet: then it is not wrong, only too early. */
  private Uni<Boolean> early(String riderId, Action action) {
    return tx.read(() -> jobs.findHeld(riderId, action.jobId()))
        .map(job -> job != null && action.kind().rank() > reached(job.status()) + 1);
  }

  private static int reached(JobStatus status) {
    return switch (status) {
      case OPEN, OFFERED -> -1;
      case ASSIGNED -> 0;
      case AT_STORE -> 1;
      case PICKED_UP -> 2;
      case AT_CUSTOMER -> 3;
      case RETURNING, EXCEPTION -> 4;
      case DELIVERED, CANCELLED, RETURNED -> 5;
    };
  }

  private Uni<String> perform(String rider, String key, Action action, ActionLog.Noted noted) {
    Instant at = noted.happenedAt();
    return switch (action.kind()) {
      case ACCEPT -> dispatch.accept(rider, key, action.offerId());
      case DECLINE -> dispatch.decline(rider, key, action.offerId(), action.reason());
      case GRAB -> dispatch.grab(rider, key, action.jobId(), action.epoch());
      case RELEASE -> dispatch.release(rider, key, action.jobId(), action.epoch(), action.reason());
      case REPORT ->
          dispatch.report(
              rider, key, action.jobId(), action.epoch(), action.reason(), at, action.evidence());
      case PICKED_UP, DELIVERED ->
          noted.outcome() == Outcome.DONE
              ? step(rider, key, action, at)
              : handover(rider, key, action).chain(() -> step(rider, key, action, at));
      case ARRIVED_STORE, ARRIVED_CUSTOMER, UNDELIVERABLE, RETURNED -> step(rider, key, action, at);
    };
  }

  private Uni<String> step(String rider, String key, Action action, Instant at) {
    String reason = action.kind() == Action.Kind.UNDELIVERABLE ? action.reason() : null;
    return dispatch.step(
        rider, key, action.jobId(), action.epoch(), action.kind().name(), at, reason);
  }

  /** What is brought is looked at before the step is taken; both may be sent again. */
  private Uni<Void> handover(String rider, String key, Action action) {
    boolean pickup = action.kind() == Action.Kind.PICKED_UP;
    Orders.Brought brought =
        pickup
            ? new Orders.Brought(action.code(), null, null, null)
            : new Orders.Brought(
                action.code(), action.proofId(), action.dropPoint(), action.checked());
    return hand.getHeld(rider, action.jobId())
        .chain(
            job -> {
              LogContext.order(job.orderId());
              return orders.checkHandover(
                  rider,
                  key,
                  job.orderId(),
                  pickup ? Orders.CodeKind.PICKUP : Orders.CodeKind.DELIVERY,
                  brought,
                  action.epoch());
            });
  }
}
