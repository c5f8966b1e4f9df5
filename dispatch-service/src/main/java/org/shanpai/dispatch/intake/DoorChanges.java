package org.shanpai.dispatch.intake;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.contracts.event.OrderState;
import org.shanpai.contracts.event.RouteStop;
import org.shanpai.dispatch.assignment.Holding;
import org.shanpai.dispatch.job.Intake;
import org.shanpai.dispatch.job.Job;
import org.shanpai.dispatch.job.Jobs;
import org.shanpai.dispatch.offer.Answers;
import org.shanpai.dispatch.work.RiderWork;
import org.shanpai.dispatch.work.Route;
import org.shanpai.dispatch.zone.NoGoZones;

/**
 * Decides a change of the door against the pickup, under the locks of job and rider: before it, the
 * job goes to the new door and whoever has it is replanned; after it, the door stays. An offer that
 * nobody has answered is withdrawn, for it is another job now.
 */
@ApplicationScoped
class DoorChanges {

  /** Straight line to street, and planning speed: only for a way nobody has asked the map for. */
  private static final double SECONDS_PER_STRAIGHT_METRE = 1.4 / (15 / 3.6);

  private final Intake intake;
  private final Jobs jobs;
  private final Answers answers;
  private final NoGoZones zones;

  DoorChanges(Intake intake, Jobs jobs, Answers answers, NoGoZones zones) {
    this.intake = intake;
    this.jobs = jobs;
    this.answers = answers;
    this.zones = zones;
  }

  /** Decides it if it is new; the job, and the rider's work, are left for the caller to publish. */
  Uni<Void> decide(OrderState order, Holding.Held held, Changes changes) {
    Job job = held.job();
    if (!intake.asksChange(job, order)) {
      return Uni.createFrom().voidItem();
    }
    changes.job();
    if (!job.cancellable()) {
      intake.refuseChange(job, order);
      return Uni.createFrom().voidItem();
    }
    return zones
        .present()
        .chain(
            noGo -> {
              if (noGo.covers(order.askedDropoff())) {
                intake.refuseChange(job, order);
                return Uni.createFrom().voidItem();
              }
              return move(order, held, changes);
            });
  }

  private Uni<Void> move(OrderState order, Holding.Held held, Changes changes) {
    Job job = held.job();
    RiderWork work = held.work();
    if (job.status() == JobStatus.OPEN) {
      intake.moveDoor(job, order, null);
      return Uni.createFrom().voidItem();
    }
    changes.work();
    if (job.status() == JobStatus.OFFERED) {
      return answers
          .withdraw(work, job.offerId(), null, "DROPOFF_CHANGED")
          .invoke(() -> intake.moveDoor(job, order, null));
    }
    Route route =
        work.route()
            .moved(
                job.id(), RouteStop.Kind.DROPOFF, order.askedDropoff(), DoorChanges::rideSeconds);
    return jobs.lockHeldBy(work.riderId()).chain(inHand -> replan(order, job, work, route, inHand));
  }

  private Uni<Void> replan(
      OrderState order, Job job, RiderWork work, Route route, java.util.List<Job> inHand) {
    Map<String, Instant> deadlines = new HashMap<>();
    intake.moveDoor(job, order, arrival(route, job));
    deadlines.put(job.id(), job.riderDeadline());
    Uni<Void> told = Uni.createFrom().voidItem();
    for (Job other : inHand) {
      boolean later =
          !other.id().equals(job.id())
              && route.find(other.id(), RouteStop.Kind.DROPOFF).isPresent()
              && other.planned(arrival(route, other), arrival(route, other));
      if (later) {
        deadlines.put(other.id(), other.riderDeadline());
        told = told.chain(() -> jobs.publish(other));
      }
    }
    work.route(route.deadlines(deadlines));
    return told;
  }

  private static Instant arrival(Route route, Job job) {
    return route
        .find(job.id(), RouteStop.Kind.DROPOFF)
        .orElseThrow(() -> new IllegalStateException("no door of " + job.id() + " on the route"))
        .plannedArrivalAt();
  }

  private static int rideSeconds(GeoPoint from, GeoPoint to) {
    return (int) Math.ceil(from.metresTo(to) * SECONDS_PER_STRAIGHT_METRE);
  }
}
