package org.shanpai.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.shanpai.bench.city.CitySize;
import org.shanpai.bench.city.CitySnapshot;
import org.shanpai.bench.city.EngineRecords;
import org.shanpai.engine.Courier;
import org.shanpai.engine.DispatchEngine;
import org.shanpai.engine.Job;
import org.shanpai.engine.Plan;
import org.shanpai.engine.SolveLimit;
import org.shanpai.engine.Stop;
import org.shanpai.engine.StopKind;
import org.shanpai.engine.Wave;

class RouteJudgeTest {

  private static Wave wave;
  private static Map<String, List<Stop>> planned;

  @BeforeAll
  static void plan() {
    wave = CitySnapshot.wave(11, CitySize.of(40, 120), SolveLimit.steps(500));
    planned = new HashMap<>();
    new DispatchEngine(System::nanoTime).solve(wave, planned::putAll);
  }

  @Test
  void agreesWithTheEnginesOwnCostOnEveryWave() {
    DispatchEngine engine = new DispatchEngine(System::nanoTime);
    for (long seed = 1; seed <= 12; seed++) {
      for (int steps : new int[] {0, 300}) {
        Wave each = CitySnapshot.wave(seed, CitySize.of(30, 80), SolveLimit.steps(steps));
        Map<String, List<Stop>> whole = new HashMap<>();
        Plan plan = engine.solve(each, whole::putAll);
        RouteJudge.Verdict verdict = new RouteJudge(each).judge(whole);
        assertThat(verdict.broken()).isEmpty();
        assertThat(verdict.cost())
            .as("seed %d, %d steps", seed, steps)
            .isEqualTo(plan.cost().total());
      }
    }
  }

  @Test
  void nothingPlannedCostsTheCommittedRoutesAndEveryHold() {
    RouteJudge judge = new RouteJudge(wave);
    RouteJudge.Verdict verdict = judge.judge(Map.of());
    assertThat(verdict.held()).isEqualTo(wave.jobs().size());
    FlatWave flat = new FlatWave(wave);
    long holds = 0;
    for (long price : flat.holdCost) {
      holds += price;
    }
    assertThat(verdict.cost()).isEqualTo(judge.committedCost() + holds);
  }

  private static Courier withNewWork() {
    return wave.couriers().stream()
        .filter(c -> planned.get(c.id()).size() >= c.route().size() + 2)
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, List<Stop>> with(String courier, List<Stop> route) {
    Map<String, List<Stop>> routes = new HashMap<>(planned);
    routes.put(courier, route);
    return routes;
  }

  private static void assertRejected(Map<String, List<Stop>> routes, Courier courier) {
    RouteJudge judge = new RouteJudge(wave);
    RouteJudge.Verdict before = judge.judge(planned);
    RouteJudge.Verdict after = judge.judge(routes);
    assertThat(before.broken()).isEmpty();
    assertThat(after.broken()).anyMatch(why -> why.contains(courier.id()));
    assertThat(after.held()).isGreaterThan(before.held());
  }

  @Test
  void aDropOffBeforeItsPickupIsRejectedAndItsJobsAreHeld() {
    Courier courier = withNewWork();
    List<Stop> route = new ArrayList<>(planned.get(courier.id()));
    Collections.reverse(route.subList(courier.pinnedStops(), route.size()));
    assertRejected(with(courier.id(), route), courier);
  }

  @Test
  void aLostCommittedStopIsRejected() {
    Courier courier =
        wave.couriers().stream()
            .filter(
                c ->
                    planned.get(c.id()).size() >= c.route().size() + 2
                        && c.route().size() > c.pinnedStops())
            .findFirst()
            .orElseThrow();
    List<Stop> route = new ArrayList<>(planned.get(courier.id()));
    route.remove(courier.route().get(courier.route().size() - 1));
    assertRejected(with(courier.id(), route), courier);
  }

  @Test
  void aRouteThatForgetsThePinnedStopIsRejected() {
    Courier courier =
        wave.couriers().stream()
            .filter(c -> c.pinnedStops() > 0 && planned.get(c.id()).size() >= c.route().size() + 2)
            .findFirst()
            .orElseThrow();
    List<Stop> route = new ArrayList<>(planned.get(courier.id()));
    route.add(route.remove(0));
    assertRejected(with(courier.id(), route), courier);
  }

  @Test
  void aStopWithABetterPromiseThanTheJobsIsRejected() {
    Courier courier = withNewWork();
    List<Stop> route = new ArrayList<>(planned.get(courier.id()));
    for (int i = courier.pinnedStops(); i < route.size(); i++) {
      Stop stop = route.get(i);
      if (stop.kind() == StopKind.DROPOFF && !courier.route().contains(stop)) {
        route.set(
            i,
            new Stop(
                stop.jobId(),
                stop.kind(),
                stop.place(),
                stop.earliestMillis(),
                stop.dueMillis() + 3_600_000,
                stop.serviceSeconds(),
                stop.loadUnits(),
                stop.weightGrams(),
                stop.longestCarrySeconds(),
                stop.takenMillis()));
      }
    }
    assertRejected(with(courier.id(), route), courier);
  }

  @Test
  void anExcludedCourierCannotBeGivenTheJob() {
    Job declined =
        wave.jobs().stream().filter(job -> !job.excludedCouriers().isEmpty()).findFirst().get();
    String id = declined.excludedCouriers().iterator().next();
    Courier courier =
        wave.couriers().stream().filter(c -> c.id().equals(id)).findFirst().orElseThrow();
    List<Stop> route = new ArrayList<>(courier.route());
    route.addAll(List.of(EngineRecords.stops(declined)));
    RouteJudge.Verdict verdict = new RouteJudge(wave).judge(Map.of(id, route));
    assertThat(verdict.broken()).anyMatch(why -> why.contains("excluded"));
    assertThat(verdict.planned()).isZero();
  }

  @Test
  void aJobOnTwoRoutesCountsOnce() {
    Job job = wave.jobs().get(0);
    List<Stop> both = List.of(EngineRecords.stops(job));
    Map<String, List<Stop>> routes = new HashMap<>();
    wave.couriers().stream()
        .filter(c -> c.route().isEmpty() && c.acceptsOffers())
        .filter(c -> c.equipment().containsAll(job.needs()))
        .filter(c -> c.shiftEndMillis() == 0 && c.dutyEndMillis() == 0)
        .limit(2)
        .forEach(c -> routes.put(c.id(), both));
    assertThat(routes).hasSize(2);
    RouteJudge.Verdict verdict = new RouteJudge(wave).judge(routes);
    assertThat(verdict.planned()).isEqualTo(1);
    assertThat(verdict.broken()).hasSize(1);
  }
}
