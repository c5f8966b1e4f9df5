package org.shanpai.order.merchant;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.MerchantId;
import org.shanpai.order.CsvText;

/**
 * A file of merchants: CSV as in RFC 4180, UTF-8, heading {@code merchantId,name}, at most 10,000
 * lines. Fields may be quoted; blank lines are skipped.
 */
public final class MerchantFile {

  /** Lines a file may have beside its heading. */
  static final int MOST_LINES = 10_000;

  static final int LONGEST_NAME = 120;

  private static final List<String> HEADING = List.of("merchantId", "name");

  /**
   * One line.
   *
   * @param number counted from 1, the heading is line 1
   * @param reason why it cannot be taken, else null
   */
  public record Line(int number, MerchantId merchantId, String name, String reason) {
    public boolean refused() {
      return reason != null;
    }

    static Line bad(int number, String reason) {
      return new Line(number, null, null, reason);
    }
  }

  private MerchantFile() {}

  /**
   * The lines in order, bad ones with their reason.
   *
   * @throws Problem 422 when it is not such a file at all
   */
  public static List<Line> parse(String text) {
    List<String> rows = CsvText.rows(text);
    if (rows.isEmpty() || !HEADING.equals(CsvText.fields(rows.get(0)))) {
      throw Problem.unprocessable("body", "The first line must read merchantId,name.");
    }
    if (rows.size() - 1 > MOST_LINES) {
      throw Problem.unprocessable(
          "body",
          "A file has at most "
              + MOST_LINES
              + " lines but this has "
              + (rows.size() - 1)
              + "; split it.");
    }
    List<Line> lines = new ArrayList<>();
    Set<MerchantId> seen = new HashSet<>();
    for (int i = 1; i < rows.size(); i++) {
      if (!rows.get(i).isBlank()) {
        lines.add(line(i + 1, rows.get(i), seen));
      }
    }
    return lines;
  }

  private static Line line(int number, String row, Set<MerchantId> seen) {
    List<String> fields = CsvText.fields(row);
    if (fields == null) {
      return Line.bad(number, "a quote is not closed");
    }
    if (fields.size() != HEADING.size()) {
      return Line.bad(number, "2 fields are needed but there are " + fields.size());
    }
    MerchantId id;
    try {
      id = new MerchantId(fields.get(0).strip());
    } catch (IllegalArgumentException illegal) {
      return Line.bad(number, illegal.getMessage());
    }
    String name = fields.get(1).strip();
    if (name.isEmpty() || name.length() > LONGEST_NAME) {
      return Line.bad(number, "name must have 1 to " + LONGEST_NAME + " characters");
    }
    if (name.chars().anyMatch(Character::isISOControl)) {
      return Line.bad(number, "name must not contain control characters");
    }
    if (!seen.add(id)) {
      return Line.bad(number, "merchantId " + id + " is in the file twice");
    }
    return new Line(number, id, name, null);
  }
}
