package org.shanpai.rider.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.messaging.Json;

/** Whatever breaks a promise made to riders is refused, naming the field. */
class RuleSetCheckTest {

  private static final Instant NOW = Instant.parse("2026-03-02T04:00:00Z");
  private static final Instant NEXT_WEEK = NOW.plus(Duration.ofDays(7));

  private static ObjectNode v1() {
    return (ObjectNode) Json.read(RuleSetFixture.v1Document(), JsonNode.class);
  }

  private static ObjectNode rule(ObjectNode document, String name) {
    for (JsonNode rule : document.get("rules")) {
      if (rule.get("rule").asText().equals(name)) {
        return (ObjectNode) rule;
      }
    }
    throw new IllegalArgumentException(name);
  }

  private static void refused(String field, String why, Consumer<ObjectNode> change) {
    ObjectNode document = v1();
    change.accept(document);
    Problem problem = catchThrowableOfType(Problem.class, () -> RuleSetCheck.read(document));
    assertThat(problem).as(field).isNotNull();
    assertThat(problem.status()).isEqualTo(422);
    assertThat(problem.slug()).isEqualTo(RuleSetCheck.REFUSED);
    assertThat(problem.field()).isEqualTo(field);
    assertThat(problem).hasMessageContaining(why);
  }

  @Test
  void theFirstRuleSetPassesItsOwnCheck() {
    RuleSet read = RuleSetCheck.read(v1());
    assertThat(read).isEqualTo(RuleSetFixture.v1());
    assertThat(read.rules()).hasSize(15);
    assertThat(read.band(75_000).band()).isEqualTo("STANDARD");
    assertThat(read.band(75_001).band()).isEqualTo("GOOD");
    assertThat(read.band(39_999).band()).isEqualTo("REVIEW");
    assertThat(read.band(40_000).band()).isEqualTo("SUPPORT");
    assertThat(read.band(95_001).waiversPerWeek()).isEqualTo(2);
  }

  @Test
  void latenessNeverTakesMoreThanTwoPoints() {
    refused(
        "document.rules[6].milliPoints",
        "at most 2 points",
        d -> rule(d, "OT2").put("milliPoints", -2_001));
  }

  @Test
  void latenessNeverTakesMoney() {
    refused(
        "document.rules[6].penaltyFen",
        "no money effect",
        d -> rule(d, "OT2").put("penaltyFen", 500));
    refused("document.finePerLateOrder", "no money effect", d -> d.put("finePerLateOrder", 3));
    refused(
        "document.ladder[0].rewardFen",
        "never costs money",
        d -> ((ObjectNode) d.get("ladder").get(0)).put("rewardFen", -10));
  }

  @Test
  void theStartIs70AndTheRewardBeginsAbove75() {
    refused("document.startMilliPoints", "start at 70", d -> d.put("startMilliPoints", 60_000));
    refused(
        "document.rewardAboveMilliPoints",
        "above 75",
        d -> d.put("rewardAboveMilliPoints", 80_000));
    refused(
        "document.ladder[2].rewardFen",
        "strictly above 75",
        d -> ((ObjectNode) d.get("ladder").get(2)).put("rewardFen", 10));
    refused(
        "document.ladder",
        "right above 75",
        d -> ((ObjectNode) d.get("ladder").get(3)).put("aboveMilliPoints", 80_000));
  }

  @Test
  void aGoodDeliveryAddsPointsAndDecliningTakesNone() {
    refused(
        "document.rules[0].milliPoints", "adds points", d -> rule(d, "SM1").put("milliPoints", 0));
    refused(
        "document.rules[14].milliPoints",
        "always 0",
        d -> rule(d, "ZERO").put("milliPoints", -100));
    refused(
        "document.rules[14].kind", "of kind ZERO", d -> rule(d, "ZERO").put("kind", "ORDINARY"));
  }

  @Test
  void noOffenceIsInventedAndNoneIsForgotten() {
    refused(
        "document.rules[15].rule",
        "no new offence",
        d ->
            ((ArrayNode) d.get("rules"))
                .addObject()
                .put("rule", "XX1")
                .put("group", "XX1")
                .put("kind", "ORDINARY")
                .put("milliPoints", -1_000)
                .put("en", "Looked away")
                .put("zh", "走神"));
    refused("document.rules", "ZERO is missing", d -> ((ArrayNode) d.get("rules")).remove(14));
    refused("document.rules[1].rule", "twice", d -> rule(d, "SM2").setAll(rule(v1(), "SM1")));
  }

  @Test
  void capsAndWindowsOnlyEverFavour() {
    for (String field :
        List.of(
            "dailyOvertimeCapMilliPoints",
            "orderLossCapMilliPoints",
            "deductionWithinHours",
            "severeWindowDays",
            "windowOrders",
            "windowDays",
            "dispatchShareMillis")) {
      refused("document." + field, "whole number", d -> d.put(field, d.get(field).asInt() + 1));
      refused("document." + field, "whole number", d -> d.put(field, 1.5));
      refused("document." + field, "whole number", d -> d.remove(field));
    }
    refused(
        "document.exemptWeather",
        "always exempt",
        d -> ((ArrayNode) d.get("exemptWeather")).remove(1));
    refused("document.severity", "no such field", d -> d.put("severity", 3));
    refused("document.rules[3].en", "what riders read", d -> rule(d, "SM4").put("en", " "));
  }

  @Test
  void itIsPublishedSevenDaysAheadAndOverlapsNothing() {
    RuleBook book = RuleSetFixture.book();
    ObjectNode next = v1().put("version", "v2");
    RuleSet rules = RuleSetCheck.read(next);
    RuleSetCheck.schedule(rules, NEXT_WEEK, NOW, book);
    scheduled("effectiveFrom", 422, rules, NEXT_WEEK.minusMillis(1), book);
    scheduled("effectiveFrom", 422, rules, null, book);
    scheduled("document.version", 409, RuleSetFixture.v1(), NEXT_WEEK, book);
    RuleBook planned =
        new RuleBook(
            List.of(
                book.editions().get(0),
                new RuleBook.Edition(
                    NEXT_WEEK.plusSeconds(60), RuleSetCheck.read(v1().put("version", "v3")))));
    scheduled("effectiveFrom", 422, rules, NEXT_WEEK.plusSeconds(60), planned);
    RuleSetCheck.schedule(rules, NEXT_WEEK.plusSeconds(61), NOW, planned);
  }

  private static void scheduled(
      String field, int status, RuleSet rules, Instant from, RuleBook book) {
    Problem problem =
        catchThrowableOfType(Problem.class, () -> RuleSetCheck.schedule(rules, from, NOW, book));
    assertThat(problem.status()).isEqualTo(status);
    assertThat(problem.field()).isEqualTo(field);
  }
}
