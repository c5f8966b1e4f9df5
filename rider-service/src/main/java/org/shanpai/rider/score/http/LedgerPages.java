package org.shanpai.rider.score.http;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.chassis.problem.WireInstants;
import org.shanpai.messaging.Tx;
import org.shanpai.rider.score.LedgerRows;
import org.shanpai.rider.score.RuleBook;
import org.shanpai.rider.score.RuleSets;

/** Pages of a rider's ledger. */
@ApplicationScoped
class LedgerPages {

  private final LedgerRows rows;
  private final RuleSets ruleSets;
  private final Tx tx;

  LedgerPages(LedgerRows rows, RuleSets ruleSets, Tx tx) {
    this.rows = rows;
    this.ruleSets = ruleSets;
    this.tx = tx;
  }

  /**
   * @param before rows with a smaller number only; null for the newest
   */
  Uni<ScoreAnswers.Ledger> of(String rider, Long before, int limit) {
    return tx.read(
        () ->
            ruleSets
                .book()
                .chain(
                    book ->
                        rows.page(rider, before == null ? Long.MAX_VALUE : before, limit)
                            .map(page -> page.stream().map(row -> entry(book, row)).toList())
                            .map(entries -> page(entries, limit))));
  }

  private static ScoreAnswers.Entry entry(RuleBook book, org.shanpai.rider.score.LedgerRow row) {
    return ScoreAnswers.entry(
        row, book.version(row.ruleSet()).findRule(row.line().rule()).orElse(null));
  }

  private static ScoreAnswers.Ledger page(List<ScoreAnswers.Entry> entries, int limit) {
    return new ScoreAnswers.Ledger(
        entries, entries.size() < limit ? null : entries.get(entries.size() - 1).no());
  }

  /**
   * @param text ISO 8601 with an offset; null for none
   * @throws Problem 400 naming {@code at}
   */
  static Instant instant(String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    try {
      return WireInstants.parse(text);
    } catch (DateTimeParseException e) {
      throw Problem.badRequest("at", "at must be a time such as 2026-03-02T12:00:00+08:00.");
    }
  }
}
