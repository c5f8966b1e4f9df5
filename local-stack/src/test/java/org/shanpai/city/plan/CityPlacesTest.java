package org.shanpai.city.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.shanpai.city.streets.Spot;
import org.shanpai.city.streets.StreetMaker;
import org.shanpai.contracts.CoordinateSystem;

/** Doors, houses, phones, zones and customers in vain: what there is to be learned in a city. */
class CityPlacesTest {

  private static final CityPlan PLAN = CityMaker.make(Scenario.WEEKDAY, 3_000, 600, 42);
  private static final Map<String, Store> STORES =
      PLAN.stores().stream().collect(Collectors.toMap(Store::storeId, Function.identity()));

  @Test
  void storesHaveTheirDoorTenToSixtyMetresOffThePin() {
    assertThat(PLAN.stores().stream().filter(Store::open))
        .hasSizeGreaterThan(50)
        .allSatisfy(s -> assertThat(s.spot().to(s.door())).isBetween(10.0, 60.0));
  }

  @Test
  void housesAreOrderedToAgainAndKeepTheirHandover() {
    Map<Spot, List<Long>> byHouse =
        PLAN.placements().stream()
            .collect(
                Collectors.groupingBy(
                    Placement::dropoff,
                    Collectors.mapping(Placement::doorMillis, Collectors.toList())));
    long often = byHouse.values().stream().filter(times -> times.size() > 1).count();
    assertThat(often).isGreaterThan(200);
    // Half of the houses need less than two minutes or more than four: kinds differ, houses do not.
    double within =
        byHouse.values().stream()
            .filter(times -> times.size() > 2)
            .mapToDouble(CityPlacesTest::spread)
            .average()
            .orElseThrow();
    double all = spread(PLAN.placements().stream().map(Placement::doorMillis).toList());
    assertThat(within).isLessThan(0.6 * all);
  }

  private static double spread(List<Long> times) {
    double mean = times.stream().mapToDouble(t -> Math.log(t)).average().orElseThrow();
    return Math.sqrt(
        times.stream().mapToDouble(t -> Math.pow(Math.log(t) - mean, 2)).average().orElseThrow());
  }

  @Test
  void phonesDifferAsTheyDo() {
    assertThat(share(CoordinateSystem.WGS_84)).isCloseTo(0.6, within(0.06));
    assertThat(share(CoordinateSystem.GCJ_02)).isCloseTo(0.3, within(0.06));
    assertThat(share(CoordinateSystem.BD_09)).isCloseTo(0.1, within(0.04));
    assertThat(PLAN.couriers().stream().filter(c -> c.phone().cheats())).hasSize(30);
    assertThat(PLAN.couriers().stream().filter(c -> c.phone().batteryPercent() < 20).count())
        .isBetween(30L, 75L);
  }

  private static double share(CoordinateSystem system) {
    return PLAN.couriers().stream().filter(c -> c.phone().coordinateSystem() == system).count()
        / (double) PLAN.couriers().size();
  }

  @Test
  void nobodyNeedsToEnterTheParkAndNoWayLeadsThroughIt() {
    Zone park = PLAN.zones().stream().filter(Zone::closed).findFirst().orElseThrow();
    assertThat(PLAN.placements()).noneMatch(p -> park.covers(p.dropoff()));
    assertThat(PLAN.stores()).noneMatch(s -> park.covers(s.spot()) || park.covers(s.door()));
    Random random = new Random(8);
    for (long seed = 1; seed <= 5; seed++) {
      var streets = StreetMaker.city(seed);
      for (int i = 0; i < 60; i++) {
        // Across the park, from one side to the other.
        double angle = 2 * Math.PI * random.nextDouble();
        Spot from =
            streets.nearestCrossing(
                new Spot(-1_450 + 600 * Math.cos(angle), -1_300 + 600 * Math.sin(angle)));
        Spot to =
            streets.nearestCrossing(
                new Spot(-1_450 - 600 * Math.cos(angle), -1_300 - 600 * Math.sin(angle)));
        List<Spot> way = streets.way(from, to);
        for (int leg = 1; leg < way.size(); leg++) {
          for (double at = 0; at <= 1; at += 0.1) {
            assertThat(park.covers(way.get(leg - 1).towards(way.get(leg), at))).isFalse();
          }
        }
      }
    }
  }

  @Test
  void ridersAreSlowerInTheOldMarketOnly() {
    assertThat(PLAN.speedFactor(new Spot(-100, -300))).isEqualTo(0.7);
    assertThat(PLAN.speedFactor(new Spot(300, -300))).isEqualTo(1);
    assertThat(PLAN.speedFactor(new Spot(-1_450, -1_300))).isEqualTo(1);
  }

  @Test
  void whoAsksInVainCannotBeServed() {
    assertThat(PLAN.asks()).hasSize(150);
    assertThat(PLAN.asks())
        .allSatisfy(
            ask -> {
              Store store = STORES.get(ask.storeId());
              if (ask.reason() == Ask.Reason.CLOSED) {
                assertThat(store.open()).isFalse();
              } else {
                assertThat(store.spot().to(ask.dropoff())).isGreaterThan(store.rangeMetres() + 50);
              }
            });
    long newTown = PLAN.asks().stream().filter(a -> a.dropoff().to(PLAN.newTown()) < 400).count();
    assertThat(newTown).isBetween(70L, 110L);
    assertThat(PLAN.stores()).allMatch(s -> s.spot().to(PLAN.newTown()) > s.rangeMetres() + 100);
    assertThat(PLAN.asks()).isSortedAccordingTo(java.util.Comparator.comparingLong(Ask::atMillis));
  }

  @Test
  void sameSeedMakesTheSamePlacesAndPhones() {
    CityPlan one = CityMaker.make(Scenario.NIGHT, 50, 20, 9);
    CityPlan same = CityMaker.make(Scenario.NIGHT, 50, 20, 9);
    assertThat(one.asks()).isEqualTo(same.asks());
    assertThat(one.zones()).isEqualTo(same.zones());
    assertThat(one.couriers()).isEqualTo(same.couriers());
    assertThat(one.placements()).isEqualTo(same.placements());
  }
}
