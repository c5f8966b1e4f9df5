package org.shanpai.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.shanpai.engine.JobDecision.Offer;

/** The checker is proved by planted faults: each must be found. */
class PlanCheckerTest {

  private final GridCity city = new GridCity(10);
  private final Wave wave =
      city.wave(
          SolveLimit.steps(200),
          List.of(
              GridCity.job("A", city.at(5, 5), city.at(7, 5), 0, 30),
              GridCity.job("B", city.at(5, 5), city.at(8, 5), 0, 30)),
          List.of(
              GridCity.courier("one", city.at(5, 4)).capacity(2).shiftEnd(30),
              GridCity.courier("busy", city.at(0, 0))
                  .load(1)
                  .stops(
                      GridCity.dropoff("o", city.at(0, 2), 30),
                      GridCity.dropoff("p", city.at(0, 3), 30))
                  .load(2)
                  .pinned(1)));
  private final Plan good = new DispatchEngine(System::nanoTime).solve(wave);

  private List<String> with(String courier, List<Stop> route) {
    return violations(wave, route(courier, route), good.decisions());
  }

  private Map<String, List<Stop>> route(String courier, List<Stop> route) {
    Map<String, List<Stop>> routes = new LinkedHashMap<>(good.routes());
    routes.put(courier, route);
    return routes;
  }

  private List<String> violations(
      Wave wave, Map<String, List<Stop>> routes, List<JobDecision> decisions) {
    return PlanChecker.violations(
        wave, new Plan(routes, decisions, List.of(), good.cost(), good.stats()));
  }

  @Test
  void theUntouchedPlanPasses() {
    assertThat(good.bundles()).hasSize(1);
    assertThat(good.routes().get("one")).hasSize(4);
    assertThat(PlanChecker.violations(wave, good)).isEmpty();
  }

  @Test
  void dropoffBeforePickupIsFound() {
    List<Stop> reversed = new ArrayList<>(good.routes().get("one"));
    Collections.reverse(reversed);
    assertThat(with("one", reversed)).anyMatch(s -> s.contains("before taking it"));
  }

  @Test
  void missingDropoffIsFound() {
    assertThat(with("one", good.routes().get("one").subList(0, 3)))
        .anyMatch(s -> s.contains("never hands over"));
  }

  @Test
  void lostCommittedStopIsFound() {
    assertThat(with("busy", good.routes().get("busy").subList(0, 1)))
        .anyMatch(s -> s.contains("lost its committed DROPOFF of p"));
  }

  @Test
  void movedPinnedStopIsFound() {
    List<Stop> swapped = new ArrayList<>(good.routes().get("busy"));
    Collections.reverse(swapped);
    assertThat(with("busy", swapped)).anyMatch(s -> s.contains("pinned stops changed"));
  }

  @Test
  void stopThatWasNotOfferedIsFound() {
    List<Stop> more = new ArrayList<>(good.routes().get("busy"));
    more.addAll(good.routes().get("one"));
    assertThat(with("busy", more)).anyMatch(s -> s.contains("was not offered to it"));
  }

  @Test
  void overloadAndLateShiftAndExclusionAreFound() {
    Job a = wave.jobs().get(0);
    Job b = wave.jobs().get(1);
    Job excluded =
        new Job(
            a.id(),
            a.pickup(),
            a.dropoff(),
            a.readyMillis(),
            a.promiseEndMillis(),
            a.placedMillis(),
            60,
            120,
            1,
            0,
            0,
            false,
            java.util.Set.of("COLD_BOX"),
            java.util.Set.of("one"),
            0);
    Wave strict =
        city.wave(
            wave.limit(),
            List.of(),
            List.of(GridCity.courier("one", city.at(5, 4)).capacity(1).shiftEnd(0.5)));
    Wave asked =
        new Wave(
            "a",
            wave.nowMillis(),
            1,
            List.of(excluded, b),
            List.of(strict.couriers().get(0), wave.couriers().get(1)),
            wave.times(),
            wave.weights(),
            wave.limit());
    assertThat(violations(asked, good.routes(), good.decisions()))
        .anyMatch(s -> s.contains("2 units aboard"))
        .anyMatch(s -> s.contains("after the shift's end"))
        .anyMatch(s -> s.contains("excluded courier"))
        .anyMatch(s -> s.contains("needs equipment"));
  }

  @Test
  void directJobBesideAnotherIsFound() {
    Job a = wave.jobs().get(0);
    Job direct =
        new Job(
            a.id(),
            a.pickup(),
            a.dropoff(),
            a.readyMillis(),
            a.promiseEndMillis(),
            a.placedMillis(),
            60,
            120,
            1,
            0,
            0,
            true,
            null,
            null,
            0);
    Wave asked =
        new Wave(
            "a",
            wave.nowMillis(),
            1,
            List.of(direct, wave.jobs().get(1)),
            wave.couriers(),
            wave.times(),
            wave.weights(),
            wave.limit());
    assertThat(violations(asked, good.routes(), good.decisions()))
        .anyMatch(s -> s.contains("direct job A"));
  }

  @Test
  void wrongIndexAndMissingDecisionAreFound() {
    Offer offer = (Offer) good.decisions().get(0);
    Offer shifted =
        new Offer(
            offer.jobId(),
            offer.courierId(),
            offer.bundleId(),
            offer.dropoffIndex(),
            offer.pickupIndex(),
            0,
            0,
            0,
            offer.receipt());
    assertThat(violations(wave, good.routes(), List.of(shifted, good.decisions().get(1))))
        .anyMatch(s -> s.contains("does not match the route"));
    assertThat(violations(wave, good.routes(), List.of(offer)))
        .anyMatch(s -> s.contains("2 jobs but 1 decisions"));
  }

  private final Job given =
      GridCity.job("G", city.at(5, 5), city.at(7, 5), 0, 30).grams(2_000).make();

  private Wave handOver(GridCity.CourierMaker holder, GridCity.CourierMaker taker) {
    return city.wave(SolveLimit.steps(1), List.of(), List.of(holder, taker));
  }

  private GridCity.CourierMaker holder() {
    GridCity.CourierMaker holder = GridCity.courier("holder", city.at(0, 0)).stops(stops(given));
    holder.releasable.add(given);
    return holder;
  }

  private static Stop[] stops(Job job) {
    return GridCity.stopsOf(job).toArray(Stop[]::new);
  }

  private List<String> handedOver(Wave wave, Reassignment... moves) {
    return PlanChecker.violations(
        wave,
        new Plan(
            Map.of("taker", List.of(stops(given))),
            List.of(),
            List.of(moves),
            good.cost(),
            good.stats()));
  }

  private static Reassignment move(String from, String to, long gain) {
    return new Reassignment(
        "G", from, to, gain, 0, 0, Receipt.without(DecisionRule.REASSIGNMENT_PAYS));
  }

  private GridCity.CourierMaker taker() {
    return GridCity.courier("taker", city.at(5, 4));
  }

  @Test
  void exactlyTheReleasedJobMayChangeHands() {
    assertThat(handedOver(handOver(holder(), taker()), move("holder", "taker", 1))).isEmpty();
    assertThat(handedOver(handOver(holder(), taker())))
        .anyMatch(s -> s.contains("lost its committed PICKUP of G"))
        .anyMatch(s -> s.contains("was not offered to it"));
    GridCity.CourierMaker keeps = holder();
    keeps.releasable.clear();
    assertThat(handedOver(handOver(keeps, taker()), move("holder", "taker", 1)))
        .anyMatch(s -> s.contains("was not released by holder"));
    assertThat(handedOver(handOver(holder().pinned(1), taker()), move("holder", "taker", 1)))
        .anyMatch(s -> s.contains("cannot be taken from holder any more"));
    assertThat(handedOver(handOver(holder(), taker()), move("holder", "taker", 0)))
        .anyMatch(s -> s.contains("without a gain"));
    assertThat(handedOver(handOver(holder(), taker()), move("holder", "holder", 1)))
        .anyMatch(s -> s.contains("to the one who has it"));
    assertThat(
            handedOver(
                handOver(holder(), taker()),
                move("holder", "taker", 1),
                move("holder", "taker", 1)))
        .anyMatch(s -> s.contains("reassigned twice"));
  }

  @Test
  void reassignedJobThatIsOnBothRoutesIsFound() {
    Wave wave = handOver(holder(), taker());
    Plan both =
        new Plan(
            Map.of("taker", List.of(stops(given)), "holder", List.of(stops(given))),
            List.of(),
            List.of(move("holder", "taker", 1)),
            good.cost(),
            good.stats());
    assertThat(PlanChecker.violations(wave, both))
        .anyMatch(s -> s.contains("holder is reassigned but has an unchanged route"));
  }

  @Test
  void theTakersLimitsAreChecked() {
    assertThat(handedOver(handOver(holder(), taker().grams(1_999)), move("holder", "taker", 1)))
        .anyMatch(s -> s.contains("2000 g aboard"));
    // One block, one minute, two blocks, two minutes.
    assertThat(handedOver(handOver(holder(), taker().dutyEnd(5.9)), move("holder", "taker", 1)))
        .anyMatch(s -> s.contains("after the hours on duty"));
    assertThat(handedOver(handOver(holder(), taker().dutyEnd(6)), move("holder", "taker", 1)))
        .isEmpty();
    assertThat(handedOver(handOver(holder(), taker().resting()), move("holder", "taker", 1)))
        .anyMatch(s -> s.contains("to one who takes none"));
  }

  @Test
  void goodsCarriedTooLongAreFound() {
    Job a = GridCity.job("A", city.at(5, 5), city.at(7, 5), 0, 30).longestCarry(4.5).make();
    Wave strict =
        new Wave(
            "a",
            wave.nowMillis(),
            1,
            List.of(a, wave.jobs().get(1)),
            wave.couriers(),
            wave.times(),
            wave.weights(),
            wave.limit());
    Map<String, List<Stop>> routes = new LinkedHashMap<>(good.routes());
    Stop[] one = stops(a);
    Stop[] other = stops(wave.jobs().get(1));
    routes.put("one", List.of(one[0], other[0], other[1], one[1]));
    assertThat(violations(strict, routes, good.decisions()))
        .anyMatch(s -> s.contains("carries A for"));
    routes.put("one", List.of(one[0], one[1], other[0], other[1]));
    assertThat(violations(strict, routes, good.decisions()))
        .noneMatch(s -> s.contains("carries A for"));
  }
}
