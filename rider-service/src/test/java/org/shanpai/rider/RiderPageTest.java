package org.shanpai.rider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.shanpai.messaging.Json;
import org.shanpai.rider.appeal.AppealSettings;
import org.shanpai.rider.reward.RewardSettings;
import org.shanpai.rider.score.Exemption;
import org.shanpai.rider.score.RuleSet;
import org.shanpai.rider.score.RuleSetFixture;

/**
 * What riders read is what the rules say. The pages are made from templates without a number in
 * them and from rule set v1, the presets and the settings; after a deliberate change run {@code mvn
 * -pl rider-service test -Dtest=RiderPageTest -Ddocs.write=true}.
 */
class RiderPageTest {

  private static final Path MIGRATION =
      Path.of("src/main/resources/db/migration/V151__campaigns.sql");
  private static final Path DISPATCH =
      Path.of("../dispatch-service/src/main/java/org/shanpai/dispatch/DispatchSettings.java");

  /** Names of rules and of addresses stand as code; lists are numbered. */
  private static final Pattern NO_NUMBERS = Pattern.compile("`[^`\n]*`|(?m)^[0-9]+\\. ");

  private final RuleSet v1 = RuleSetFixture.v1();

  @ParameterizedTest
  @ValueSource(strings = {"score.md", "score.zh.md"})
  void everyNumberOnThePageIsReadFromTheRules(String name) throws IOException {
    String template = Files.readString(Path.of("src/test/resources/riders", name));
    assertThat(NO_NUMBERS.matcher(template).replaceAll(""))
        .as("numbers of its own in the template of %s", name)
        .doesNotContainPattern("[0-9]");
    String page = filled(template, values(name.contains(".zh.")));
    assertThat(page).doesNotContain("{", "}");
    Path file = Path.of("../docs/riders", name);
    if (Boolean.getBoolean("docs.write")) {
      Files.writeString(file, page);
    }
    assertThat(Files.readString(file))
        .as("%s; after a deliberate change run with -Ddocs.write=true", file)
        .isEqualTo(page);
  }

  private static String filled(String template, Map<String, Object> values) {
    Matcher place = Pattern.compile("\\{([a-zA-Z]+)}").matcher(template);
    return place.replaceAll(
        found -> {
          Object value = values.get(found.group(1));
          assertThat(value).as("{%s}", found.group(1)).isNotNull();
          return Matcher.quoteReplacement(value.toString());
        });
  }

  private Map<String, Object> values(boolean zh) throws IOException {
    Map<String, Object> all = new TreeMap<>();
    all.put("version", v1.version());
    all.put("start", points(v1.startMilliPoints()));
    all.put("max", points(v1.maxMilliPoints()));
    all.put("gainsCap", points(v1.gainsCapMilliPoints()));
    all.put("windowOrders", v1.windowOrders());
    all.put("windowDays", v1.windowDays());
    all.put("severeDays", v1.severeWindowDays());
    all.put("dailyCap", points(v1.dailyOvertimeCapMilliPoints()));
    all.put("orderCap", points(v1.orderLossCapMilliPoints()));
    all.put("rewardAbove", points(v1.rewardAboveMilliPoints()));
    all.put(
        "toReward",
        (v1.rewardAboveMilliPoints() - v1.startMilliPoints()) / v1.smooth().milliPoints() + 1);
    all.put("bonusCap", points(v1.bonusCapMilliPoints()));
    all.put("rescueDays", v1.rescueEveryDays());
    all.put("freeCancels", v1.freeCancels());
    all.put("freeCancelDays", v1.freeCancelDays());
    all.put("newcomerWaivers", v1.newcomerWaivers());
    all.put("newcomerOrders", v1.newcomerOrders());
    all.put("deductionHours", v1.deductionWithinHours());
    all.put("complaintDays", Duration.ofHours(v1.complaintWithinHours()).toDays());
    all.put("severeWithinDays", Duration.ofHours(v1.severeWithinHours()).toDays());
    all.put("rewardOrders", v1.rewardOrdersPerDay());
    all.put("support", points(v1.ladder().get(1).lowest()));
    all.put(
        "dispatchShare",
        BigDecimal.valueOf(v1.dispatchShareMillis(), 1).stripTrailingZeros().toPlainString());
    all.put("trainingBelow", points(v1.trainingBelowMilliPoints()));
    all.put("training", points(v1.getRule("TR1").milliPoints()));
    all.put("trainingDays", v1.trainingEveryDays());
    all.put("rules", rules(zh));
    all.put("ladder", ladder(zh));
    all.put("exemptions", exemptions(zh));
    appeals(all);
    all.put("orange", yuan(Long.parseLong(setting(RewardSettings.class, "orangeWeatherFen"))));
    all.put("red", yuan(Long.parseLong(setting(RewardSettings.class, "redWeatherFen"))));
    campaign(all);
    rest(all);
    return all;
  }

  private static String points(int milliPoints) {
    return BigDecimal.valueOf(milliPoints, 3).stripTrailingZeros().toPlainString();
  }

  private static String yuan(long fen) {
    return fen % 100 == 0 ? Long.toString(fen / 100) : BigDecimal.valueOf(fen, 2).toPlainString();
  }

  private String rules(boolean zh) {
    return v1.rules().stream()
        .map(
            rule ->
                "| `%s` | %s | %s |"
                    .formatted(
                        rule.rule(),
                        zh ? rule.zh() : rule.en(),
                        (rule.milliPoints() > 0 ? "+" : "")
                            + points(rule.milliPoints()).replace("-", "−")))
        .collect(Collectors.joining("\n"));
  }

  private String ladder(boolean zh) {
    List<RuleSet.Band> bands = v1.ladder();
    StringBuilder rows = new StringBuilder();
    for (RuleSet.Band band : bands) {
      String from =
          band.aboveMilliPoints() == null
              ? (zh ? points(band.lowest()) + " 起" : "from " + points(band.lowest()))
              : (zh ? "高于 " : "above ") + points(band.aboveMilliPoints());
      rows.append(rows.isEmpty() ? "" : "\n")
          .append(
              "| %s | %s | %s | %s |"
                  .formatted(
                      from,
                      zh ? band.zh() : band.en(),
                      band.rewardFen() == 0 ? "–" : "+¥" + yuan(band.rewardFen()),
                      band.waiversPerWeek() == 0 ? "–" : band.waiversPerWeek()));
    }
    return rows.toString();
  }

  private static String exemptions(boolean zh) {
    return Arrays.stream(Exemption.values())
        .filter(exemption -> exemption.name().matches("E[0-9]"))
        .map(
            exemption ->
                "- `%s` %s".formatted(exemption.name(), zh ? exemption.zh() : exemption.en()))
        .collect(Collectors.joining("\n"));
  }

  private static void appeals(Map<String, Object> all) throws IOException {
    for (String step : List.of("file", "decide", "escalate", "panel")) {
      all.put(
          step + "Hours", Duration.parse(setting(AppealSettings.class, step + "Within")).toHours());
    }
    String rows =
        Files.readString(Path.of("src/main/java/org/shanpai/rider/appeal/AppealRows.java"));
    all.put("evidence", first(rows, "MOST_EVIDENCE = (\\d+);"));
    all.put("seats", first(rows, "SEATS = (\\d+);"));
  }

  private static String setting(Class<?> settings, String name) {
    try {
      return settings.getMethod(name).getAnnotation(WithDefault.class).value();
    } catch (NoSuchMethodException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static void campaign(Map<String, Object> all) throws IOException {
    JsonNode a =
        Json.read(
            first(Files.readString(MIGRATION), "(?s)\\('A', '(\\{.*?\\})'\\)"), JsonNode.class);
    all.put("aElsewhere", a.at("/proof/moreThanOrders").asInt());
    all.put("aWeeks", a.path("weeks").asInt());
    all.put("aDays", a.path("minDays").asInt());
    all.put("aOrders", a.path("minOrders").asInt());
    all.put("aReward", yuan(a.path("rewardFen").asLong()));
    all.put("aInviter", yuan(a.path("inviterFen").asLong()));
    all.put("aHold", a.path("holdDays").asInt());
  }

  /** Limits of working time are dispatch-service's, where they are kept to. */
  private static void rest(Map<String, Object> all) throws IOException {
    String settings = Files.readString(DISPATCH);
    Map<String, String> names =
        Map.of(
            "streak", "fatigueStreakSeconds",
            "confirm", "fatigueConfirmSeconds",
            "day", "fatigueDaySeconds",
            "night", "fatigueNightRestSeconds",
            "window", "fatigueWindowSeconds");
    names.forEach(
        (place, name) -> all.put(place, Duration.ofSeconds(seconds(settings, name)).toHours()));
    all.put("rest", Duration.ofSeconds(seconds(settings, "fatigueRestSeconds")).toMinutes());
    all.put("pause", Duration.ofSeconds(seconds(settings, "pauseSeconds")).toMinutes());
    all.put("unanswered", seconds(settings, "unansweredBeforePause"));
  }

  private static long seconds(String settings, String name) {
    return Long.parseLong(
        first(settings, "@WithDefault\\(\"(\\d+)\"\\)\\s+int " + name + "\\(\\);"));
  }

  private static String first(String text, String pattern) {
    Matcher found = Pattern.compile(pattern).matcher(text);
    assertThat(found.find()).as(pattern).isTrue();
    return found.group(1);
  }
}
