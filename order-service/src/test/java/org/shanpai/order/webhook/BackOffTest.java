package org.shanpai.order.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackOffTest {

  private final BackOff backOff = new BackOff(Duration.ofSeconds(2), Duration.ofHours(8));

  @Test
  void pausesDoubleUpToTheLongest() {
    for (int failures = 1; failures <= 60; failures++) {
      long full = Math.min(2000L << Math.min(failures - 1, 40), Duration.ofHours(8).toMillis());
      long pause = backOff.pause(failures, "msg-1").toMillis();
      assertThat(pause).as("%d failures", failures).isBetween(full * 4 / 5, full);
    }
  }

  @Test
  void threeDaysHoldAtLeastFifteenTriesAndAtMostForty() {
    Duration sum = Duration.ZERO;
    int tries = 1;
    while (true) {
      sum = sum.plus(backOff.pause(tries, "msg-1"));
      if (sum.compareTo(Duration.ofDays(3)) > 0) {
        break;
      }
      tries++;
    }
    assertThat(tries).isBetween(15, 40);
  }

  @Test
  void sameSeedPausesAlikeAndOthersAreSpread() {
    assertThat(backOff.pause(7, "msg-1")).isEqualTo(backOff.pause(7, "msg-1"));
    assertThat(java.util.stream.IntStream.range(0, 50).mapToObj(i -> backOff.pause(7, "msg-" + i)))
        .doesNotHaveDuplicates()
        .hasSize(50);
  }
}
