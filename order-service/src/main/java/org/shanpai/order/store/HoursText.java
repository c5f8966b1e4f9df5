package org.shanpai.order.store;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Opening hours as one line, for files: a part of the notation that OpenStreetMap uses. Rules are
 * separated by semicolons, days by commas, spans by commas: {@code Mo-Fr 08:00-12:00,13:00-22:00;
 * Sa,Su 10:00-02:00; 2027-02-06 off}. {@code 24/7} is always.
 */
public final class HoursText {

  private static final List<String> DAYS = List.of("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su");

  private HoursText() {}

  /**
   * @throws IllegalArgumentException naming the rule that cannot be read
   */
  public static OpeningHours parse(String text) {
    Map<DayOfWeek, List<DaySpan>> weekly = new EnumMap<>(DayOfWeek.class);
    SortedMap<LocalDate, List<DaySpan>> special = new TreeMap<>();
    for (String rule : text.strip().split(";")) {
      String trimmed = rule.strip();
      if (trimmed.isEmpty()) {
        continue;
      }
      if (trimmed.equals("24/7")) {
        trimmed = "Mo-Su 00:00-24:00";
      }
      String[] parts = trimmed.split("\\s+", 2);
      if (parts.length < 2) {
        throw new IllegalArgumentException(
            "hours: '" + trimmed + "' must name days and times, such as Mo-Fr 08:00-22:00");
      }
      List<DaySpan> spans = spans(parts[1], trimmed);
      for (String days : parts[0].split(",")) {
        if (days.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")) {
          special.put(date(days), spans);
        } else {
          days(days, trimmed).forEach(day -> weekly.put(day, spans));
        }
      }
    }
    return new OpeningHours(weekly, special);
  }

  private static LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("hours: there is no day " + text);
    }
  }

  private static List<DaySpan> spans(String text, String rule) {
    List<DaySpan> spans = new ArrayList<>();
    if (text.strip().equals("off")) {
      return spans;
    }
    for (String span : text.split(",")) {
      String[] ends = span.strip().split("-", -1);
      if (ends.length != 2) {
        throw new IllegalArgumentException(
            "hours: '" + rule + "' must have spans such as 08:00-22:00, or off");
      }
      spans.add(DaySpan.of(ends[0].strip(), ends[1].strip()));
    }
    return spans;
  }

  private static List<DayOfWeek> days(String text, String rule) {
    String[] ends = text.split("-", -1);
    int from = DAYS.indexOf(ends[0]);
    int to = ends.length == 1 ? from : ends.length == 2 ? DAYS.indexOf(ends[1]) : -1;
    if (from < 0 || to < 0) {
      throw new IllegalArgumentException(
          "hours: '" + rule + "' must begin with days such as Mo, Mo-Fr or 2027-02-06");
    }
    List<DayOfWeek> days = new ArrayList<>();
    for (int day = from; ; day = (day + 1) % DAYS.size()) {
      days.add(DayOfWeek.of(day + 1));
      if (day == to) {
        return days;
      }
    }
  }

  /** One rule for each day of the week that has hours, and each special day. */
  public static String format(OpeningHours hours) {
    List<String> rules = new ArrayList<>();
    for (DayOfWeek day : DayOfWeek.values()) {
      List<DaySpan> spans = hours.weekly().getOrDefault(day, List.of());
      if (!spans.isEmpty()) {
        rules.add(DAYS.get(day.getValue() - 1) + " " + format(spans));
      }
    }
    hours.special().forEach((date, spans) -> rules.add(date + " " + format(spans)));
    return rules.isEmpty() ? "Mo-Su off" : String.join("; ", rules);
  }

  private static String format(List<DaySpan> spans) {
    return spans.isEmpty()
        ? "off"
        : spans.stream()
            .map(span -> span.opens() + "-" + span.closes())
            .collect(Collectors.joining(","));
  }
}
