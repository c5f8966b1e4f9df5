package org.shanpai.rider.score;

import java.time.Instant;

/**
 * A row of the score ledger with what only people and auditors need beside the {@link ScoreLine}.
 *
 * @param entryNo counts a rider's rows from 1
 * @param ruleSet the version of the rules that judged
 * @param facts JSON of what was judged
 * @param factsHash SHA-256 of {@code facts}, hex
 * @param exemption why a late delivery counts as on time, or a loss takes nothing; null when
 *     neither
 * @param evidence reference to what proves it, such as a photo's id; null for none
 * @param actor {@code rules}, {@code replay}, or the person who decided
 * @param recordedAt city time
 */
public record LedgerRow(
    ScoreLine line,
    long entryNo,
    String ruleSet,
    String facts,
    String factsHash,
    String exemption,
    String evidence,
    String actor,
    Instant recordedAt) {}
