package org.shanpai.geo.position;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.shanpai.geo.position.PhoneSession.ClockLimits;
import org.shanpai.geo.position.PhoneSession.Order;

class PhoneSessionTest {

  private static final long NOW = 1_790_000_000_000L;
  private static final long MINUTE = 60_000;
  private static final ClockLimits LIMITS =
      new ClockLimits(30_000, 2 * MINUTE, 15 * MINUTE, 26 * 60 * MINUTE);

  private final PhoneSession session = new PhoneSession(PhoneSession.key("s-1"));

  private long correction(long deviceMinusCity, long now) {
    session.heard(now + deviceMinusCity, now, LIMITS);
    return session.correction(now, LIMITS);
  }

  @Test
  void numbersAreNewLateOrRepeated() {
    assertThat(session.order(10)).isEqualTo(Order.NEW);
    assertThat(session.order(10)).isEqualTo(Order.REPEATED);
    assertThat(session.order(12)).isEqualTo(Order.NEW);
    assertThat(session.order(11)).isEqualTo(Order.LATE);
    assertThat(session.order(11)).isEqualTo(Order.REPEATED);
    assertThat(session.order(5_000_000_000L)).isEqualTo(Order.NEW);
    assertThat(session.order(12)).as("too far back to know").isEqualTo(Order.REPEATED);
    assertThat(session.order(4_999_999_990L)).isEqualTo(Order.LATE);
    assertThat(session.order(Long.MAX_VALUE)).isEqualTo(Order.NEW);
  }

  @Test
  void ordersAgreeWithASetInAnySequence() {
    Random random = new Random(11);
    Set<Long> seen = new HashSet<>();
    long highest = -1;
    long around = 0;
    for (int i = 0; i < 20_000; i++) {
      around += random.nextInt(3);
      long seq = Math.max(0, around + random.nextInt(400) - 350);
      Order expected =
          seq > highest
              ? Order.NEW
              : highest - seq >= PhoneSession.WINDOW || seen.contains(seq)
                  ? Order.REPEATED
                  : Order.LATE;
      assertThat(session.order(seq)).as("seed 11, step %d, number %d", i, seq).isEqualTo(expected);
      seen.add(seq);
      highest = Math.max(highest, seq);
    }
  }

  @Test
  void aGoodClockIsLeftAloneWhateverTheDelay() {
    assertThat(correction(-500, NOW)).isZero();
    assertThat(correction(-10 * MINUTE, NOW + 20 * MINUTE)).as("sent late from a tunnel").isZero();
    assertThat(correction(20_000, NOW + 30 * MINUTE)).as("within tolerance").isZero();
  }

  @Test
  void aClockThatIsAheadIsCorrectedAtOnceBySmallestDifference() {
    assertThat(correction(8 * 60 * MINUTE, NOW)).isEqualTo(-8 * 60 * MINUTE);
    assertThat(correction(8 * 60 * MINUTE - 5_000, NOW + 10_000))
        .as("five seconds under way")
        .isEqualTo(-8 * 60 * MINUTE);
    assertThat(correction(8 * 60 * MINUTE + 300, NOW + 20_000)).isEqualTo(-8 * 60 * MINUTE - 300);
  }

  @Test
  void aClockAFewMinutesBehindIsCorrectedOnceThatIsSure() {
    assertThat(correction(-5 * MINUTE, NOW)).isZero();
    assertThat(correction(-5 * MINUTE, NOW + 30_000)).isZero();
    assertThat(correction(-5 * MINUTE, NOW + 61_000)).isEqualTo(5 * MINUTE);
    assertThat(correction(-1_000, NOW + 70_000)).as("it had only been late").isZero();
  }

  @Test
  void aClockHoursBehindIsCorrectedAtOnceBecauseItsReadingsWouldBeLost() {
    assertThat(correction(-8 * 60 * MINUTE, NOW)).isEqualTo(8 * 60 * MINUTE);
  }

  @Test
  void anAbsurdClockIsNotCorrected() {
    assertThat(correction(27 * 60 * MINUTE, NOW)).isZero();
    assertThat(new PhoneSession(1).correction(NOW, LIMITS)).isZero();
  }

  @Test
  void aClockThatIsSetRightIsBelievedAgain() {
    assertThat(correction(60 * MINUTE, NOW)).isEqualTo(-60 * MINUTE);
    assertThat(correction(-200, NOW + 10_000)).isZero();
    assertThat(correction(-200, NOW + 20_000)).isZero();
  }

  @Test
  void idsOfSessionsAreToldApart() {
    assertThat(PhoneSession.key("s-1")).isEqualTo(PhoneSession.key("s-" + 1));
    assertThat(PhoneSession.key("s-1")).isNotEqualTo(PhoneSession.key("s-2"));
  }
}
