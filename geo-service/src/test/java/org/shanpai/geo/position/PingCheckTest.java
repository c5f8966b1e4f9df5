package org.shanpai.geo.position;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.shanpai.contracts.GeoPoint;

class PingCheckTest {

  private static final long NOW = Instant.parse("2026-11-22T04:00:00Z").toEpochMilli();
  private static final GeoPoint MIDDLE = new GeoPoint(31.23, 121.47);

  static final PingCheck.Limits LIMITS =
      new PingCheck.Limits(
          30_000, 120_000, 26 * 3_600_000L, 600_000, 200, 50, 25, 1.5, 2, 50, 3, 30);

  private final PingCheck check = new PingCheck(LIMITS);

  private PingRejection verdict(Long seq, Double lat, Double lon, Double accuracy) {
    Ping ping = new Ping(seq, Instant.ofEpochMilli(NOW), lat, lon, accuracy, null, null);
    PingRejection unusable = check.unusable(ping, PingCheckTest::inCity);
    return unusable != null
        ? unusable
        : check.misplaced(new GeoPoint(lat, lon), PingCheckTest::inCity);
  }

  private static boolean inCity(GeoPoint place) {
    return MIDDLE.metresTo(place) < 60_000;
  }

  @Test
  void aPlainPingIsBelieved() {
    assertThat(verdict(1L, 31.23, 121.47, 8.0)).isNull();
    assertThat(verdict(1L, 31.23, 121.47, 0.0)).isNull();
    assertThat(verdict(1L, 31.23, 121.47, 200.0)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "1, NaN,    121.47,   8,    NOT_A_NUMBER",
    "1, 31.23,  Infinity, 8,    NOT_A_NUMBER",
    "1, 31.23,  121.47,   NaN,  NOT_A_NUMBER",
    " , 31.23,  121.47,   8,    MISSING",
    "1,      ,  121.47,   8,    MISSING",
    "1, 31.23,  121.47,    ,    MISSING",
    "1, 90,     121.47,   8,    OUT_OF_RANGE",
    "1, -90,    0,        8,    OUT_OF_RANGE",
    "1, 31.23,  181,      8,    OUT_OF_RANGE",
    "1, 121.47, 31.23,    8,    SWAPPED",
    "1, 39.9,   116.4,    8,    OUT_OF_CITY",
    "1, 0,      0,        8,    OUT_OF_CITY",
    "1, 31.23,  121.47,   201,  INACCURATE",
    "1, 31.23,  121.47,   -1,   INACCURATE"
  })
  void whatIsWrongIsNamed(Long seq, Double lat, Double lon, Double accuracy, PingRejection reason) {
    assertThat(verdict(seq, lat, lon, accuracy)).isEqualTo(reason);
  }

  @Test
  void aPingWithoutItsTimeOrWithNothingIsMissing() {
    assertThat(
            check.unusable(
                new Ping(1L, null, 31.23, 121.47, 8.0, null, null), PingCheckTest::inCity))
        .isEqualTo(PingRejection.MISSING);
    assertThat(check.unusable(null, PingCheckTest::inCity)).isEqualTo(PingRejection.MISSING);
  }

  @Test
  void timesAreBelievedUpToTheirLimits() {
    assertThat(check.untimely(NOW + 30_000, NOW)).isNull();
    assertThat(check.untimely(NOW + 30_001, NOW)).isEqualTo(PingRejection.FUTURE);
    assertThat(check.untimely(NOW - 600_000, NOW)).isNull();
    assertThat(check.untimely(NOW - 600_001, NOW)).isEqualTo(PingRejection.TOO_OLD);
  }

  @Test
  void exchangedCoordinatesThatFitTheEarthAreToldFromAnotherCity() {
    GeoPoint kashgar = new GeoPoint(39.47, 75.99);
    assertThat(
            check.misplaced(new GeoPoint(75.99, 39.47), place -> kashgar.metresTo(place) < 60_000))
        .isEqualTo(PingRejection.SWAPPED);
  }

  @Test
  void fiftyKilometresAnHourPlusNoiseIsTheLimitOfMovement() {
    // 100 s × 13.889 m/s = 1,388.9 m, + 50 m noise + 2 × 10 m accuracy = 1,458.9 m.
    Reading from = reading(MIDDLE, NOW);
    assertThat(check.impossible(from, reading(MIDDLE.offsetMetres(1_450, 0), NOW + 100_000)))
        .isFalse();
    assertThat(check.impossible(from, reading(MIDDLE.offsetMetres(1_470, 0), NOW + 100_000)))
        .isTrue();
    assertThat(check.impossible(from, reading(MIDDLE.offsetMetres(1_450, 0), NOW - 100_000)))
        .as("readings in the other order")
        .isFalse();
  }

  private static Reading reading(GeoPoint place, long at) {
    return new Reading(0, 1, place, at, 10, Double.NaN, false);
  }
}
