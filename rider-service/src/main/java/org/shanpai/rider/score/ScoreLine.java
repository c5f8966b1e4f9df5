package org.shanpai.rider.score;

import java.time.Instant;
import java.time.LocalDate;

/**
 * One row of the score ledger as the formula reads it.
 *
 * @param subject the order or incident judged
 * @param order whether the subject is an order, which takes a place in the window
 * @param orderId the order the row is about, so that one order never loses more than the cap; null
 *     for an incident that belongs to none
 * @param group rules of one group exclude each other for one subject
 * @param revision 1, then one more for each correction
 * @param milliPoints thousandths, + gains, − losses
 * @param occurredAt city time of what is judged; a correction carries that of the row it corrects
 * @param takesBack the entry this row reverses; null for every other row
 */
public record ScoreLine(
    String entryId,
    String subject,
    boolean order,
    String orderId,
    String rule,
    RuleKind kind,
    String group,
    int revision,
    int milliPoints,
    LocalDate businessDate,
    Instant occurredAt,
    String takesBack) {

  /** The same row, not counted while an appeal against it is open. */
  ScoreLine stayed() {
    return new ScoreLine(
        entryId,
        subject,
        order,
        orderId,
        rule,
        kind,
        group,
        revision,
        0,
        businessDate,
        occurredAt,
        takesBack);
  }

  /** What a row belongs to when losses are capped. */
  String capped() {
    return orderId != null ? orderId : subject;
  }
}
