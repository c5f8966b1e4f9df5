package org.shanpai.order.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.shanpai.order.orders.HandoverCode.Verdict;

class HandoverCodeTest {

  private static final Instant NOW = Instant.parse("2026-11-22T04:00:00Z");
  private static final Duration LOCK = Duration.ofMinutes(3);

  private final HandoverCode code = new HandoverCode("4711");

  private Verdict tryAt(Instant at, String digits) {
    return code.check(digits, at, 5, LOCK);
  }

  @Test
  void rightCodeIsRightAgainAndAgain() {
    assertThat(tryAt(NOW, "4711")).isEqualTo(new Verdict.Right());
    assertThat(tryAt(NOW, "4711")).isEqualTo(new Verdict.Right());
  }

  @Test
  void fifthWrongTryLocksEvenTheRightCode() {
    for (int left = 4; left >= 0; left--) {
      assertThat(tryAt(NOW, "0000")).isEqualTo(new Verdict.Wrong(left));
    }
    assertThat(tryAt(NOW.plusSeconds(60), "4711"))
        .isEqualTo(new Verdict.Locked(Duration.ofMinutes(2)));
    assertThat(tryAt(NOW.plus(LOCK).minusMillis(1), "4711")).isInstanceOf(Verdict.Locked.class);
    assertThat(tryAt(NOW.plus(LOCK), "4711")).isEqualTo(new Verdict.Right());
  }

  @Test
  void triesDuringALockDoNotLengthenIt() {
    for (int i = 0; i < 5; i++) {
      tryAt(NOW, "0000");
    }
    for (int i = 0; i < 20; i++) {
      tryAt(NOW.plusSeconds(i), "0000");
    }
    assertThat(tryAt(NOW.plus(LOCK), "4711")).isEqualTo(new Verdict.Right());
  }

  @Test
  void rightCodeForgetsTheWrongOnesBefore() {
    for (int i = 0; i < 4; i++) {
      tryAt(NOW, "0000");
    }
    tryAt(NOW, "4711");
    assertThat(tryAt(NOW, "0000")).isEqualTo(new Verdict.Wrong(4));
  }

  @Test
  void codeOfAnotherLengthIsWrong() {
    assertThat(tryAt(NOW, "47110")).isEqualTo(new Verdict.Wrong(4));
    assertThat(tryAt(NOW, "471")).isEqualTo(new Verdict.Wrong(3));
  }
}
