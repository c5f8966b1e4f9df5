package org.shanpai.bench.city;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.shanpai.bench.CannotRun;
import org.shanpai.engine.Courier;
import org.shanpai.engine.DispatchEngine;
import org.shanpai.engine.Job;
import org.shanpai.engine.JobDecision;
import org.shanpai.engine.Plan;
import org.shanpai.engine.SolveLimit;
import org.shanpai.engine.Stop;
import org.shanpai.engine.StopKind;
import org.shanpai.engine.Wave;

class CitySnapshotTest {

  private static Wave wave(long seed, int jobs, int riders) {
    return CitySnapshot.wave(seed, CitySize.of(jobs, riders), SolveLimit.constructionOnly());
  }

  @Test
  void theSameSeedGivesTheSameWave() {
    Wave one = wave(7, 60, 150);
    Wave other = wave(7, 60, 150);
    assertThat(other.jobs()).isEqualTo(one.jobs());
    assertThat(other.couriers()).isEqualTo(one.couriers());
    assertThat(other.times().toCells()).isEqualTo(one.times().toCells());
  }

  @Test
  void anotherSeedGivesAnotherWave() {
    assertThat(wave(8, 60, 150).jobs()).isNotEqualTo(wave(7, 60, 150).jobs());
  }

  @Test
  void aCityOfMeituansSizeHasTwentyTwoDistrictsAndRidersAtWork() {
    assertThat(CitySize.of(663, 2585).districts()).isEqualTo(22);
    Wave wave = wave(1, 663, 2585);
    assertThat(wave.jobs()).hasSize(663);
    assertThat(wave.couriers()).hasSize(2585);
    long upToFive = wave.couriers().stream().filter(courier -> inHand(courier) <= 5).count();
    double mean = wave.couriers().stream().mapToInt(CitySnapshotTest::inHand).average().orElse(0);
    assertThat(upToFive).isGreaterThan(2585 * 9 / 10).isLessThan(2585);
    assertThat(mean).isBetween(1.5, 3.0);
  }

  private static int inHand(Courier courier) {
    return (int) courier.route().stream().map(Stop::jobId).distinct().count();
  }

  @Test
  void distancesAreThoseOfTheCalibration() {
    Wave wave = wave(1, 663, 2585);
    double[] metres =
        wave.jobs().stream()
            .mapToDouble(
                job -> wave.times().seconds(job.pickup(), job.dropoff()) * CityMap.PLANNED_SPEED)
            .sorted()
            .toArray();
    assertThat(metres[metres.length / 2]).isBetween(1_250.0, 1_550.0);
    assertThat(metres[metres.length * 9 / 10]).isBetween(2_400.0, 3_200.0);
  }

  @Test
  void ridersStandWhereTheyAreAndStopsUnderWayArePinned() {
    Wave wave = wave(3, 60, 200);
    Set<Integer> places = new HashSet<>();
    int pinned = 0;
    for (Courier courier : wave.couriers()) {
      assertThat(places.add(courier.place())).as("own place of %s", courier.id()).isTrue();
      assertThat(courier.pinnedStops()).isLessThanOrEqualTo(Math.min(1, courier.route().size()));
      pinned += courier.pinnedStops();
      int load = 0;
      Set<String> toPick = new HashSet<>();
      for (Stop stop : courier.route()) {
        if (stop.kind() == StopKind.PICKUP) {
          toPick.add(stop.jobId());
        } else if (!toPick.contains(stop.jobId())) {
          load += stop.loadUnits();
        }
      }
      assertThat(courier.loadUnits()).isEqualTo(load);
    }
    assertThat(pinned).isGreaterThan(100);
  }

  @Test
  void theEngineTakesEveryJobAndCourierForGood() {
    Wave wave = wave(5, 40, 120);
    Plan plan = new DispatchEngine(System::nanoTime).solve(wave);
    assertThat(plan.stats().failure()).isNull();
    assertThat(plan.decisions())
        .hasSize(wave.jobs().size())
        .noneMatch(JobDecision.NoCourier.class::isInstance);
    assertThat(wave.jobs().stream().map(Job::id).distinct()).hasSize(wave.jobs().size());
    assertThat(Arrays.stream(wave.times().toCells()).max().orElse(0)).isLessThan(3 * 3600);
  }

  @Test
  void aCityWithoutRidersIsRefused() {
    assertThatThrownBy(() -> CitySize.of(10, 0))
        .isInstanceOf(CannotRun.class)
        .hasMessageContaining("0 riders");
  }
}
