package org.shanpai.rider.roster;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.chassis.problem.WireInstants;

/**
 * A CSV file of riders (RFC 4180, UTF-8, with a header line). Columns in any order: {@code riderId,
 * label, name, phone, pool, capacityUnits} and, if wanted, {@code equipment} (separated by blanks),
 * {@code priorOrders}, {@code active}, {@code startedOn}.
 */
final class RosterFile {

  static final int MOST_LINES = 5_000;

  private static final List<String> NEEDED =
      List.of("riderId", "label", "name", "phone", "pool", "capacityUnits");
  private static final List<String> OPTIONAL =
      List.of("equipment", "priorOrders", "active", "startedOn");

  private RosterFile() {}

  /**
   * A line as read.
   *
   * @param number as an editor shows it; the header is line 1
   * @param field to blame when the line cannot be read, else null
   * @param fault what is wrong with it, else null
   */
  record Line(int number, String riderId, RiderProfile profile, String field, String fault) {}

  /**
   * @throws Problem 400 when the header is wrong or there are too many lines
   */
  static List<Line> read(String text) {
    String body = text.startsWith("\uFEFF") ? text.substring(1) : text;
    List<Record> records = records(body);
    if (records.isEmpty()) {
      throw Problem.badRequest("body", "The file is empty; its first line must name the columns.");
    }
    Map<String, Integer> columns = columns(records.get(0).cells());
    if (records.size() - 1 > MOST_LINES) {
      throw Problem.badRequest(
          "body", "The file has more than " + MOST_LINES + " lines; split it.");
    }
    List<Line> lines = new ArrayList<>();
    for (Record record : records.subList(1, records.size())) {
      lines.add(line(record, columns));
    }
    return lines;
  }

  private static Map<String, Integer> columns(List<String> header) {
    Map<String, Integer> columns = new HashMap<>();
    for (int i = 0; i < header.size(); i++) {
      String name = header.get(i).trim();
      if (!NEEDED.contains(name) && !OPTIONAL.contains(name)) {
        throw Problem.badRequest(
            "body", "There is no column '" + name + "'; known are " + NEEDED + OPTIONAL + ".");
      }
      columns.put(name, i);
    }
    for (String name : NEEDED) {
      if (!columns.containsKey(name)) {
        throw Problem.badRequest("body", "The column '" + name + "' is missing.");
      }
    }
    return columns;
  }

  private static Line line(Record record, Map<String, Integer> columns) {
    Map<String, String> cells = new HashMap<>();
    columns.forEach(
        (name, i) ->
            cells.put(name, i < record.cells().size() ? record.cells().get(i).trim() : ""));
    String riderId = cells.get("riderId");
    String field = null;
    try {
      field = "pool";
      Pool pool = Pool.valueOf(cells.get("pool"));
      field = "capacityUnits";
      int capacity = Integer.parseInt(cells.get("capacityUnits"));
      field = "priorOrders";
      String prior = cells.getOrDefault("priorOrders", "");
      Integer priorOrders = prior.isEmpty() ? null : Integer.valueOf(prior);
      field = "active";
      String active = cells.getOrDefault("active", "");
      if (!active.isEmpty() && !active.equals("true") && !active.equals("false")) {
        throw new IllegalArgumentException(active);
      }
      field = "startedOn";
      LocalDate startedOn = date(cells.getOrDefault("startedOn", ""));
      String equipment = cells.getOrDefault("equipment", "");
      Set<String> pieces =
          equipment.isEmpty() ? Set.of() : new TreeSet<>(Arrays.asList(equipment.split("\\s+")));
      return new Line(
          record.number(),
          riderId,
          new RiderProfile(
              cells.get("label"),
              cells.get("name"),
              cells.get("phone"),
              pool,
              capacity,
              pieces,
              priorOrders,
              active.isEmpty() ? null : Boolean.valueOf(active),
              startedOn),
          null,
          null);
    } catch (IllegalArgumentException unreadable) {
      return new Line(
          record.number(),
          riderId,
          null,
          field,
          "'" + cells.getOrDefault(field, "") + "' does not fit the column " + field);
    }
  }

  private static LocalDate date(String cell) {
    try {
      return cell.isEmpty() ? null : WireInstants.parseDate(cell);
    } catch (DateTimeParseException unreadable) {
      throw new IllegalArgumentException(cell, unreadable);
    }
  }

  private record Record(int number, List<String> cells) {}

  private static List<Record> records(String text) {
    List<Record> records = new ArrayList<>();
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    int lineNumber = 1;
    int startedAt = 1;
    for (int i = 0; i <= text.length(); i++) {
      char c = i < text.length() ? text.charAt(i) : '\n';
      if (quoted && i < text.length()) {
        if (c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
          cell.append('"');
          i++;
        } else if (c == '"') {
          quoted = false;
        } else {
          cell.append(c);
          lineNumber += c == '\n' ? 1 : 0;
        }
      } else if (c == '"' && cell.length() == 0) {
        quoted = true;
      } else if (c == ',') {
        cells.add(cell.toString());
        cell.setLength(0);
      } else if (c == '\n') {
        cells.add(cell.toString());
        cell.setLength(0);
        if (cells.size() > 1 || !cells.get(0).isBlank()) {
          records.add(new Record(startedAt, List.copyOf(cells)));
        }
        cells.clear();
        lineNumber++;
        startedAt = lineNumber;
      } else if (c != '\r') {
        cell.append(c);
      }
    }
    return records;
  }
}
