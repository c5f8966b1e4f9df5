package org.shanpai.rider.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.shanpai.rider.score.LedgerFixture.NOON;
import static org.shanpai.rider.score.LedgerFixture.date;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The worked examples of the score rules, by number, and what the formula promises beside them. */
class ServiceScoreTest {

  private static final Duration DAY = Duration.ofDays(1);
  private final RuleSet v1 = RuleSetFixture.v1();

  private LedgerFixture ledger() {
    return new LedgerFixture(v1);
  }

  @Test
  void example1SmoothOrdersAddATenthEach() {
    assertThat(ledger().smooth(15, NOON).veteranPoints(date(NOON))).isEqualTo(71.5);
    assertThat(ledger().smooth(45, NOON).veteranPoints(date(NOON))).isEqualTo(74.5);
  }

  @Test
  void example2AFullWindowThenOneLateOrder() {
    LedgerFixture ledger = ledger().smooth(300, NOON);
    assertThat(ledger.veteranPoints(date(NOON))).isEqualTo(100.0);
    ledger.late(301, NOON.plusSeconds(1_000));
    assertThat(ledger.veteranPoints(date(NOON))).isEqualTo(97.9);
  }

  @Test
  void example3RewardBeginsStrictlyAbove75() {
    LedgerFixture ledger = ledger().smooth(50, NOON);
    assertThat(ledger.veteranPoints(date(NOON))).isEqualTo(75.0);
    assertThat(75_000 > v1.rewardAboveMilliPoints()).isFalse();
    ledger.smooth(1, NOON.plusSeconds(500));
    assertThat(ledger.veteranPoints(date(NOON))).isEqualTo(75.1);
    assertThat(75_100 > v1.rewardAboveMilliPoints()).isTrue();
  }

  @Test
  void example4FiveMinutesTakeOnePointAndASecondMoreTakesTwo() {
    LedgerFixture ledger = ledger().smooth(20, NOON);
    assertThat(ledger.veteranPoints(date(NOON))).isEqualTo(72.0);
    ledger.late(300, NOON.plus(DAY));
    assertThat(ledger.veteranPoints(date(NOON.plus(DAY)))).isEqualTo(71.0);
    ledger.late(301, NOON.plus(DAY).plusSeconds(60));
    assertThat(ledger.veteranPoints(date(NOON.plus(DAY)))).isEqualTo(69.0);
  }

  @Test
  void example6JudgedThreeTimesIsOneRow() {
    LedgerFixture ledger =
        ledger().deliver("o", NOON, 200).deliver("o", NOON, 200).deliver("o", NOON, 200);
    assertThat(ledger.lines()).hasSize(1);
    assertThat(ledger.veteranPoints(date(NOON))).isEqualTo(69.0);
  }

  @Test
  void example9LatenessIsCappedForTheDay() {
    LedgerFixture ledger = ledger();
    for (int i = 0; i < 4; i++) {
      ledger.late(600, NOON.plusSeconds(i));
    }
    ledger.row("wrong", "CX1", NOON.plusSeconds(9));
    assertThat(ledger.veteranPoints(date(NOON))).isEqualTo(62.0);
  }

  @Test
  void example11ALateOrderLeavesTheWindow() {
    LedgerFixture ledger = ledger().late(400, NOON).smooth(299, NOON.plusSeconds(10));
    assertThat(ledger.veteranPoints(date(NOON))).isEqualTo(97.9);
    ledger.smooth(1, NOON.plusSeconds(1_000));
    assertThat(ledger.veteranPoints(date(NOON))).isEqualTo(100.0);
  }

  @Test
  void example11ALateOrderIsForgottenAfterSixtyDays() {
    LedgerFixture ledger = ledger().late(400, NOON);
    assertThat(ledger.veteranPoints(date(NOON.plus(DAY.multipliedBy(60))))).isEqualTo(68.0);
    assertThat(ledger.veteranPoints(date(NOON.plus(DAY.multipliedBy(61))))).isEqualTo(70.0);
  }

  @Test
  void anOrderLosesAtMostFourOrdinaryPoints() {
    LedgerFixture ledger =
        ledger().row("o", "OT2", NOON).row("o", "CX1", NOON).row("o", "CX3", NOON);
    assertThat(ledger.veteranPoints(date(NOON))).isEqualTo(66.0);
  }

  @Test
  void severeLossesAreForgottenAfterThirtyDays() {
    LedgerFixture ledger = ledger().row("fraud", "SV2", NOON);
    assertThat(ledger.veteranPoints(date(NOON))).isEqualTo(50.0);
    assertThat(ledger.veteranPoints(date(NOON.plus(DAY.multipliedBy(30))))).isEqualTo(50.0);
    assertThat(ledger.veteranPoints(date(NOON.plus(DAY.multipliedBy(31))))).isEqualTo(70.0);
  }

  @Test
  void theScoreStaysBetweenZeroAndHundred() {
    LedgerFixture ledger = ledger();
    for (int i = 0; i < 5; i++) {
      ledger.row("fraud" + i, "SV2", NOON.plusSeconds(i));
    }
    assertThat(ledger.veteranPoints(date(NOON))).isEqualTo(0.0);
    assertThat(ledger().smooth(400, NOON).veteranPoints(date(NOON))).isEqualTo(100.0);
  }

  @Test
  void aNewcomersFirstThreeLateOrdersTakeNothing() {
    LedgerFixture ledger = ledger();
    for (int i = 0; i < 4; i++) {
      ledger.late(600, NOON.plus(DAY.multipliedBy(i)));
    }
    ServiceScore score =
        ServiceScore.on(
            date(NOON.plus(DAY.multipliedBy(4))), v1, ledger.lines(), ServiceScore.Experience.NONE);
    assertThat(score.milliPoints()).isEqualTo(68_000);
    assertThat(score.waived()).containsExactlyInAnyOrder("l1", "l2", "l3");
  }

  @Test
  void theHundredAndFirstOrderIsNoNewcomersAnyMore() {
    LedgerFixture ninetyNine = ledger().smooth(99, NOON).late(600, NOON.plusSeconds(500));
    LedgerFixture hundred = ledger().smooth(100, NOON).late(600, NOON.plusSeconds(500));
    assertThat(
            ServiceScore.on(date(NOON), v1, ninetyNine.lines(), ServiceScore.Experience.NONE)
                .milliPoints())
        .isEqualTo(79_900);
    assertThat(
            ServiceScore.on(date(NOON), v1, hundred.lines(), ServiceScore.Experience.NONE)
                .milliPoints())
        .isEqualTo(78_000);
  }

  @Test
  void ordersCarriedBeforeJoiningCountTowardsTheWaiver() {
    LedgerFixture ledger = ledger().late(600, NOON).late(600, NOON.plusSeconds(5));
    ServiceScore score =
        ServiceScore.on(date(NOON), v1, ledger.lines(), new ServiceScore.Experience(99));
    assertThat(score.waived()).containsExactly("l1");
    assertThat(score.milliPoints()).isEqualTo(68_000);
  }

  @Test
  void theOrderOfTheRowsChangesNothing() {
    for (long seed = 1; seed <= 200; seed++) {
      Random random = new Random(seed);
      List<ScoreLine> lines = randomLedger(random);
      ServiceScore.Experience experience = new ServiceScore.Experience(random.nextInt(120));
      var day = date(NOON.plus(DAY.multipliedBy(random.nextInt(90))));
      ServiceScore expected = ServiceScore.on(day, v1, lines, experience);
      List<ScoreLine> shuffled = new ArrayList<>(lines);
      Collections.shuffle(shuffled, random);
      assertThat(ServiceScore.on(day, v1, shuffled, experience))
          .as("seed %d", seed)
          .isEqualTo(expected);
      assertThat(expected.milliPoints()).as("seed %d", seed).isBetween(0, 100_000);
    }
  }

  @Test
  void theOrderInWhichEventsComeChangesNothing() {
    for (long seed = 1; seed <= 100; seed++) {
      Random random = new Random(seed);
      List<DeliveryFacts> events = new ArrayList<>();
      int orders = 1 + random.nextInt(350);
      for (int i = 0; i < orders; i++) {
        Instant at = NOON.plusSeconds(random.nextInt(40 * 86_400));
        events.add(LedgerFixture.facts("o" + i, at, random.nextInt(700) - 500));
      }
      LedgerFixture inOrder = ledger();
      events.forEach(inOrder::judge);
      List<DeliveryFacts> disordered = new ArrayList<>(events);
      disordered.addAll(events.subList(0, events.size() / 2));
      Collections.shuffle(disordered, random);
      LedgerFixture other = ledger();
      disordered.forEach(other::judge);
      var day = date(NOON.plus(DAY.multipliedBy(40)));
      assertThat(other.lines()).as("seed %d", seed).hasSameSizeAs(inOrder.lines());
      assertThat(ServiceScore.on(day, v1, other.lines(), ServiceScore.Experience.NONE))
          .as("seed %d", seed)
          .isEqualTo(ServiceScore.on(day, v1, inOrder.lines(), ServiceScore.Experience.NONE));
    }
  }

  @Test
  void onTimeIsNeverWorseThanLate() {
    for (long seed = 1; seed <= 100; seed++) {
      Random random = new Random(seed);
      LedgerFixture late = ledger();
      LedgerFixture better = ledger();
      int orders = 1 + random.nextInt(120);
      int mended = random.nextInt(orders);
      for (int i = 0; i < orders; i++) {
        Instant at = NOON.plusSeconds(60L * i);
        long seconds = random.nextInt(600) - 300;
        late.deliver("o" + i, at, i == mended ? 500 : seconds);
        better.deliver("o" + i, at, i == mended ? 0 : seconds);
      }
      var day = date(NOON.plus(DAY));
      assertThat(better.veteranPoints(day))
          .as("seed %d", seed)
          .isGreaterThanOrEqualTo(late.veteranPoints(day));
    }
  }

  private List<ScoreLine> randomLedger(Random random) {
    LedgerFixture ledger = ledger();
    String[] rules = {"SM1", "SM2", "OT1", "OT2", "CX1", "FU1", "SV1", "TR1", "ZERO"};
    int rows = random.nextInt(500);
    for (int i = 0; i < rows; i++) {
      Instant at = NOON.plusSeconds(random.nextInt(80 * 86_400));
      ledger.row("o" + i, rules[random.nextInt(rules.length)], at);
    }
    for (int i = 0; i < 20; i++) {
      Instant at = NOON.plusSeconds(random.nextInt(80 * 86_400));
      ledger.deliver("again" + i, at, random.nextInt(500));
      ledger.deliver("again" + i, at, random.nextInt(500) - 250);
    }
    return ledger.lines();
  }
}
