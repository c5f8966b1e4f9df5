package org.shanpai.order.quote;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RestTest {

  private static final Instant NOON = Instant.parse("2026-11-22T04:00:00Z");

  private final Rest rest = new Rest(3, Duration.ofSeconds(2));

  @Test
  void threeFailuresInARowBeginARestThatEnds() {
    rest.failed(NOON);
    rest.failed(NOON);
    assertThat(rest.resting(NOON)).isFalse();
    rest.failed(NOON);
    assertThat(rest.resting(NOON.plusMillis(1_999))).isTrue();
    assertThat(rest.resting(NOON.plusSeconds(2))).isFalse();
  }

  @Test
  void anAnswerBetweenThemKeepsAsking() {
    rest.failed(NOON);
    rest.failed(NOON);
    rest.answered();
    rest.failed(NOON);
    rest.failed(NOON);
    assertThat(rest.resting(NOON)).isFalse();
  }

  @Test
  void whoeverFailsRightAfterARestIsLeftAloneAgain() {
    for (int i = 0; i < 3; i++) {
      rest.failed(NOON);
    }
    Instant later = NOON.plusSeconds(3);
    rest.failed(later);
    assertThat(rest.resting(later.plusSeconds(1))).isTrue();
  }
}
