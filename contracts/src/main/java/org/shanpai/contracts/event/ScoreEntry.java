package org.shanpai.contracts.event;

import java.time.Instant;
import java.time.LocalDate;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.RiderId;

/**
 * One row of a rider's score ledger. Published by rider-service, keyed by rider.
 *
 * @param subject the order or incident judged
 * @param rule such as {@code SM1}, {@code OT1}, {@code OT2}
 * @param group rules of one group exclude each other for one subject
 * @param revision 1, then one more for each correction
 * @param milliPoints + gains, − losses
 * @param balanceMilliPoints the score after it, 0–100,000
 * @param occurredAt city time
 */
public record ScoreEntry(
    String entryId,
    RiderId riderId,
    CityId cityId,
    String subject,
    String rule,
    String group,
    int revision,
    int milliPoints,
    int balanceMilliPoints,
    String ruleSet,
    LocalDate businessDate,
    Instant occurredAt) {}
