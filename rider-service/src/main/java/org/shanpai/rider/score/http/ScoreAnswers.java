package org.shanpai.rider.score.http;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.shanpai.rider.score.Exemption;
import org.shanpai.rider.score.Explanations;
import org.shanpai.rider.score.LedgerRow;
import org.shanpai.rider.score.Level;
import org.shanpai.rider.score.RuleSet;
import org.shanpai.rider.score.ScoreAsOf;
import org.shanpai.rider.score.ServiceScore;
import org.shanpai.rider.score.WayUp;

/** Scores as riders and operators read them; the same for both. Points are thousandths. */
final class ScoreAnswers {

  private ScoreAnswers() {}

  /**
   * The score and everything that went into it.
   *
   * @param levelScoreMilliPoints the score without what is under appeal: tomorrow's level, should
   *     nothing more happen
   * @param reward whether the score is above the line from which there is an extra reward
   * @param level what holds today
   * @param formula how the inputs make the score
   */
  public record ScoreAnswer(
      @Schema(examples = "r-23") String riderId,
      Instant at,
      @Schema(examples = "74500") int scoreMilliPoints,
      @Schema(examples = "74500") int levelScoreMilliPoints,
      @Schema(examples = "false") boolean reward,
      LevelAnswer level,
      @Schema(examples = "v1") String ruleSet,
      LocalDate businessDate,
      Inputs inputs,
      String formula) {}

  /**
   * @param milliPoints yesterday's closing level score
   * @param rewardFen for each order of today, at most {@code rewardOrdersPerDay} of them
   */
  public record LevelAnswer(
      @Schema(examples = "74300") int milliPoints,
      @Schema(examples = "STANDARD") String band,
      @Schema(examples = "0") int rewardFen,
      @Schema(examples = "50") int rewardOrdersPerDay,
      @Schema(examples = "0") int waiversPerWeek,
      @Schema(examples = "Standard") String en,
      @Schema(examples = "标准") String zh) {}

  /**
   * @param newcomerWaived orders whose lateness takes nothing because the rider was new
   * @param levelWaived the same, because the rider's level waives some a week
   */
  public record Inputs(
      @Schema(examples = "70000") int startMilliPoints,
      @Schema(examples = "4500") int gainsMilliPoints,
      @Schema(examples = "4500") int gainsCountedMilliPoints,
      List<ServiceScore.DayLoss> losses,
      @Schema(examples = "0") int severeMilliPoints,
      @Schema(examples = "45") int ordersInWindow,
      @Schema(examples = "300") int windowOrders,
      @Schema(examples = "60") int windowDays,
      @Schema(examples = "0") int newcomerWaived,
      @Schema(examples = "0") int levelWaived) {}

  /**
   * A row of the ledger with the rule in words and the facts judged.
   *
   * @param takesBack the entry this one reverses
   */
  public record Entry(
      String entryId,
      @Schema(examples = "46") long no,
      @Schema(examples = "o-01jd") String subject,
      @Schema(examples = "o-01jd") String orderId,
      @Schema(examples = "OT1") String rule,
      @Schema(examples = "OT") String group,
      @Schema(examples = "1") int revision,
      @Schema(examples = "-1000") int milliPoints,
      @Schema(examples = "v1") String ruleSet,
      @Schema(examples = "Late by up to 5 minutes") String en,
      @Schema(examples = "超时5分钟以内") String zh,
      LocalDate businessDate,
      Instant occurredAt,
      Instant recordedAt,
      @JsonRawValue @Schema(type = SchemaType.OBJECT) String facts,
      String factsHash,
      @Schema(examples = "E2") String exemption,
      @Schema(examples = "Orange or red weather alert") String exemptionEn,
      @Schema(examples = "橙色或红色天气预警") String exemptionZh,
      String evidence,
      String actor,
      String takesBack) {}

  /**
   * @param nextBefore send it as {@code before} for the next page; null on the last
   */
  public record Ledger(List<Entry> entries, Long nextBefore) {}

  /**
   * @param effect what the row does to the score
   * @param stayed an appeal against it is open
   * @param leavesOn business date from which it counts no more
   * @param leavesAfterOrders so many more orders push it out of the window
   */
  public record ExplainedEntry(
      Entry entry,
      Explanations.Effect effect,
      boolean stayed,
      LocalDate leavesOn,
      Integer leavesAfterOrders) {}

  /**
   * @param milliPoints how far away the next step of the ladder is
   * @param goodDeliveries so many orders delivered well reach it; null when these alone do not
   */
  public record NextAnswer(
      @Schema(examples = "GOOD") String band,
      @Schema(examples = "501") int milliPoints,
      @Schema(examples = "6") Integer goodDeliveries,
      String en,
      String zh) {}

  /** A rule and its weight. */
  public record RuleText(
      @Schema(examples = "OT1") String rule,
      @Schema(examples = "-1000") int milliPoints,
      @Schema(examples = "Late by up to 5 minutes") String en,
      @Schema(examples = "超时5分钟以内") String zh) {}

  /**
   * What weighs how much.
   *
   * @param dispatchShareMillis the most the level weighs in dispatch, thousandths of the cost
   */
  public record Weights(
      List<RuleText> rules,
      List<RuleSet.Band> ladder,
      @Schema(examples = "30000") int gainsCapMilliPoints,
      @Schema(examples = "5000") int bonusCapMilliPoints,
      @Schema(examples = "6000") int dailyOvertimeCapMilliPoints,
      @Schema(examples = "4000") int orderLossCapMilliPoints,
      @Schema(examples = "30") int dispatchShareMillis) {}

  /**
   * @param entries everything but orders simply delivered well, newest first
   * @param smoothOrders how many of those count
   * @param next null on the highest step
   */
  public record ExplanationAnswer(
      ScoreAnswer score,
      List<ExplainedEntry> entries,
      @Schema(examples = "44") int smoothOrders,
      NextAnswer next,
      Weights weights,
      String en,
      String zh) {}

  static ScoreAnswer score(ScoreAsOf.Standing found) {
    ServiceScore score = found.score();
    RuleSet rules = found.rules();
    int newcomer =
        (int)
            score.waived().values().stream()
                .filter(waiver -> waiver == ServiceScore.Waiver.NEWCOMER)
                .count();
    return new ScoreAnswer(
        found.riderId(),
        found.at(),
        score.milliPoints(),
        found.levelScoreMilliPoints(),
        score.milliPoints() > rules.rewardAboveMilliPoints(),
        level(found.level()),
        rules.version(),
        found.businessDate(),
        new Inputs(
            score.startMilliPoints(),
            score.gainsMilliPoints(),
            score.gainsCountedMilliPoints(),
            score.days(),
            score.severeMilliPoints(),
            score.ordersInWindow(),
            rules.windowOrders(),
            rules.windowDays(),
            newcomer,
            score.waived().size() - newcomer),
        "clamp(start + gainsCounted - sum(overtimeCounted + other by day) - severe, 0, "
            + rules.maxMilliPoints()
            + ")");
  }

  private static LevelAnswer level(Level level) {
    return new LevelAnswer(
        level.milliPoints(),
        level.band().band(),
        level.rewardFen(),
        level.rewardOrdersPerDay(),
        level.band().waiversPerWeek(),
        level.band().en(),
        level.band().zh());
  }

  static Entry entry(LedgerRow row, RuleSet.Rule rule) {
    Exemption words = Exemption.find(row.exemption()).orElse(null);
    return new Entry(
        row.line().entryId(),
        row.entryNo(),
        row.line().subject(),
        row.line().orderId(),
        row.line().rule(),
        row.line().group(),
        row.line().revision(),
        row.line().milliPoints(),
        row.ruleSet(),
        rule == null ? row.line().rule() : rule.en(),
        rule == null ? row.line().rule() : rule.zh(),
        row.line().businessDate(),
        row.line().occurredAt(),
        row.recordedAt(),
        row.facts(),
        row.factsHash(),
        row.exemption(),
        words == null ? null : words.en(),
        words == null ? null : words.zh(),
        row.evidence(),
        row.actor(),
        row.line().takesBack());
  }

  static ExplanationAnswer explanation(Explanations.Explanation found) {
    ScoreAsOf.Standing standing = found.standing();
    RuleSet rules = standing.rules();
    return new ExplanationAnswer(
        score(standing),
        found.rows().stream()
            .map(
                row ->
                    new ExplainedEntry(
                        entry(row.row(), row.rule()),
                        row.effect(),
                        row.stayed(),
                        row.leavesOn(),
                        row.leavesAfterOrders()))
            .toList(),
        found.smoothOrders(),
        next(found.next()),
        new Weights(
            rules.rules().stream()
                .map(rule -> new RuleText(rule.rule(), rule.milliPoints(), rule.en(), rule.zh()))
                .toList(),
            rules.ladder(),
            rules.gainsCapMilliPoints(),
            rules.bonusCapMilliPoints(),
            rules.dailyOvertimeCapMilliPoints(),
            rules.orderLossCapMilliPoints(),
            rules.dispatchShareMillis()),
        "You start at "
            + points(rules.startMilliPoints())
            + " points and stand at "
            + points(standing.score().milliPoints())
            + ". The score never touches the pay of an order; in dispatch the level decides between"
            + " near-equals only, at most "
            + points(rules.dispatchShareMillis() * 100)
            + " % of the cost.",
        "起始"
            + points(rules.startMilliPoints())
            + "分，当前"
            + points(standing.score().milliPoints())
            + "分。服务分不影响任何一单的基础配送费；派单时等级只在条件相近时参考，占比不超过"
            + points(rules.dispatchShareMillis() * 100)
            + "%。");
  }

  private static NextAnswer next(WayUp.Next next) {
    return next == null
        ? null
        : new NextAnswer(
            next.band().band(),
            next.milliPoints(),
            next.goodDeliveries(),
            next.band().en(),
            next.band().zh());
  }

  /** Points to a tenth, as people say them; thousandths where there are any. */
  static String points(int milliPoints) {
    return java.math.BigDecimal.valueOf(milliPoints, 3).stripTrailingZeros().toPlainString();
  }
}
