package org.shanpai.geo.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.geo.position.Sighting;

class TrackedWayTest {

  private static final GeoPoint FROM = new GeoPoint(31.23, 121.47);
  private static final Instant NOON = Instant.parse("2026-11-22T04:00:00Z");

  private static Sighting at(int second, double north, double east) {
    return new Sighting(
        FROM.offsetMetres(north, east), NOON.toEpochMilli() + second * 1_000L, 8, 90);
  }

  /** 600 m north, then 600 m east, 4 m/s, a reading every 5 s. */
  private static List<Sighting> aroundTheCorner(Random random, double noise) {
    List<Sighting> readings = new ArrayList<>();
    for (int second = 0; second <= 300; second += 5) {
      double ridden = second * 4.0;
      readings.add(
          at(
              second,
              Math.min(600, ridden) + random.nextGaussian() * noise,
              Math.max(0, ridden - 600) + random.nextGaussian() * noise));
    }
    return readings;
  }

  private static final Leg CORNER = new Leg("r-1", FROM, FROM.offsetMetres(600, 600), NOON, 300, 1);

  @Test
  void theWayAroundACornerIsMeasuredAlongIt() {
    RiddenWays.Ridden ridden = TrackedWay.of(CORNER, aroundTheCorner(new Random(1), 0));
    assertThat(ridden.metres()).isCloseTo(1_200, within(15.0));
    assertThat(ridden.topKmh()).isCloseTo(14.4, within(0.3));
    RiddenWays.Ridden noisy = TrackedWay.of(CORNER, aroundTheCorner(new Random(2), 3));
    assertThat(noisy.metres()).isCloseTo(1_200, within(60.0));
  }

  @Test
  void whoCutsThroughTheBlockRodeLess() {
    List<Sighting> readings = new ArrayList<>();
    for (int second = 0; second <= 300; second += 5) {
      readings.add(at(second, second * 2.0, second * 2.0));
    }
    RiddenWays.Ridden ridden = TrackedWay.of(CORNER, readings);
    assertThat(ridden.metres()).isCloseTo(849, within(10.0));
    // 849 m of a legal 1,200 m.
    assertThat(
            new LegRule(90, 25, 4, 0.85)
                .judge(new LegRule.Ride(300, ridden.metres(), ridden.topKmh()), 1_200, 288))
        .isEqualTo(LegRule.Verdict.WRONG_WAY);
  }

  @Test
  void halfAMinuteOfRacingShows() {
    List<Sighting> readings = new ArrayList<>();
    double ridden = 0;
    for (int second = 0; second <= 300; second += 5) {
      readings.add(at(second, Math.min(600, ridden), Math.max(0, ridden - 600)));
      ridden += (second >= 100 && second < 140 ? 9 : 3.2) * 5;
    }
    assertThat(TrackedWay.of(CORNER, readings).topKmh()).isCloseTo(32.4, within(1.0));
  }

  @Test
  void whoWasNotSeenWellTellsNothing() {
    List<Sighting> gap = aroundTheCorner(new Random(3), 0);
    gap.subList(20, 26).clear();
    assertThat(TrackedWay.of(CORNER, gap)).isNull();
    assertThat(TrackedWay.of(CORNER, List.of())).isNull();
    List<Sighting> endsEarly = aroundTheCorner(new Random(3), 0).subList(0, 40);
    assertThat(TrackedWay.of(CORNER, endsEarly)).isNull();
    List<Sighting> mocked =
        aroundTheCorner(new Random(3), 0).stream()
            .map(one -> new Sighting(one.place(), one.at(), 8, 30))
            .toList();
    assertThat(TrackedWay.of(CORNER, mocked)).isNull();
  }
}
