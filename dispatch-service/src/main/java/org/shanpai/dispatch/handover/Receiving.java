package org.shanpai.dispatch.handover;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.shanpai.chassis.City;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.JobId;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.event.DispatchReceipt;
import org.shanpai.contracts.event.Fault;
import org.shanpai.contracts.event.RouteStop;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.dispatch.DispatchSettings;
import org.shanpai.dispatch.area.Areas;
import org.shanpai.dispatch.assignment.Assignments;
import org.shanpai.dispatch.block.Blocks;
import org.shanpai.dispatch.fatigue.TooTired;
import org.shanpai.dispatch.job.Job;
import org.shanpai.dispatch.job.Jobs;
import org.shanpai.dispatch.offer.OfferDraft;
import org.shanpai.dispatch.offer.Offering;
import org.shanpai.dispatch.pool.PoolRules;
import org.shanpai.dispatch.pool.Pools;
import org.shanpai.dispatch.replay.EngineVersion;
import org.shanpai.dispatch.work.Arrivals;
import org.shanpai.dispatch.work.PlannedStop;
import org.shanpai.dispatch.work.RiderWork;
import org.shanpai.dispatch.work.RiderWorks;
import org.shanpai.dispatch.work.Route;
import org.shanpai.dispatch.work.Spread;
import org.shanpai.messaging.Tx;

/**
 * Whether a rider can take another's job over, and the change of hands itself. Every method that
 * changes something needs an open transaction with both riders and the job locked.
 */
@ApplicationScoped
class Receiving {

  /** In place of a wave's id, and why the job was open for a moment. */
  private static final String HANDED_OVER = "HANDED_OVER";

  private static final String OWN_WISH = "You want no orders of this customer.";

  /** Straight line to street, and planning speed: no wave plans this way. */
  private static final double SECONDS_PER_STRAIGHT_METRE = 1.4 / (15 / 3.6);

  private final Tx tx;
  private final Jobs jobs;
  private final RiderWorks works;
  private final Areas areas;
  private final Pools pools;
  private final Assignments assignments;
  private final Offering offering;
  private final City city;
  private final CityClock clock;
  private final DispatchSettings settings;
  private final Blocks blocks;
  private final Arrivals arrivals;

  Receiving(
      Tx tx,
      Jobs jobs,
      RiderWorks works,
      Areas areas,
      Pools pools,
      Assignments assignments,
      Offering offering,
      City city,
      CityClock clock,
      DispatchSettings settings,
      Blocks blocks) {
    this.tx = tx;
    this.jobs = jobs;
    this.works = works;
    this.areas = areas;
    this.pools = pools;
    this.assignments = assignments;
    this.offering = offering;
    this.city = city;
    this.clock = clock;
    this.settings = settings;
    this.arrivals = new Arrivals(settings.arrivalP80Percent(), settings.stopP80Percent());
    this.blocks = blocks;
  }

  /**
   * @param other null for a rider nobody knows
   * @throws Problem 409 {@code not-able}, in the same words for whoever is unknown
   */
  void requireColleague(RiderWork giver, RiderWork other) {
    if (other == null || !other.active() || !other.online()) {
      throw notAble("toRiderId", "The other rider is not at work.");
    }
    if (!other.pool().equals(giver.pool())) {
      throw notAble("toRiderId", "The other rider works in another pool.");
    }
  }

  /**
   * @param words what is said to whoever asks: a rider's wish is told to nobody else
   * @return fails with 409 {@code not-able} when the rider wants no orders of the job's customer
   */
  Uni<Void> requireWanted(String riderId, Job job, String words) {
    return blocks
        .stands(riderId, job.id(), clock.now())
        .invoke(
            unwanted -> {
              if (unwanted) {
                throw notAble(null, words);
              }
            })
        .replaceWithVoid();
  }

  /**
   * The job changes hands.
   *
   * @param held what the one who takes it has in hand
   * @throws Problem 409 {@code not-able}, {@code hands-full}, {@code offer-open}, {@code paused},
   *     and as {@link TooTired}
   */
  Uni<Void> take(RiderWork giver, RiderWork taker, Job job, List<Job> held) {
    requireColleague(giver, taker);
    Instant now = clock.now();
    if (taker.openOfferId() != null) {
      throw Problem.conflict("offer-open", "Answer the offer you have before you take a job over.");
    }
    if (!taker.takesOffers(now)) {
      throw Problem.conflict("paused", "You are paused; nothing can be taken over now.");
    }
    if (!taker.equipment().containsAll(job.needs())) {
      throw notAble(null, "This job needs " + job.needs() + ".");
    }
    return pools
        .of(taker.pool())
        .call(() -> requireWanted(taker.riderId(), job, OWN_WISH))
        .chain(rules -> near(rules, taker, job).replaceWith(rules))
        .chain(
            rules -> {
              int cap =
                  rules.carryCap(taker.newcomer(city.businessDate(now), rules.newcomerDays()));
              if (held.size() >= cap) {
                throw Problem.conflict("hands-full", "You have as many jobs in hand as you may.");
              }
              Route route = route(taker, job, now);
              if (!fits(route, taker, held, job)) {
                throw Problem.conflict("hands-full", "It does not fit into your box on the way.");
              }
              TooTired.refuse(
                  works.fatigue(taker),
                  route.stops().get(route.stops().size() - 1).plannedLeaveAt());
              return job.aboard()
                  ? out(giver, taker, job, route)
                  : before(giver, taker, job, route, rules);
            });
  }

  /** The same area: within the reach of the pool, from where they are or will next be free. */
  private Uni<Void> near(PoolRules rules, RiderWork taker, Job job) {
    return areas
        .standing(job.areaId())
        .invoke(
            standing -> {
              List<PlannedStop> stops = taker.route().stops();
              GeoPoint free =
                  stops.isEmpty() ? taker.trustedPlace() : stops.get(stops.size() - 1).place();
              GeoPoint here = taker.trustedPlace() == null ? free : taker.trustedPlace();
              // Who scans the other's code stands beside them, wherever that is.
              if (job.aboard() || here == null) {
                return;
              }
              double outside =
                  Math.min(
                      standing.shape().metresOutside(here), standing.shape().metresOutside(free));
              if (outside > rules.reachMetres()) {
                throw notAble(null, "You are too far from the job's area.");
              }
            })
        .replaceWithVoid();
  }

  private Uni<Void> before(
      RiderWork giver, RiderWork taker, Job job, Route route, PoolRules rules) {
    Instant now = clock.now();
    String jobId = job.id();
    String areaId = job.areaId();
    String takerId = taker.riderId();
    giver.route(giver.route().without(List.of(jobId)));
    job.reopen(HANDED_OVER, Fault.NONE, now);
    long epoch = job.epoch();
    return assignments
        .end(jobId, now, HANDED_OVER)
        .chain(() -> jobs.publish(job))
        .chain(() -> works.publish(giver))
        // The compare-and-set that follows changes rows that this session holds as they were.
        .chain(tx::session)
        .chain(session -> session.flush().invoke(session::clear))
        .chain(
            () ->
                offering.handOver(
                    new OfferDraft(
                        HANDED_OVER,
                        areaId,
                        takerId,
                        taker.version(),
                        List.of(
                            new OfferDraft.DraftJob(
                                jobId,
                                epoch,
                                arrival(route, jobId, RouteStop.Kind.PICKUP),
                                arrival(route, jobId, RouteStop.Kind.DROPOFF))),
                        route,
                        rules,
                        "You took it over from another rider.",
                        List.of(receipt(jobId, areaId, takerId, now)))))
        .replaceWithVoid();
  }

  private Uni<Void> out(RiderWork giver, RiderWork taker, Job job, Route route) {
    Instant now = clock.now();
    giver.route(giver.route().without(List.of(job.id())));
    return assignments
        .end(job.id(), now, HANDED_OVER)
        .invoke(
            () ->
                job.handOver(
                    taker.riderId(),
                    now,
                    arrival(route, job.id(), RouteStop.Kind.DROPOFF),
                    arrivals.p80(route, job.id(), now)))
        .invoke(() -> taker.route(route.deadlines(Map.of(job.id(), job.riderDeadline()))))
        .chain(tx::session)
        .chain(session -> session.flush())
        .chain(() -> assignments.begin(job, now))
        .chain(() -> jobs.publish(job))
        .chain(() -> works.publish(giver))
        .chain(() -> works.publish(taker))
        .replaceWithVoid();
  }

  /** What the rider has before them, then this. */
  private Route route(RiderWork taker, Job job, Instant now) {
    Route route = taker.route();
    List<PlannedStop> stops = route.stops();
    GeoPoint from =
        !stops.isEmpty()
            ? stops.get(stops.size() - 1).place()
            : taker.trustedPlace() == null ? job.pickup() : taker.trustedPlace();
    if (!job.aboard()) {
      route =
          route.then(
              stop(
                  job,
                  RouteStop.Kind.PICKUP,
                  job.pickup(),
                  seconds(from, job.pickup()),
                  settings.pickupSeconds(),
                  job.readyOrExpected(),
                  now),
              now);
      from = job.pickup();
    }
    return route.then(
        stop(
            job,
            RouteStop.Kind.DROPOFF,
            job.dropoff(),
            seconds(from, job.dropoff()),
            settings.dropoffSeconds(),
            null,
            now),
        now);
  }

  private PlannedStop stop(
      Job job,
      RouteStop.Kind kind,
      GeoPoint place,
      int travel,
      int service,
      Instant ready,
      Instant now) {
    Instant due = kind == RouteStop.Kind.PICKUP ? ready : job.promise().end();
    Spread spread =
        kind == RouteStop.Kind.PICKUP && job.readyAt() == null
            ? new Spread(null, settings.kitchenSpreadSeconds())
            : null;
    return new PlannedStop(
        job.id(), kind, place, travel, service, ready, due, now, now, false, spread);
  }

  private static int seconds(GeoPoint from, GeoPoint to) {
    return (int) Math.ceil(from.metresTo(to) * SECONDS_PER_STRAIGHT_METRE);
  }

  private boolean fits(Route route, RiderWork taker, List<Job> held, Job job) {
    Map<String, Integer> units = new HashMap<>();
    Map<String, Integer> grams = new HashMap<>();
    Set<String> direct = new HashSet<>();
    int aboard = 0;
    int weight = 0;
    for (Job one : held) {
      units.put(one.id(), one.loadUnits());
      grams.put(one.id(), one.weightGrams());
      if (one.direct()) {
        direct.add(one.id());
      }
      aboard += one.aboard() ? one.loadUnits() : 0;
      weight += one.aboard() ? one.weightGrams() : 0;
    }
    units.put(job.id(), job.loadUnits());
    grams.put(job.id(), job.weightGrams());
    boolean alone = job.direct() || !direct.isEmpty();
    if (alone && !held.isEmpty()) {
      return false;
    }
    if (job.aboard()) {
      aboard += job.loadUnits();
      weight += job.weightGrams();
    }
    int most = taker.capacityGrams(settings.gramsPerUnit());
    return aboard <= taker.capacityUnits()
        && weight <= most
        && route.feasible(aboard, taker.capacityUnits(), units, direct)
        && route.feasible(weight, most, grams, Set.of());
  }

  private DispatchReceipt receipt(String jobId, String areaId, String riderId, Instant now) {
    return new DispatchReceipt(
        HANDED_OVER,
        new JobId(jobId),
        city.id(),
        new AreaId(areaId),
        now,
        "HAND_OVER",
        new RiderId(riderId),
        List.of(),
        Map.of(),
        HANDED_OVER,
        EngineVersion.present());
  }

  private static Instant arrival(Route route, String jobId, RouteStop.Kind kind) {
    return route.find(jobId, kind).orElseThrow().plannedArrivalAt();
  }

  private static Problem notAble(String field, String why) {
    return Problem.conflict("not-able", field, why);
  }
}
