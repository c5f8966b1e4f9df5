package org.shanpai.rider.score;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.messaging.Json;

/**
 * What an operator may publish. Some facts were promised to riders in public and no rule set may
 * break them: it starts at 70, rewards begin strictly above 75, lateness takes at most 2 points and
 * never money, declining takes nothing. Every refusal names the field.
 */
public final class RuleSetCheck {

  /** How long before it holds a rule set has to be published. */
  public static final Duration NOTICE = Duration.ofDays(7);

  /** The type of every refusal. */
  public static final String REFUSED = "rule-set-refused";

  private static final int MOST_TEXT = 200;

  /** What each rule is; the points are the operator's, within the promises. */
  private static final Map<String, RuleKind> KINDS =
      Map.ofEntries(
          Map.entry("SM1", RuleKind.SMOOTH),
          Map.entry("SM2", RuleKind.BONUS),
          Map.entry("SM3", RuleKind.BONUS),
          Map.entry("SM4", RuleKind.BONUS),
          Map.entry("TR1", RuleKind.TRAINING),
          Map.entry("OT1", RuleKind.OVERTIME),
          Map.entry("OT2", RuleKind.OVERTIME),
          Map.entry("CX1", RuleKind.ORDINARY),
          Map.entry("CX2", RuleKind.ORDINARY),
          Map.entry("CX3", RuleKind.ORDINARY),
          Map.entry("FU1", RuleKind.ORDINARY),
          Map.entry("FU2", RuleKind.ORDINARY),
          Map.entry("SV1", RuleKind.SEVERE),
          Map.entry("SV2", RuleKind.SEVERE),
          Map.entry("ZERO", RuleKind.ZERO));

  private RuleSetCheck() {}

  /**
   * Reads a document.
   *
   * @throws Problem 422 {@code rule-set-refused} naming the first field that will not do
   */
  public static RuleSet read(JsonNode document) {
    if (document == null || !document.isObject()) {
      throw refused("document", "A rule set is a JSON object.");
    }
    noMoney(document, "document");
    known(document, "document", fields(RuleSet.class));
    each(document, "rules", fields(RuleSet.Rule.class));
    each(document, "ladder", fields(RuleSet.Band.class));
    required(document);
    limits(document);
    for (int i = 0; i < document.get("rules").size(); i++) {
      rule(document.get("rules").get(i), "document.rules[" + i + "]");
    }
    RuleSet rules = parsed(document);
    all(rules);
    steps(rules);
    ladder(rules);
    return rules;
  }

  /**
   * Whether it may hold from then on.
   *
   * @param book what is published
   * @throws Problem 422 {@code rule-set-refused} naming {@code effectiveFrom} or the version; 409
   *     {@code version-taken}
   */
  public static void schedule(RuleSet rules, Instant effectiveFrom, Instant now, RuleBook book) {
    if (effectiveFrom == null) {
      throw refused("effectiveFrom", "A rule set needs the time from which it holds.");
    }
    Instant first = now.plus(NOTICE);
    if (effectiveFrom.isBefore(first)) {
      throw refused(
          "effectiveFrom",
          "A rule set is published at least 7 days ahead: not before " + first + ".");
    }
    for (RuleBook.Edition edition : book.editions()) {
      if (edition.rules().version().equals(rules.version())) {
        throw Problem.conflict(
            "version-taken",
            "document.version",
            "Version " + rules.version() + " was published before and does not change.");
      }
      if (!effectiveFrom.isAfter(edition.effectiveFrom())) {
        throw refused(
            "effectiveFrom",
            "It overlaps version "
                + edition.rules().version()
                + ", which holds from "
                + edition.effectiveFrom()
                + " on.");
      }
    }
    if (rules.appliesBackTo() != null && !rules.appliesBackTo().isBefore(effectiveFrom)) {
      throw refused("document.appliesBackTo", "It must be before effectiveFrom, or null.");
    }
  }

  private static void noMoney(JsonNode node, String path) {
    Iterator<Map.Entry<String, JsonNode>> fields = node.fields();
    while (fields.hasNext()) {
      Map.Entry<String, JsonNode> field = fields.next();
      String here = path + "." + field.getKey();
      String name = field.getKey().toLowerCase(java.util.Locale.ROOT);
      boolean money =
          name.contains("fen")
              || name.contains("yuan")
              || name.contains("money")
              || name.contains("fine")
              || name.contains("pay");
      if (money && !here.matches("document\\.ladder\\[\\d+]\\.rewardFen")) {
        throw refused(here, "The score has no money effect but the reward of a level.");
      }
      if (field.getValue().isArray()) {
        for (int i = 0; i < field.getValue().size(); i++) {
          noMoney(field.getValue().get(i), here + "[" + i + "]");
        }
      } else if (field.getValue().isObject()) {
        noMoney(field.getValue(), here);
      }
    }
  }

  private static Set<String> fields(Class<? extends Record> type) {
    return Arrays.stream(type.getRecordComponents())
        .map(java.lang.reflect.RecordComponent::getName)
        .collect(Collectors.toSet());
  }

  private static void known(JsonNode node, String path, Set<String> names) {
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!names.contains(name)) {
                throw refused(path + "." + name, "A rule set has no such field.");
              }
            });
  }

  private static void each(JsonNode document, String list, Set<String> names) {
    JsonNode node = document.get(list);
    if (node == null || !node.isArray() || node.isEmpty() || node.size() > 50) {
      throw refused("document." + list, "It must be a list of 1 to 50.");
    }
    for (int i = 0; i < node.size(); i++) {
      String path = "document." + list + "[" + i + "]";
      if (!node.get(i).isObject()) {
        throw refused(path, "It must be an object.");
      }
      known(node.get(i), path, names);
      text(node.get(i), path, "en");
      text(node.get(i), path, "zh");
    }
  }

  private static void text(JsonNode node, String path, String field) {
    String text = node.path(field).asText("");
    if (text.isBlank() || text.length() > MOST_TEXT) {
      throw refused(path + "." + field, "It must say in words what riders read, 1 to 200 letters.");
    }
  }

  private static void required(JsonNode document) {
    if (!document.path("version").asText("").matches("[a-z0-9][a-z0-9.-]{0,31}")) {
      throw refused(
          "document.version", "It must be 1 to 32 small letters, digits, dots or dashes.");
    }
    JsonNode weather = document.get("exemptWeather");
    if (weather == null || !weather.isArray()) {
      throw refused("document.exemptWeather", "It must be a list of alert levels.");
    }
    Set<String> levels = new HashSet<>();
    weather.forEach(level -> levels.add(level.asText()));
    if (!levels.containsAll(Set.of("ORANGE", "RED"))) {
      throw refused("document.exemptWeather", "Orange and red alerts always exempt.");
    }
  }

  private static void limits(JsonNode document) {
    is(document, "startMilliPoints", 70_000, "Riders start at 70 points.");
    is(document, "maxMilliPoints", 100_000, "The score reaches to 100.");
    is(document, "rewardAboveMilliPoints", 75_000, "The reward begins strictly above 75.");
    within(document, "gainsCapMilliPoints", 5_000, 30_000);
    within(document, "bonusCapMilliPoints", 0, 30_000);
    within(document, "dailyOvertimeCapMilliPoints", 0, 6_000);
    within(document, "orderLossCapMilliPoints", 0, 4_000);
    within(document, "windowOrders", 1, 300);
    within(document, "windowDays", 1, ScoreWindow.KEPT_DAYS);
    within(document, "severeWindowDays", 1, 30);
    within(document, "newcomerOrders", 0, 100);
    within(document, "newcomerWaivers", 0, 100);
    within(document, "deductionWithinHours", 0, 72);
    within(document, "complaintWithinHours", 0, 7 * 24);
    within(document, "severeWithinHours", 0, 30 * 24);
    within(document, "freeCancels", 0, 100);
    within(document, "freeCancelDays", 1, 60);
    within(document, "trainingEveryDays", 1, 60);
    within(document, "trainingBelowMilliPoints", 0, 100_000);
    within(document, "rescueEveryDays", 1, 60);
    within(document, "dispatchShareMillis", 0, 30);
    within(document, "rewardOrdersPerDay", 0, 1_000);
  }

  private static void is(JsonNode document, String field, int value, String why) {
    JsonNode node = document.get(field);
    if (node == null || !node.isIntegralNumber() || node.asLong() != value) {
      throw refused("document." + field, why + " No rule set may change that.");
    }
  }

  private static void within(JsonNode node, String field, int least, int most) {
    JsonNode value = node.get(field);
    if (value == null
        || !value.isIntegralNumber()
        || value.asLong() < least
        || value.asLong() > most) {
      throw refused(
          "document." + field, "It must be a whole number from " + least + " to " + most + ".");
    }
  }

  private static void rule(JsonNode node, String path) {
    String name = node.path("rule").asText("");
    RuleKind kind = KINDS.get(name);
    if (kind == null) {
      throw refused(path + ".rule", "There is no rule " + name + "; no new offence is invented.");
    }
    if (!kind.name().equals(node.path("kind").asText())) {
      throw refused(path + ".kind", name + " is of kind " + kind + ".");
    }
    String group = kind == RuleKind.OVERTIME ? "OT" : name;
    if (!group.equals(node.path("group").asText())) {
      throw refused(path + ".group", name + " is of group " + group + ".");
    }
    JsonNode points = node.get("milliPoints");
    if (points == null || !points.isIntegralNumber()) {
      throw refused(path + ".milliPoints", "Points are whole thousandths.");
    }
    points(kind, points.asLong(), path + ".milliPoints");
  }

  private static void points(RuleKind kind, long points, String field) {
    switch (kind) {
      case SMOOTH -> need(points > 0 && points <= 5_000, field, "A good delivery adds points.");
      case BONUS, TRAINING -> need(points >= 0 && points <= 5_000, field, "It adds 0 to 5 points.");
      case OVERTIME -> {
        need(
            points >= -RuleSet.MOST_FOR_LATENESS,
            field,
            "Lateness takes at most 2 points, whatever is published.");
        need(points <= 0, field, "Lateness adds nothing.");
      }
      case ORDINARY -> need(points <= 0 && points >= -4_000, field, "It takes 0 to 4 points.");
      case SEVERE -> need(points <= 0 && points >= -20_000, field, "It takes 0 to 20 points.");
      case ZERO ->
          need(points == 0, field, "Declining, going offline, resting: always 0, for everybody.");
    }
  }

  private static void need(boolean holds, String field, String why) {
    if (!holds) {
      throw refused(field, why);
    }
  }

  private static RuleSet parsed(JsonNode document) {
    try {
      return Json.mapper().treeToValue(document, RuleSet.class);
    } catch (MismatchedInputException e) {
      String path =
          e.getPath().stream()
              .map(
                  step ->
                      step.getFieldName() == null
                          ? "[" + step.getIndex() + "]"
                          : "." + step.getFieldName())
              .collect(Collectors.joining());
      throw refused("document" + path, "It is of the wrong type.");
    } catch (JsonProcessingException e) {
      throw refused("document", "It does not fit: " + e.getOriginalMessage());
    }
  }

  private static void all(RuleSet rules) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < rules.rules().size(); i++) {
      if (!seen.add(rules.rules().get(i).rule())) {
        throw refused(
            "document.rules[" + i + "].rule", rules.rules().get(i).rule() + " stands twice.");
      }
    }
    for (String rule : KINDS.keySet().stream().sorted().toList()) {
      if (!seen.contains(rule)) {
        throw refused("document.rules", "Rule " + rule + " is missing.");
      }
    }
  }

  private static void steps(RuleSet rules) {
    List<RuleSet.Rule> steps =
        rules.rules().stream().filter(rule -> rule.kind() == RuleKind.OVERTIME).toList();
    for (int i = 0; i < steps.size(); i++) {
      RuleSet.Rule step = steps.get(i);
      String field = "document.rules[" + rules.rules().indexOf(step) + "].lateUpToSeconds";
      boolean last = i == steps.size() - 1;
      boolean rises =
          last
              ? step.lateUpToSeconds() == null
              : step.lateUpToSeconds() != null
                  && step.lateUpToSeconds() > 0
                  && (i == 0 || step.lateUpToSeconds() > steps.get(i - 1).lateUpToSeconds());
      need(rises, field, "Steps of lateness rise, and the last has no end.");
      boolean milder = i == 0 || step.milliPoints() <= steps.get(i - 1).milliPoints();
      need(
          milder,
          "document.rules[" + rules.rules().indexOf(step) + "].milliPoints",
          "More lateness never takes less.");
    }
  }

  private static void ladder(RuleSet rules) {
    int before = -1;
    for (int i = 0; i < rules.ladder().size(); i++) {
      RuleSet.Band band = rules.ladder().get(i);
      String path = "document.ladder[" + i + "]";
      need(
          band.band() != null && band.band().matches("[A-Z][A-Z0-9_]{0,31}"),
          path + ".band",
          "A step of the ladder has a code in capitals.");
      need(
          (band.fromMilliPoints() == null) != (band.aboveMilliPoints() == null),
          path + ".fromMilliPoints",
          "A step begins either from a score, or above it.");
      need(
          i > 0 ? band.lowest() > before : band.lowest() == 0,
          path + ".fromMilliPoints",
          "Steps rise from 0.");
      need(band.lowest() <= rules.maxMilliPoints(), path, "No score reaches it.");
      before = band.lowest();
      need(band.rewardFen() >= 0, path + ".rewardFen", "A level never costs money.");
      need(band.rewardFen() <= 1_000, path + ".rewardFen", "At most 10 yuan an order.");
      need(
          band.rewardFen() == 0 || band.lowest() > rules.rewardAboveMilliPoints(),
          path + ".rewardFen",
          "Rewards begin strictly above 75.");
      need(
          band.waiversPerWeek() >= 0 && band.waiversPerWeek() <= 100,
          path + ".waiversPerWeek",
          "It must be from 0 to 100.");
    }
    boolean rewardsAbove75 =
        rules.ladder().stream()
            .anyMatch(
                band ->
                    band.lowest() == rules.rewardAboveMilliPoints() + 1 && band.rewardFen() > 0);
    need(rewardsAbove75, "document.ladder", "A step with a reward begins right above 75.");
  }

  private static Problem refused(String field, String why) {
    return Problem.unprocessable(REFUSED, field, why);
  }
}
