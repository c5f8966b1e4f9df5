package org.shanpai.order;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Lines of CSV as in RFC 4180; a field has no line break in it. */
public final class CsvText {

  private CsvText() {}

  /** The lines of a file, without the mark some programs begin it with. */
  public static List<String> rows(String text) {
    return (text.startsWith("\uFEFF") ? text.substring(1) : text).lines().toList();
  }

  /** The fields of a line, or null when a quote is not closed. */
  public static List<String> fields(String row) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < row.length(); i++) {
      char c = row.charAt(i);
      boolean doubled = quoted && c == '"' && i + 1 < row.length() && row.charAt(i + 1) == '"';
      if (doubled) {
        field.append('"');
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString());
    return quoted ? null : fields;
  }

  /** A line with its end; fields are quoted where they must be. */
  public static String row(List<String> fields) {
    return fields.stream().map(CsvText::field).collect(Collectors.joining(",", "", "\r\n"));
  }

  private static String field(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
