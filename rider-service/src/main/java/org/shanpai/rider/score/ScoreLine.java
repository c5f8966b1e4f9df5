package org.shanpai.rider.score;

import java.time.Instant;
import java.time.LocalDate;

/**
 * One row of the score ledger as the formula reads it.
 *
 * @param subject the order or incident judged
 * @param order whether the subject is an order, which takes a place in the window
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
    String rule,
    RuleKind kind,
    String group,
    int revision,
    int milliPoints,
    LocalDate businessDate,
    Instant occurredAt,
    String takesBack) {}
