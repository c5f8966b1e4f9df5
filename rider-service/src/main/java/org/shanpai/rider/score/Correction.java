package org.shanpai.rider.score;

import java.util.ArrayList;
import java.util.List;

/**
 * What must be added to a ledger so that exactly the verdict's row stands for an order: nothing,
 * when it already does; otherwise each wrong standing row is taken back and the right one follows
 * as the next revision of its group. Rows are only ever added.
 */
final class Correction {

  private Correction() {}

  /**
   * A row to add.
   *
   * @param takesBack the standing row this one reverses; null for the verdict's own row
   */
  record NewRow(
      String rule,
      RuleKind kind,
      String group,
      int revision,
      int milliPoints,
      ScoreLine takesBack) {}

  /**
   * @param existing every row of the order in the rider's ledger, whatever group
   */
  static List<NewRow> towards(RuleSet.Rule verdict, List<ScoreLine> existing) {
    List<NewRow> rows = new ArrayList<>();
    boolean stands = false;
    for (ScoreLine line : ServiceScore.standing(existing)) {
      boolean judged = line.kind() == RuleKind.SMOOTH || line.kind() == RuleKind.OVERTIME;
      if (!judged) {
        continue;
      }
      if (line.rule().equals(verdict.rule()) && line.milliPoints() == verdict.milliPoints()) {
        stands = true;
      } else {
        rows.add(
            new NewRow(
                line.rule(),
                line.kind(),
                line.group(),
                nextRevision(line.group(), existing, rows),
                -line.milliPoints(),
                line));
      }
    }
    if (!stands) {
      rows.add(
          new NewRow(
              verdict.rule(),
              verdict.kind(),
              verdict.group(),
              nextRevision(verdict.group(), existing, rows),
              verdict.milliPoints(),
              null));
    }
    return rows;
  }

  /** What the rows change, mp. */
  static int sum(List<NewRow> rows) {
    return rows.stream().mapToInt(NewRow::milliPoints).sum();
  }

  private static int nextRevision(String group, List<ScoreLine> existing, List<NewRow> added) {
    int highest = 0;
    for (ScoreLine line : existing) {
      if (line.group().equals(group)) {
        highest = Math.max(highest, line.revision());
      }
    }
    for (NewRow row : added) {
      if (row.group().equals(group)) {
        highest = Math.max(highest, row.revision());
      }
    }
    return highest + 1;
  }
}
