package org.shanpai.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.shanpai.engine.GridCity.courier;
import static org.shanpai.engine.GridCity.job;
import static org.shanpai.engine.GridCity.minutes;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A committed job changes couriers when that pays, and only then. */
class ReassignmentTest {

  private final GridCity city = new GridCity(20);
  private final DispatchEngine engine = new DispatchEngine(System::nanoTime);

  private Plan solve(EngineWeights weights, GridCity.CourierMaker... couriers) {
    return solve(weights, List.of(), couriers);
  }

  private Plan solve(
      EngineWeights weights, List<GridCity.JobMaker> jobs, GridCity.CourierMaker... couriers) {
    Wave live = city.wave(SolveLimit.steps(500), jobs, List.of(couriers));
    Wave wave =
        new Wave(
            live.areaId(),
            live.nowMillis(),
            live.seed(),
            live.jobs(),
            live.couriers(),
            live.times(),
            weights,
            live.limit());
    Plan plan = engine.solve(wave);
    assertThat(plan.stats().failure()).isNull();
    assertThat(PlanChecker.violations(wave, plan)).isEmpty();
    return plan;
  }

  private static EngineWeights price(int reassign, int disturbance) {
    EngineWeights w = EngineWeights.live();
    return new EngineWeights(
        w.travelPerSecond(),
        w.waitPerSecond(),
        w.carryPerSecond(),
        w.shelfPerSecond(),
        w.latePerSecond(),
        w.lateConvexPerMinute(),
        w.safetySeconds(),
        w.equityPerJob(),
        w.levelShareMillis(),
        disturbance,
        reassign,
        w.holdPrice(),
        w.holdLookaheadSeconds(),
        w.holdApproachSeconds(),
        w.offerLeadSeconds(),
        w.commitAheadSeconds(),
        w.endangeredAheadSeconds(),
        w.beyondGuaranteePerJob());
  }

  private GridCity.JobMaker taken() {
    return job("J", city.at(1, 1), city.at(3, 1), 0, 60);
  }

  private GridCity.CourierMaker distant() {
    return courier("distant", city.at(15, 11));
  }

  private GridCity.CourierMaker near() {
    return courier("near", city.at(1, 0));
  }

  @Test
  void releasedJobGoesToSomebodyMuchNearer() {
    Plan plan = solve(EngineWeights.live(), distant().lets(taken()), near());
    assertThat(plan.reassignments()).hasSize(1);
    Reassignment move = plan.reassignments().get(0);
    assertThat(move.jobId()).isEqualTo("J");
    assertThat(move.fromCourier()).isEqualTo("distant");
    assertThat(move.toCourier()).isEqualTo("near");
    // One block to the shop, one minute there, two blocks, two minutes at the door.
    assertThat(move.pickupArrivalMillis()).isEqualTo(minutes(1));
    assertThat(move.dropoffMillis()).isEqualTo(minutes(6));
    // 24 blocks instead of one, for the riding and for the goods on the shelf; then the price of
    // the change and one disturbance.
    long saved = 23 * 60 * (1_000L + 150);
    assertThat(move.gainMillicost()).isEqualTo(saved - 300_000 - 60_000);
    assertThat(plan.cost().routes().disturbance()).isEqualTo(360_000);
    assertThat(plan.routes()).doesNotContainKey("distant");
    assertThat(plan.routes().get("near"))
        .extracting(Stop::kind)
        .containsExactly(StopKind.PICKUP, StopKind.DROPOFF);
    assertThat(move.receipt().rule()).isEqualTo(DecisionRule.REASSIGNMENT_PAYS);
    assertThat(move.receipt().candidates())
        .extracting(Receipt.Candidate::courierId)
        .containsExactly("near", "distant");
    assertThat(move.receipt().engineVersion()).isEqualTo(DispatchEngine.VERSION);
    assertThat(plan.stats().engineVersion()).isEqualTo(DispatchEngine.VERSION);
  }

  @Test
  void jobThatWasNotReleasedStays() {
    Stop[] stops = GridCity.stopsOf(taken().make()).toArray(Stop[]::new);
    Plan plan = solve(EngineWeights.live(), distant().stops(stops), near());
    assertThat(plan.reassignments()).isEmpty();
    assertThat(plan.routes()).containsOnlyKeys("distant");
  }

  @Test
  void smallGainIsNotWorthTheChange() {
    // Four blocks are saved: 240 s of riding and of waiting goods, 276,000 mc.
    GridCity.CourierMaker holder = courier("holder", city.at(1, 6)).lets(taken());
    assertThat(solve(EngineWeights.live(), holder, near()).reassignments()).isEmpty();
    assertThat(solve(price(216_001, 60_000), holder, near()).reassignments()).isEmpty();
    assertThat(solve(price(215_000, 60_000), holder, near()).reassignments()).hasSize(1);
    assertThat(solve(price(215_000, 61_001), holder, near()).reassignments()).isEmpty();
  }

  @Test
  void pinnedPickupIsNotTakenAway() {
    assertThat(
            solve(EngineWeights.live(), distant().lets(taken()).pinned(1), near()).reassignments())
        .isEmpty();
  }

  @Test
  void nobodyLosesAJobToNobody() {
    Plan plan = solve(price(0, 0), distant().lets(taken()));
    assertThat(plan.reassignments()).isEmpty();
    assertThat(plan.routes().get("distant")).hasSize(2);
    Plan refused = solve(price(0, 0), distant().lets(taken()), near().resting());
    assertThat(refused.routes()).containsOnlyKeys("distant");
  }

  @Test
  void theOtherMustBeAbleToTakeIt() {
    EngineWeights live = EngineWeights.live();
    GridCity.CourierMaker near = near().grams(1_000);
    assertThat(solve(live, distant().lets(taken().not("near")), near).reassignments()).isEmpty();
    assertThat(solve(live, distant().lets(taken().needs("COLD_BOX")), near).reassignments())
        .isEmpty();
    assertThat(solve(live, distant().lets(taken().grams(1_001)), near).reassignments()).isEmpty();
    assertThat(solve(live, distant().lets(taken().grams(1_000)), near).reassignments()).hasSize(1);
    assertThat(solve(live, distant().lets(taken()), near().dutyEnd(5.9)).reassignments()).isEmpty();
    assertThat(solve(live, distant().lets(taken()), near().dutyEnd(6)).reassignments()).hasSize(1);
    assertThat(solve(live, distant().lets(taken()), near().shiftEnd(0.9)).reassignments())
        .isEmpty();
    assertThat(
            solve(live, distant().lets(taken().longestCarry(4)), near().speed(0.9)).reassignments())
        .isEmpty();
  }

  @Test
  void releasedDirectJobRidesAloneWithItsNewCourier() {
    Plan plan =
        solve(
            EngineWeights.live(),
            distant().lets(taken().direct()),
            near().load(1).stops(GridCity.dropoff("old", city.at(2, 1), 60)));
    List<String> route = plan.routes().get("near").stream().map(Stop::jobId).toList();
    assertThat(plan.reassignments()).hasSize(1);
    assertThat(route).containsExactly("old", "J", "J");
  }

  @Test
  void entryThatDoesNotMatchTheRouteIsIgnored() {
    GridCity.CourierMaker moved = distant().lets(taken());
    moved.releasable.set(0, job("J", city.at(1, 2), city.at(3, 1), 0, 60).make());
    assertThat(solve(EngineWeights.live(), moved, near()).routes()).containsOnlyKeys("distant");
    GridCity.CourierMaker stranger = distant().lets(taken());
    stranger.releasable.set(0, job("X", city.at(1, 1), city.at(3, 1), 0, 60).make());
    assertThat(solve(EngineWeights.live(), stranger, near()).routes()).containsOnlyKeys("distant");
    GridCity.CourierMaker heavy = distant().lets(taken());
    heavy.releasable.set(0, taken().grams(-1).make());
    assertThat(solve(EngineWeights.live(), heavy, near()).routes()).containsOnlyKeys("distant");
  }

  @Test
  void courierIsFreedForAJobThatOnlyTheyCanTake() {
    // Both jobs are due soon; the one with the cold box cannot do both, the other cannot do C.
    Plan plan =
        solve(
            EngineWeights.live(),
            List.of(job("C", city.at(10, 10), city.at(12, 10), 0, 8).needs("COLD_BOX")),
            courier("cold", city.at(10, 8))
                .has("COLD_BOX")
                .lets(job("J", city.at(10, 6), city.at(10, 3), 0, 10)),
            courier("plain", city.at(12, 6)));
    assertThat(plan.reassignments()).extracting(Reassignment::toCourier).containsExactly("plain");
    assertThat(((JobDecision.Offer) plan.decisions().get(0)).courierId()).isEqualTo("cold");
  }

  @Test
  void everyReassignmentOfARandomWaveIsFeasibleAndPays() {
    int moves = 0;
    for (int seed = 0; seed < 120; seed++) {
      Wave wave = RandomWaves.wave(seed, seed % 12, 2 + seed % 25, SolveLimit.steps(500), 0.8);
      Plan plan = engine.solve(wave);
      assertThat(plan.stats().failure()).as("seed %d", seed).isNull();
      assertThat(plan.cost().total())
          .as("seed %d", seed)
          .isLessThanOrEqualTo(plan.stats().constructedCost());
      Map<String, String> carriers = new HashMap<>();
      plan.routes()
          .forEach(
              (courier, stops) ->
                  stops.forEach(
                      stop -> {
                        String other = carriers.put(stop.jobId(), courier);
                        assertThat(other).as("seed %d", seed(wave)).isIn(null, courier);
                      }));
      for (Courier courier : wave.couriers()) {
        for (Stop stop : courier.route()) {
          assertThat(carriers).as("nobody loses %s", stop.jobId()).containsKey(stop.jobId());
        }
      }
      for (Reassignment move : plan.reassignments()) {
        moves++;
        assertThat(move.gainMillicost()).isPositive();
        assertThat(carriers).containsEntry(move.jobId(), move.toCourier());
        int rejected =
            move.receipt().rejected().values().stream().mapToInt(Integer::intValue).sum();
        assertThat(move.receipt().candidates().size() + move.receipt().otherCandidates() + rejected)
            .isEqualTo(wave.couriers().size());
      }
    }
    assertThat(moves).isGreaterThan(100);
  }

  private static long seed(Wave wave) {
    return wave.seed();
  }
}
