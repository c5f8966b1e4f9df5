package org.shanpai.order.export;

/**
 * Lines of a CSV file as in RFC 4180 that spreadsheets read as data. A cell that a spreadsheet
 * would take for a formula gets an apostrophe before it; numbers stay numbers.
 */
public final class CsvLine {

  private final StringBuilder line = new StringBuilder();
  private boolean first = true;

  /**
   * @param value text from people; null for an empty cell
   */
  public CsvLine text(String value) {
    String cell = value == null ? "" : value;
    return raw(formula(cell) ? "'" + cell : cell);
  }

  public CsvLine number(Number value) {
    return raw(value == null ? "" : value.toString());
  }

  /** Fen as yuan with two digits. */
  public CsvLine money(Long fen) {
    return raw(fen == null ? "" : java.math.BigDecimal.valueOf(fen, 2).toPlainString());
  }

  /** The line with its end. */
  public String end() {
    return line.append("\r\n").toString();
  }

  private CsvLine raw(String cell) {
    if (!first) {
      line.append(',');
    }
    first = false;
    boolean quote = cell.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    if (quote) {
      line.append('"').append(cell.replace("\"", "\"\"")).append('"');
    } else {
      line.append(cell);
    }
    return this;
  }

  private static boolean formula(String cell) {
    String bare = cell.stripLeading();
    return !cell.isEmpty()
        && ("=+-@\t\r\n".indexOf(cell.charAt(0)) >= 0
            || (!bare.isEmpty() && "=+-@＝＋－＠".indexOf(bare.charAt(0)) >= 0));
  }
}
