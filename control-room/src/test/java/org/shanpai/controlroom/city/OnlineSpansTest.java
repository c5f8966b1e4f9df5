package org.shanpai.controlroom.city;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.RiderId;

class OnlineSpansTest {

  private static final Instant DAY = Instant.parse("2026-11-19T16:00:00Z");
  private static final RiderId RIDER = RiderId.of("r-1");
  private final OnlineSpans spans = new OnlineSpans();

  private static Instant hour(double hours) {
    return DAY.plusSeconds((long) (hours * 3600));
  }

  @Test
  void openSpanRunsToNowAndClosedOneToItsEnd() {
    spans.opened(RIDER, hour(1));
    assertThat(spans.total(DAY, hour(3))).isEqualTo(Duration.ofHours(2));
    spans.offline(RIDER, hour(4));
    assertThat(spans.total(DAY, hour(9))).isEqualTo(Duration.ofHours(3));
    spans.opened(RIDER, hour(8));
    assertThat(spans.total(DAY, hour(9))).isEqualTo(Duration.ofHours(4));
  }

  @Test
  void tellingTheSameSpanTwiceCountsItOnce() {
    spans.opened(RIDER, hour(1));
    spans.opened(RIDER, hour(1));
    assertThat(spans.total(DAY, hour(2))).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void spanWhoseEndWasNeverSeenEndsWhereTheNextBegins() {
    spans.opened(RIDER, hour(1));
    spans.opened(RIDER, hour(5));
    assertThat(spans.total(DAY, hour(6))).isEqualTo(Duration.ofHours(5));
    spans.offline(RIDER, hour(7));
    assertThat(spans.total(DAY, hour(9))).isEqualTo(Duration.ofHours(6));
  }

  @Test
  void onlyThePartOfASpanThatFallsOnTheDateCounts() {
    spans.opened(RIDER, hour(-2));
    assertThat(spans.total(DAY, hour(1))).isEqualTo(Duration.ofHours(1));
    spans.offline(RIDER, hour(1));
    spans.forgetBefore(hour(2));
    assertThat(spans.total(DAY, hour(3))).isZero();
  }
}
