package org.shanpai.chassis.problem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EdgeAnswersTest {

  @Test
  void whatClientsSendIsReadable() {
    for (String accept :
        new String[] {
          null,
          "",
          "*/*",
          "application/json, application/problem+json",
          "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
          "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2",
          "text/event-stream",
          "application/json,"
        }) {
      assertThat(EdgeAnswers.readable(accept)).as(accept).isTrue();
    }
  }

  @Test
  void whatIsNoMediaTypeIsNot() {
    for (String accept : new String[] {"\u0001;;q=x", ";;q=x", "a/b/c", "text/ html", "牛奶"}) {
      assertThat(EdgeAnswers.readable(accept)).as(accept).isFalse();
    }
  }

  @Test
  void longNonsenseIsJudgedAtOnce() {
    String nonsense = ("a".repeat(4_000) + ",").repeat(16) + "/";
    long started = System.nanoTime();
    assertThat(EdgeAnswers.readable(nonsense)).isFalse();
    assertThat(System.nanoTime() - started).isLessThan(1_000_000_000L);
  }
}
