package org.shanpai.dispatch.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.event.RouteStop.Kind;

/** By when four of five riders are at a door: held against seeded days in which they ride there. */
class ArrivalsTest {

  private static final double Z80 = 0.8416212335729143;
  private static final int RIDE = 120;
  private static final int SERVICE = 140;
  private static final Instant NOW = Instant.parse("2026-03-02T04:00:00Z");
  private static final GeoPoint HERE = new GeoPoint(31.23, 121.47);
  private static final Arrivals ARRIVALS = new Arrivals(RIDE, SERVICE);

  private static PlannedStop stop(
      String job, Kind kind, int travel, int service, Integer p80, Integer ready, int late) {
    Instant readyAt = ready == null ? null : NOW.plusSeconds(ready);
    return new PlannedStop(
        job, kind, HERE, travel, service, readyAt, readyAt, NOW, NOW, false, new Spread(p80, late));
  }

  private static Route route(PlannedStop... stops) {
    Route route = Route.EMPTY;
    for (PlannedStop stop : stops) {
      route = route.then(stop, NOW);
    }
    return route;
  }

  private static int between(Random random, int from, int to) {
    return from + random.nextInt(to - from + 1);
  }

  private static double logNormal(double median, double ratio, Random random) {
    return median <= 0 ? 0 : median * Math.exp(Math.log(ratio) / Z80 * random.nextGaussian());
  }

  /** One day's arrival at the last stop, seconds after now. */
  private static double ridden(Route route, boolean kitchensLogNormal, Random random) {
    double time = 0;
    for (int i = 0; i < route.stops().size(); i++) {
      PlannedStop stop = route.stops().get(i);
      time += logNormal(stop.travelSeconds(), RIDE / 100.0, random);
      if (i == route.stops().size() - 1) {
        return time;
      }
      if (stop.readyAt() != null) {
        double told = Duration.between(NOW, stop.readyAt()).toSeconds();
        int late = stop.spread().readySeconds();
        double ready =
            kitchensLogNormal
                ? logNormal(told, (told + late) / told, random)
                : told + late / Z80 * random.nextGaussian();
        time = Math.max(time, ready);
      }
      Integer p80 = stop.spread().serviceP80Seconds();
      double ratio = p80 == null ? SERVICE / 100.0 : (double) p80 / stop.serviceSeconds();
      time += logNormal(stop.serviceSeconds(), ratio, random);
    }
    throw new IllegalArgumentException("a route without stops");
  }

  /** The share of arrivals before the p80, over many routes and days. */
  private static double before(
      long seed, boolean kitchensLogNormal, Function<Random, Route> routes) {
    Random random = new Random(seed * 2_654_435_761L);
    int before = 0;
    int all = 0;
    for (int i = 0; i < 400; i++) {
      Route route = routes.apply(random);
      String last = route.stops().get(route.stops().size() - 1).jobId();
      double p80 = Duration.between(NOW, ARRIVALS.p80(route, last, NOW)).toMillis() / 1000.0;
      for (int day = 0; day < 250; day++) {
        before += ridden(route, kitchensLogNormal, random) <= p80 ? 1 : 0;
        all++;
      }
    }
    return (double) before / all;
  }

  private static Route oneJob(Random r) {
    int service = between(r, 30, 120);
    return route(
        stop(
            "a",
            Kind.PICKUP,
            between(r, 60, 600),
            service,
            service * 3 / 2,
            between(r, 200, 900),
            between(r, 30, 300)),
        stop("a", Kind.DROPOFF, between(r, 200, 900), 180, 280, null, 0));
  }

  private static Route bundle(Random r) {
    int jobs = between(r, 2, 4);
    List<PlannedStop> stops = new ArrayList<>();
    for (int i = 0; i < jobs; i++) {
      stops.add(
          stop(
              "j" + i,
              Kind.PICKUP,
              between(r, 60, 400),
              between(r, 30, 120),
              null,
              between(r, 200, 900),
              between(r, 30, 300)));
    }
    for (int i = 0; i < jobs; i++) {
      int door = between(r, 60, 300);
      stops.add(stop("j" + i, Kind.DROPOFF, between(r, 60, 500), door, door * 8 / 5, null, 0));
    }
    return route(stops.toArray(PlannedStop[]::new));
  }

  @Test
  void fourOfFiveRidersAreThereByThenWhateverTheUncertaintyIsMadeOf() {
    assertShare(
        "a ride alone",
        1,
        false,
        r -> route(stop("a", Kind.DROPOFF, between(r, 200, 900), 180, null, null, 0)));
    assertShare("one job", 2, false, ArrivalsTest::oneJob);
    assertShare(
        "a kitchen that decides",
        3,
        true,
        r ->
            route(
                stop("a", Kind.PICKUP, 60, 60, 90, 600, 276),
                stop("a", Kind.DROPOFF, 400, 180, 260, null, 0)));
    assertShare("several jobs at once", 4, false, ArrivalsTest::bundle);
    assertShare("several, and kitchens late at length", 5, true, ArrivalsTest::bundle);
  }

  private static void assertShare(
      String what, long seed, boolean kitchensLogNormal, Function<Random, Route> routes) {
    assertThat(before(seed, kitchensLogNormal, routes)).as(what).isBetween(0.77, 0.83);
  }

  private static long margin(Route route, String job) {
    Instant planned = route.find(job, Kind.DROPOFF).orElseThrow().plannedArrivalAt();
    return Duration.between(planned, ARRIVALS.p80(route, job, NOW)).toSeconds();
  }

  @Test
  void anUncertainKitchenMovesItLaterAndGoodsThatAreReadyDoNot() {
    PlannedStop door = stop("a", Kind.DROPOFF, 400, 180, null, null, 0);
    Route sure = route(stop("a", Kind.PICKUP, 60, 60, 62, 600, 5), door);
    Route unsure = route(stop("a", Kind.PICKUP, 60, 60, 62, 600, 300), door);
    Route ready = route(stop("a", Kind.PICKUP, 600, 60, 62, -60, 0), door);
    assertThat(sure.find("a", Kind.DROPOFF).orElseThrow().plannedArrivalAt())
        .as("the plans are the same")
        .isEqualTo(unsure.find("a", Kind.DROPOFF).orElseThrow().plannedArrivalAt());
    assertThat(margin(unsure, "a")).isGreaterThan(margin(sure, "a") + 150);
    assertThat(margin(ready, "a")).isBetween(100L, 200L);
  }

  @Test
  void uncertaintyAddsUpAsVariancesAndNotLegByLeg() {
    long one = margin(route(stop("a", Kind.DROPOFF, 900, 180, null, null, 0)), "a");
    Route four =
        route(
            stop("b", Kind.DROPOFF, 225, 0, null, null, 0),
            stop("c", Kind.DROPOFF, 225, 0, null, null, 0),
            stop("d", Kind.DROPOFF, 225, 0, null, null, 0),
            stop("a", Kind.DROPOFF, 225, 180, null, null, 0));
    assertThat(one).isBetween(170L, 215L);
    assertThat(margin(four, "a")).as("four short rides for one long").isBetween(85L, one - 60);
  }

  @Test
  void whatIsPlannedAfterTheDoorOrIsOverIsNoUncertainty() {
    PlannedStop door = stop("a", Kind.DROPOFF, 400, 180, null, null, 0);
    Route alone = route(door);
    Route more = route(door, stop("b", Kind.PICKUP, 300, 60, null, 2_000, 900));
    assertThat(ARRIVALS.p80(more, "a", NOW)).isEqualTo(ARRIVALS.p80(alone, "a", NOW));
    Route standing =
        route(stop("a", Kind.PICKUP, 500, 60, 61, -10, 0), door)
            .arrivedAt("a", Kind.PICKUP, NOW.minusSeconds(30));
    assertThat(margin(standing, "a")).isLessThan(margin(alone, "a") + 15);
    assertThat(ARRIVALS.p80(alone, "nobody's", NOW)).isNull();
  }

  @Test
  void itIsNeverBeforeThePlan() {
    Arrivals certain = new Arrivals(100, 100);
    Random random = new Random(99);
    for (int i = 0; i < 500; i++) {
      Route route = bundle(random);
      for (PlannedStop stop : route.stops()) {
        if (stop.kind() == Kind.DROPOFF) {
          assertThat(ARRIVALS.p80(route, stop.jobId(), NOW))
              .isAfterOrEqualTo(stop.plannedArrivalAt());
          assertThat(certain.p80(route, stop.jobId(), NOW))
              .isAfterOrEqualTo(stop.plannedArrivalAt());
        }
      }
    }
  }
}
