package org.shanpai.rider.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.shanpai.rider.score.LedgerFixture.NOON;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.event.Fault;
import org.shanpai.contracts.event.WeatherAlert;

class DeliveryJudgeTest {

  private final RuleSet v1 = RuleSetFixture.v1();

  private static DeliveryFacts facts(
      Instant promiseEnd, Instant deadline, long compensationSeconds, Instant delivered) {
    return new DeliveryFacts(
        "o-1",
        "j-1",
        "r-1",
        "a-1",
        1,
        NOON,
        delivered,
        promiseEnd,
        deadline,
        null,
        null,
        compensationSeconds * 1_000,
        null,
        WeatherAlert.Level.NONE,
        Fault.NONE,
        null,
        null);
  }

  private String rule(DeliveryFacts facts) {
    return DeliveryJudge.judge(v1, facts).rule().rule();
  }

  @Test
  void stepsOfLatenessBeginAfterTheirBorder() {
    Instant due = NOON.plusSeconds(1_800);
    assertThat(rule(facts(due, due, 0, due))).isEqualTo("SM1");
    assertThat(rule(facts(due, due, 0, due.plusMillis(1)))).isEqualTo("OT1");
    assertThat(rule(facts(due, due, 0, due.plusSeconds(300)))).isEqualTo("OT1");
    assertThat(rule(facts(due, due, 0, due.plusSeconds(300).plusMillis(1)))).isEqualTo("OT2");
    assertThat(rule(facts(due, due, 0, due.plus(Duration.ofDays(2))))).isEqualTo("OT2");
  }

  @Test
  void example5FortyFiveMinutesLateNeverTakeMoreThanTwo() {
    Instant due = NOON;
    DeliveryJudge.Verdict verdict =
        DeliveryJudge.judge(v1, facts(due, due, 0, due.plus(Duration.ofMinutes(45))));
    assertThat(verdict.rule().milliPoints()).isEqualTo(-2_000);
    assertThat(verdict.exemption()).isNull();
  }

  @Test
  void example7ASlowKitchenIsCompensated() {
    Instant due = NOON.plusSeconds(1_800);
    DeliveryFacts facts = facts(due, due, 12 * 60, due.plus(Duration.ofMinutes(9)));
    DeliveryJudge.Verdict verdict = DeliveryJudge.judge(v1, facts);
    assertThat(verdict.rule().milliPoints()).isEqualTo(100);
    assertThat(verdict.exemption()).isEqualTo("COMPENSATED");
  }

  @Test
  void example10OrangeAndRedWeatherExempts() {
    Instant due = NOON;
    DeliveryFacts late = facts(due, due, 0, due.plus(Duration.ofMinutes(30)));
    assertThat(rule(late.in(WeatherAlert.Level.YELLOW))).isEqualTo("OT2");
    for (var level : new WeatherAlert.Level[] {WeatherAlert.Level.ORANGE, WeatherAlert.Level.RED}) {
      DeliveryJudge.Verdict verdict = DeliveryJudge.judge(v1, late.in(level));
      assertThat(verdict.rule().rule()).isEqualTo("SM1");
      assertThat(verdict.exemption()).isEqualTo("E2");
    }
  }

  @Test
  void aPlanThatWasLateWhenOfferedIsNotTheRidersLateness() {
    Instant promiseEnd = NOON;
    Instant planned = NOON.plusSeconds(900);
    DeliveryJudge.Verdict within = DeliveryJudge.judge(v1, facts(promiseEnd, planned, 0, planned));
    assertThat(within.rule().rule()).isEqualTo("SM1");
    assertThat(within.exemption()).isEqualTo("E6");
    assertThat(rule(facts(promiseEnd, planned, 0, planned.plusSeconds(1)))).isEqualTo("OT1");
    DeliveryFacts offered = offered(promiseEnd.plusMillis(1), planned.plusSeconds(4_000));
    assertThat(rule(offered)).as("however late it became").isEqualTo("SM1");
    assertThat(DeliveryJudge.judge(v1, offered).exemption()).isEqualTo("E6");
    assertThat(rule(offered(promiseEnd, planned.plusSeconds(4_000)))).isEqualTo("OT2");
  }

  private static DeliveryFacts offered(Instant plannedAtOffer, Instant delivered) {
    return new DeliveryFacts(
        "o-1",
        "j-1",
        "r-1",
        "a-1",
        1,
        NOON.minusSeconds(1_800),
        delivered,
        NOON,
        NOON,
        plannedAtOffer,
        null,
        0,
        null,
        WeatherAlert.Level.NONE,
        Fault.NONE,
        null,
        null);
  }

  @Test
  void theClockOfARiderKeptWaitingStopsAtTheProvenArrival() {
    Instant late = NOON.plusSeconds(1_200);
    assertThat(rule(waited(Fault.CUSTOMER, NOON, late))).isEqualTo("SM1");
    assertThat(DeliveryJudge.judge(v1, waited(Fault.CUSTOMER, NOON, late)).exemption())
        .isEqualTo("E4");
    assertThat(rule(waited(Fault.CUSTOMER, NOON.plusMillis(1), late)))
        .as("was late at the door already, by as much as that and no more")
        .isEqualTo("OT1");
    assertThat(rule(waited(Fault.CUSTOMER, null, late))).as("nothing proven").isEqualTo("OT2");
    assertThat(rule(waited(Fault.NONE, NOON, late)))
        .as("no fault of the customer")
        .isEqualTo("OT2");
  }

  private static DeliveryFacts waited(Fault fault, Instant seenAtCustomer, Instant delivered) {
    return new DeliveryFacts(
        "o-1",
        "j-1",
        "r-1",
        "a-1",
        1,
        NOON.minusSeconds(1_800),
        delivered,
        NOON,
        NOON,
        null,
        null,
        0,
        null,
        WeatherAlert.Level.NONE,
        fault,
        null,
        seenAtCustomer);
  }

  @Test
  void theRuleSetOfTheAcceptanceDecides() {
    RuleSet milder =
        org.shanpai.messaging.Json.read(
            RuleSetFixture.v1Document()
                .replace("\"milliPoints\": -1000, \"late", "\"milliPoints\": -500, \"late"),
            RuleSet.class);
    DeliveryFacts late = facts(NOON, NOON, 0, NOON.plusSeconds(180));
    assertThat(DeliveryJudge.judge(v1, late).rule().milliPoints()).isEqualTo(-1_000);
    assertThat(DeliveryJudge.judge(milder, late).rule().milliPoints()).isEqualTo(-500);
  }

  @Test
  void aRuleSetThatTakesMoreForLatenessIsRefused() {
    String harsher =
        RuleSetFixture.v1Document()
            .replace("-2000,\n     \"en\": \"Late", "-2001,\n     \"en\": \"Late");
    assertThat(harsher).isNotEqualTo(RuleSetFixture.v1Document());
    assertThatThrownBy(() -> org.shanpai.messaging.Json.read(harsher, RuleSet.class))
        .hasStackTraceContaining("v1.OT2 takes 2001 mp for lateness; at most 2000 is allowed");
  }
}
