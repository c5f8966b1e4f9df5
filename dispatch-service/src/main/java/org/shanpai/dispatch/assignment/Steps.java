package org.shanpai.dispatch.assignment;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.shanpai.chassis.City;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.event.ExceptionReason;
import org.shanpai.contracts.event.Fault;
import org.shanpai.contracts.event.JobState;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.contracts.event.RiderWorkState;
import org.shanpai.contracts.event.RouteStop;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.dispatch.DispatchSettings;
import org.shanpai.dispatch.job.Delays;
import org.shanpai.dispatch.job.ExtraPays;
import org.shanpai.dispatch.job.Job;
import org.shanpai.dispatch.job.Jobs;
import org.shanpai.dispatch.job.Reports;
import org.shanpai.dispatch.job.Step;
import org.shanpai.dispatch.work.PlannedStop;
import org.shanpai.dispatch.work.RiderWork;
import org.shanpai.dispatch.work.RiderWorks;
import org.shanpai.dispatch.work.Route;
import org.shanpai.messaging.Tx;

/** What riders report about jobs in hand; each step fenced by rider and epoch, in its turn. */
@ApplicationScoped
public class Steps {

  /** Straight line to street, and planning speed: only for a way nobody has asked the map for. */
  private static final double SECONDS_PER_STRAIGHT_METRE = 1.4 / (15 / 3.6);

  /** What the rider hears. */
  public record Taken(JobState job, RiderWorkState work) {}

  private final Tx tx;
  private final Jobs jobs;
  private final RiderWorks works;
  private final Holding holding;
  private final Assignments assignments;
  private final Delays delays;
  private final ExtraPays extraPays;
  private final Reports reports;
  private final City city;
  private final CityClock clock;
  private final DispatchSettings settings;

  public Steps(
      Tx tx,
      Jobs jobs,
      RiderWorks works,
      Holding holding,
      Assignments assignments,
      Delays delays,
      ExtraPays extraPays,
      Reports reports,
      City city,
      CityClock clock,
      DispatchSettings settings) {
    this.tx = tx;
    this.jobs = jobs;
    this.works = works;
    this.holding = holding;
    this.assignments = assignments;
    this.delays = delays;
    this.extraPays = extraPays;
    this.reports = reports;
    this.city = city;
    this.clock = clock;
    this.settings = settings;
  }

  /**
   * Takes a step. One that was taken before, by the same rider with the same epoch, changes
   * nothing.
   *
   * @param at when it happened, city time; null for now; brought into the span between the step
   *     before and now
   * @param reason code, only for {@link Step#UNDELIVERABLE}
   * @throws Problem 404 when the rider never had the job; 409 {@code stale-epoch}, {@code
   *     out-of-turn}
   */
  public Uni<Taken> take(
      String jobId, String riderId, long epoch, Step step, Instant at, String reason) {
    return tx.write(
        () ->
            own(jobId, riderId, epoch)
                .chain(
                    held -> {
                      Job job = held.job();
                      if (job.hasTaken(step)) {
                        return told(job, riderId);
                      }
                      if (!step.legalFrom(job.status())) {
                        throw Problem.conflict("out-of-turn", "step", outOfTurn(job, step));
                      }
                      held.work().seen(clock.now());
                      return apply(held, step, dated(at, job), reason);
                    }));
  }

  /**
   * The rider asks to be rid of a job before the pickup.
   *
   * @throws Problem as {@link #take}; 409 {@code out-of-turn} after the pickup, {@code too-early}
   *     while a slow kitchen that was reported still has time
   */
  public Uni<Taken> release(String jobId, String riderId, long epoch, String reason) {
    return tx.write(
        () ->
            own(jobId, riderId, epoch)
                .chain(
                    held -> {
                      Job job = held.job();
                      if (job.status() != JobStatus.ASSIGNED
                          && job.status() != JobStatus.AT_STORE) {
                        throw Problem.conflict(
                            "out-of-turn",
                            "A job can be given back before the pickup only; this one is "
                                + job.status()
                                + ".");
                      }
                      return reports.of(job).chain(told -> release(held, reason, told));
                    }));
  }

  private Uni<Taken> release(Holding.Held held, String reason, List<Reports.Report> told) {
    Job job = held.job();
    Fault whose = releasedBy(job, reason, told);
    held.work().seen(clock.now());
    return holding
        .takeBack(held.work(), job, reason == null ? "RIDER_RELEASED" : reason, whose)
        .chain(() -> works.publish(held.work()))
        .map(work -> new Taken(job.state(), work));
  }

  /**
   * Whose doing it is that a rider gives a job back: what nobody can help is taken at their word,
   * what the store did only when it was reported; else it is their own.
   */
  private Fault releasedBy(Job job, String reason, List<Reports.Report> told) {
    ExceptionReason row = ExceptionReason.find(reason).orElse(null);
    if (row == null || !row.reporters().contains(ExceptionReason.Reporter.RIDER)) {
      return Fault.RIDER;
    }
    Instant reported =
        told.stream()
            .filter(report -> report.reason() == row)
            .map(Reports.Report::happenedAt)
            .findFirst()
            .orElse(null);
    if (row == ExceptionReason.SLOW_KITCHEN && reported != null) {
      Instant from = reported.plusSeconds(settings.slowKitchenReleaseSeconds());
      long left = Duration.between(clock.now(), from).toSeconds();
      if (left > 0) {
        throw Problem.conflictRetry(
            "too-early", "The kitchen has " + left + " s more before you may leave.", (int) left);
      }
    }
    boolean nobodys = row.fault() == Fault.NONE || row.fault() == Fault.WEATHER;
    return nobodys || reported != null ? row.fault() : Fault.RIDER;
  }

  /**
   * The merchant wants goods back that are on their way: they go the way of what cannot be
   * delivered, in the caller's transaction. It proves nothing of where the rider is.
   */
  public Uni<Void> callBack(Holding.Held held) {
    return apply(
            held,
            Step.UNDELIVERABLE,
            dated(null, held.job()),
            ExceptionReason.MERCHANT_RECALLED.name())
        .replaceWithVoid();
  }

  private Uni<Taken> apply(Holding.Held held, Step step, Instant at, String reason) {
    Job job = held.job();
    RiderWork work = held.work();
    job.step(step, at, step == Step.UNDELIVERABLE ? reason : null);
    Route route = work.route();
    Uni<Void> effects = Uni.createFrom().voidItem();
    switch (step) {
      case ARRIVED_STORE -> work.route(route.arrivedAt(job.id(), RouteStop.Kind.PICKUP, at));
      case PICKED_UP -> {
        work.route(route.doneAt(job.id(), RouteStop.Kind.PICKUP, at));
        extraPays.pickedUp(job);
        effects = delays.pickedUp(job);
      }
      case ARRIVED_CUSTOMER -> work.route(route.arrivedAt(job.id(), RouteStop.Kind.DROPOFF, at));
      case DELIVERED -> {
        work.route(left(route, job, at));
        work.delivered(city.businessDate(at));
        effects = assignments.end(job.id(), at, "DELIVERED");
      }
      case UNDELIVERABLE -> {
        Route rest = route.without(List.of(job.id()));
        switch (job.status()) {
          case RETURNING -> work.route(returning(rest, job, at));
          case RETURNED -> {
            work.route(left(route, job, at));
            effects = assignments.end(job.id(), at, job.reason());
          }
          default -> {}
        }
      }
      case RETURNED -> {
        extraPays.broughtBack(job);
        work.route(left(route, job, at));
        effects = assignments.end(job.id(), at, "RETURNED");
      }
    }
    effects = effects.chain(() -> reports.goesOn(job, at));
    if (job.pickedUpAt() != null) {
      effects = effects.chain(() -> delays.compensate(job, at));
    }
    if (step == Step.DELIVERED) {
      effects = effects.chain(() -> reports.exempt(job));
    }
    return effects
        .chain(() -> jobs.publish(job))
        .chain(() -> works.publish(work))
        .map(state -> new Taken(job.state(), state));
  }

  private Uni<Taken> told(Job job, String riderId) {
    return works.state(riderId).map(work -> new Taken(job.state(), work));
  }

  /**
   * The rider's job and work, locked, for what else they do with it. Needs an open transaction.
   *
   * @throws Problem 404, 409 {@code stale-epoch} as {@link #take}
   */
  public Uni<Holding.Held> held(String jobId, String riderId, long epoch) {
    return own(jobId, riderId, epoch);
  }

  /** The rider's job and work, locked, if rider and epoch are the present ones. */
  Uni<Holding.Held> own(String jobId, String riderId, long epoch) {
    return works
        .lock(riderId)
        .chain(
            work ->
                jobs.lock(jobId)
                    .chain(
                        job -> {
                          if (work == null || job == null) {
                            throw Problem.notFound("job " + jobId);
                          }
                          boolean his =
                              riderId.equals(job.riderId()) && job.status() != JobStatus.OFFERED;
                          if (his && job.epoch() == epoch) {
                            return Uni.createFrom().item(new Holding.Held(job, work));
                          }
                          return assignments
                              .ever(jobId, riderId)
                              .map(
                                  ever -> {
                                    throw ever
                                        ? stale(job, epoch)
                                        : Problem.notFound("job " + jobId);
                                  });
                        }));
  }

  private static Problem stale(Job job, long epoch) {
    return Problem.conflict(
        "stale-epoch",
        "epoch",
        "Epoch "
            + epoch
            + " is not the job's present one: it was given to somebody else or taken back ("
            + job.reason()
            + ").");
  }

  private static String outOfTurn(Job job, Step step) {
    return step
        + " is out of turn: the job is "
        + job.status()
        + Step.next(job.status()).map(next -> "; next is " + next).orElse(" and over")
        + ".";
  }

  Instant dated(Instant at, Job job) {
    Instant now = clock.now();
    Instant date = at == null || at.isAfter(now) ? now : at;
    return job.lastStepAt() != null && date.isBefore(job.lastStepAt()) ? job.lastStepAt() : date;
  }

  /** The way from the job's last stop; a job may end elsewhere than planned. */
  private static Route left(Route route, Job job, Instant at) {
    return route
        .doneAt(job.id(), RouteStop.Kind.DROPOFF, at)
        .doneAt(job.id(), RouteStop.Kind.RETURN, at)
        .without(List.of(job.id()));
  }

  private Route returning(Route rest, Job job, Instant at) {
    List<PlannedStop> stops = rest.stops();
    var from = stops.isEmpty() ? job.dropoff() : stops.get(stops.size() - 1).place();
    int travel = (int) Math.ceil(from.metresTo(job.pickup()) * SECONDS_PER_STRAIGHT_METRE);
    Instant left = stops.isEmpty() ? at : stops.get(stops.size() - 1).plannedLeaveAt();
    Instant arrival = left.plusSeconds(travel);
    return rest.then(
        new PlannedStop(
            job.id(),
            RouteStop.Kind.RETURN,
            job.pickup(),
            travel,
            settings.pickupSeconds(),
            null,
            arrival,
            arrival,
            arrival.plus(Duration.ofSeconds(settings.pickupSeconds())),
            false),
        at);
  }
}
