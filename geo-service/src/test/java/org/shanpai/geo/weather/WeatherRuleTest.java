package org.shanpai.geo.weather;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.event.WeatherAlert;
import org.shanpai.contracts.event.WeatherAlert.Level;

class WeatherRuleTest {

  private static final AreaId CORE = AreaId.of("a-core");
  private static final Instant NOON = Instant.parse("2026-11-22T04:00:00Z");

  private static WeatherSetting setting(AreaId area, Level level, int from, Integer until) {
    return new WeatherSetting(
        area,
        level,
        level == Level.NONE ? 1 : 1.25,
        0,
        NOON.plusSeconds(from),
        until == null ? null : NOON.plusSeconds(until),
        level + "-sayer");
  }

  private static Level level(WeatherSetting operator, WeatherSetting... feed) {
    return WeatherRule.effective(operator, List.of(feed), CORE, NOON).level();
  }

  @Test
  void operatorsWordWinsUntilItEnds() {
    WeatherSetting red = setting(null, Level.RED, -60, null);
    assertThat(level(setting(CORE, Level.YELLOW, -10, null), red)).isEqualTo(Level.YELLOW);
    assertThat(level(setting(CORE, Level.NONE, -10, 1), red)).isEqualTo(Level.NONE);
    assertThat(level(setting(CORE, Level.NONE, -10, 0), red)).isEqualTo(Level.RED);
    assertThat(level(null, red)).isEqualTo(Level.RED);
  }

  @Test
  void worstLineOfTheFeedThatHoldsHereAndNowCounts() {
    assertThat(level(null)).isEqualTo(Level.NONE);
    assertThat(
            level(
                null,
                setting(null, Level.YELLOW, -60, 60),
                setting(CORE, Level.ORANGE, -60, 60),
                setting(AreaId.of("a-west"), Level.RED, -60, 60),
                setting(CORE, Level.RED, 1, 60),
                setting(CORE, Level.RED, -60, 0)))
        .isEqualTo(Level.ORANGE);
  }

  @Test
  void sameWordOfTheSameVoiceIsToldOnce() {
    WeatherSetting effective = setting(CORE, Level.ORANGE, -10, null);
    WeatherAlert told =
        new WeatherAlert(CORE, CityId.of("city-1"), 1, Level.ORANGE, 1.25, 0, NOON, "u-9");
    assertThat(WeatherRule.said(told, effective)).as("another operator").isTrue();
    WeatherAlert fed =
        new WeatherAlert(
            CORE, CityId.of("city-1"), 1, Level.ORANGE, 1.25, 0, NOON, WeatherRule.feed("x"));
    assertThat(WeatherRule.said(fed, effective)).as("the feed").isFalse();
    assertThat(WeatherRule.said(null, effective)).isFalse();
    assertThat(WeatherRule.said(null, WeatherRule.effective(null, List.of(), CORE, NOON))).isTrue();
  }
}
