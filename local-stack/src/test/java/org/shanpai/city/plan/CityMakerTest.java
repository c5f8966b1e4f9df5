package org.shanpai.city.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.shanpai.city.streets.StreetMaker;

/** The made-up city has the figures of the calibration. */
class CityMakerTest {

  private static final CityPlan PLAN = CityMaker.make(Scenario.WEEKDAY, 6_000, 600, 42);
  private static final Map<String, Store> STORES =
      PLAN.stores().stream().collect(Collectors.toMap(Store::storeId, Function.identity()));

  private static double share(Predicate<Placement> of) {
    return (double) PLAN.placements().stream().filter(of).count() / PLAN.placements().size();
  }

  private static double quantile(List<Double> values, double share) {
    return values.stream().sorted().toList().get((int) (share * values.size()));
  }

  @Test
  void distancesHaveTheMedianAndTheTailOfACity() {
    List<Double> metres =
        PLAN.placements().stream()
            .map(p -> STORES.get(p.storeId()).spot().to(p.dropoff()))
            .toList();
    assertThat(quantile(metres, 0.5)).isCloseTo(1_400, within(150.0));
    assertThat(quantile(metres, 0.9)).isBetween(2_200.0, 2_850.0);
    assertThat(metres).allMatch(distance -> distance < 3_000);
  }

  @Test
  void kitchensAreLateAsOftenAsTheyAre() {
    assertThat(share(p -> p.readyMillis() > (p.expectedReadySeconds() + 300) * 1000L))
        .isCloseTo(0.15, within(0.02));
  }

  @Test
  void customersCancelVanishAndRefuseAsOftenAsTheyDo() {
    assertThat(share(p -> p.fate() == Fate.CANCELS)).isCloseTo(0.03, within(0.01));
    assertThat(share(p -> p.fate() == Fate.UNREACHABLE)).isCloseTo(0.01, within(0.005));
    assertThat(share(p -> p.fate() == Fate.REFUSES)).isCloseTo(0.003, within(0.003));
    assertThat(share(p -> p.blunder() != null)).isCloseTo(0.02, within(0.008));
  }

  @Test
  void ridersRideAsFastAsTheyDo() {
    double mean =
        PLAN.couriers().stream()
            .mapToDouble(c -> c.metresPerSecond() * 3.6)
            .average()
            .orElseThrow();
    assertThat(mean).isCloseTo(16, within(0.4));
    assertThat(PLAN.couriers()).allMatch(c -> c.metresPerSecond() * 3.6 <= 25);
  }

  @Test
  void storesLieInTheMiddleAndNothingInTheRiver() {
    assertThat(PLAN.stores())
        .allMatch(s -> Math.abs(s.spot().east()) <= 1_000 && Math.abs(s.spot().north()) <= 1_000);
    assertThat(PLAN.placements()).noneMatch(p -> StreetMaker.inRiver(p.dropoff()));
  }

  @Test
  void ordersComeFastestInTheMiddleOfTheRush() {
    long span = PLAN.lastPlacementMillis();
    double middle = share(p -> p.atMillis() > span * 0.4 && p.atMillis() < span * 0.6);
    double start = share(p -> p.atMillis() < span * 0.2);
    assertThat(middle).isGreaterThan(start * 1.3);
    assertThat(PLAN.placements())
        .isSortedAccordingTo(java.util.Comparator.comparingLong(Placement::atMillis));
  }

  @Test
  void sameSeedMakesTheSameCity() {
    CityPlan one = CityMaker.make(Scenario.WEEKDAY, 50, 10, 9);
    CityPlan same = CityMaker.make(Scenario.WEEKDAY, 50, 10, 9);
    CityPlan other = CityMaker.make(Scenario.WEEKDAY, 50, 10, 10);
    assertThat(one.placements()).isEqualTo(same.placements()).isNotEqualTo(other.placements());
    assertThat(one.couriers()).isEqualTo(same.couriers());
    assertThat(one.stores()).isEqualTo(same.stores());
  }

  @Test
  void rainBringsFewerAndSlowerRidersAndLongerWays() {
    CityPlan rain = CityMaker.make(Scenario.RAIN, 50, 100, 9);
    assertThat(rain.couriers()).hasSize(75);
    assertThat(rain.rainFactor()).isEqualTo(1.25);
    assertThat(rain.habits().notAccepted()).isEqualTo(2 * PLAN.habits().notAccepted());
  }
}
