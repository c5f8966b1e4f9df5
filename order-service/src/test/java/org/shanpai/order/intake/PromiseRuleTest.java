package org.shanpai.order.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromiseRuleTest {

  private static final Instant NOON = Instant.parse("2026-11-22T04:00:00Z");

  private final PromiseRule rule = new PromiseRule(1800, 600, 5400);

  @Test
  void thirtyMinutesArePromisedWhenNothingIsAsked() {
    assertThat(rule.window(NOON, null, null, 0).start()).isEqualTo(NOON);
    assertThat(rule.window(NOON, null, null, 0).end()).isEqualTo(NOON.plus(Duration.ofMinutes(30)));
  }

  @Test
  void weatherMakesThePromiseLonger() {
    assertThat(rule.window(NOON, null, null, 300).length()).isEqualTo(Duration.ofMinutes(35));
    assertThat(rule.window(NOON, 2400, null, 300).length()).isEqualTo(Duration.ofMinutes(45));
  }

  @ParameterizedTest(name = "floor {0} s: {1} min")
  @CsvSource({"0, 30", "1799, 30", "1800, 30", "1801, 31", "1860, 31", "2301, 39", "9000, 150"})
  void thirtyMinutesArePromisedOnlyWhereTheyFit(int floor, int minutes) {
    assertThat(rule.window(NOON, null, floor, 0).length()).isEqualTo(Duration.ofMinutes(minutes));
  }

  @Test
  void whoAsksForAPromiseGetsItWhateverTheFloor() {
    assertThat(rule.window(NOON, 1200, 2301, 60).length()).isEqualTo(Duration.ofMinutes(21));
  }

  @Test
  void onlyAPromiseNobodyAskedForIsLate() {
    assertThat(rule.late(rule.window(NOON, null, 1800, 0), null)).isFalse();
    assertThat(rule.late(rule.window(NOON, null, 1801, 0), null)).isTrue();
    assertThat(rule.late(rule.window(NOON, null, null, 60), null)).isTrue();
    assertThat(rule.late(rule.window(NOON, 2400, null, 0), 2400)).isFalse();
  }

  @ParameterizedTest(name = "{0} s: {1}")
  @CsvSource({"599, false", "600, true", "1800, true", "5400, true", "5401, false", "-1, false"})
  void onlyPromisesInTheRangeAreOffered(int seconds, boolean offered) {
    assertThat(rule.allows(seconds)).isEqualTo(offered);
  }

  @Test
  void standardOutsideTheRangeIsRefused() {
    assertThatThrownBy(() -> new PromiseRule(500, 600, 5400))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("500");
  }
}
