package org.shanpai.rider.score;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.Set;
import org.shanpai.contracts.event.WeatherAlert;

/**
 * One version of the service score's rules, as published: data, never changed afterwards. All
 * points are thousandths (mp).
 *
 * <ul>
 *   <li>{@code gainsCap}: what gains may add at most; {@code bonusCap}: what bonuses may be of it.
 *   <li>{@code dailyOvertimeCap}: what lateness may take on one business date; {@code
 *       orderLossCap}: what one order may lose, severe losses apart.
 *   <li>{@code windowOrders}, {@code windowDays}: the newest orders that count, and how many days
 *       back; {@code severeWindowDays}: the same for severe losses.
 *   <li>{@code newcomerWaivers}: so many overtime rows among a rider's first {@code newcomerOrders}
 *       orders take nothing.
 *   <li>{@code deductionWithinHours}: after that, city time, a correction may only favour the
 *       rider.
 * </ul>
 *
 * Immutable. Source: the published rules of points in place of fines; see docs of the score.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RuleSet(
    String version,
    int startMilliPoints,
    int maxMilliPoints,
    int rewardAboveMilliPoints,
    int gainsCapMilliPoints,
    int bonusCapMilliPoints,
    int dailyOvertimeCapMilliPoints,
    int orderLossCapMilliPoints,
    int windowOrders,
    int windowDays,
    int severeWindowDays,
    int newcomerOrders,
    int newcomerWaivers,
    int deductionWithinHours,
    Set<WeatherAlert.Level> exemptWeather,
    List<Rule> rules) {

  /** Lateness never takes more than this for one order, whatever an operator publishes. */
  public static final int MOST_FOR_LATENESS = 2_000;

  /**
   * @param milliPoints + gains, − losses
   * @param lateUpToSeconds for overtime rules: applies up to and including so much lateness; null
   *     for the last step, which has no end
   * @param en the rule in words
   * @param zh the rule in Chinese words
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Rule(
      String rule,
      String group,
      RuleKind kind,
      int milliPoints,
      Integer lateUpToSeconds,
      String en,
      String zh) {}

  /**
   * @throws IllegalArgumentException naming what breaks a promise made to riders
   */
  public RuleSet {
    exemptWeather = Set.copyOf(exemptWeather);
    rules = List.copyOf(rules);
    for (Rule rule : rules) {
      boolean gain =
          rule.kind() == RuleKind.SMOOTH
              || rule.kind() == RuleKind.BONUS
              || rule.kind() == RuleKind.TRAINING;
      if (rule.kind() == RuleKind.OVERTIME && rule.milliPoints() < -MOST_FOR_LATENESS) {
        throw new IllegalArgumentException(
            version
                + "."
                + rule.rule()
                + " takes "
                + -rule.milliPoints()
                + " mp for lateness; at most "
                + MOST_FOR_LATENESS
                + " is allowed");
      }
      if (gain ? rule.milliPoints() < 0 : rule.milliPoints() > 0) {
        throw new IllegalArgumentException(
            version + "." + rule.rule() + " has the wrong sign for " + rule.kind());
      }
      if (rule.kind() == RuleKind.ZERO && rule.milliPoints() != 0) {
        throw new IllegalArgumentException(version + "." + rule.rule() + " must count nothing");
      }
    }
  }

  /**
   * @throws IllegalArgumentException when this version has no such rule
   */
  public Rule getRule(String name) {
    return rules.stream()
        .filter(rule -> rule.rule().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("rule set " + version + " has no rule " + name));
  }

  /** The rule for a delivery on time. */
  public Rule smooth() {
    return rules.stream()
        .filter(rule -> rule.kind() == RuleKind.SMOOTH)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(version + " has no rule of kind SMOOTH"));
  }

  /**
   * The overtime rule for so much lateness: the first step whose end is not passed.
   *
   * @param lateMillis more than 0, city milliseconds
   */
  public Rule overtime(long lateMillis) {
    return rules.stream()
        .filter(rule -> rule.kind() == RuleKind.OVERTIME)
        .filter(
            rule -> rule.lateUpToSeconds() == null || lateMillis <= rule.lateUpToSeconds() * 1_000L)
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException(version + " has no rule for " + lateMillis + " ms"));
  }
}
