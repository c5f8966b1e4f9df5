package org.shanpai.rider.score;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
 *   <li>{@code deductionWithinHours}, {@code complaintWithinHours}, {@code severeWithinHours}:
 *       after that, city time, a correction may only favour the rider.
 *   <li>{@code freeCancels} of rule FU1 in {@code freeCancelDays} take nothing; a training counts
 *       once in {@code trainingEveryDays} and only below {@code trainingBelow}; taking over from
 *       the same rider counts once in {@code rescueEveryDays}.
 *   <li>{@code dispatchShareMillis}: the most the level may weigh in dispatch, thousandths of the
 *       cost.
 *   <li>{@code rewardOrdersPerDay}: so many orders a day carry the level's reward.
 *   <li>{@code appliesBackTo}: orders accepted since then are judged by this version too, and the
 *       better of the two judgements stands; null for none.
 * </ul>
 *
 * Immutable. What an operator may publish at all is checked by {@link RuleSetCheck}.
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
    int complaintWithinHours,
    int severeWithinHours,
    int freeCancels,
    int freeCancelDays,
    int trainingEveryDays,
    int trainingBelowMilliPoints,
    int rescueEveryDays,
    int dispatchShareMillis,
    int rewardOrdersPerDay,
    Instant appliesBackTo,
    Set<WeatherAlert.Level> exemptWeather,
    List<Rule> rules,
    List<Band> ladder) {

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
   * A step of the ladder; it reaches to where the next one begins.
   *
   * @param band code, such as {@code STANDARD}
   * @param fromMilliPoints the lowest level score in it; null when {@code aboveMilliPoints} says it
   * @param aboveMilliPoints it begins strictly above this; null when {@code fromMilliPoints} does
   * @param rewardFen for each order, fen, never below 0
   * @param waiversPerWeek late orders a week that take nothing
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Band(
      String band,
      Integer fromMilliPoints,
      Integer aboveMilliPoints,
      int rewardFen,
      int waiversPerWeek,
      String en,
      String zh) {

    /** The lowest level score in it. */
    public int lowest() {
      return fromMilliPoints != null ? fromMilliPoints : aboveMilliPoints + 1;
    }
  }

  /**
   * @throws IllegalArgumentException naming what breaks a promise made to riders
   */
  public RuleSet {
    exemptWeather = Set.copyOf(exemptWeather);
    rules = List.copyOf(rules);
    ladder = List.copyOf(ladder);
    for (Rule rule : rules) {
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
      if (rule.kind().gain() ? rule.milliPoints() < 0 : rule.milliPoints() > 0) {
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
    return findRule(name)
        .orElseThrow(
            () -> new IllegalArgumentException("rule set " + version + " has no rule " + name));
  }

  public Optional<Rule> findRule(String name) {
    return rules.stream().filter(rule -> rule.rule().equals(name)).findFirst();
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

  /**
   * The step of the ladder for a level score.
   *
   * @param milliPoints 0–100,000
   */
  public Band band(int milliPoints) {
    Band found = ladder.get(0);
    for (Band band : ladder) {
      if (milliPoints >= band.lowest()) {
        found = band;
      }
    }
    return found;
  }

  /** The next step up; empty on the highest. */
  public Optional<Band> bandAbove(int milliPoints) {
    return ladder.stream().filter(band -> band.lowest() > milliPoints).findFirst();
  }

  /** How long after it happened a rule may still take points, hours. */
  public int withinHours(String rule) {
    if (rule.startsWith("SV")) {
      return severeWithinHours;
    }
    return rule.startsWith("CX") ? complaintWithinHours : deductionWithinHours;
  }
}
