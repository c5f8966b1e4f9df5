package org.shanpai.order.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.TimeWindow;

class PrebookRuleTest {

  private static final Instant NOON = Instant.parse("2026-11-22T04:00:00Z");

  private final PrebookRule rule =
      new PrebookRule(
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofDays(7),
          Duration.ofMinutes(10),
          Duration.ofMinutes(45),
          Duration.ofHours(2));

  private static TimeWindow window(int startMinutes, int length) {
    Instant start = NOON.plus(Duration.ofMinutes(startMinutes));
    return new TimeWindow(start, start.plus(Duration.ofMinutes(length)));
  }

  @Test
  void releasedTenMinutesBeforeFourInFiveWouldComeAtTheEnd() {
    assertThat(rule.releaseAt(window(300, 60), 1_500, NOON))
        .isEqualTo(NOON.plus(Duration.ofMinutes(360 - 25 - 10)));
  }

  @Test
  void withoutExperienceThreeQuartersOfAnHourAreTaken() {
    assertThat(rule.releaseAt(window(300, 60), null, NOON))
        .isEqualTo(NOON.plus(Duration.ofMinutes(360 - 45 - 10)));
  }

  @Test
  void aWindowSoNearThatItsReleaseHasPassedGoesAtOnce() {
    assertThat(rule.releaseAt(window(5, 30), 1_500, NOON)).isNull();
    assertThat(rule.releaseAt(window(6, 30), 1_500, NOON))
        .isEqualTo(NOON.plus(Duration.ofMinutes(1)));
  }

  @Test
  void todaysWeatherSaysNothingOfTomorrow() {
    assertThat(rule.foresees(window(30, 60), NOON)).isTrue();
    assertThat(rule.foresees(window(1_500, 60), NOON)).isFalse();
  }
}
