package org.shanpai.rider.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.shanpai.rider.score.LedgerFixture.NOON;
import static org.shanpai.rider.score.LedgerFixture.date;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The worked examples of the score rules, by number, and what the formula promises beside them. */
class ServiceScoreTest {

  private static final Duration DAY = Duration.ofDays(1);
  private final RuleSet v1 = RuleSetFixture.v1();

  private LedgerFixture ledger() {
    return new LedgerFixture();
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
        ledger().deliver("o", NOON, 600).row("o", "CX1", NOON).row("o", "CX3", NOON);
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
    ServiceScore score = ledger.newcomer(date(NOON.plus(DAY.multipliedBy(4))));
    assertThat(score.milliPoints()).isEqualTo(68_000);
    assertThat(score.waived())
        .containsOnlyKeys(ScoreWindow.key("l1"), ScoreWindow.key("l2"), ScoreWindow.key("l3"));
  }

  @Test
  void theHundredAndFirstOrderIsNoNewcomersAnyMore() {
    LedgerFixture ninetyNine = ledger().smooth(99, NOON).late(600, NOON.plusSeconds(500));
    LedgerFixture hundred = ledger().smooth(100, NOON).late(600, NOON.plusSeconds(500));
    assertThat(ninetyNine.newcomer(date(NOON)).milliPoints()).isEqualTo(79_900);
    assertThat(hundred.newcomer(date(NOON)).milliPoints()).isEqualTo(78_000);
  }

  @Test
  void ordersCarriedBeforeJoiningCountTowardsTheWaiver() {
    LedgerFixture ledger = ledger().late(600, NOON).late(600, NOON.plusSeconds(5));
    ServiceScore score = ledger.score(date(NOON), 99, day -> 0);
    assertThat(score.waived()).containsOnlyKeys(ScoreWindow.key("l1"));
    assertThat(score.milliPoints()).isEqualTo(68_000);
  }

  @Test
  void theOrderOfTheRowsChangesNothing() {
    for (long seed = 1; seed <= 200; seed++) {
      Random random = new Random(seed);
      List<ScoreLine> lines = ServiceScore.standing(randomLedger(random).lines());
      long ever = 500 + random.nextInt(120);
      var day = date(NOON.plus(DAY.multipliedBy(random.nextInt(90))));
      ScoreWindow window = ScoreWindow.of(lines, ever, date -> date.getDayOfMonth() % 3);
      ServiceScore expected = ServiceScore.on(day, v1, window);
      List<ScoreLine> shuffled = new ArrayList<>(lines);
      Collections.shuffle(shuffled, random);
      ScoreWindow other = ScoreWindow.of(shuffled, ever, date -> date.getDayOfMonth() % 3);
      assertThat(other).as("seed %d", seed).isEqualTo(window);
      assertThat(ServiceScore.on(day, v1, other)).as("seed %d", seed).isEqualTo(expected);
      assertThat(expected.milliPoints()).as("seed %d", seed).isBetween(0, 100_000);
    }
  }

  @Test
  void capsHoldWhateverHappens() {
    for (long seed = 1; seed <= 200; seed++) {
      Random random = new Random(seed);
      LedgerFixture ledger = randomLedger(random);
      ServiceScore score =
          ledger.score(date(NOON.plus(DAY.multipliedBy(random.nextInt(90)))), 100, day -> 0);
      assertThat(score.gainsCountedMilliPoints()).as("seed %d", seed).isLessThanOrEqualTo(30_000);
      assertThat(score.ordersInWindow()).as("seed %d", seed).isLessThanOrEqualTo(300);
      assertThat(score.days())
          .as("seed %d", seed)
          .allMatch(day -> day.overtimeCountedMilliPoints() <= 6_000);
    }
  }

  @Test
  void aWindowKeptRowByRowIsTheOneMadeFromTheLedger() {
    for (long seed = 1; seed <= 60; seed++) {
      Random random = new Random(seed);
      List<ScoreLine> lines = new ArrayList<>();
      ScoreWindow kept = ScoreWindow.EMPTY;
      int orders = 1 + random.nextInt(900);
      for (int i = 1; i <= orders; i++) {
        Instant at = NOON.plusSeconds(random.nextInt(50 * 86_400));
        int rule = random.nextInt(20);
        ScoreLine line =
            new ScoreLine(
                "e" + i,
                "o" + i,
                true,
                "o" + i,
                rule == 0 ? "OT2" : "SM1",
                rule == 0 ? RuleKind.OVERTIME : RuleKind.SMOOTH,
                rule == 0 ? "OT" : "SM1",
                1,
                rule == 0 ? -2_000 : 100,
                date(at),
                at,
                null);
        lines.add(line);
        kept = kept.with(line, i, day -> 1);
        if (i % 50 == 0) {
          kept = WindowCodec.read(WindowCodec.write(kept));
        }
      }
      assertThat(kept).as("seed %d", seed).isEqualTo(ScoreWindow.of(lines, orders, day -> 1));
      assertThat(WindowCodec.read(WindowCodec.write(kept))).as("seed %d", seed).isEqualTo(kept);
    }
  }

  /** The formula straight from the rows of a veteran, without window, waivers or complaints. */
  private int byHand(List<ScoreLine> lines, LocalDate day) {
    List<ScoreLine> orders =
        lines.stream()
            .filter(line -> line.order() && !line.businessDate().isAfter(day))
            .sorted(
                Comparator.comparing(ScoreLine::occurredAt)
                    .thenComparingLong(line -> ScoreWindow.key(line.subject())))
            .toList();
    int gains = 0;
    Map<LocalDate, Integer> late = new HashMap<>();
    for (ScoreLine line : orders.subList(Math.max(0, orders.size() - 300), orders.size())) {
      if (line.businessDate().isBefore(day.minusDays(60))) {
        continue;
      }
      gains += Math.max(0, line.milliPoints());
      late.merge(line.businessDate(), Math.max(0, -line.milliPoints()), Integer::sum);
    }
    int severe = 0;
    for (ScoreLine line : lines) {
      boolean training = line.kind() == RuleKind.TRAINING;
      int days = training ? 60 : 30;
      if (!line.order() && !line.businessDate().isBefore(day.minusDays(days))) {
        gains += training ? line.milliPoints() : 0;
        severe += training ? 0 : -line.milliPoints();
      }
    }
    int losses = late.values().stream().mapToInt(sum -> Math.min(6_000, sum)).sum();
    return Math.max(0, Math.min(100_000, 70_000 + Math.min(30_000, gains) - losses - severe));
  }

  @Test
  void aKeptWindowGivesTheScoreOfTheRowsOnEveryDayToCome() {
    for (long seed = 1; seed <= 40; seed++) {
      Random random = new Random(seed * 7_919);
      List<ScoreLine> lines = new ArrayList<>();
      ScoreWindow kept = ScoreWindow.EMPTY;
      Instant at = NOON;
      int orders = 0;
      int rows = 100 + random.nextInt(700);
      for (int i = 1; i <= rows; i++) {
        at = at.plusSeconds(random.nextInt(7_200));
        // Mostly one after the other, now and then at the same moment or long after the fact.
        Instant when = random.nextInt(12) == 0 ? at.minusSeconds(random.nextInt(200_000)) : at;
        // Every other rider has incidents, too.
        int what = seed % 2 == 0 ? random.nextInt(40) : 1 + random.nextInt(39);
        boolean order = what > 0;
        RuleKind kind =
            order
                ? what < 5 ? RuleKind.OVERTIME : RuleKind.SMOOTH
                : random.nextBoolean() ? RuleKind.SEVERE : RuleKind.TRAINING;
        int points =
            switch (kind) {
              case SMOOTH -> 100;
              case OVERTIME -> -2_000;
              case TRAINING -> 3_000;
              default -> -10_000;
            };
        String id = (order ? "o" : "x") + i;
        ScoreLine line =
            new ScoreLine(
                "e" + i,
                id,
                order,
                order ? id : null,
                "R",
                kind,
                "G",
                1,
                points,
                date(when),
                when,
                null);
        lines.add(line);
        orders += order ? 1 : 0;
        kept = kept.with(line, 1_000L + orders, day -> 0);
        if (i % 97 == 0) {
          assertThat(kept)
              .as("seed %d, row %d", seed, i)
              .isEqualTo(ScoreWindow.of(lines, 1_000L + orders, day -> 0));
          kept = WindowCodec.read(WindowCodec.write(kept));
        }
      }
      for (int after = 0; after <= 64; after++) {
        LocalDate day = date(at).plusDays(after);
        assertThat(ServiceScore.on(day, v1, kept).milliPoints())
            .as("seed %d, %d days later", seed, after)
            .isEqualTo(byHand(lines, day));
      }
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
      List<Ruling> rulings = randomRulings(random, orders);
      LedgerFixture inOrder = ledger();
      events.forEach(inOrder::judge);
      rulings.forEach(inOrder::rule);
      List<Runnable> disordered = new ArrayList<>();
      LedgerFixture other = ledger();
      events.forEach(event -> disordered.add(() -> other.judge(event)));
      events.subList(0, orders / 2).forEach(event -> disordered.add(() -> other.judge(event)));
      rulings.forEach(ruling -> disordered.add(() -> other.rule(ruling)));
      Collections.shuffle(disordered, random);
      disordered.forEach(Runnable::run);
      var day = date(NOON.plus(DAY.multipliedBy(40)));
      assertThat(other.standing()).as("seed %d", seed).isEqualTo(inOrder.standing());
      assertThat(other.newcomer(day)).as("seed %d", seed).isEqualTo(inOrder.newcomer(day));
      assertThat(other.standing()).as("replay of seed %d", seed).isEqualTo(other.replayed());
    }
  }

  private static List<Ruling> randomRulings(Random random, int orders) {
    String[] rules = {"SM2", "CX1", "CX2", "CX3", "FU1", "SV2", "TR1", Ruling.EXEMPT};
    List<Ruling> rulings = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String rule = rules[random.nextInt(rules.length)];
      String order = "o" + random.nextInt(orders);
      boolean ofOrder = rule.startsWith("CX") || "SM2".equals(rule) || Ruling.EXEMPT.equals(rule);
      Instant at = NOON.plusSeconds(random.nextInt(40 * 86_400));
      String id = rule + "-" + (ofOrder ? order : "" + i);
      long revision = ofOrder ? i + 1 : 1;
      Ruling ruling =
          LedgerFixture.ruling(
              id, revision, rule, ofOrder ? order : null, ofOrder ? order : id, at, null);
      rulings.add(ruling);
      if (random.nextInt(4) == 0) {
        rulings.add(ruling.dismissed("boss", "wrong"));
      }
    }
    return rulings;
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

  private LedgerFixture randomLedger(Random random) {
    LedgerFixture ledger = ledger();
    String[] rules = {"SM2", "CX1", "CX3", "FU1", "SV1", "TR1", "ZERO"};
    int rows = random.nextInt(450);
    for (int i = 0; i < rows; i++) {
      Instant at = NOON.plusSeconds(random.nextInt(80 * 86_400));
      if (random.nextInt(4) > 0) {
        ledger.deliver("o" + i, at, random.nextInt(600) - 400);
      } else {
        ledger.row("o" + i, rules[random.nextInt(rules.length)], at);
      }
    }
    for (int i = 0; i < 20; i++) {
      Instant at = NOON.plusSeconds(random.nextInt(80 * 86_400));
      ledger.deliver("again" + i, at, random.nextInt(500));
      ledger.deliver("again" + i, at, random.nextInt(500) - 250);
    }
    return ledger;
  }
}
