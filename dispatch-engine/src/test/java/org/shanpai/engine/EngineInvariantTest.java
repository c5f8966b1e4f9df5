package org.shanpai.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What must hold of every plan, over seeded random waves. */
class EngineInvariantTest {

  private final DispatchEngine engine = new DispatchEngine(System::nanoTime);

  @Test
  void everyPlanKeepsTheHardRules() {
    int offers = 0;
    int holds = 0;
    int none = 0;
    for (int seed = 0; seed < 150; seed++) {
      Wave wave =
          RandomWaves.wave(
              seed, 1 + seed % 30, 1 + seed * 7 % 40, SolveLimit.steps(seed % 3 == 0 ? 0 : 600));
      Plan plan = engine.solve(wave);
      assertThat(plan.stats().failure()).as("seed %d", seed).isNull();
      assertThat(PlanChecker.violations(wave, plan)).as("seed %d", seed).isEmpty();
      for (JobDecision decision : plan.decisions()) {
        if (decision instanceof JobDecision.Offer) {
          offers++;
        } else if (decision instanceof JobDecision.Hold) {
          holds++;
        } else {
          none++;
        }
        receiptAddsUp(wave, decision);
      }
    }
    assertThat(offers).as("offers %d, holds %d, none %d", offers, holds, none).isGreaterThan(300);
    assertThat(holds).isGreaterThan(100);
    assertThat(none).isPositive();
  }

  private static void receiptAddsUp(Wave wave, JobDecision decision) {
    Receipt receipt = decision.receipt();
    if (receipt.rule() == DecisionRule.CARRY_TOO_LONG) {
      assertThat(receipt.rejected()).as("no courier was asked").isEmpty();
      return;
    }
    int rejected = receipt.rejected().values().stream().mapToInt(Integer::intValue).sum();
    assertThat(receipt.candidates().size() + receipt.otherCandidates() + rejected)
        .as("every courier appears once in the receipt of %s", decision.jobId())
        .isEqualTo(wave.couriers().size());
    assertThat(receipt.candidates())
        .isSortedAccordingTo((a, b) -> Long.compare(a.extra().total(), b.extra().total()));
    for (Receipt.Candidate candidate : receipt.candidates()) {
      CostTerms extra = candidate.extra();
      long rest =
          extra.lateness() + extra.travel() + extra.waiting() + extra.carry() + extra.equity();
      assertThat(Math.abs(extra.level()) * 1000)
          .as("level of %s", decision.jobId())
          .isLessThanOrEqualTo(30 * Math.abs(rest) + 1000);
    }
  }

  @Test
  void aCourierGetsAtMostOneBundleAWave() {
    for (int seed = 0; seed < 60; seed++) {
      Plan plan = engine.solve(RandomWaves.wave(seed, 25, 12, SolveLimit.steps(500)));
      for (List<JobDecision.Offer> bundle : plan.bundles().values()) {
        assertThat(bundle.stream().map(o -> pickupPlace(plan, o)).distinct())
            .as("seed %d: stores of one bundle", seed)
            .hasSize(1);
      }
      Map<String, List<String>> bundles =
          plan.bundles().entrySet().stream()
              .collect(
                  Collectors.groupingBy(
                      e -> e.getValue().get(0).courierId(),
                      Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
      assertThat(bundles.values()).as("seed %d", seed).allMatch(list -> list.size() == 1);
    }
  }

  private static int pickupPlace(Plan plan, JobDecision.Offer offer) {
    return plan.routes().get(offer.courierId()).get(offer.pickupIndex()).place();
  }

  @Test
  void aJobIsNotHeldIntoItsSafetyTime() {
    for (int seed = 0; seed < 60; seed++) {
      Wave wave = RandomWaves.wave(seed, 20, 25, SolveLimit.steps(300));
      Plan plan = engine.solve(wave);
      for (int i = 0; i < wave.jobs().size(); i++) {
        Job job = wave.jobs().get(i);
        if (plan.decisions().get(i) instanceof JobDecision.Hold hold
            && hold.reason() == DecisionRule.WAITING_IS_CHEAPER) {
          long direct =
              job.pickupServiceSeconds()
                  + wave.times().seconds(job.pickup(), job.dropoff())
                  + job.dropoffServiceSeconds();
          assertThat(hold.untilMillis() + direct * 1000)
              .as("seed %d, %s", seed, job.id())
              .isLessThanOrEqualTo(job.promiseEndMillis() - wave.weights().safetySeconds() * 1000L);
        }
      }
    }
  }

  @Test
  void sameSeedAndStepsGiveTheSamePlan() {
    for (int seed = 0; seed < 20; seed++) {
      Wave wave = RandomWaves.wave(seed, 15, 20, SolveLimit.steps(700));
      Plan one = engine.solve(wave);
      Plan other = new DispatchEngine(System::nanoTime).solve(wave);
      assertThat(other.decisions()).as("seed %d", seed).isEqualTo(one.decisions());
      assertThat(other.routes()).isEqualTo(one.routes());
      assertThat(other.stats().steps()).isEqualTo(one.stats().steps());
    }
  }

  @Test
  void aRunUnderAWallBudgetIsRepeatedByItsSteps() {
    for (int seed = 0; seed < 10; seed++) {
      Wave timed = RandomWaves.wave(seed, 18, 40, SolveLimit.wallMillis(15));
      Plan first = engine.solve(timed);
      Wave again =
          new Wave(
              timed.areaId(),
              timed.nowMillis(),
              timed.seed(),
              timed.jobs(),
              timed.couriers(),
              timed.times(),
              timed.weights(),
              SolveLimit.steps(first.stats().steps()));
      Plan second = engine.solve(again);
      assertThat(second.decisions()).as("seed %d", seed).isEqualTo(first.decisions());
      assertThat(second.cost()).isEqualTo(first.cost());
    }
  }

  @Test
  void theOrderOfCouriersFartherThanAllOthersChangesNothing() {
    Wave wave = RandomWaves.wave(3, 6, 10, SolveLimit.steps(300));
    Courier idle = GridCity.courier("stranger", 0).resting().make();
    List<Courier> more = new java.util.ArrayList<>(wave.couriers());
    more.add(idle);
    Wave wider =
        new Wave(
            wave.areaId(),
            wave.nowMillis(),
            wave.seed(),
            wave.jobs(),
            more,
            wave.times(),
            weightsWithoutEquity(),
            wave.limit());
    Wave narrow =
        new Wave(
            wave.areaId(),
            wave.nowMillis(),
            wave.seed(),
            wave.jobs(),
            wave.couriers(),
            wave.times(),
            weightsWithoutEquity(),
            wave.limit());
    assertThat(engine.solve(wider).routes()).isEqualTo(engine.solve(narrow).routes());
    assertThat(engine.solve(wider).cost()).isEqualTo(engine.solve(narrow).cost());
  }

  private static EngineWeights weightsWithoutEquity() {
    EngineWeights w = EngineWeights.live();
    return new EngineWeights(
        w.travelPerSecond(),
        w.waitPerSecond(),
        w.carryPerSecond(),
        w.shelfPerSecond(),
        w.latePerSecond(),
        w.lateConvexPerMinute(),
        w.safetySeconds(),
        0,
        w.levelShareMillis(),
        w.disturbance(),
        w.reassignPrice(),
        w.holdPrice(),
        w.holdLookaheadSeconds(),
        w.holdApproachSeconds(),
        w.offerLeadSeconds(),
        w.commitAheadSeconds(),
        w.endangeredAheadSeconds(),
        w.beyondGuaranteePerJob());
  }
}
