package org.shanpai.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TravelTimesTest {

  @Test
  void timesOnAPlaneAreTheStraightDistanceRoundedUp() {
    TravelTimes times =
        TravelTimes.onPlane(new double[] {0, 300, 0}, new double[] {0, 400, 0.1}, 0.5);
    assertThat(times.places()).isEqualTo(3);
    assertThat(times.seconds(0, 1)).isEqualTo(250);
    assertThat(times.seconds(1, 0)).isEqualTo(250);
    assertThat(times.seconds(0, 2)).isEqualTo(1);
    assertThat(times.seconds(1, 1)).isZero();
    assertThat(times.toCells()).containsExactly(0, 250, 1, 250, 0, 250, 1, 250, 0);
  }

  @Test
  void whatIsNoPlaceOrTooFarCannotBeReached() {
    TravelTimes times =
        TravelTimes.onPlane(
            new double[] {0, Double.NaN, 21_600, 21_601, Double.POSITIVE_INFINITY},
            new double[5],
            1);
    assertThat(times.reachable(0, 1)).isFalse();
    assertThat(times.reachable(1, 1)).isFalse();
    assertThat(times.seconds(0, 2)).isEqualTo(TravelTimes.LONGEST_LEG_SECONDS);
    assertThat(times.reachable(0, 3)).isFalse();
    assertThat(times.reachable(0, 4)).isFalse();
  }

  @Test
  void coordinatesChangedLaterChangeNothing() {
    double[] x = {0, 100};
    TravelTimes times = TravelTimes.onPlane(x, new double[2], 1);
    x[1] = 500;
    assertThat(times.seconds(0, 1)).isEqualTo(100);
  }

  @Test
  void badPlanesAreRefusedWithTheirValues() {
    assertThatThrownBy(() -> TravelTimes.onPlane(new double[2], new double[3], 1))
        .hasMessageContaining("2 eastings but 3 northings");
    for (double pace : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> TravelTimes.onPlane(new double[1], new double[1], pace))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(String.valueOf(pace));
    }
  }

  @Test
  void tooManyPlacesForAMatrixAreSaidSo() {
    TravelTimes times = TravelTimes.onPlane(new double[50_000], new double[50_000], 1);
    assertThat(times.seconds(49_999, 0)).isZero();
    assertThatThrownBy(times::toCells)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("50000");
  }

  @Test
  void aWaveSolvesTheSameWithComputedTimesAsWithTheirMatrix() {
    Wave matrix = RandomWaves.wave(3, 20, 40, SolveLimit.steps(200));
    SplittableRandom random = new SplittableRandom(5);
    int places = matrix.times().places();
    double[] x = random.doubles(places, 0, 4_500).toArray();
    double[] y = random.doubles(places, 0, 4_500).toArray();
    TravelTimes computed = TravelTimes.onPlane(x, y, 1.3 / 4.4);
    DispatchEngine engine = new DispatchEngine(System::nanoTime);
    Plan one = engine.solve(with(matrix, computed));
    Plan other = engine.solve(with(matrix, TravelTimes.of(places, computed.toCells())));
    assertThat(one.stats().failure()).isNull();
    assertThat(one.routes()).isEqualTo(other.routes());
    assertThat(one.cost()).isEqualTo(other.cost());
  }

  @Test
  void theTentativePlanHasEveryJobThatIsNotLeftToTheHolder() {
    Wave wave = RandomWaves.wave(4, 20, 40, SolveLimit.steps(200));
    Map<String, List<Stop>> tentative = new HashMap<>();
    Plan plan = new DispatchEngine(System::nanoTime).solve(wave, tentative::putAll);
    SlowCost slow = new SlowCost(wave);
    long cost = 0;
    for (Courier courier : wave.couriers()) {
      List<Stop> route = tentative.get(courier.id());
      cost += slow.route(courier, route.subList(courier.pinnedStops(), route.size()));
    }
    for (Job job : wave.jobs()) {
      boolean planned =
          tentative.values().stream()
              .flatMap(List::stream)
              .anyMatch(stop -> stop.jobId().equals(job.id()));
      cost += planned ? 0 : slow.held(job);
    }
    assertThat(cost).isEqualTo(plan.cost().total());
  }

  private static Wave with(Wave wave, TravelTimes times) {
    return new Wave(
        wave.areaId(),
        wave.nowMillis(),
        wave.seed(),
        wave.jobs(),
        wave.couriers(),
        times,
        wave.weights(),
        wave.limit());
  }
}
