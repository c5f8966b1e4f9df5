package org.shanpai.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.shanpai.engine.foresight.Futures;
import org.shanpai.engine.routing.WaveCompiler;
import org.shanpai.engine.routing.WaveProblem;
import org.shanpai.engine.solver.StepWatch;

/** Whole trips, shared pickups, earlier plans and what is expected. */
class TripsAndFuturesTest {

  private final DispatchEngine engine = new DispatchEngine(System::nanoTime);

  /** A wave of whole trips from few shops, with futures, end prices and guaranteed pay. */
  private static Wave wave(long seed, int jobs, int couriers, int steps, int futures) {
    Wave base = RandomWaves.wave(seed, jobs, couriers, SolveLimit.steps(steps));
    SplittableRandom random = new SplittableRandom(seed + 77);
    int shops = 3;
    List<Job> fewShops = new ArrayList<>();
    for (Job job : base.jobs()) {
      fewShops.add(
          new Job(
              job.id(),
              base.jobs().get(random.nextInt(Math.min(shops, base.jobs().size()))).pickup(),
              job.dropoff(),
              job.readyMillis(),
              job.promiseEndMillis(),
              Math.min(job.placedMillis(), base.nowMillis()),
              job.pickupServiceSeconds(),
              job.dropoffServiceSeconds(),
              1,
              0,
              0,
              false,
              Set.of(),
              Set.of(),
              0));
    }
    List<Courier> people = new ArrayList<>();
    for (Courier courier : base.couriers()) {
      people.add(
          new Courier(
              courier.id(),
              courier.place(),
              courier.freeAtMillis() + (random.nextBoolean() ? 0 : random.nextInt(900_000)),
              4,
              Integer.MAX_VALUE,
              0,
              List.of(),
              0,
              List.of(),
              courier.shiftEndMillis(),
              0,
              1,
              0,
              Set.of(),
              true,
              0,
              0,
              random.nextInt(3)));
    }
    return new Wave(
        base.areaId(),
        base.nowMillis(),
        seed,
        fewShops,
        people,
        base.times(),
        EngineWeights.clickToDoor(60),
        base.limit(),
        WaveRules.WHOLE_TRIPS,
        new Foresight(
            Futures.drawn(fewShops, base.nowMillis(), 2_400_000, 1_200_000, futures, seed),
            Futures.endPrices(fewShops, base.times(), 150),
            100,
            50),
        Map.of());
  }

  @Test
  void everyScoreOfWholeTripsEqualsTheSlowOne() {
    AtomicInteger compared = new AtomicInteger();
    AtomicInteger together = new AtomicInteger();
    for (int seed = 0; seed < 6; seed++) {
      Wave wave = wave(seed, 12 + 2 * seed, 5, 400, 0);
      WaveProblem problem = WaveCompiler.compile(wave);
      SlowCost slow = new SlowCost(wave);
      StepWatch watch =
          (routes, hard, soft) -> {
            assertThat(-soft)
                .isEqualTo(IncrementalScoreTest.slow(wave, problem, slow, routes.get()));
            compared.incrementAndGet();
            for (int[] route : routes.get()) {
              for (int i = 2; route[0] >= 0 && i < route.length; i++) {
                if (problem.pickup[route[i]] && problem.pickup[route[i - 1]]) {
                  together.incrementAndGet();
                }
              }
            }
          };
      assertThat(engine.solve(wave, watch).stats().failure()).isNull();
    }
    assertThat(compared.get()).isGreaterThan(500);
    assertThat(together.get()).as("orders taken in one visit").isGreaterThan(100);
  }

  @Test
  void offersAreWholeTripsOfOneShopAndNothingForeseenIsDecided() {
    int offers = 0;
    int disagreed = 0;
    for (int seed = 0; seed < 16; seed++) {
      Wave wave = wave(seed, 15, 6, 300, 6);
      Plan plan = engine.solve(wave);
      assertThat(plan.stats().failure()).as("seed %d", seed).isNull();
      assertThat(PlanChecker.violations(wave, plan)).as("seed %d", seed).isEmpty();
      assertThat(plan.decisions()).hasSize(wave.jobs().size());
      for (List<Stop> route : plan.routes().values()) {
        assertThat(route).noneMatch(stop -> stop.jobId().startsWith("future"));
        assertThat(route.stream().filter(s -> s.kind() == StopKind.PICKUP).map(Stop::place))
            .as("shops of one trip")
            .containsOnly(route.get(0).place());
      }
      for (JobDecision decision : plan.decisions()) {
        offers += decision instanceof JobDecision.Offer ? 1 : 0;
        disagreed +=
            decision instanceof JobDecision.Hold hold
                    && hold.reason() == DecisionRule.FUTURES_DISAGREE
                ? 1
                : 0;
      }
      Plan again = new DispatchEngine(System::nanoTime).solve(wave);
      assertThat(again.decisions()).as("seed %d again", seed).isEqualTo(plan.decisions());
    }
    assertThat(offers).isGreaterThan(25);
    assertThat(disagreed).as("jobs that the futures keep waiting").isPositive();
  }

  @Test
  void anEarlierPlanIsTakenOver() {
    for (int seed = 0; seed < 10; seed++) {
      Wave wave = wave(seed, 14, 6, 2_000, 0);
      Map<String, List<Stop>> sketch = new HashMap<>();
      Plan searched = engine.solve(wave, sketch::putAll);
      Wave again =
          new Wave(
              wave.areaId(),
              wave.nowMillis(),
              seed + 1,
              wave.jobs(),
              wave.couriers(),
              wave.times(),
              wave.weights(),
              SolveLimit.constructionOnly(),
              wave.rules(),
              wave.foresight(),
              sketch);
      assertThat(engine.solve(again).cost()).as("seed %d", seed).isEqualTo(searched.cost());
      Map<String, List<Stop>> nonsense = new HashMap<>();
      List<Stop> twice = new ArrayList<>(sketch.values().iterator().next());
      wave.couriers().forEach(courier -> nonsense.put(courier.id(), twice));
      nonsense.put("nobody", twice);
      Wave confused =
          new Wave(
              wave.areaId(),
              wave.nowMillis(),
              seed,
              wave.jobs(),
              wave.couriers(),
              wave.times(),
              wave.weights(),
              wave.limit(),
              wave.rules(),
              wave.foresight(),
              nonsense);
      Plan plan = engine.solve(confused);
      assertThat(plan.stats().failure()).isNull();
      assertThat(PlanChecker.violations(confused, plan)).isEmpty();
    }
  }

  @Test
  void guaranteedPayIsUsedUpBeforeAnybodyIsPaidByTheJob() {
    GridCity city = new GridCity(5);
    Wave base =
        city.wave(
            SolveLimit.steps(10),
            List.of(GridCity.job("J", city.at(1, 1), city.at(3, 1), 0, 60)),
            List.of(GridCity.courier("paid", city.at(1, 2))));
    Courier near = base.couriers().get(0);
    Courier covered = withCovered(near, "covered", 5);
    Courier beyond = withCovered(near, "beyond", 0);
    for (List<Courier> people : List.of(List.of(covered, beyond), List.of(beyond, covered))) {
      Wave wave =
          new Wave(
              "a",
              base.nowMillis(),
              1,
              base.jobs(),
              people,
              base.times(),
              EngineWeights.clickToDoor(60),
              SolveLimit.steps(100));
      assertThat(engine.solve(wave).decisions().get(0))
          .isInstanceOfSatisfying(
              JobDecision.Offer.class, o -> assertThat(o.courierId()).isEqualTo("covered"));
    }
  }

  private static Courier withCovered(Courier c, String id, int covered) {
    return new Courier(
        id,
        c.place(),
        c.freeAtMillis(),
        c.capacityUnits(),
        c.capacityGrams(),
        c.loadUnits(),
        c.route(),
        c.pinnedStops(),
        c.releasable(),
        c.shiftEndMillis(),
        c.dutyEndMillis(),
        c.speedFactor(),
        c.levelMillis(),
        c.equipment(),
        c.acceptsOffers(),
        c.onlineHours(),
        c.earnedOrders(),
        covered);
  }

  @Test
  void futuresRepeatTheRecentPastAtOtherMoments() {
    Wave wave = wave(3, 20, 5, 10, 0);
    long now = wave.nowMillis();
    List<List<Job>> futures = Futures.drawn(wave.jobs(), now, 1_200_000, 600_000, 50, 9);
    assertThat(futures)
        .hasSize(50)
        .isEqualTo(Futures.drawn(wave.jobs(), now, 1_200_000, 600_000, 50, 9));
    Set<Integer> doors = new HashSet<>();
    wave.jobs().forEach(job -> doors.add(job.dropoff()));
    for (List<Job> future : futures) {
      assertThat(future).hasSize(10);
      for (Job job : future) {
        assertThat(job.placedMillis()).isBetween(now + 1, now + 600_001);
        assertThat(doors).contains(job.dropoff());
      }
    }
    assertThat(Futures.drawn(List.of(), now, 1, 600_000, 2, 9))
        .containsExactly(List.of(), List.of());
    assertThatThrownBy(() -> new Foresight(List.of(), new int[0], -1, 50))
        .hasMessageContaining("stepsPerFuture -1");
    assertThatThrownBy(() -> new Foresight(List.of(), new int[0], 1, 101))
        .hasMessageContaining("neededPercent 101");
  }

  @Test
  void endingFarFromTheDemandCostsTheDelayItWouldCause() {
    GridCity city = new GridCity(9);
    Wave wave =
        city.wave(
            SolveLimit.steps(1),
            List.of(GridCity.job("J", city.at(0, 0), city.at(1, 1), 5, 60)),
            List.of());
    Job job = wave.jobs().get(0);
    long notice = (job.readyMillis() - job.placedMillis()) / 1000;
    int[] prices = Futures.endPrices(List.of(job), wave.times(), 3);
    assertThat(prices[city.at(0, 0)]).isZero();
    assertThat(prices[city.at(8, 8)]).isEqualTo((int) (3 * (16 * 60 - notice)));
    assertThat(Futures.endPrices(List.of(), wave.times(), 3)).containsOnly(0);
  }
}
