package org.shanpai.dispatch.hall;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.shanpai.chassis.City;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.JobId;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.dispatch.DispatchSettings;
import org.shanpai.dispatch.area.AreaShape;
import org.shanpai.dispatch.area.Areas;
import org.shanpai.dispatch.geo.Geo;
import org.shanpai.dispatch.geo.GeoAway;
import org.shanpai.dispatch.job.Job;
import org.shanpai.dispatch.job.Jobs;
import org.shanpai.dispatch.offer.Offers;
import org.shanpai.dispatch.pool.PoolRules;
import org.shanpai.dispatch.pool.Pools;
import org.shanpai.dispatch.work.NoOffers;
import org.shanpai.dispatch.work.PlannedStop;
import org.shanpai.dispatch.work.RiderWork;
import org.shanpai.dispatch.work.RiderWorks;
import org.shanpai.dispatch.work.Whereabouts;
import org.shanpai.messaging.Tx;

/** What a rider sees of the hall. */
@ApplicationScoped
public class Hall {

  /** Straight metres to a store beyond which nobody grabs in an area whose border is unknown. */
  private static final int FARTHEST_WITHOUT_BORDER = 5_000;

  /** Jobs looked at for one rider. */
  private static final int MOST_READ = 1_000;

  /**
   * A rider as the hall finds them.
   *
   * @param place of the last ping
   * @param areas with a hall and within the rider's reach; empty when they may not grab
   */
  record Visitor(RiderWork work, PoolRules rules, GeoPoint place, Map<String, AreaShape> areas) {}

  private final Tx tx;
  private final RiderWorks works;
  private final Jobs jobs;
  private final Areas areas;
  private final Pools pools;
  private final Offers offers;
  private final Geo geo;
  private final City city;
  private final CityClock clock;
  private final DispatchSettings settings;

  public Hall(
      Tx tx,
      RiderWorks works,
      Jobs jobs,
      Areas areas,
      Pools pools,
      Offers offers,
      Geo geo,
      City city,
      CityClock clock,
      DispatchSettings settings) {
    this.tx = tx;
    this.works = works;
    this.jobs = jobs;
    this.areas = areas;
    this.pools = pools;
    this.offers = offers;
    this.geo = geo;
    this.city = city;
    this.clock = clock;
    this.settings = settings;
  }

  /**
   * The jobs a rider could grab now, nearest store first; none for who is offline, paused or of a
   * pool that does not grab.
   *
   * @throws Problem 404 for an unknown rider; 409 {@code position-unknown} without a fresh ping,
   *     {@code low-battery}, {@code position-not-trusted}; 503 while positions are unknown to
   *     everybody
   */
  public Uni<List<HallJob>> seenBy(String riderId) {
    return visitor(riderId)
        .chain(
            visitor ->
                visitor.areas().isEmpty() || !visitor.work().takesOffers(clock.now())
                    ? Uni.createFrom().item(List.<HallJob>of())
                    : tx.detached(
                            () ->
                                tx.read(
                                    () ->
                                        offers
                                            .barredFrom(riderId, clock.now())
                                            .chain(
                                                barred ->
                                                    jobs.open(
                                                            visitor.areas().keySet(),
                                                            clock.now(),
                                                            MOST_READ)
                                                        .map(open -> allowed(open, barred)))))
                        .map(
                            open ->
                                open.stream()
                                    .filter(job -> fits(job, visitor))
                                    .map(job -> shown(job, visitor))
                                    .sorted(Comparator.comparingInt(HallJob::metresToStore))
                                    .limit(settings.hallMostJobs())
                                    .toList()));
  }

  private static List<Job> allowed(List<Job> open, Set<String> barred) {
    return open.stream().filter(job -> !barred.contains(job.id())).toList();
  }

  /** Who asks, where they are and how far they reach. */
  Uni<Visitor> visitor(String riderId) {
    return tx.detached(
            () ->
                tx.read(
                    () ->
                        works
                            .list(List.of(riderId))
                            .chain(
                                found -> {
                                  if (found.isEmpty()) {
                                    throw Problem.notFound("rider " + riderId);
                                  }
                                  RiderWork work = found.get(0);
                                  return pools
                                      .of(work.pool())
                                      .chain(
                                          rules ->
                                              areas
                                                  .withHall()
                                                  .map(
                                                      halls ->
                                                          new Visitor(work, rules, null, halls)));
                                })))
        .chain(
            visitor ->
                !visitor.rules().mayGrab() || visitor.areas().isEmpty()
                    ? Uni.createFrom()
                        .item(new Visitor(visitor.work(), visitor.rules(), null, Map.of()))
                    : placed(visitor));
  }

  private Uni<Visitor> placed(Visitor visitor) {
    return geo.position(visitor.work().riderId())
        .onFailure(GeoAway.class)
        .transform(away -> Problem.unavailable("Positions are unknown just now; try again.", 2))
        .map(
            seen -> {
              Instant freshFrom = clock.now().minusSeconds(settings.positionFreshSeconds());
              if (seen == null || seen.at().isBefore(freshFrom)) {
                throw Problem.conflict(
                    "position-unknown",
                    "Send a position first: the hall shows what is in your reach.");
              }
              Whereabouts where =
                  Whereabouts.of(seen, visitor.work(), Whereabouts.Rules.of(settings), clock.now());
              requireFit(where.noOffers());
              Map<String, AreaShape> near = new java.util.HashMap<>();
              visitor
                  .areas()
                  .forEach(
                      (area, shape) -> {
                        if (inReach(shape, where.place(), visitor)) {
                          near.put(area, shape);
                        }
                      });
              return new Visitor(visitor.work(), visitor.rules(), where.place(), near);
            });
  }

  private static void requireFit(NoOffers noOffers) {
    if (noOffers == NoOffers.LOW_BATTERY) {
      throw Problem.conflict(
          "low-battery", "Charge your phone first: it would not last through another job.");
    }
    if (noOffers == NoOffers.POSITION_NOT_TRUSTED) {
      throw Problem.conflict(
          "position-not-trusted",
          "Your position has not been certain for a while; go where the sky is open.");
    }
  }

  private static boolean inReach(AreaShape shape, GeoPoint place, Visitor visitor) {
    List<PlannedStop> stops = visitor.work().route().stops();
    GeoPoint free = stops.isEmpty() ? place : stops.get(stops.size() - 1).place();
    return Math.min(shape.metresOutside(place), shape.metresOutside(free))
        <= visitor.rules().reachMetres();
  }

  private boolean fits(Job job, Visitor visitor) {
    boolean nearEnough =
        visitor.areas().get(job.areaId()).known()
            || job.pickup().metresTo(visitor.place()) <= FARTHEST_WITHOUT_BORDER;
    return nearEnough
        && job.loadUnits() <= visitor.work().capacityUnits()
        && job.weightGrams() <= visitor.work().capacityGrams(settings.gramsPerUnit())
        && visitor.work().equipment().containsAll(job.needs());
  }

  /** How many jobs the rider may have in hand. */
  int carryCap(Visitor visitor) {
    PoolRules rules = visitor.rules();
    return rules.carryCap(
        visitor.work().newcomer(city.businessDate(clock.now()), rules.newcomerDays()));
  }

  private static HallJob shown(Job job, Visitor visitor) {
    return new HallJob(
        new JobId(job.id()),
        job.epoch(),
        new AreaId(job.areaId()),
        new StoreId(job.storeId()),
        job.pickup(),
        job.dropoff(),
        job.promise(),
        job.readyOrExpected(),
        job.loadUnits(),
        job.weightGrams(),
        job.needs(),
        job.direct(),
        job.payFor(visitor.rules().payStepFen()),
        job.terms().tip(),
        (int) Math.round(job.pickup().metresTo(visitor.place())));
  }
}
