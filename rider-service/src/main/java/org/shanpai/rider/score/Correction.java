package org.shanpai.rider.score;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * What must be added to a ledger so that exactly the verdicts' rows stand for a case: nothing, when
 * they already do; otherwise each wrong standing row is taken back and the right one follows as the
 * next revision of its group. Rows are only ever added.
 */
final class Correction {

  private Correction() {}

  /**
   * A row to add.
   *
   * @param verdict what the row says; for a reversal, null
   * @param takesBack the standing row this one reverses; null for a verdict's own row
   */
  record NewRow(Verdict verdict, ScoreLine takesBack, int revision) {

    String subject() {
      return takesBack != null ? takesBack.subject() : verdict.subject();
    }

    String group() {
      return takesBack != null ? takesBack.group() : verdict.rule().group();
    }

    int milliPoints() {
      return takesBack != null ? -takesBack.milliPoints() : verdict.milliPoints();
    }

    /** The row as the formula reads it. */
    ScoreLine line(String entryId, Function<Instant, LocalDate> businessDate) {
      if (takesBack != null) {
        return new ScoreLine(
            entryId,
            takesBack.subject(),
            takesBack.order(),
            takesBack.orderId(),
            takesBack.rule(),
            takesBack.kind(),
            takesBack.group(),
            revision,
            -takesBack.milliPoints(),
            takesBack.businessDate(),
            takesBack.occurredAt(),
            takesBack.entryId());
      }
      return new ScoreLine(
          entryId,
          verdict.subject(),
          verdict.order(),
          verdict.orderId(),
          verdict.rule().rule(),
          verdict.rule().kind(),
          verdict.rule().group(),
          revision,
          verdict.milliPoints(),
          businessDate.apply(verdict.occurredAt()),
          verdict.occurredAt(),
          null);
    }
  }

  /**
   * @param existing every row of the case in the rider's ledger, whatever group
   */
  static List<NewRow> towards(List<Verdict> verdicts, Collection<ScoreLine> existing) {
    List<NewRow> rows = new ArrayList<>();
    List<ScoreLine> standing = ServiceScore.standing(existing);
    for (ScoreLine line : standing) {
      if (verdicts.stream().noneMatch(verdict -> verdict.isWhat(line))) {
        rows.add(
            new NewRow(null, line, nextRevision(line.subject(), line.group(), existing, rows)));
      }
    }
    for (Verdict verdict : verdicts) {
      if (standing.stream().noneMatch(verdict::isWhat)) {
        rows.add(
            new NewRow(
                verdict,
                null,
                nextRevision(verdict.subject(), verdict.rule().group(), existing, rows)));
      }
    }
    return rows;
  }

  /** What the rows change, mp. */
  static int sum(List<NewRow> rows) {
    return rows.stream().mapToInt(NewRow::milliPoints).sum();
  }

  private static int nextRevision(
      String subject, String group, Collection<ScoreLine> existing, List<NewRow> added) {
    int highest = 0;
    for (ScoreLine line : existing) {
      if (line.subject().equals(subject) && line.group().equals(group)) {
        highest = Math.max(highest, line.revision());
      }
    }
    for (NewRow row : added) {
      if (row.subject().equals(subject) && row.group().equals(group)) {
        highest = Math.max(highest, row.revision());
      }
    }
    return highest + 1;
  }
}
