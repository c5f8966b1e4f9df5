package org.shanpai.geo.travel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.GeoPoint;

class PlannedTimesTest {

  private static final Instant NOON = Instant.parse("2026-11-23T04:00:00Z");
  private static final GeoPoint HERE = new GeoPoint(31.23, 121.47);
  private static final GeoPoint NORTH = new GeoPoint(31.24, 121.47);

  private final TravelTimes map = new DetourTravelTimes(1.3, 15);

  private int seconds(TravelCorrection correction, double weather) {
    return new PlannedTimes(map, correction)
        .between(List.of(HERE), List.of(NORTH), weather, NOON)
        .seconds(0, 0);
  }

  @Test
  void weatherAndWhatWasLearnedMultiplyAndAreRoundedUpOnce() {
    // 346.93 s by the map; × 1.25 × 1.1 = 477.03 s.
    assertThat(seconds(TravelCorrection.NONE, 1)).isEqualTo(347);
    assertThat(seconds((from, to, at) -> 1.1, 1.25)).isEqualTo(478);
  }

  @Test
  void theCorrectionIsAskedForThePairAndTheHourOfTheQuestion() {
    TravelCorrection northAtNoon =
        (from, to, at) -> from.equals(HERE) && to.equals(NORTH) && at.equals(NOON) ? 2 : 1;
    TravelTimeMatrix both =
        new PlannedTimes(map, northAtNoon)
            .between(List.of(HERE, NORTH), List.of(HERE, NORTH), 1, NOON);
    assertThat(both.seconds(0, 1)).isEqualTo(694);
    assertThat(both.seconds(1, 0)).isEqualTo(347);
    assertThat(
            new PlannedTimes(map, northAtNoon)
                .between(List.of(HERE), List.of(NORTH), 1, NOON.plusSeconds(1))
                .seconds(0, 0))
        .isEqualTo(347);
  }

  @Test
  void nonsenseLearnedIsHeldWithinBounds() {
    assertThat(seconds((from, to, at) -> Double.NaN, 1)).isEqualTo(347);
    assertThat(seconds((from, to, at) -> -3, 1)).isEqualTo(347);
    assertThat(seconds((from, to, at) -> 1_000, 1)).isEqualTo(1_388);
    // Not below the straight line at plan speed.
    assertThat(seconds((from, to, at) -> 1e-9, 1)).isEqualTo(267);
  }

  @Test
  void weatherNeverSpeedsUp() {
    assertThatThrownBy(() -> seconds(TravelCorrection.NONE, 0.9))
        .hasMessageContaining("travelFactor");
  }
}
