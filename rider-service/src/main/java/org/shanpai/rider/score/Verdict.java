package org.shanpai.rider.score;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A row that should stand in a rider's ledger.
 *
 * @param ruleSet the version that judged
 * @param order whether the subject is an order, which takes a place in the window
 * @param orderId the order it is about; null for none
 * @param milliPoints the rule's, or 0 where an allowance covers it
 * @param exemption why a late delivery counts as on time, or a loss takes nothing; null for neither
 * @param occurredAt to the millisecond, as a ledger keeps it
 * @param facts what was judged, a {@link DeliveryFacts} or a {@link Ruling}
 */
public record Verdict(
    RuleSet ruleSet,
    RuleSet.Rule rule,
    String subject,
    boolean order,
    String orderId,
    int milliPoints,
    Instant occurredAt,
    String exemption,
    Object facts,
    String evidence,
    String actor) {

  public Verdict {
    occurredAt = occurredAt.truncatedTo(ChronoUnit.MILLIS);
  }

  /** Whether that row already says the same. */
  boolean isWhat(ScoreLine line) {
    return line.subject().equals(subject)
        && line.rule().equals(rule.rule())
        && line.milliPoints() == milliPoints
        && line.occurredAt().equals(occurredAt);
  }
}
