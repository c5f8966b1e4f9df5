package org.shanpai.rider.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.shanpai.rider.score.LedgerFixture.NOON;
import static org.shanpai.rider.score.LedgerFixture.date;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.event.Fault;
import org.shanpai.contracts.event.JobState.NoFaultDelay;
import org.shanpai.contracts.event.WeatherAlert;
import org.shanpai.messaging.Json;

/** Rulings, allowances, exemptions and what comes too late. */
class ScoreJudgeTest {

  private static final Duration DAY = Duration.ofDays(1);

  private static Ruling cancel(int no, Instant at) {
    return LedgerFixture.ruling("fu1-j" + no, 1, "FU1", "x" + no, "j" + no + "#1", at, null);
  }

  @Test
  void threeCancelsInSevenDaysAreFreeAndTheFourthIsNot() {
    LedgerFixture ledger = new LedgerFixture();
    for (int i = 0; i < 4; i++) {
      ledger.rule(cancel(i, NOON.plus(DAY.multipliedBy(i))));
    }
    assertThat(ledger.standing())
        .containsExactly("j0#1 FU1 0", "j1#1 FU1 0", "j2#1 FU1 0", "j3#1 FU1 -1000");
    ledger.rule(cancel(4, NOON.plus(DAY.multipliedBy(7))));
    assertThat(ledger.standing()).as("the first is seven days ago").contains("j4#1 FU1 0");
    assertThat(ledger.veteranPoints(date(NOON.plus(DAY.multipliedBy(7))))).isEqualTo(69.0);
  }

  @Test
  void aCancelThatBecomesKnownLateMakesTheLastOneTheFourth() {
    LedgerFixture ledger = new LedgerFixture();
    for (int i : new int[] {1, 2, 3, 0}) {
      ledger.rule(cancel(9 - i, NOON.plusSeconds(i)));
    }
    assertThat(ledger.standing())
        .as("by when it happened, not by when it came or what it is called")
        .containsExactly("j6#1 FU1 -1000", "j7#1 FU1 0", "j8#1 FU1 0", "j9#1 FU1 0");
    assertThat(ledger.standing()).isEqualTo(ledger.replayed());
  }

  @Test
  void trainingCountsOnceInSevenDaysAndRescuesOnceForEachPair() {
    LedgerFixture ledger = new LedgerFixture();
    ledger.row("t1", "TR1", NOON).row("t2", "TR1", NOON.plus(DAY.multipliedBy(6)));
    ledger.row("t3", "TR1", NOON.plus(DAY.multipliedBy(7)));
    assertThat(ledger.standing()).containsExactly("t1 TR1 3000", "t2 TR1 0", "t3 TR1 3000");
    LedgerFixture rescues = new LedgerFixture();
    rescues.rule(rescue("o1", "r-a", NOON)).rule(rescue("o2", "r-a", NOON.plus(DAY)));
    rescues.rule(rescue("o3", "r-b", NOON.plus(DAY)));
    assertThat(rescues.standing()).containsExactly("o1 SM4 300", "o2 SM4 0", "o3 SM4 300");
  }

  private static Ruling rescue(String order, String from, Instant at) {
    return new Ruling(
        "sm4-" + order,
        1,
        LedgerFixture.RIDER,
        "SM4",
        order,
        order,
        Ruling.Status.CONFIRMED,
        "rules",
        false,
        at,
        null,
        null,
        null,
        null,
        from,
        null,
        null);
  }

  @Test
  void aViolationTakesTheGainOfItsOrderAndAnOverturnedOneGivesItBack() {
    LedgerFixture ledger = new LedgerFixture().deliver("o", NOON, 0);
    Ruling spilled = LedgerFixture.ruling("cx1-o", 1, "CX1", "o", "o", NOON, null);
    ledger.rule(spilled);
    assertThat(ledger.standing()).containsExactly("o CX1 -2000");
    ledger.rule(spilled.dismissed("boss", "packaging"));
    assertThat(ledger.standing()).containsExactly("o SM1 100");
    assertThat(ledger.lines()).hasSize(5);
  }

  @Test
  void excusedComplaintsAndSuspicionsDoNothing() {
    LedgerFixture ledger = new LedgerFixture().deliver("o", NOON, 0);
    ledger.rule(LedgerFixture.ruling("cx1-o", 1, "CX1", "o", "o", NOON, "PACKAGING"));
    ledger.rule(LedgerFixture.ruling("cx3-o", 1, "CX3", "o", "o", NOON, "AGREED_DROP_POINT"));
    ledger.rule(LedgerFixture.ruling("fu2-o", 1, "FU2", "o", "o", NOON, "E7"));
    Ruling named = LedgerFixture.ruling("cx2-o", 1, "CX2", "o", "o", NOON, null);
    ledger.rule(
        new Ruling(
            named.rulingId(),
            1,
            named.riderId(),
            "CX2",
            "o",
            "o",
            Ruling.Status.CONFIRMED,
            "rules",
            false,
            NOON,
            null,
            null,
            null,
            null,
            null,
            null,
            null));
    assertThat(ledger.standing()).as("no person upheld it").containsExactly("o SM1 100");
  }

  @Test
  void deductionsComeWithinThreeDaysComplaintsWithinSevenSevereOnesWithinThirty() {
    LedgerFixture late = new LedgerFixture().judgedAt(NOON.plus(DAY.multipliedBy(3)));
    assertThat(late.deliver("o", NOON, 400).standing()).containsExactly("o OT2 -2000");
    late = new LedgerFixture().judgedAt(NOON.plus(DAY.multipliedBy(3)).plusMillis(1));
    assertThat(late.deliver("o", NOON, 400).standing()).isEmpty();
    assertThat(late.row("o", "CX1", NOON).standing()).containsExactly("o CX1 -2000");
    late = new LedgerFixture().judgedAt(NOON.plus(DAY.multipliedBy(7)).plusMillis(1));
    assertThat(late.row("o", "CX1", NOON).standing()).isEmpty();
    assertThat(late.row("case", "SV2", NOON).standing()).containsExactly("case SV2 -20000");
    late = new LedgerFixture().judgedAt(NOON.plus(DAY.multipliedBy(30)).plusMillis(1));
    assertThat(late.row("case", "SV2", NOON).standing()).isEmpty();
  }

  @Test
  void whatComesTooLateMayOnlyFavour() {
    LedgerFixture ledger = new LedgerFixture().deliver("o", NOON, 200);
    ledger.judgedAt(NOON.plus(DAY.multipliedBy(20)));
    assertThat(ledger.deliver("o", NOON, 400).standing())
        .as("OT1 does not become OT2")
        .containsExactly("o OT1 -1000");
    assertThat(ledger.deliver("o", NOON, 0).standing()).containsExactly("o SM1 100");
    assertThat(ledger.deliver("o", NOON, 500).standing())
        .as("a gain stays")
        .containsExactly("o SM1 100");
  }

  @Test
  void aRetroactiveChangeOnlyFavours() {
    RuleSet milder = edited("v2", "-1000, \"lateUpTo", "-500, \"lateUpTo");
    RuleSet harder =
        edited(
            "v3",
            "\"milliPoints\": -2000,\n     \"en\": \"Wrong",
            "\"milliPoints\": -4000,\n     \"en\": \"Wrong");
    RuleBook book =
        new RuleBook(
            List.of(
                RuleSetFixture.book().editions().get(0),
                new RuleBook.Edition(NOON.plus(DAY), milder),
                new RuleBook.Edition(NOON.plus(DAY.multipliedBy(2)), harder)));
    LedgerFixture ledger = new LedgerFixture(book);
    ledger.deliver("late", NOON, 200).deliver("spilled", NOON, 0).row("spilled", "CX1", NOON);
    assertThat(ledger.standing()).containsExactly("late OT1 -500", "spilled CX1 -2000");
  }

  private static RuleSet edited(String version, String from, String to) {
    String text =
        RuleSetFixture.v1Document()
            .replace("\"version\": \"v1\"", "\"version\": \"" + version + "\"")
            .replace(
                "\"exemptWeather\"",
                "\"appliesBackTo\": \"2026-01-01T00:00:00Z\", \"exemptWeather\"")
            .replace(from, to);
    assertThat(text).contains(to);
    return Json.read(text, RuleSet.class);
  }

  @Test
  void theClockOfAnUnreachableCustomerStopsAtTheDoorAndDelaysAfterItDoNotCountTwice() {
    Instant at = NOON;
    DeliveryFacts facts =
        facts(
            at,
            at.minus(Duration.ofMinutes(20)),
            at.minus(Duration.ofMinutes(10)),
            List.of(
                new NoFaultDelay("E1", at.minusSeconds(1_500), at.minusSeconds(1_200)),
                new NoFaultDelay("E4", at.minusSeconds(600), at)),
            null);
    assertThat(facts.compensation()).isEqualTo(300_000);
    assertThat(facts.lateMillis()).isEqualTo(Duration.ofMinutes(10 - 5).toMillis());
  }

  @Test
  void delaysAtOneTimeCountOnceAndNoneBeforeTheJobWasInHand() {
    Instant at = NOON;
    Instant accepted = at.minus(Duration.ofHours(2));
    DeliveryFacts facts =
        facts(
            at,
            at,
            null,
            List.of(
                new NoFaultDelay("E3", accepted.minusSeconds(500), accepted.plusSeconds(60)),
                new NoFaultDelay("E1", at.minusSeconds(2_000), at.minusSeconds(1_400)),
                new NoFaultDelay("E1", at.minusSeconds(1_900), at.minusSeconds(1_300)),
                new NoFaultDelay("E1", at.minusSeconds(1_800), at.minusSeconds(1_700))),
            null);
    assertThat(facts.compensation()).isEqualTo((60 + 700) * 1_000L);
  }

  @Test
  void reportsThatExemptCoverEverything() {
    Instant due = NOON.minus(Duration.ofHours(1));
    for (String code : Set.of("E2", "E3", "E5", "E7", "E8")) {
      DeliveryJudge.Verdict verdict =
          DeliveryJudge.judge(RuleSetFixture.v1(), facts(NOON, due, null, null, List.of(code)));
      assertThat(verdict.rule().rule()).isEqualTo("SM1");
      assertThat(verdict.exemption()).isEqualTo(code);
    }
  }

  private static DeliveryFacts facts(
      Instant at,
      Instant due,
      Instant seenAtCustomer,
      List<NoFaultDelay> delays,
      List<String> exemptions) {
    return new DeliveryFacts(
        "o",
        "j",
        LedgerFixture.RIDER,
        "a-1",
        1,
        at.minus(Duration.ofHours(2)),
        at,
        due,
        due,
        null,
        delays,
        0,
        exemptions,
        WeatherAlert.Level.NONE,
        seenAtCustomer == null ? Fault.NONE : Fault.CUSTOMER,
        null,
        seenAtCustomer);
  }

  @Test
  void aPeakSlotInRedWeatherIsOff() {
    Ruling slot =
        new Ruling(
            "sm3-1",
            1,
            LedgerFixture.RIDER,
            "SM3",
            null,
            "slot-1",
            Ruling.Status.CONFIRMED,
            "rules",
            false,
            NOON,
            null,
            NOON.plusSeconds(3_600),
            "a-1",
            null,
            null,
            null,
            null);
    ScoreCase found = new ScoreCase(LedgerFixture.RIDER, "slot-1", null, List.of(slot));
    for (WeatherAlert.Level level : WeatherAlert.Level.values()) {
      boolean off = level == WeatherAlert.Level.ORANGE || level == WeatherAlert.Level.RED;
      assertThat(
              new ScoreJudge(RuleSetFixture.book(), (area, from, to) -> level)
                  .judge(found, List.of(), List.of(), NOON))
          .as(level.name())
          .hasSize(off ? 0 : 1);
    }
  }

  @Test
  void theUpperLevelsWaiveLateOrdersByTheWeek() {
    LedgerFixture ledger = new LedgerFixture();
    for (int i = 0; i < 3; i++) {
      ledger.late(600, NOON.plus(DAY.multipliedBy(i)));
    }
    ledger.late(600, NOON.plus(DAY.multipliedBy(7)));
    LocalDate day = date(NOON.plus(DAY.multipliedBy(7)));
    assertThat(ledger.score(day, 100, date -> 0).milliPoints()).isEqualTo(62_000);
    assertThat(ledger.score(day, 100, date -> 1).milliPoints()).isEqualTo(66_000);
    assertThat(ledger.score(day, 100, date -> 2).milliPoints()).isEqualTo(68_000);
    assertThat(ledger.score(day, 0, date -> 1).milliPoints())
        .as("a newcomer's first three first, then the week's")
        .isEqualTo(70_000);
  }

  @Test
  void aStayedDeductionDoesNotCountInTheLevel() {
    LedgerFixture ledger = new LedgerFixture().late(600, NOON);
    List<ScoreLine> standing = ServiceScore.standing(ledger.lines());
    Closings.Stay stay = new Closings.Stay("l1", "OT", NOON, NOON.plus(DAY));
    assertThat(Closings.stayed(standing, List.of(stay), NOON))
        .extracting(ScoreLine::milliPoints)
        .containsExactly(0);
    assertThat(Closings.stayed(standing, List.of(stay), NOON.plus(DAY)))
        .as("decided")
        .extracting(ScoreLine::milliPoints)
        .containsExactly(-2_000);
  }

  @Test
  void theWayUpIsTheFewestGoodDeliveriesThatReachTheNextStep() {
    LedgerFixture ledger = new LedgerFixture().smooth(20, NOON).late(200, NOON.plusSeconds(99));
    LocalDate day = date(NOON);
    ScoreWindow window = ScoreWindow.of(ServiceScore.standing(ledger.lines()), 500, date -> 0);
    WayUp.Next next = WayUp.from(day, RuleSetFixture.v1(), window).orElseThrow();
    assertThat(next.band().band()).isEqualTo("GOOD");
    assertThat(next.milliPoints()).isEqualTo(4_001);
    assertThat(next.goodDeliveries()).isEqualTo(41);
    for (int i = 0; i < 3; i++) {
      ledger.row("case" + i, "SV2", NOON);
    }
    ScoreWindow severe = ScoreWindow.of(ServiceScore.standing(ledger.lines()), 500, date -> 0);
    assertThat(WayUp.from(day, RuleSetFixture.v1(), severe).orElseThrow().goodDeliveries())
        .as("not before the late order leaves the window")
        .isEqualTo(300);
  }
}
