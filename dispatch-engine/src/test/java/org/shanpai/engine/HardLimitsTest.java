package org.shanpai.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.shanpai.engine.GridCity.courier;
import static org.shanpai.engine.GridCity.job;
import static org.shanpai.engine.GridCity.minutes;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.shanpai.engine.JobDecision.Hold;
import org.shanpai.engine.JobDecision.NoCourier;
import org.shanpai.engine.JobDecision.Offer;

/** Weight, longest carry, hours on duty, needs and legal speed, each just kept and just broken. */
class HardLimitsTest {

  private final GridCity city = new GridCity(20);
  private final DispatchEngine engine = new DispatchEngine(System::nanoTime);

  private Plan solve(List<GridCity.JobMaker> jobs, List<GridCity.CourierMaker> couriers) {
    Wave wave = city.wave(SolveLimit.steps(500), jobs, couriers);
    Plan plan = engine.solve(wave);
    assertThat(plan.stats().failure()).isNull();
    assertThat(PlanChecker.violations(wave, plan)).isEmpty();
    return plan;
  }

  private Plan solve(GridCity.JobMaker job, GridCity.CourierMaker... couriers) {
    return solve(List.of(job), List.of(couriers));
  }

  private static Offer offer(Plan plan) {
    assertThat(plan.decisions().get(0)).isInstanceOf(Offer.class);
    return (Offer) plan.decisions().get(0);
  }

  /** Five blocks of way at most: two to the shop, three to the door. */
  private GridCity.JobMaker usual() {
    return job("J", city.at(5, 5), city.at(8, 5), 0, 30);
  }

  private Stop aboard(int place, int grams, int longestCarry, double takenMinutes) {
    return new Stop(
        "old",
        StopKind.DROPOFF,
        place,
        0,
        minutes(40),
        120,
        1,
        grams,
        longestCarry,
        minutes(takenMinutes));
  }

  @Test
  void goodsTooHeavyForTheNearestGoToOneWhoMayCarryThem() {
    Plan plan =
        solve(
            usual().grams(5_000),
            courier("near", city.at(5, 4)).grams(4_999),
            courier("far", city.at(5, 1)).grams(5_000));
    assertThat(offer(plan).courierId()).isEqualTo("far");
    assertThat(offer(plan).receipt().rejected()).containsEntry(RejectRule.TOO_HEAVY, 1);
    Plan allowed =
        solve(
            usual().grams(5_000),
            courier("near", city.at(5, 4)).grams(5_000),
            courier("far", city.at(5, 1)).grams(5_000));
    assertThat(offer(allowed).courierId()).isEqualTo("near");
  }

  @Test
  void goodsAboardWeighUntilTheyAreHandedOver() {
    GridCity.JobMaker job = job("J", city.at(5, 5), city.at(8, 5), 0, 40).grams(2_000);
    Plan tooMuch =
        solve(
            job,
            courier("only", city.at(5, 4)).grams(5_999).stops(aboard(city.at(7, 5), 4_000, 0, 0)));
    assertThat(tooMuch.decisions().get(0))
        .isInstanceOfSatisfying(
            Hold.class,
            hold -> assertThat(hold.reason()).isEqualTo(DecisionRule.COURIER_BUSY_UNTIL_LATER));
    Plan fits =
        solve(
            job,
            courier("only", city.at(5, 4)).grams(6_000).stops(aboard(city.at(7, 5), 4_000, 0, 0)));
    assertThat(offer(fits).pickupIndex()).isZero();
  }

  @Test
  void committedGoodsThatAreTooHeavyStayAndNothingIsAddedToThem() {
    Job heavy = job("heavy", city.at(5, 6), city.at(9, 6), 0, 30).grams(9_000).make();
    Plan plan =
        solve(
            job("J", city.at(5, 6), city.at(9, 6), 0, 30).grams(1),
            courier("over", city.at(5, 5))
                .grams(5_000)
                .stops(GridCity.stopsOf(heavy).toArray(Stop[]::new)));
    List<String> route = plan.routes().get("over").stream().map(Stop::jobId).toList();
    assertThat(route).contains("heavy");
    int first = route.indexOf("heavy");
    assertThat(route.get(first + 1)).as("nothing between").isEqualTo("heavy");
    assertThat(plan.decisions().get(0).receipt().candidates())
        .as("before or after it there is room")
        .hasSize(1);
  }

  @Test
  void goodsThatCannotArriveInTimeGoToNobody() {
    // Three blocks and two minutes at the door.
    assertThat(offer(solve(usual().longestCarry(5), courier("one", city.at(5, 3)))).courierId())
        .isEqualTo("one");
    Plan plan = solve(usual().longestCarry(4.9), courier("one", city.at(5, 3)));
    assertThat(((NoCourier) plan.decisions().get(0)).reason())
        .isEqualTo(DecisionRule.CARRY_TOO_LONG);
  }

  @Test
  void slowCourierIsRejectedWhereTheGoodsWouldBeCarriedTooLong() {
    Plan plan =
        solve(
            usual().longestCarry(5),
            courier("slow", city.at(5, 5)).speed(0.9),
            courier("quick", city.at(5, 1)));
    assertThat(offer(plan).courierId()).isEqualTo("quick");
    assertThat(offer(plan).receipt().rejected()).containsEntry(RejectRule.CARRY_TOO_LONG, 1);
  }

  @Test
  void bundleIsOrderedSoThatNothingIsCarriedTooLong() {
    for (double limit : new double[] {0, 8}) {
      Plan plan =
          solve(
              List.of(
                  job("B", city.at(5, 5), city.at(11, 5), 0, 35).longestCarry(limit),
                  job("A", city.at(5, 5), city.at(10, 5), 0.5, 35)),
              List.of(courier("one", city.at(5, 3)), courier("other", city.at(19, 19))));
      Offer offer = offer(plan);
      long carried = offer.dropoffMillis() - offer.pickupMillis();
      if (limit == 0) {
        assertThat(carried).as("behind the other's door").isGreaterThan(8 * 60_000);
      } else {
        assertThat(carried).isLessThanOrEqualTo(8 * 60_000);
      }
    }
  }

  @Test
  void goodsAboardAreNotDelayedBeyondTheirLongestCarry() {
    GridCity.JobMaker onTheWay = job("J", city.at(5, 5), city.at(5, 9), 0, 40);
    // Taken five minutes ago, nine to the end of the hand-over: any stop before it is too many.
    Plan pressed =
        solve(
            onTheWay,
            courier("one", city.at(5, 3)).stops(aboard(city.at(5, 10), 0, 15 * 60 - 1, -5)));
    assertThat(pressed.decisions().get(0)).isInstanceOf(Hold.class);
    assertThat(pressed.routes().get("one")).hasSize(1);
    Plan pickupOnly =
        solve(
            onTheWay, courier("one", city.at(5, 3)).stops(aboard(city.at(5, 10), 0, 15 * 60, -5)));
    assertThat(pickupOnly.routes().get("one"))
        .extracting(Stop::jobId)
        .containsExactly("J", "old", "J");
    Plan roomy =
        solve(
            onTheWay, courier("one", city.at(5, 3)).stops(aboard(city.at(5, 10), 0, 20 * 60, -5)));
    assertThat(roomy.routes().get("one")).extracting(Stop::jobId).containsExactly("J", "J", "old");
  }

  @Test
  void goodsCarriedTooLongAlreadyAreBroughtFirstAndNotRefused() {
    Plan plan =
        solve(
            job("J", city.at(5, 5), city.at(5, 9), 0, 40),
            courier("one", city.at(5, 3)).stops(aboard(city.at(5, 10), 0, 60, -30)));
    assertThat(plan.routes().get("one").get(0).jobId()).isEqualTo("old");
    assertThat(plan.decisions().get(0).receipt().candidates()).hasSize(1);
  }

  @Test
  void nobodyGetsWorkThatOutlastsTheirHoursOnDuty() {
    // Two blocks, one minute, three blocks, two minutes.
    Plan kept = solve(usual(), courier("tired", city.at(5, 3)).dutyEnd(8));
    assertThat(offer(kept).courierId()).isEqualTo("tired");
    Plan broken =
        solve(
            usual(), courier("tired", city.at(5, 3)).dutyEnd(7.9), courier("fresh", city.at(5, 0)));
    assertThat(offer(broken).courierId()).isEqualTo("fresh");
    assertThat(offer(broken).receipt().rejected()).containsEntry(RejectRule.FATIGUE, 1);
  }

  @Test
  void committedWorkMayOutlastTheHoursOnDutyButNothingIsAdded() {
    Plan plan =
        solve(
            job("J", city.at(5, 4), city.at(5, 5), 0, 15),
            courier("tired", city.at(5, 3)).dutyEnd(10).stops(aboard(city.at(5, 19), 0, 0, 0)));
    // The job alone would end in time, the route with both would not.
    assertThat(plan.decisions().get(0)).isInstanceOf(NoCourier.class);
    assertThat(plan.decisions().get(0).receipt().rejected())
        .containsEntry(RejectRule.NO_FEASIBLE_PLACE, 1);
    assertThat(plan.routes().get("tired")).hasSize(1);
  }

  @Test
  void ageCheckNeedsOneWhoIsTrainedForIt() {
    Plan plan =
        solve(
            usual().needs("AGE_CHECK"),
            courier("near", city.at(5, 5)).has("COLD_BOX"),
            courier("trained", city.at(5, 1)).has("COLD_BOX", "AGE_CHECK"));
    assertThat(offer(plan).courierId()).isEqualTo("trained");
    assertThat(offer(plan).receipt().rejected()).containsEntry(RejectRule.LACKS_EQUIPMENT, 1);
  }

  @Test
  void nobodyIsPlannedFasterThanTheLegalSpeed() {
    Plan legal = solve(usual(), courier("one", city.at(5, 3)));
    for (double factor : new double[] {1.0001, 1.5, 100}) {
      Plan plan = solve(usual(), courier("one", city.at(5, 3)).speed(factor));
      assertThat(plan.decisions()).isEqualTo(legal.decisions());
      assertThat(plan.cost()).isEqualTo(legal.cost());
    }
    assertThat(courier("one", 0).speed(3).make().plannedSpeed()).isEqualTo(1);
    assertThat(courier("one", 0).speed(0.5).make().plannedSpeed()).isEqualTo(0.5);
  }
}
