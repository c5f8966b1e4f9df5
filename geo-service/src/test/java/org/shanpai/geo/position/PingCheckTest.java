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

  static final PingCheck.Limits LIMITS = new PingCheck.Limits(30_000, 600_000, 200, 25, 2, 50);

  private final PingCheck check = new PingCheck(LIMITS);

  private PingRejection verdict(
      long secondsFromNow, Double lat, Double lon, Double accuracy, Double speed, Boolean mock) {
    Ping ping =
        new Ping(
            Instant.ofEpochMilli(NOW + secondsFromNow * 1000), lat, lon, accuracy, speed, mock);
    return check.alone(ping, NOW, place -> MIDDLE.metresTo(place) < 60_000);
  }

  @Test
  void aPlainPingIsBelieved() {
    assertThat(verdict(-5, 31.23, 121.47, 8.0, 4.4, false)).isNull();
    assertThat(verdict(-5, 31.23, 121.47, 8.0, null, null)).isNull();
    assertThat(verdict(-5, 31.23, 121.47, 8.0, -1.0, null)).as("speed unknown").isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "31,      31.23,    121.47,   8,    4,   false, FUTURE",
    "-601,    31.23,    121.47,   8,    4,   false, TOO_OLD",
    "-5,      NaN,      121.47,   8,    4,   false, NOT_A_NUMBER",
    "-5,      31.23,    Infinity, 8,    4,   false, NOT_A_NUMBER",
    "-5,      31.23,    121.47,   NaN,  4,   false, NOT_A_NUMBER",
    "-5,      ,         121.47,   8,    4,   false, MISSING",
    "-5,      31.23,    121.47,   ,     4,   false, MISSING",
    "-5,      90,       121.47,   8,    4,   false, OUT_OF_RANGE",
    "-5,      31.23,    181,      8,    4,   false, OUT_OF_RANGE",
    "-5,      121.47,   31.23,    8,    4,   false, SWAPPED",
    "-5,      39.9,     116.4,    8,    4,   false, OUT_OF_CITY",
    "-5,      0,        0,        8,    4,   false, OUT_OF_CITY",
    "-5,      31.23,    121.47,   201,  4,   false, INACCURATE",
    "-5,      31.23,    121.47,   -1,   4,   false, INACCURATE",
    "-5,      31.23,    121.47,   8,    14,  false, TOO_FAST",
    "-5,      31.23,    121.47,   8,    4,   true,  MOCK"
  })
  void whatIsWrongIsNamed(
      long seconds,
      Double lat,
      Double lon,
      Double accuracy,
      Double speed,
      Boolean mock,
      PingRejection reason) {
    assertThat(verdict(seconds, lat, lon, accuracy, speed, mock)).isEqualTo(reason);
  }

  @Test
  void limitsThemselvesAreBelieved() {
    assertThat(verdict(30, 31.23, 121.47, 200.0, 13.8, false)).isNull();
    assertThat(verdict(-600, 31.23, 121.47, 0.0, 13.8, false)).isNull();
  }

  @Test
  void exchangedCoordinatesThatFitTheEarthAreToldFromAnotherCity() {
    GeoPoint kashgar = new GeoPoint(39.47, 75.99);
    Ping swapped = new Ping(Instant.ofEpochMilli(NOW), 75.99, 39.47, 8.0, null, null);
    assertThat(check.alone(swapped, NOW, place -> kashgar.metresTo(place) < 60_000))
        .isEqualTo(PingRejection.SWAPPED);
  }

  @Test
  void fiftyKilometresAnHourPlusNoiseIsTheLimitOfMovement() {
    // 100 s × 13.889 m/s = 1,388.9 m, + 50 m noise + 2 × 10 m accuracy = 1,458.9 m.
    Reading from = new Reading(MIDDLE, NOW, 10);
    assertThat(
            check.impossible(from, new Reading(MIDDLE.offsetMetres(1_450, 0), NOW + 100_000, 10)))
        .isFalse();
    assertThat(
            check.impossible(from, new Reading(MIDDLE.offsetMetres(1_470, 0), NOW + 100_000, 10)))
        .isTrue();
    assertThat(
            check.impossible(from, new Reading(MIDDLE.offsetMetres(1_450, 0), NOW - 100_000, 10)))
        .as("readings in the other order")
        .isFalse();
  }
}
