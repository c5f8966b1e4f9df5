package org.shanpai.bench.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A table in Markdown; the first column is text, the others are numbers to the right. */
public final class MarkdownTable {

  private final int columns;
  private final List<String> lines = new ArrayList<>();

  public MarkdownTable(String... headings) {
    this.columns = headings.length;
    line(List.of(headings));
    List<String> rule = new ArrayList<>(Collections.nCopies(columns, "---:"));
    rule.set(0, "---");
    line(rule);
  }

  /** Adds a row with a cell for every heading. */
  public MarkdownTable row(String... cells) {
    if (cells.length != columns) {
      throw new IllegalArgumentException(
          "%d cells under %d headings".formatted(cells.length, columns));
    }
    line(List.of(cells));
    return this;
  }

  private void line(List<String> cells) {
    lines.add(
        "| " + String.join(" | ", cells.stream().map(c -> c.replace("|", "\\|")).toList()) + " |");
  }

  /** The table, with a line's end after every row. */
  public String text() {
    return String.join("\n", lines) + "\n";
  }
}
