package org.shanpai.dispatch.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.shanpai.chassis.problem.Problem;

class PatienceTest {

  private static final Instant SINCE = Instant.parse("2026-11-20T04:00:00Z");

  @Test
  void stepsFollowEachOtherAtTwoFourSixAndTenMinutes() {
    assertThat(due(119)).isNull();
    assertThat(due(120)).isEqualTo(Unclaimed.PAY_RAISED);
    assertThat(due(239)).isEqualTo(Unclaimed.PAY_RAISED);
    assertThat(due(240)).isEqualTo(Unclaimed.NEIGHBOURS_ASKED);
    assertThat(due(360)).isEqualTo(Unclaimed.OPERATOR_CALLED);
    assertThat(due(599)).isEqualTo(Unclaimed.OPERATOR_CALLED);
    assertThat(due(600)).isEqualTo(Unclaimed.FREE_CANCEL);
  }

  @Test
  void stepBeforeTheOneItFollowsIsRefusedByName() {
    new Patience(10, 10, 10, 10).requireInOrder();
    assertThatThrownBy(() -> new Patience(120, 240, 200, 600).requireInOrder())
        .isInstanceOfSatisfying(
            Problem.class, p -> assertThat(p.field()).isEqualTo("operatorSeconds"));
    assertThatThrownBy(() -> new Patience(120, 240, 300, 299).requireInOrder())
        .isInstanceOfSatisfying(
            Problem.class, p -> assertThat(p.field()).isEqualTo("freeCancelSeconds"));
  }

  private static Unclaimed due(int seconds) {
    return Patience.USUAL.due(SINCE, SINCE.plusSeconds(seconds)).orElse(null);
  }
}
