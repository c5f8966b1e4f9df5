package org.shanpai.geo.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.geo.travel.DetourTravelTimes;

class SitingTest {

  private static final GeoPoint MIDDLE = new GeoPoint(31.23, 121.47);

  private static final CoverageSettings SETTINGS =
      new CoverageSettings() {
        @Override
        public Duration usualPromise() {
          return Duration.ofMinutes(30);
        }

        @Override
        public Duration keep() {
          return Duration.ofDays(28);
        }

        @Override
        public double marginMetres() {
          return 10_000;
        }

        @Override
        public double lateWeight() {
          return 0.5;
        }

        @Override
        public int mostCells() {
          return 5_000;
        }

        @Override
        public int mostCandidates() {
          return 20_000;
        }
      };

  private final DemandCells cells = new DemandCells();
  private final DetourTravelTimes detour = new DetourTravelTimes(1.3, 15);
  private final Siting siting = new Siting(cells, null, null, detour, SETTINGS);
  private final Function<GeoPoint, AreaId> city = city(MIDDLE, 12_000);
  private final Map<Long, Map<Outcome, Long>> asked = new TreeMap<>();

  /** One area: all that is no further than so far from its middle, north, south, east and west. */
  private static Function<GeoPoint, AreaId> city(GeoPoint centre, double half) {
    GeoPoint low = centre.offsetMetres(-half, -half);
    GeoPoint high = centre.offsetMetres(half, half);
    return place ->
        place.lat() >= low.lat()
                && place.lat() <= high.lat()
                && place.lon() >= low.lon()
                && place.lon() <= high.lon()
            ? AreaId.of("a-city")
            : null;
  }

  private void ask(GeoPoint door, Outcome outcome, long orders) {
    asked
        .computeIfAbsent(cells.of(door), fresh -> new EnumMap<>(Outcome.class))
        .merge(outcome, orders, Long::sum);
  }

  private List<CellDemand> demand() {
    return asked.entrySet().stream().map(e -> new CellDemand(e.getKey(), e.getValue())).toList();
  }

  private List<Suggestion> suggest(SiteKind kind, int k, double radius) {
    return siting.suggest(demand(), kind, k, radius, city, place -> false).places();
  }

  @Test
  void plantedHotSpotIsFoundAmongScatteredDemand() {
    Random random = new Random(7);
    GeoPoint hot = MIDDLE.offsetMetres(6_000, -5_000);
    for (int i = 0; i < 150; i++) {
      ask(
          MIDDLE.offsetMetres(random.nextDouble(-9_000, 9_000), random.nextDouble(-9_000, 9_000)),
          Outcome.OUT_OF_RANGE,
          1);
    }
    for (int i = 0; i < 200; i++) {
      ask(
          hot.offsetMetres(random.nextGaussian() * 500, random.nextGaussian() * 500),
          Outcome.OUT_OF_RANGE,
          1);
    }
    Suggestion best = suggest(SiteKind.STORE, 1, 3_000).get(0);
    assertThat(best.place().metresTo(hot)).isLessThan(1_500);
    assertThat(best.missed()).isGreaterThanOrEqualTo(190);
    assertThat(best.adds()).isEqualTo(best.missed());
    assertThat(best.area()).isEqualTo(AreaId.of("a-city"));
  }

  @Test
  void aWayIsMeasuredByTheStreetsAndNotByTheCrow() {
    // 2500 m as the crow flies are 3250 m by the way.
    ask(MIDDLE, Outcome.OUT_OF_RANGE, 10);
    ask(MIDDLE.offsetMetres(5_000, 0), Outcome.OUT_OF_RANGE, 10);
    List<Suggestion> two = suggest(SiteKind.STORE, 2, 3_000);
    assertThat(two).extracting(Suggestion::missed).containsExactly(10L, 10L);
    List<Suggestion> one = suggest(SiteKind.STORE, 2, 3_500);
    assertThat(one).extracting(Suggestion::missed).containsExactly(20L);
    assertThat(one.get(0).place().metresTo(MIDDLE)).isBetween(2_100.0, 2_900.0);
  }

  @Test
  void everySuggestionServesWhatItSaysAndNothingTwice() {
    Random random = new Random(8);
    for (int i = 0; i < 400; i++) {
      ask(
          MIDDLE.offsetMetres(random.nextDouble(-8_000, 8_000), random.nextDouble(-8_000, 8_000)),
          random.nextInt(3) == 0 ? Outcome.LATE_PROMISE : Outcome.OUT_OF_RANGE,
          1 + random.nextInt(3));
    }
    Siting.Outlook outlook =
        siting.suggest(demand(), SiteKind.STORE, 20, 2_000, city, place -> false);
    List<CellDemand> left = new ArrayList<>(demand());
    for (Suggestion place : outlook.places()) {
      List<CellDemand> served =
          left.stream()
              .filter(
                  cell ->
                      detour
                              .between(
                                  List.of(place.place()), List.of(cells.centre(cell.cell())), 1)
                              .metres(0, 0)
                          <= 2_000)
              .toList();
      left.removeAll(served);
      assertThat(served.stream().mapToLong(CellDemand::missed).sum()).isEqualTo(place.missed());
      assertThat(served.stream().mapToLong(CellDemand::late).sum()).isEqualTo(place.late());
      assertThat(place.adds()).isEqualTo(place.missed() + 0.5 * place.late());
    }
    assertThat(outlook.places().stream().mapToDouble(Suggestion::adds).sum())
        .isLessThanOrEqualTo(outlook.wanted());
    assertThat(outlook.places()).isEqualTo(suggest(SiteKind.STORE, 20, 2_000));
  }

  @Test
  void onlyAFlashWarehouseServesWhenStoresAreClosedAndNobodyServesAgainstTheWeather() {
    ask(MIDDLE, Outcome.CLOSED, 9);
    ask(MIDDLE, Outcome.RED_ALERT, 50);
    ask(MIDDLE, Outcome.OVERLOADED, 50);
    ask(MIDDLE, Outcome.SERVED, 50);
    assertThat(suggest(SiteKind.STORE, 3, 3_000)).isEmpty();
    assertThat(suggest(SiteKind.FLASH_WAREHOUSE, 3, 3_000))
        .extracting(Suggestion::missed)
        .containsExactly(9L);
  }

  @Test
  void placesLieInAnAreaAndNeitherPlacesNorDoorsInANoGoZone() {
    GeoPoint hot = MIDDLE.offsetMetres(0, 2_000);
    ask(hot, Outcome.OUT_OF_RANGE, 30);
    ask(MIDDLE.offsetMetres(0, -2_500), Outcome.OUT_OF_RANGE, 5);
    Function<GeoPoint, AreaId> west = city(MIDDLE.offsetMetres(0, -3_000), 3_000);
    List<Suggestion> inWest =
        siting.suggest(demand(), SiteKind.STORE, 1, 3_000, west, place -> false).places();
    assertThat(inWest.get(0).place().lon()).isLessThan(MIDDLE.lon() + 0.002);
    assertThat(inWest.get(0).missed()).isEqualTo(30);
    Siting.Outlook barred =
        siting.suggest(
            demand(), SiteKind.STORE, 5, 3_000, city, place -> place.metresTo(hot) < 1_000);
    assertThat(barred.wanted()).isEqualTo(5);
    assertThat(barred.places())
        .hasSize(1)
        .allSatisfy(place -> assertThat(place.place().metresTo(hot)).isGreaterThan(1_000));
  }

  @Test
  void aWholeCityOfDemandIsWeighedInTime() {
    Random random = new Random(9);
    for (int i = 0; i < 20_000; i++) {
      ask(
          MIDDLE.offsetMetres(random.nextGaussian() * 5_000, random.nextGaussian() * 5_000),
          Outcome.OUT_OF_RANGE,
          1);
    }
    long begin = System.nanoTime();
    List<Suggestion> places = suggest(SiteKind.STORE, 20, 3_000);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
    assertThat(places).hasSize(20);
    assertThat(places.get(0).place().metresTo(MIDDLE)).isLessThan(2_500);
  }

  @Test
  void withoutDemandNoPlaceIsWorthIt() {
    assertThat(suggest(SiteKind.STORE, 20, 3_000)).isEmpty();
  }
}
