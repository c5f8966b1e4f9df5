package org.shanpai.dispatch.hall;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.shanpai.chassis.City;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.JobId;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.event.DispatchReceipt;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.contracts.event.RouteStop;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.dispatch.DispatchSettings;
import org.shanpai.dispatch.fatigue.TooTired;
import org.shanpai.dispatch.geo.Geo;
import org.shanpai.dispatch.geo.GeoAway;
import org.shanpai.dispatch.job.Job;
import org.shanpai.dispatch.job.Jobs;
import org.shanpai.dispatch.offer.Answers;
import org.shanpai.dispatch.offer.LostRace;
import org.shanpai.dispatch.offer.OfferDraft;
import org.shanpai.dispatch.offer.Offering;
import org.shanpai.dispatch.offer.Offers;
import org.shanpai.dispatch.replay.EngineVersion;
import org.shanpai.dispatch.stop.StopPlans;
import org.shanpai.dispatch.stop.Stops;
import org.shanpai.dispatch.work.PlannedStop;
import org.shanpai.dispatch.work.RiderWork;
import org.shanpai.dispatch.work.RiderWorks;
import org.shanpai.dispatch.work.Route;
import org.shanpai.dispatch.work.Spread;
import org.shanpai.dispatch.zone.NoGoZones;
import org.shanpai.messaging.Tx;

/** A rider takes a job from the hall. Of many who reach for it exactly one gets it. */
@ApplicationScoped
public class Grabbing {

  /** In place of a wave's id. */
  private static final String HALL = "hall";

  /**
   * What was found out before the transaction: who asks, and how long the way takes.
   *
   * @param visitor null when the job cannot be grabbed any more; only an earlier answer counts then
   * @param job as it was seen
   * @param toStore seconds from the end of the rider's route, or from where they are
   * @param toDoor seconds from store to door
   * @param stops what its stops are planned with; null when it cannot be grabbed
   */
  public record Prepared(Hall.Visitor visitor, Job job, int toStore, int toDoor, Stops stops) {}

  private final Tx tx;
  private final Hall hall;
  private final Jobs jobs;
  private final RiderWorks works;
  private final Offering offering;
  private final Offers offers;
  private final Geo geo;
  private final City city;
  private final CityClock clock;
  private final DispatchSettings settings;
  private final StopPlans stops;
  private final NoGoZones zones;

  public Grabbing(
      Tx tx,
      Hall hall,
      Jobs jobs,
      RiderWorks works,
      Offering offering,
      Offers offers,
      Geo geo,
      City city,
      CityClock clock,
      DispatchSettings settings,
      StopPlans stops,
      NoGoZones zones) {
    this.tx = tx;
    this.hall = hall;
    this.jobs = jobs;
    this.works = works;
    this.offering = offering;
    this.offers = offers;
    this.geo = geo;
    this.city = city;
    this.clock = clock;
    this.settings = settings;
    this.stops = stops;
    this.zones = zones;
  }

  /**
   * Asks what has to be asked of geo-service, outside every transaction.
   *
   * @throws Problem 404 when the job is in no hall within the rider's reach; as {@link Hall#seenBy}
   */
  public Uni<Prepared> prepare(String jobId, String riderId) {
    return tx.detached(
            () ->
                tx.read(
                    () ->
                        offers
                            .barredFrom(riderId, clock.now())
                            .chain(
                                barred ->
                                    barred.contains(jobId)
                                        ? Uni.createFrom().<Job>nullItem()
                                        : jobs.find(jobId))))
        .chain(
            job -> {
              if (job == null || job.booked(clock.now())) {
                throw Problem.notFound("job " + jobId + " in the hall");
              }
              if (job.status() != JobStatus.OPEN) {
                return Uni.createFrom().item(new Prepared(null, job, 0, 0, null));
              }
              return hall.visitor(riderId).chain(visitor -> way(visitor, job));
            });
  }

  private Uni<Prepared> way(Hall.Visitor visitor, Job job) {
    if (!visitor.areas().containsKey(job.areaId())) {
      throw Problem.notFound("job " + job.id() + " in the hall");
    }
    List<PlannedStop> route = visitor.work().route().stops();
    GeoPoint from = route.isEmpty() ? visitor.place() : route.get(route.size() - 1).place();
    return tx.detached(() -> tx.read(zones::present))
        .chain(
            noGo -> {
              if (noGo.covers(job.pickup()) || noGo.covers(job.dropoff())) {
                throw noWay();
              }
              return stops.of(List.of(job));
            })
        .chain(times -> way(visitor, job, from, times));
  }

  private Uni<Prepared> way(Hall.Visitor visitor, Job job, GeoPoint from, Stops times) {
    return geo.travelSeconds(job.areaId(), List.of(from, times.pickup(job), job.dropoff()))
        .onFailure(GeoAway.class)
        .transform(away -> Problem.unavailable("The way is unknown just now; try again.", 2))
        .map(
            seconds -> {
              int toStore = seconds[1];
              int toDoor = seconds[5];
              if (toStore < 0 || toDoor < 0) {
                throw noWay();
              }
              return new Prepared(visitor, job, toStore, toDoor, times);
            });
  }

  /**
   * Takes the job. Taking it again changes nothing.
   *
   * @param epoch of the job as the rider saw it
   * @throws Problem 409 {@code job-gone} when somebody was faster or it is open no more, {@code
   *     grab-in-hand} while another grabbed job is not picked up, {@code offer-open}, {@code
   *     hands-full}, {@code paused}, {@code not-online}; as {@link TooTired}
   */
  public Uni<Answers.Answered> take(Prepared prepared, String riderId, long epoch) {
    return tx.write(
            () ->
                works
                    .lock(riderId)
                    .chain(
                        work -> {
                          if (work == null) {
                            throw Problem.notFound("rider " + riderId);
                          }
                          return jobs.heldBy(riderId)
                              .chain(held -> take(prepared, work, held, epoch));
                        }))
        .onFailure(LostRace.class)
        .transform(lost -> gone(prepared.job().id()));
  }

  private Uni<Answers.Answered> take(
      Prepared prepared, RiderWork work, List<Job> held, long epoch) {
    Job job = prepared.job();
    boolean mine = held.stream().anyMatch(h -> h.id().equals(job.id()) && h.grabbed());
    if (mine) {
      return works.state(work.riderId()).map(state -> new Answers.Answered(null, state));
    }
    if (prepared.visitor() == null || job.epoch() != epoch) {
      throw gone(job.id());
    }
    require(prepared, work, held);
    OfferDraft draft = draft(prepared, work, epoch);
    // The compare-and-set below changes rows that this session holds as it read them.
    return tx.session().invoke(session -> session.clear()).chain(() -> offering.grab(draft));
  }

  private void require(Prepared prepared, RiderWork work, List<Job> held) {
    Instant now = clock.now();
    if (!work.active() || !work.online()) {
      throw Problem.conflict("not-online", "Go online first.");
    }
    if (work.openOfferId() != null) {
      throw Problem.conflict("offer-open", "Answer the offer you have before you grab a job.");
    }
    if (!work.takesOffers(now)) {
      throw Problem.conflict("paused", "You are paused or resting; nothing can be grabbed now.");
    }
    TooTired.refuse(works.fatigue(work));
    held.stream()
        .filter(job -> job.grabbed() && !job.aboard())
        .findFirst()
        .ifPresent(
            job -> {
              throw Problem.conflict(
                  "grab-in-hand", "Pick up job " + job.id() + " before you grab another one.");
            });
    if (held.size() >= hall.carryCap(prepared.visitor())) {
      throw Problem.conflict("hands-full", "You have as many jobs in hand as you may.");
    }
  }

  private OfferDraft draft(Prepared prepared, RiderWork work, long epoch) {
    Job job = prepared.job();
    Instant now = clock.now();
    Route route =
        work.route()
            .then(
                stop(
                    job,
                    RouteStop.Kind.PICKUP,
                    prepared.stops().pickup(job),
                    prepared.toStore(),
                    prepared.stops().pickupSeconds(job),
                    prepared.stops().ready(job),
                    prepared.stops().ready(job),
                    prepared.stops().spread(job, RouteStop.Kind.PICKUP),
                    now),
                now)
            .then(
                stop(
                    job,
                    RouteStop.Kind.DROPOFF,
                    job.dropoff(),
                    prepared.toDoor(),
                    prepared.stops().dropoffSeconds(job),
                    null,
                    job.promise().end(),
                    prepared.stops().spread(job, RouteStop.Kind.DROPOFF),
                    now),
                now);
    TooTired.refuse(
        works.fatigue(work), route.stops().get(route.stops().size() - 1).plannedLeaveAt());
    Instant pickup = arrival(route, job, RouteStop.Kind.PICKUP);
    return new OfferDraft(
        HALL,
        job.areaId(),
        work.riderId(),
        work.version(),
        List.of(
            new OfferDraft.DraftJob(
                job.id(), epoch, pickup, arrival(route, job, RouteStop.Kind.DROPOFF))),
        route,
        prepared.visitor().rules(),
        "You took it from the hall; store in "
            + Math.round(Duration.between(now, pickup).toSeconds() / 60.0)
            + " min.",
        List.of(receipt(job, work.riderId(), now)));
  }

  private DispatchReceipt receipt(Job job, String riderId, Instant now) {
    return new DispatchReceipt(
        HALL,
        new JobId(job.id()),
        city.id(),
        new org.shanpai.contracts.AreaId(job.areaId()),
        now,
        "GRAB",
        new RiderId(riderId),
        List.of(),
        Map.of(),
        "GRABBED",
        EngineVersion.present());
  }

  private static PlannedStop stop(
      Job job,
      RouteStop.Kind kind,
      GeoPoint place,
      int travel,
      int service,
      Instant ready,
      Instant due,
      Spread spread,
      Instant now) {
    return new PlannedStop(
        job.id(), kind, place, travel, service, ready, due, now, now, false, spread);
  }

  private static Instant arrival(Route route, Job job, RouteStop.Kind kind) {
    return route.find(job.id(), kind).orElseThrow().plannedArrivalAt();
  }

  private static Problem noWay() {
    return Problem.conflict("no-way", "There is no way to the store or to the door.");
  }

  private static Problem gone(String jobId) {
    return Problem.conflict("job-gone", "Job " + jobId + " is no longer in the hall.");
  }
}
