package org.shanpai.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.shanpai.engine.GridCity.courier;
import static org.shanpai.engine.GridCity.dropoff;
import static org.shanpai.engine.GridCity.job;
import static org.shanpai.engine.GridCity.pickup;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.shanpai.engine.JobDecision.NoCourier;
import org.shanpai.engine.JobDecision.Offer;

/** Bad entries are answered with a reason; good ones beside them are served. */
class BadWaveTest {

  private static final SolveLimit STEPS = SolveLimit.steps(300);

  private final GridCity city = new GridCity(10);
  private final DispatchEngine engine = new DispatchEngine(System::nanoTime);

  private Plan solve(Wave wave) {
    Plan plan = engine.solve(wave);
    assertThat(plan.stats().failure()).isNull();
    assertThat(PlanChecker.violations(wave, plan)).isEmpty();
    return plan;
  }

  private DecisionRule reason(GridCity.JobMaker bad) {
    Wave wave =
        city.wave(
            STEPS,
            List.of(bad, job("good", city.at(5, 5), city.at(6, 6), 0, 30)),
            List.of(courier("one", city.at(5, 4)), courier("two", city.at(4, 4))));
    Plan plan = solve(wave);
    assertThat(plan.decisions().get(1)).as("the good job").isInstanceOf(Offer.class);
    assertThat(plan.decisions().get(0)).isInstanceOf(NoCourier.class);
    return ((NoCourier) plan.decisions().get(0)).reason();
  }

  @Test
  void valuesOutOfRangeAreRefusedOneByOne() {
    GridCity.JobMaker negativeReady = job("J", 1, 2, 0, 30);
    negativeReady.ready = -5;
    assertThat(reason(negativeReady)).isEqualTo(DecisionRule.VALUE_OUT_OF_RANGE);
    GridCity.JobMaker noPromise = job("J", 1, 2, 0, 30);
    noPromise.due = 0;
    assertThat(reason(noPromise)).isEqualTo(DecisionRule.VALUE_OUT_OF_RANGE);
    GridCity.JobMaker negativeService = job("J", 1, 2, 0, 30);
    negativeService.pickupService = -1;
    assertThat(reason(negativeService)).isEqualTo(DecisionRule.VALUE_OUT_OF_RANGE);
    GridCity.JobMaker endlessService = job("J", 1, 2, 0, 30);
    endlessService.dropoffService = Integer.MAX_VALUE;
    assertThat(reason(endlessService)).isEqualTo(DecisionRule.VALUE_OUT_OF_RANGE);
    assertThat(reason(job("J", 1, 2, 0, 30).units(-1))).isEqualTo(DecisionRule.VALUE_OUT_OF_RANGE);
    GridCity.JobMaker negativeHold = job("J", 1, 2, 0, 30);
    negativeHold.holdUntil = -1;
    assertThat(reason(negativeHold)).isEqualTo(DecisionRule.VALUE_OUT_OF_RANGE);
  }

  @Test
  void weightAndCarryOutOfRangeAreRefused() {
    assertThat(reason(job("J", 1, 2, 0, 30).grams(-1))).isEqualTo(DecisionRule.VALUE_OUT_OF_RANGE);
    assertThat(reason(job("J", 1, 2, 0, 30).grams(1_000_001)))
        .isEqualTo(DecisionRule.VALUE_OUT_OF_RANGE);
    assertThat(reason(job("J", 1, 2, 0, 30).grams(Integer.MAX_VALUE)))
        .isEqualTo(DecisionRule.VALUE_OUT_OF_RANGE);
    assertThat(reason(job("J", 1, 2, 0, 30).longestCarry(-1)))
        .isEqualTo(DecisionRule.VALUE_OUT_OF_RANGE);
    assertThat(reason(job("J", 1, 2, 0, 30).longestCarry(1)))
        .isEqualTo(DecisionRule.CARRY_TOO_LONG);
  }

  @Test
  void endlessLimitsAreNone() {
    GridCity.JobMaker patient = job("J", city.at(5, 5), city.at(6, 6), 0, 30);
    patient.longestCarry = Integer.MAX_VALUE;
    GridCity.CourierMaker tireless = courier("one", city.at(5, 4)).grams(Integer.MAX_VALUE);
    tireless.dutyEnd = Long.MAX_VALUE;
    tireless.shiftEnd = Long.MAX_VALUE;
    Plan plan = solve(city.wave(STEPS, List.of(patient), List.of(tireless)));
    assertThat(plan.decisions().get(0)).isInstanceOf(Offer.class);
  }

  @Test
  void hoursOnDutyOverLongAgoAllowNothingNew() {
    GridCity.CourierMaker spent = courier("spent", city.at(5, 4));
    spent.dutyEnd = 1;
    Wave wave =
        city.wave(STEPS, List.of(job("J", city.at(5, 5), city.at(6, 6), 0, 30)), List.of(spent));
    assertThat(solve(wave).decisions().get(0).receipt().rejected())
        .containsEntry(RejectRule.FATIGUE, 1);
  }

  @Test
  void unknownPlacesAndMissingWaysAreNamed() {
    assertThat(reason(job("J", -1, 2, 0, 30))).isEqualTo(DecisionRule.UNKNOWN_PLACE);
    assertThat(reason(job("J", 1, 100, 0, 30))).isEqualTo(DecisionRule.UNKNOWN_PLACE);
    city.noWay(1, 2);
    assertThat(reason(job("J", 1, 2, 0, 30))).isEqualTo(DecisionRule.NO_WAY);
  }

  @Test
  void secondJobOfTheSameIdIsRefused() {
    Wave wave =
        city.wave(
            STEPS,
            List.of(
                job("J", city.at(5, 5), city.at(6, 6), 0, 30),
                job("J", city.at(5, 5), city.at(6, 6), 0, 30)),
            List.of(courier("one", city.at(5, 4))));
    Plan plan = engine.solve(wave);
    assertThat(plan.decisions().get(0)).isInstanceOf(Offer.class);
    assertThat(((NoCourier) plan.decisions().get(1)).reason())
        .isEqualTo(DecisionRule.DUPLICATE_JOB);
  }

  @Test
  void jobOnACommittedRouteIsNotGivenOutAgain() {
    Wave wave =
        city.wave(
            STEPS,
            List.of(job("J", city.at(5, 5), city.at(6, 6), 0, 30)),
            List.of(
                courier("has", city.at(5, 4))
                    .stops(pickup("J", city.at(5, 5), 0), dropoff("J", city.at(6, 6), 30)),
                courier("two", city.at(5, 5))));
    assertThat(((NoCourier) solve(wave).decisions().get(0)).reason())
        .isEqualTo(DecisionRule.ALREADY_COMMITTED);
  }

  @Test
  void courierNobodyCanReasonAboutKeepsTheirRoute() {
    GridCity.CourierMaker tired = courier("tired", city.at(5, 5));
    tired.dutyEnd = -1;
    List<GridCity.CourierMaker> bad =
        List.of(
            courier("nan", city.at(5, 5)).speed(Double.NaN),
            courier("still", city.at(5, 5)).speed(0),
            courier("backward", city.at(5, 5)).speed(-1),
            courier("nowhere", 4711),
            courier("negative", city.at(5, 5)).capacity(-1),
            courier("weightless", city.at(5, 5)).grams(-1),
            courier("feather", city.at(5, 5)).stops(odd(-1, 0, 0)),
            courier("anvil", city.at(5, 5)).stops(odd(Integer.MAX_VALUE, 0, 0)),
            courier("hasty", city.at(5, 5)).stops(odd(1, -1, 0)),
            courier("ancient", city.at(5, 5)).stops(odd(1, 0, -1)),
            tired,
            courier("pinned", city.at(5, 5)).pinned(3),
            courier("reversed", city.at(5, 5))
                .stops(dropoff("x", city.at(1, 1), 30), pickup("x", city.at(2, 2), 0)),
            courier("unfinished", city.at(5, 5)).stops(pickup("y", city.at(2, 2), 0)),
            courier("lost", city.at(5, 5)).stops(dropoff("z", -7, 30)));
    List<GridCity.CourierMaker> all = new ArrayList<>(bad);
    all.add(courier("good", city.at(0, 0)));
    Wave wave = city.wave(STEPS, List.of(job("J", city.at(5, 5), city.at(6, 6), 0, 15)), all);
    Plan plan = solve(wave);
    Offer offer = (Offer) plan.decisions().get(0);
    assertThat(offer.courierId()).isEqualTo("good");
    assertThat(offer.receipt().rejected()).containsEntry(RejectRule.BAD_COURIER_DATA, bad.size());
    assertThat(plan.routes().get("unfinished")).hasSize(1);
  }

  private Stop odd(int grams, int longestCarry, long taken) {
    return new Stop(
        "odd-%d-%d-%d".formatted(grams, longestCarry, taken),
        StopKind.DROPOFF,
        city.at(6, 6),
        0,
        0,
        0,
        1,
        grams,
        longestCarry,
        taken);
  }

  @Test
  void infiniteEarningsAreIgnored() {
    Wave wave =
        city.wave(
            STEPS,
            List.of(job("J", city.at(5, 5), city.at(6, 6), 0, 30)),
            List.of(
                courier("a", city.at(5, 4)).earned(Double.NaN, 3),
                courier("b", city.at(0, 0)).earned(1, Double.POSITIVE_INFINITY)));
    assertThat(((Offer) solve(wave).decisions().get(0)).courierId()).isEqualTo("a");
  }

  @Test
  void courierWithoutAWayIsRejected() {
    city.noWay(city.at(5, 4), city.at(5, 5));
    Wave wave =
        city.wave(
            STEPS,
            List.of(job("J", city.at(5, 5), city.at(6, 6), 0, 20)),
            List.of(courier("cut", city.at(5, 4)), courier("free", city.at(5, 1))));
    Offer offer = (Offer) solve(wave).decisions().get(0);
    assertThat(offer.courierId()).isEqualTo("free");
    assertThat(offer.receipt().rejected()).containsEntry(RejectRule.UNREACHABLE, 1);
  }

  @Test
  void courierWhoseCommittedRouteIsCutKeepsItAndTheOthersWork() {
    city.noWay(city.at(5, 4), city.at(9, 9));
    Wave wave =
        city.wave(
            STEPS,
            List.of(job("J", city.at(5, 5), city.at(6, 6), 0, 20)),
            List.of(
                courier("cut", city.at(5, 4)).load(1).stops(dropoff("o", city.at(9, 9), 20)),
                courier("free", city.at(5, 1))));
    Plan plan = solve(wave);
    assertThat(((Offer) plan.decisions().get(0)).courierId()).isEqualTo("free");
    assertThat(plan.routes().get("cut")).hasSize(1);
  }

  @Test
  void negativeAndAbsurdTravelTimesCountAsNoWay() {
    TravelTimes times =
        TravelTimes.of(2, new int[] {0, -3, TravelTimes.LONGEST_LEG_SECONDS + 1, 0});
    assertThat(times.rejectedCells()).isEqualTo(2);
    assertThat(times.reachable(0, 1)).isFalse();
    assertThat(times.reachable(1, 0)).isFalse();
    assertThatThrownBy(() -> TravelTimes.of(2, new int[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs 4 cells, got 3");
  }

  @Test
  void weightsAndLimitsOutOfRangeNeverReachAWave() {
    assertThatThrownBy(
            () -> new EngineWeights(-1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))
        .hasMessageContaining("travelPerSecond is -1");
    assertThatThrownBy(
            () -> new EngineWeights(0, 0, 0, 0, 0, 0, 0, 0, 31, 0, 0, 0, 0, 0, 0, 0, 0, 0))
        .hasMessageContaining("levelShareMillis is 31");
    assertThatThrownBy(() -> new SolveLimit(0, -1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void emptyWaveGivesAnEmptyPlan() {
    Plan plan = solve(city.wave(STEPS, List.of(), List.of()));
    assertThat(plan.routes()).isEmpty();
    assertThat(plan.decisions()).isEmpty();
    assertThat(plan.cost().total()).isZero();
  }

  @Test
  void couriersWithoutJobsKeepTheirRoutes() {
    Wave wave =
        city.wave(
            STEPS,
            List.of(),
            List.of(courier("busy", 0).load(1).stops(dropoff("o", 9, 30)), courier("idle", 3)));
    assertThat(solve(wave).routes()).containsOnlyKeys("busy");
  }

  @Test
  void promiseInThePastIsServedAtOnce() {
    for (double due : new double[] {-1, -600, -1_000_000}) {
      Plan plan =
          solve(
              city.wave(
                  STEPS,
                  List.of(job("J", city.at(5, 5), city.at(6, 6), -30, due)),
                  List.of(courier("one", city.at(5, 4)))));
      assertThat(((Offer) plan.decisions().get(0)).receipt().rule())
          .isEqualTo(DecisionRule.LEAVE_NOW);
    }
  }

  @Test
  void tinyBudgetGivesTheInsertionPlan() {
    Wave wave = RandomWaves.wave(5, 20, 30, SolveLimit.wallMillis(1));
    long[] clock = {0};
    // Every look at the clock costs a second, so that the budget is gone before the search.
    Plan plan = new DispatchEngine(() -> clock[0] += 1_000_000_000L).solve(wave);
    assertThat(plan.stats().searched()).isFalse();
    assertThat(plan.stats().cost()).isEqualTo(plan.stats().constructedCost());
    assertThat(PlanChecker.violations(wave, plan)).isEmpty();
    assertThat(plan.bundles()).isNotEmpty();
  }

  @Test
  void tenThousandJobsAreAnswered() {
    Random random = new Random(4);
    int width = 30;
    GridCity large = new GridCity(width);
    List<GridCity.JobMaker> jobs = new ArrayList<>();
    for (int j = 0; j < 10_000; j++) {
      jobs.add(
          job(
              "job-" + j,
              random.nextInt(width * width),
              random.nextInt(width * width),
              random.nextInt(20),
              10 + random.nextInt(50)));
    }
    List<GridCity.CourierMaker> couriers = new ArrayList<>();
    for (int c = 0; c < 80; c++) {
      couriers.add(courier("courier-" + c, random.nextInt(width * width)));
    }
    Wave wave = large.wave(SolveLimit.steps(50), jobs, couriers);
    Plan plan = solve(wave);
    assertThat(plan.decisions()).hasSize(10_000);
    assertThat(plan.bundles().size()).isBetween(40, 80);
  }

  @Test
  void randomRubbishNeverThrows() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      Wave base = RandomWaves.wave(seed, 8, 8, SolveLimit.steps(100), 0.8);
      List<Job> jobs = new ArrayList<>();
      for (Job job : base.jobs()) {
        jobs.add(
            new Job(
                job.id(),
                random.nextInt(6) == 0 ? random.nextInt(200) - 50 : job.pickup(),
                job.dropoff(),
                odd(random, job.readyMillis()),
                odd(random, job.promiseEndMillis()),
                odd(random, job.placedMillis()),
                job.pickupServiceSeconds(),
                random.nextInt(8) == 0 ? random.nextInt() : job.dropoffServiceSeconds(),
                random.nextInt(8) == 0 ? random.nextInt() : job.loadUnits(),
                random.nextInt(8) == 0 ? random.nextInt() : job.weightGrams(),
                random.nextInt(8) == 0 ? random.nextInt() : job.longestCarrySeconds(),
                random.nextBoolean(),
                job.needs(),
                Set.of(),
                odd(random, job.holdUntilMillis())));
      }
      List<Courier> couriers = new ArrayList<>();
      for (Courier c : base.couriers()) {
        couriers.add(
            new Courier(
                random.nextInt(8) == 0 ? "courier-0" : c.id(),
                c.place(),
                odd(random, c.freeAtMillis()),
                random.nextInt(8) == 0 ? random.nextInt() : random.nextInt(4),
                random.nextInt(8) == 0 ? random.nextInt() : c.capacityGrams(),
                c.loadUnits(),
                c.route(),
                c.pinnedStops(),
                rubbish(random, c.releasable(), jobs),
                odd(random, c.shiftEndMillis()),
                odd(random, c.dutyEndMillis()),
                random.nextInt(6) == 0 ? Double.NaN : c.speedFactor() * 3,
                random.nextInt(),
                c.equipment(),
                true,
                c.onlineHours(),
                c.earnedOrders()));
      }
      Wave wave =
          new Wave(
              base.areaId(),
              base.nowMillis(),
              seed,
              jobs,
              couriers,
              base.times(),
              base.weights(),
              base.limit());
      Plan plan = engine.solve(wave);
      assertThat(plan.stats().failure()).as("seed %d", seed).isNull();
      assertThat(PlanChecker.violations(wave, plan)).as("seed %d", seed).isEmpty();
    }
  }

  /** Some released jobs as they are, some twice, some that the courier never had. */
  private static List<Job> rubbish(Random random, List<Job> own, List<Job> others) {
    List<Job> all = new ArrayList<>(own);
    if (random.nextInt(3) == 0) {
      all.addAll(own);
    }
    if (random.nextInt(3) == 0) {
      all.add(others.get(random.nextInt(others.size())));
    }
    return all;
  }

  private static long odd(Random random, long value) {
    return switch (random.nextInt(24)) {
      case 0 -> Long.MIN_VALUE;
      case 1 -> Long.MAX_VALUE;
      case 2 -> 0;
      case 3 -> -1;
      case 4 -> value - 5_000_000_000L;
      default -> value;
    };
  }
}
