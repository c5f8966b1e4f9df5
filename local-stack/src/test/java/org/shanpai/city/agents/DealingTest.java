package org.shanpai.city.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.shanpai.city.plan.Blunder;
import org.shanpai.city.plan.Fate;
import org.shanpai.city.plan.Placement;
import org.shanpai.city.streets.Spot;

class DealingTest {

  private static final int PLACEMENTS = 4_000;

  private static final Map<String, Predicate<Dealing>> WAYS =
      Map.of(
          "quoted", Dealing::quoted,
          "tips", dealing -> dealing.tipFen() > 0,
          "raises the tip", dealing -> dealing.raisedTipFen() > 0,
          "moves the door", dealing -> dealing.doorMillis() >= 0,
          "tells another phone", dealing -> dealing.phoneMillis() >= 0,
          "nudges", dealing -> dealing.nudgeMillis() >= 0,
          "bulky", Dealing::bulky,
          "books ahead", dealing -> dealing.bookedMinutes() > 0,
          "drop point", Dealing::dropPoint);

  /** As the calibration has them; of what is bulky nothing is booked ahead. */
  private static final Map<String, Double> SHARES =
      Map.of(
          "quoted", 0.6,
          "tips", 0.08,
          "raises the tip", 0.032,
          "moves the door", 0.03,
          "tells another phone", 0.02,
          "nudges", 0.06,
          "bulky", 0.03,
          "books ahead", 0.03 * 0.97,
          "drop point", 0.15);

  private static Placement placement(int number, Fate fate, Blunder blunder, Integer promise) {
    return new Placement(
        number, 0, "s-1", new Spot(0, 0), 600, 600_000, promise, fate, 60_000, 60_000, 1, blunder);
  }

  private static List<Dealing> city(long seed, Fate fate, Blunder blunder, Integer promise) {
    List<Dealing> all = new ArrayList<>();
    for (int number = 1; number <= PLACEMENTS; number++) {
      all.add(Dealing.of(placement(number, fate, blunder, promise), seed));
    }
    return all;
  }

  private static double share(List<Dealing> dealings, Predicate<Dealing> way) {
    return (double) dealings.stream().filter(way).count() / dealings.size();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 7, 42, -5, 1_000_003})
  void everyCityDealsInEveryWayAsOftenAsItShould(long seed) {
    List<Dealing> all = city(seed, Fate.TAKES_IT, null, null);
    SHARES.forEach(
        (way, share) ->
            // Five standard deviations of as many draws.
            assertThat(share(all, WAYS.get(way)))
                .as(way)
                .isCloseTo(share, within(5 * Math.sqrt(share * (1 - share) / PLACEMENTS))));
    assertThat(all).allMatch(d -> d.raisedTipFen() == 0 || d.raisedTipFen() > d.tipFen());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void noWayOfDealingHangsTogetherWithAnother(long seed) {
    List<Dealing> all = city(seed, Fate.TAKES_IT, null, null);
    List<Dealing> quoted = all.stream().filter(Dealing::quoted).toList();
    for (String way : List.of("tips", "nudges", "drop point")) {
      double share = SHARES.get(way);
      assertThat(share(quoted, WAYS.get(way)))
          .as(way)
          .isCloseTo(share, within(5 * Math.sqrt(share * (1 - share) / quoted.size())));
    }
  }

  @Test
  void neighbouringCitiesAndPlacementsDealOnTheirOwn() {
    List<Dealing> one = city(1, Fate.TAKES_IT, null, null);
    List<Dealing> next = city(2, Fate.TAKES_IT, null, null);
    int same = 0;
    int turns = 0;
    for (int i = 0; i < PLACEMENTS; i++) {
      same += one.get(i).quoted() == next.get(i).quoted() ? 1 : 0;
      turns += i > 0 && one.get(i).quoted() != one.get(i - 1).quoted() ? 1 : 0;
    }
    assertThat((double) same / PLACEMENTS).isCloseTo(0.52, within(0.04));
    assertThat((double) turns / PLACEMENTS).isCloseTo(0.48, within(0.04));
  }

  @Test
  void sameSeedMakesTheSameCity() {
    assertThat(city(1, Fate.TAKES_IT, null, null)).isEqualTo(city(1, Fate.TAKES_IT, null, null));
  }

  @Test
  void aBadOrderIsNothingBesides() {
    assertThat(city(1, Fate.TAKES_IT, Blunder.NO_ITEMS, null))
        .allMatch(dealing -> dealing == Dealing.PLAIN);
  }

  @Test
  void aReplayedOrderIsAskedAsItWas() {
    assertThat(city(1, Fate.TAKES_IT, null, 2_400))
        .allMatch(d -> !d.quoted() && !d.bulky() && d.bookedMinutes() == 0 && d.tipFen() == 0);
  }
}
