package org.shanpai.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.shanpai.engine.GridCity.courier;
import static org.shanpai.engine.GridCity.dropoff;
import static org.shanpai.engine.GridCity.job;
import static org.shanpai.engine.GridCity.minutes;
import static org.shanpai.engine.GridCity.pickup;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.shanpai.engine.JobDecision.Hold;
import org.shanpai.engine.JobDecision.NoCourier;
import org.shanpai.engine.JobDecision.Offer;

/** Decisions on a grid, worked out by hand: one block is one minute. */
class WaveDecisionTest {

  private static final SolveLimit STEPS = SolveLimit.steps(500);

  private final GridCity city = new GridCity(20);
  private final DispatchEngine engine = new DispatchEngine(System::nanoTime);

  private Plan solve(List<GridCity.JobMaker> jobs, List<GridCity.CourierMaker> couriers) {
    Wave wave = city.wave(STEPS, jobs, couriers);
    Plan plan = engine.solve(wave);
    assertThat(plan.stats().failure()).isNull();
    assertThat(PlanChecker.violations(wave, plan)).isEmpty();
    return plan;
  }

  private Offer offer(Plan plan, int index) {
    assertThat(plan.decisions().get(index)).isInstanceOf(Offer.class);
    return (Offer) plan.decisions().get(index);
  }

  private Hold hold(Plan plan, int index) {
    assertThat(plan.decisions().get(index)).isInstanceOf(Hold.class);
    return (Hold) plan.decisions().get(index);
  }

  private NoCourier none(Plan plan, int index) {
    assertThat(plan.decisions().get(index)).isInstanceOf(NoCourier.class);
    return (NoCourier) plan.decisions().get(index);
  }

  @Test
  void readyGoodsGoToTheNearestCourierWithTimesToTheMinute() {
    Plan plan =
        solve(
            List.of(job("J", city.at(5, 5), city.at(8, 5), 0, 30)),
            List.of(courier("far", city.at(0, 0)), courier("near", city.at(5, 3))));
    Offer offer = offer(plan, 0);
    assertThat(offer.courierId()).isEqualTo("near");
    // Two blocks to the shop, one minute there, three blocks, two minutes at the door.
    assertThat(offer.pickupArrivalMillis()).isEqualTo(minutes(2));
    assertThat(offer.pickupMillis()).isEqualTo(minutes(3));
    assertThat(offer.dropoffMillis()).isEqualTo(minutes(8));
    assertThat(offer.pickupIndex()).isZero();
    assertThat(offer.dropoffIndex()).isEqualTo(1);
    assertThat(offer.receipt().rule()).isEqualTo(DecisionRule.LEAVE_NOW);
    assertThat(offer.receipt().candidates())
        .extracting(Receipt.Candidate::courierId)
        .containsExactly("near", "far");
    CostTerms extra = offer.receipt().candidates().get(0).extra();
    // 300 s of riding; goods ride 300 s and stand 120 s on the shelf; far from the promise.
    assertThat(extra.travel()).isEqualTo(300_000);
    assertThat(extra.carry()).isEqualTo(300 * 200 + 120 * 150);
    assertThat(extra.lateness()).isZero();
    assertThat(plan.cost().total()).isEqualTo(extra.total());
    assertThat(plan.routes().get("near"))
        .extracting(Stop::kind)
        .containsExactly(StopKind.PICKUP, StopKind.DROPOFF);
    assertThat(plan.routes()).doesNotContainKey("far");
  }

  @Test
  void fullCourierGetsNoOffer() {
    Plan plan =
        solve(
            List.of(job("J", city.at(5, 5), city.at(8, 5), 0, 30).units(3)),
            List.of(
                courier("near", city.at(5, 4)).capacity(2),
                courier("far", city.at(5, 1)).capacity(3)));
    assertThat(offer(plan, 0).courierId()).isEqualTo("far");
    assertThat(offer(plan, 0).receipt().rejected()).containsEntry(RejectRule.TOO_LARGE, 1);
  }

  @Test
  void goodsAboardTakeRoomUntilTheyAreHandedOver() {
    Plan plan =
        solve(
            List.of(job("J", city.at(5, 5), city.at(8, 5), 0, 40).units(2)),
            List.of(
                courier("only", city.at(5, 4))
                    .capacity(2)
                    .load(1)
                    .stops(dropoff("old", city.at(5, 2), 30))));
    // Two units do not fit beside the old one: the shop comes after the door.
    assertThat(hold(plan, 0).reason()).isEqualTo(DecisionRule.COURIER_BUSY_UNTIL_LATER);
    Plan roomy =
        solve(
            List.of(job("J", city.at(5, 5), city.at(8, 5), 0, 40).units(2)),
            List.of(
                courier("only", city.at(5, 4))
                    .capacity(3)
                    .load(1)
                    .stops(dropoff("old", city.at(7, 5), 30))));
    // With room for both the shop comes first, it lies on the way.
    assertThat(offer(roomy, 0).pickupIndex()).isZero();
    assertThat(roomy.routes().get("only").get(0).jobId()).isEqualTo("J");
  }

  @Test
  void overloadedCourierKeepsTheirRouteAndGetsNothingUntilThereIsRoom() {
    Plan plan =
        solve(
            List.of(job("J", city.at(5, 5), city.at(8, 5), 0, 9)),
            List.of(
                courier("over", city.at(5, 5))
                    .capacity(1)
                    .load(3)
                    .stops(dropoff("a", city.at(6, 5), 30), dropoff("b", city.at(7, 5), 30))));
    List<Stop> route = plan.routes().get("over");
    assertThat(route.subList(0, 2)).extracting(Stop::jobId).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void nobodyPicksUpAfterTheirShift() {
    Plan plan =
        solve(
            List.of(job("J", city.at(5, 5), city.at(8, 5), 0, 30)),
            List.of(
                courier("leaving", city.at(5, 4)).shiftEnd(0.5),
                courier("staying", city.at(5, 0))));
    assertThat(offer(plan, 0).courierId()).isEqualTo("staying");
    assertThat(offer(plan, 0).receipt().rejected()).containsEntry(RejectRule.SHIFT_ENDS, 1);
  }

  @Test
  void pickupExactlyAtTheEndOfTheShiftIsAllowed() {
    Plan plan =
        solve(
            List.of(job("J", city.at(5, 5), city.at(8, 5), 0, 30)),
            List.of(courier("leaving", city.at(5, 4)).shiftEnd(1)));
    assertThat(offer(plan, 0).courierId()).isEqualTo("leaving");
  }

  @Test
  void needsExclusionsAndRestAreCountedByRule() {
    Plan plan =
        solve(
            List.of(
                job("J", city.at(5, 5), city.at(8, 5), 0, 30).needs("COLD_BOX").not("declined")),
            List.of(
                courier("bare", city.at(5, 5)),
                courier("declined", city.at(5, 5)).has("COLD_BOX"),
                courier("resting", city.at(5, 5)).has("COLD_BOX").resting(),
                courier("right", city.at(0, 5)).has("COLD_BOX", "SCOOTER")));
    assertThat(offer(plan, 0).courierId()).isEqualTo("right");
    assertThat(offer(plan, 0).receipt().rejected())
        .containsEntry(RejectRule.LACKS_EQUIPMENT, 1)
        .containsEntry(RejectRule.EXCLUDED, 1)
        .containsEntry(RejectRule.NOT_ACCEPTING, 1);
  }

  @Test
  void twoJobsOfOneStoreGoToAnIdleCourierAsOneBundle() {
    Plan plan =
        solve(
            List.of(
                job("A", city.at(5, 5), city.at(10, 5), 0, 35),
                job("B", city.at(5, 5), city.at(11, 5), 0.5, 35)),
            List.of(courier("one", city.at(5, 3)), courier("other", city.at(19, 19))));
    Offer a = offer(plan, 0);
    Offer b = offer(plan, 1);
    assertThat(a.courierId()).isEqualTo("one");
    assertThat(b.bundleId()).isEqualTo(a.bundleId());
    assertThat(plan.bundles()).hasSize(1);
    assertThat(plan.routes().get("one"))
        .extracting(Stop::kind)
        .containsExactly(StopKind.PICKUP, StopKind.PICKUP, StopKind.DROPOFF, StopKind.DROPOFF);
    assertThat(List.of(a.receipt().rule(), b.receipt().rule()))
        .containsExactlyInAnyOrder(DecisionRule.LEAVE_NOW, DecisionRule.SAME_STORE_BUNDLE);
  }

  @Test
  void directJobIsNeverCarriedBesideAnother() {
    Plan plan =
        solve(
            List.of(
                job("A", city.at(5, 5), city.at(10, 5), 0, 20).direct(),
                job("B", city.at(5, 5), city.at(11, 5), 0, 20)),
            List.of(courier("one", city.at(5, 3))));
    List<Stop> route = plan.routes().get("one");
    assertThat(route).hasSize(2);
    assertThat(plan.bundles()).hasSize(1);
    assertThat(plan.decisions()).hasAtLeastOneElementOfType(Hold.class);
  }

  @Test
  void pinnedStopsStayFirst() {
    Plan plan =
        solve(
            List.of(job("J", city.at(5, 4), city.at(5, 12), 0, 30)),
            List.of(
                courier("busy", city.at(5, 3))
                    .load(1)
                    .stops(dropoff("old", city.at(5, 0), 30), dropoff("next", city.at(5, 13), 40))
                    .load(2)
                    .pinned(1)));
    assertThat(plan.routes().get("busy").get(0).jobId()).isEqualTo("old");
  }

  @Test
  void jobIsInsertedIntoALiveRouteOnTheWay() {
    Plan plan =
        solve(
            List.of(job("J", city.at(5, 5), city.at(5, 9), 0, 30)),
            List.of(
                courier("passing", city.at(5, 3)).load(1).stops(dropoff("old", city.at(5, 10), 40)),
                courier("idle", city.at(15, 15))));
    Offer offer = offer(plan, 0);
    assertThat(offer.courierId()).isEqualTo("passing");
    assertThat(offer.pickupIndex()).isZero();
    assertThat(plan.routes().get("passing")).hasSize(3);
    assertThat(offer.receipt().candidates().get(0).extra().travel()).isZero();
    assertThat(offer.receipt().candidates().get(0).extra().disturbance())
        .isEqualTo(EngineWeights.live().disturbance());
  }

  @Test
  void unreadyGoodsAreHeldUntilTheCourierHasToSetOut() {
    Plan plan =
        solve(
            List.of(job("J", city.at(5, 5), city.at(8, 5), 15, 45)),
            List.of(courier("near", city.at(5, 3))));
    Hold hold = hold(plan, 0);
    assertThat(hold.reason()).isEqualTo(DecisionRule.GOODS_NOT_READY);
    // Ready at 15, two minutes of way, 45 s to accept, 60 s ahead.
    assertThat(hold.untilMillis()).isEqualTo(minutes(15 - 2 - 0.75 - 1));
    assertThat(hold.receipt().candidates())
        .extracting(Receipt.Candidate::courierId)
        .containsExactly("near");
    assertThat(plan.routes()).doesNotContainKey("near");
  }

  @Test
  void jobNearItsPromiseIsOfferedAheadOfTime() {
    // Delivered at 12 + 1 + 3 + 2 = 18; the promise ends 4 min later, less than the safety time.
    Plan plan =
        solve(
            List.of(job("J", city.at(5, 5), city.at(8, 5), 12, 22)),
            List.of(courier("near", city.at(5, 3))));
    assertThat(offer(plan, 0).receipt().rule()).isEqualTo(DecisionRule.PROMISE_NEAR);
  }

  @Test
  void jobHeldLongEnoughIsOffered() {
    Plan plan =
        solve(
            List.of(job("J", city.at(5, 5), city.at(8, 5), 15, 45).holdUntil(0)),
            List.of(courier("near", city.at(5, 3))));
    assertThat(offer(plan, 0).receipt().rule()).isEqualTo(DecisionRule.HOLD_EXHAUSTED);
  }

  @Test
  void holdNeverOutlastsItsLimit() {
    Plan plan =
        solve(
            List.of(job("J", city.at(5, 5), city.at(8, 5), 15, 45).holdUntil(4)),
            List.of(courier("near", city.at(5, 3))));
    assertThat(hold(plan, 0).untilMillis()).isEqualTo(minutes(4));
  }

  @Test
  void jobWaitsForANearerCourierWhileThePromiseAllowsIt() {
    Plan relaxed =
        solve(
            List.of(job("J", city.at(0, 0), city.at(3, 0), 0, 60)),
            List.of(courier("distant", city.at(19, 15))));
    assertThat(hold(relaxed, 0).reason()).isEqualTo(DecisionRule.WAITING_IS_CHEAPER);
    Plan pressed =
        solve(
            List.of(job("J", city.at(0, 0), city.at(3, 0), 0, 15)),
            List.of(courier("distant", city.at(19, 15))));
    assertThat(offer(pressed, 0).courierId()).isEqualTo("distant");
  }

  @Test
  void jobAlreadyLateIsOfferedAtOnce() {
    Plan plan =
        solve(
            List.of(job("J", city.at(5, 5), city.at(8, 5), -20, -10)),
            List.of(courier("near", city.at(5, 3)), courier("far", city.at(15, 3))));
    assertThat(offer(plan, 0).courierId()).isEqualTo("near");
    assertThat(offer(plan, 0).receipt().candidates().get(0).extra().lateness()).isPositive();
  }

  @Test
  void jobBehindOthersOfItsCourierIsHeldOpen() {
    Plan plan =
        solve(
            List.of(job("J", city.at(5, 5), city.at(8, 5), 0, 60)),
            List.of(
                courier("busy", city.at(5, 3))
                    .capacity(1)
                    .load(1)
                    .stops(dropoff("old", city.at(5, 7), 30))));
    // Four minutes to the door, two there, two back: leaves for the shop at 6.
    Hold hold = hold(plan, 0);
    assertThat(hold.reason()).isEqualTo(DecisionRule.COURIER_BUSY_UNTIL_LATER);
    assertThat(hold.untilMillis()).isEqualTo(minutes(6 - 0.75 - 1));
    assertThat(plan.routes().get("busy")).hasSize(1);
  }

  @Test
  void levelDecidesBetweenEquals() {
    for (boolean swapped : new boolean[] {false, true}) {
      GridCity.CourierMaker low = courier("low", city.at(5, 3)).level(20_000);
      GridCity.CourierMaker high = courier("high", city.at(5, 7)).level(90_000);
      Plan plan =
          solve(
              List.of(job("J", city.at(5, 5), city.at(8, 5), 0, 30)),
              swapped ? List.of(low, high) : List.of(high, low));
      assertThat(offer(plan, 0).courierId()).isEqualTo("high");
    }
  }

  @Test
  void levelNeverBeatsAClearlyBetterCourier() {
    Plan plan =
        solve(
            List.of(job("J", city.at(5, 5), city.at(8, 5), 0, 30)),
            List.of(
                courier("low", city.at(5, 4)).level(0),
                courier("high", city.at(5, 2)).level(100_000)));
    assertThat(offer(plan, 0).courierId()).isEqualTo("low");
  }

  @Test
  void whoEarnedLittlePerHourComesFirstAmongEquals() {
    for (boolean swapped : new boolean[] {false, true}) {
      GridCity.CourierMaker much = courier("much", city.at(5, 3)).earned(4, 20);
      GridCity.CourierMaker little = courier("little", city.at(5, 7)).earned(4, 8);
      Plan plan =
          solve(
              List.of(job("J", city.at(5, 5), city.at(8, 5), 0, 30)),
              swapped ? List.of(much, little) : List.of(little, much));
      assertThat(offer(plan, 0).courierId()).isEqualTo("little");
    }
  }

  @Test
  void slowCourierIsPlannedSlowly() {
    Plan plan =
        solve(
            List.of(job("J", city.at(5, 5), city.at(8, 5), 0, 30)),
            List.of(courier("slow", city.at(5, 3)).speed(0.5)));
    assertThat(offer(plan, 0).pickupArrivalMillis()).isEqualTo(minutes(4));
    Plan fast =
        solve(
            List.of(job("J", city.at(5, 5), city.at(8, 5), 0, 30)),
            List.of(courier("fast", city.at(5, 3)).speed(2)));
    assertThat(offer(fast, 0).pickupArrivalMillis()).isEqualTo(minutes(2));
  }

  @Test
  void committedPickupsStayWithTheirCourier() {
    Plan plan =
        solve(
            List.of(job("J", city.at(12, 5), city.at(12, 8), 0, 30)),
            List.of(
                courier("busy", city.at(12, 4))
                    .stops(pickup("mine", city.at(0, 5), 0), dropoff("mine", city.at(0, 8), 30)),
                courier("idle", city.at(0, 5))));
    assertThat(plan.routes().get("busy")).extracting(Stop::jobId).contains("mine");
    if (plan.routes().containsKey("idle")) {
      assertThat(plan.routes().get("idle")).extracting(Stop::jobId).doesNotContain("mine");
    }
  }

  @Test
  void areaWithoutCouriersSaysSo() {
    assertThat(none(solve(List.of(job("J", 1, 2, 0, 30)), List.of()), 0).reason())
        .isEqualTo(DecisionRule.NO_COURIERS);
  }
}
