package org.shanpai.order.sandbox;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.shanpai.chassis.City;
import org.shanpai.chassis.LogContext;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.event.Fault;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.contracts.event.OrderState;
import org.shanpai.contracts.event.OrderStatus;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.messaging.PoisonException;
import org.shanpai.messaging.Tx;
import org.shanpai.order.orders.CancelOutcome;
import org.shanpai.order.orders.Order;
import org.shanpai.order.orders.Orders;
import org.shanpai.order.orders.StatusTable;
import org.shanpai.order.progress.JobProjection;

/**
 * Plays the lives of orders in the sandbox: a made-up job is told to the order by the same {@link
 * JobProjection} that takes over real ones.
 *
 * <p>How far a play has come is a row: a restart goes on from there, and of several replicas only
 * the one that has the order's lock takes a step. The order's lock comes first, the play's after
 * it, as in a merchant's own acts.
 */
@ApplicationScoped
public class SandboxPlayer {

  private static final Logger LOG = Logger.getLogger(SandboxPlayer.class);
  private static final int AT_ONCE = 200;
  private static final int SIDE_BY_SIDE = 4;

  private final Tx tx;
  private final Orders orders;
  private final SandboxPlays plays;
  private final JobProjection projection;
  private final City city;
  private final CityClock clock;
  private final AtomicBoolean playing = new AtomicBoolean();
  private final AtomicBoolean again = new AtomicBoolean();
  private volatile boolean stopping;

  SandboxPlayer(
      Tx tx,
      Orders orders,
      SandboxPlays plays,
      JobProjection projection,
      City city,
      CityClock clock) {
    this.tx = tx;
    this.orders = orders;
    this.plays = plays;
    this.projection = projection;
    this.city = city;
    this.clock = clock;
  }

  void start(@Observes StartupEvent event) {
    plays.whenNews(this::wake);
  }

  void stop(@Observes ShutdownEvent event) {
    stopping = true;
  }

  @Scheduled(
      every = "${shanpai.sandbox.poll}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void poll() {
    wake();
  }

  /** Plays what is due soon; cheap, and safe from any thread. */
  void wake() {
    if (stopping) {
      return;
    }
    again.set(true);
    if (playing.compareAndSet(false, true)) {
      again.set(false);
      playDue()
          .onTermination()
          .invoke(() -> playing.set(false))
          .subscribe()
          .with(
              done -> {
                if (again.get()) {
                  wake();
                }
              },
              failure -> LOG.warnf("Plays of the sandbox go on with the next poll: %s", failure));
    }
  }

  private Uni<Void> playDue() {
    return tx.detached(() -> tx.read(() -> plays.due(clock.now(), AT_ONCE)))
        .chain(
            due -> {
              if (due.size() == AT_ONCE) {
                again.set(true);
              }
              return Multi.createFrom()
                  .iterable(due)
                  .onItem()
                  .transformToUni(this::play)
                  .merge(SIDE_BY_SIDE)
                  .collect()
                  .last();
            })
        .replaceWithVoid();
  }

  /** Takes every step of the order that is due, each in a transaction of its own. */
  private Uni<Void> play(OrderId id) {
    return tx.detached(() -> tx.write(() -> step(id)))
        .onFailure(PoisonException.class)
        .recoverWithUni(impossible -> giveUp(id, impossible))
        .onFailure()
        .recoverWithItem(
            failure -> {
              LOG.warnf("The play of %s goes on with the next poll: %s", id, failure);
              return false;
            })
        .chain(more -> more ? play(id) : Uni.createFrom().voidItem());
  }

  private Uni<Boolean> giveUp(OrderId id, Throwable impossible) {
    LOG.warnf("The play of %s stops: %s", id, impossible.getMessage());
    return tx.detached(
        () ->
            tx.write(
                () ->
                    locked(id)
                        .map(
                            scene -> {
                              scene.ifPresent(
                                  found -> {
                                    found.play().listened();
                                    found.play().pause();
                                  });
                              return false;
                            })));
  }

  private record Scene(Order order, SandboxPlay play) {}

  private Uni<Optional<Scene>> locked(OrderId id) {
    return orders
        .lock(id)
        .chain(
            order ->
                order.isEmpty()
                    ? Uni.createFrom().item(Optional.empty())
                    : plays.lock(id).map(play -> play.map(row -> new Scene(order.get(), row))));
  }

  private Uni<Boolean> step(OrderId id) {
    LogContext.order(id.value());
    return locked(id)
        .chain(
            scene ->
                scene
                    .filter(found -> !found.play().ended())
                    .map(found -> step(found.order(), found.play()))
                    .orElseGet(() -> Uni.createFrom().item(false)));
  }

  private Uni<Boolean> step(Order order, SandboxPlay play) {
    Instant now = clock.now();
    play.listened();
    if (order.status().terminal()) {
      play.end();
      return Uni.createFrom().item(false);
    }
    SandboxJob job = play.job();
    Optional<SandboxJob> answer =
        MadeUpDispatch.answer(
            order.state(city.id()), order.cancelOutcome() == CancelOutcome.REQUESTED, job, now);
    if (answer.isPresent()) {
      if (answer.get().status() == JobStatus.RETURNING) {
        // Nothing in the play leads on from here: the goods come back by hand, or are received.
        return tell(order, play, answer.get(), play.play().steps().size(), true, now);
      }
      boolean anew = job.rider() > 0 && answer.get().rider() == 0;
      return answer.get().status() == JobStatus.OPEN && anew
          ? tell(order, play, answer.get(), play.play().firstAssignment(), true, now)
          : tell(order, play, answer.get(), play.step(), false, now);
    }
    if (play.dueAt() == null || play.dueAt().isAfter(now)) {
      return Uni.createFrom().item(false);
    }
    List<PlayStep> steps = play.play().steps();
    if (play.step() >= steps.size()) {
      play.pause();
      return Uni.createFrom().item(false);
    }
    return tell(
        order, play, transition(job, steps.get(play.step()), now), play.step() + 1, true, now);
  }

  private static SandboxJob transition(SandboxJob job, PlayStep step, Instant now) {
    return job.step(
        step.status(), step.reason(), step.fault(), step.unclaimed(), step.goods(), now);
  }

  /**
   * Tells the order of the job and writes down how far the play is.
   *
   * @param moved the play went on, so that its next step is due a while from now
   */
  private Uni<Boolean> tell(
      Order order, SandboxPlay play, SandboxJob job, int next, boolean moved, Instant now) {
    OrderState asked = order.state(city.id());
    Timetable times = Timetable.of(play.play(), play.pace(), next, now);
    Instant due = moved ? times.next() : play.dueAt();
    SandboxJob planned =
        job.planned(
            times.pickup() == null ? job.plannedPickupAt() : times.pickup(),
            times.delivery() == null ? job.plannedDeliveryAt() : times.delivery(),
            moved ? Ride.leg(asked, play.job(), job, play.play(), next, now, due) : job.leg());
    return projection
        .follow(planned.state(asked), now)
        .invoke(() -> play.move(planned, next, due))
        .replaceWith(true);
  }

  /**
   * Brings an order to a status by hand. A status that lies ahead in the order's play comes with
   * the play's reason, and the play goes on from there; any other one ends the play.
   *
   * @param reason code, or null for the play's
   * @param fault or null for the play's
   * @throws Problem 404; 409 {@code not-sandbox}, {@code order-ended}, {@code no-such-step}
   */
  public Uni<Order> advance(
      MerchantId merchant, OrderId id, OrderStatus to, String reason, Fault fault) {
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
                .chain(order -> advance(order, to, reason, fault).replaceWith(order)));
  }

  private Uni<Void> advance(Order order, OrderStatus to, String reason, Fault fault) {
    if (!order.sandbox()) {
      throw Problem.conflict(
          "not-sandbox", "The order " + order.id() + " is a real one; only riders bring it on.");
    }
    if (order.status() == to) {
      return Uni.createFrom().voidItem();
    }
    if (order.status().terminal()) {
      throw Problem.conflict("order-ended", "The order is " + order.status() + " already.");
    }
    JobStatus status = jobStatus(to);
    if (status == null || !StatusTable.mayFollow(order.status(), to)) {
      throw Problem.conflict(
          "no-such-step",
          "to",
          "The order is " + order.status() + " and cannot become " + to + ".");
    }
    return plays
        .lock(order.id())
        .chain(
            found -> {
              SandboxPlay play =
                  found.orElseThrow(
                      () -> new IllegalStateException("no play of sandbox order " + order.id()));
              Instant now = clock.now();
              List<PlayStep> steps = play.play().steps();
              int at = play.step();
              while (at < steps.size() && steps.get(at).status() != status) {
                at++;
              }
              boolean ahead = at < steps.size();
              PlayStep step = ahead ? steps.get(at) : PlayStep.of(0, status, "BY_HAND", Fault.NONE);
              SandboxJob job =
                  play.job()
                      .step(
                          status,
                          reason == null ? step.reason() : reason,
                          fault == null ? step.fault() : fault,
                          step.unclaimed(),
                          step.goods(),
                          now);
              return tell(order, play, job, ahead ? at + 1 : steps.size(), true, now);
            })
        .replaceWithVoid();
  }

  private static JobStatus jobStatus(OrderStatus status) {
    for (JobStatus job : JobStatus.values()) {
      if (StatusTable.of(job) == status) {
        return job;
      }
    }
    return null;
  }

  /** How far an order's play has come, for its merchant. */
  public Uni<PlayState> state(MerchantId merchant, OrderId id) {
    return tx.read(
        () ->
            orders
                .find(id)
                .map(
                    found ->
                        found
                            .filter(order -> order.merchantId().equals(merchant) && order.sandbox())
                            .orElseThrow(() -> Problem.notFound("sandbox order " + id)))
                .chain(order -> plays.find(id))
                .map(
                    found ->
                        found
                            .map(play -> PlayState.of(play, clock.now()))
                            .orElseThrow(() -> Problem.notFound("play of order " + id))));
  }

  /**
   * Where the made-up rider of an order in the sandbox is now; empty while nobody has it, and for
   * real orders.
   */
  public Uni<Optional<GeoPoint>> riderPlace(OrderId id) {
    return tx.read(
        () -> plays.find(id).map(found -> found.flatMap(play -> Ride.place(play, clock.now()))));
  }

  /**
   * How far a play has come.
   *
   * @param nextStatus what comes next by itself or by hand; null when the play is over
   * @param dueAt when, city time; null while nothing happens by itself
   * @param riderPlace where the made-up rider is now; null while nobody has the order
   */
  public record PlayState(
      String play, Pace pace, OrderStatus nextStatus, Instant dueAt, GeoPoint riderPlace) {

    static PlayState of(SandboxPlay row, Instant now) {
      List<PlayStep> steps = row.play().steps();
      boolean over = row.ended() || row.step() >= steps.size();
      return new PlayState(
          row.play().name(),
          row.pace(),
          over ? null : StatusTable.of(steps.get(row.step()).status()),
          over ? null : row.dueAt(),
          Ride.place(row, now).orElse(null));
    }
  }

  /**
   * When things happen from here on, city time.
   *
   * @param next the next step; null when none comes by itself
   * @param pickup null when none is ahead
   * @param delivery null when none is ahead
   */
  private record Timetable(Instant next, Instant pickup, Instant delivery) {

    static Timetable of(Play play, Pace pace, int from, Instant now) {
      Instant next = null;
      Instant pickup = null;
      Instant delivery = null;
      Instant at = now;
      List<PlayStep> steps = play.steps();
      for (int i = from; i < steps.size(); i++) {
        Duration pause = pace.of(steps.get(i).after());
        // By hand nobody knows; a plan is made as for a real ride.
        at = at.plus(pause == null ? steps.get(i).after() : pause);
        if (i == from && pause != null) {
          next = at;
        }
        if (pickup == null && steps.get(i).status() == JobStatus.PICKED_UP) {
          pickup = at;
        }
        if (steps.get(i).status() == JobStatus.DELIVERED) {
          delivery = at;
        }
      }
      return new Timetable(next, pickup, delivery);
    }
  }
}
