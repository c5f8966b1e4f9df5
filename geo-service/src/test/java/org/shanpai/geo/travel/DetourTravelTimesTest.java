package org.shanpai.geo.travel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.GeoPoint;

class DetourTravelTimesTest {

  private static final GeoPoint HERE = new GeoPoint(31.23, 121.47);

  private final TravelTimes times = new DetourTravelTimes(1.3, 15);

  @Test
  void oneHundredthDegreeNorthTakesAsLongAsWorkedOutByHand() {
    // 0.01° × 111,195.08 m/° = 1,111.9508 m; × 1.3 = 1,445.536 m; ÷ 4.16667 m/s = 346.93 s.
    GeoPoint north = new GeoPoint(31.24, 121.47);
    assertThat(times.between(List.of(HERE), List.of(north), 1).seconds(0, 0)).isEqualTo(347);
    // In rain: 346.93 × 1.25 = 433.66 s.
    assertThat(times.between(List.of(HERE), List.of(north), 1.25).seconds(0, 0)).isEqualTo(434);
  }

  @Test
  void aWholeNumberOfSecondsIsNotRoundedUpFurther() {
    // At detour 1 and 3.6 km/h a metre is a second: 111,195.08 m are 111,196 s, and what is nearer
    // to zero than any second is none.
    DetourTravelTimes metres = new DetourTravelTimes(1, 3.6);
    assertThat(
            metres
                .between(List.of(new GeoPoint(0, 0)), List.of(new GeoPoint(1, 0)), 1)
                .seconds(0, 0))
        .isEqualTo(111_196);
    assertThat(metres.between(List.of(HERE), List.of(HERE), 1).seconds(0, 0)).isZero();
    // 100 m exactly.
    GeoPoint hundred = new GeoPoint(Math.toDegrees(100 / 6_371_008.8), 0);
    assertThat(metres.between(List.of(new GeoPoint(0, 0)), List.of(hundred), 1).seconds(0, 0))
        .isEqualTo(100);
  }

  @Test
  void everyCellIsTheHaversineTimesDetourByPlanSpeedRoundedUp() {
    Random random = new Random(20261122);
    List<GeoPoint> origins = places(random, 60);
    List<GeoPoint> destinations = places(random, 70);
    origins.set(3, destinations.get(5));
    TravelTimeMatrix matrix = times.between(origins, destinations, 1.1);
    for (int i = 0; i < origins.size(); i++) {
      for (int j = 0; j < destinations.size(); j++) {
        double seconds = origins.get(i).metresTo(destinations.get(j)) * 1.3 / (15 / 3.6) * 1.1;
        assertThat((double) matrix.seconds(i, j))
            .as("cell %d, %d", i, j)
            .isBetween(seconds - 1e-3, seconds + 1 + 1e-3);
      }
    }
    assertThat(matrix.seconds(3, 5)).isZero();
  }

  private static List<GeoPoint> places(Random random, int count) {
    List<GeoPoint> places = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      // Half in one city, half anywhere, so that both formulas for the arc are used.
      places.add(
          i % 2 == 0
              ? HERE.offsetMetres(random.nextDouble() * 6_000, random.nextDouble() * 6_000)
              : new GeoPoint(random.nextDouble() * 160 - 80, random.nextDouble() * 360 - 180));
    }
    return places;
  }

  @Test
  void bytesAreBigEndianRowByRow() {
    TravelTimeMatrix matrix =
        new TravelTimeMatrix(
            2, 2, new int[] {1, 70_000, TravelTimeMatrix.NO_WAY, 0}, new int[] {4, 9, -1, 0});
    ByteBuffer bytes = ByteBuffer.wrap(matrix.bytes());
    assertThat(bytes.remaining()).isEqualTo(16);
    assertThat(bytes.getInt()).isEqualTo(1);
    assertThat(bytes.getInt()).isEqualTo(70_000);
    assertThat(bytes.getInt()).isEqualTo(-1);
    assertThat(bytes.getInt()).isZero();
  }

  @Test
  void metresAreThoseOfTheStreetNotOfTheCrow() {
    GeoPoint north = new GeoPoint(31.24, 121.47);
    assertThat(times.between(List.of(HERE), List.of(north), 1.5).metres(0, 0)).isEqualTo(1_446);
  }

  @Test
  void whatWasLearnedNeverMakesARiderFasterThanPlanSpeedOnTheStraightLine() {
    GeoPoint north = new GeoPoint(31.24, 121.47);
    // 1,111.9508 m ÷ 4.16667 m/s = 266.87 s is the least; × 0.9 of 346.93 s = 312.24 s is above it.
    assertThat(times.between(List.of(HERE), List.of(north), PairFactor.same(0.9)).seconds(0, 0))
        .isEqualTo(313);
    assertThat(times.between(List.of(HERE), List.of(north), PairFactor.same(0.1)).seconds(0, 0))
        .isEqualTo(267);
  }

  @Test
  void settingsThatMakeNoSenseAreRefusedByName() {
    assertThatThrownBy(() -> new DetourTravelTimes(0.9, 15))
        .hasMessageContaining("shanpai.geo.detour-factor");
    assertThatThrownBy(() -> new DetourTravelTimes(1.3, 0))
        .hasMessageContaining("shanpai.geo.plan-speed-kmh");
    assertThatThrownBy(() -> new DetourTravelTimes(1.3, 25.1))
        .hasMessageContaining("shanpai.geo.plan-speed-kmh");
    assertThatThrownBy(() -> times.between(List.of(HERE), List.of(HERE), 0.5))
        .hasMessageContaining("travelFactor");
  }
}
