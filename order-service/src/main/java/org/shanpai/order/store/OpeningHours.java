package org.shanpai.order.store;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.shanpai.contracts.TimeWindow;

/**
 * When a store is open, in the city's zone, beside the switch its merchant may throw.
 *
 * @param weekly spans by day of the week; closed on days that are missing
 * @param special spans of dates that count instead of their day's, empty on a day it is closed;
 *     what began the evening before still runs on
 */
public record OpeningHours(
    Map<DayOfWeek, List<DaySpan>> weekly, SortedMap<LocalDate, List<DaySpan>> special) {

  /** Most spans of one day. */
  public static final int MOST_SPANS = 6;

  /** Most special days. */
  public static final int MOST_SPECIAL = 400;

  // A closed quarter of a year is longer than any holiday; nobody pre-books further ahead.
  private static final int LOOKED_AHEAD_DAYS = 100;

  /**
   * @throws IllegalArgumentException naming the day whose spans overlap or are too many
   */
  public OpeningHours {
    Map<DayOfWeek, List<DaySpan>> days = new EnumMap<>(DayOfWeek.class);
    weekly.forEach((day, spans) -> days.put(day, sound(day.toString(), spans)));
    SortedMap<LocalDate, List<DaySpan>> dates = new TreeMap<>();
    special.forEach((date, spans) -> dates.put(date, sound(date.toString(), spans)));
    if (dates.size() > MOST_SPECIAL) {
      throw new IllegalArgumentException("at most " + MOST_SPECIAL + " special days are kept");
    }
    weekly = days;
    special = dates;
  }

  private static List<DaySpan> sound(String day, List<DaySpan> spans) {
    if (spans.size() > MOST_SPANS) {
      throw new IllegalArgumentException(day + ": at most " + MOST_SPANS + " spans a day");
    }
    List<DaySpan> sorted =
        spans.stream().sorted(Comparator.comparingInt(DaySpan::opensMinute)).toList();
    for (int i = 1; i < sorted.size(); i++) {
      if (sorted.get(i - 1).endMinute() > sorted.get(i).opensMinute()) {
        throw new IllegalArgumentException(
            "%s: %s-%s runs into %s-%s"
                .formatted(
                    day,
                    sorted.get(i - 1).opens(),
                    sorted.get(i - 1).closes(),
                    sorted.get(i).opens(),
                    sorted.get(i).closes()));
      }
    }
    return sorted;
  }

  /** What begins on a day. */
  public List<DaySpan> on(LocalDate day) {
    List<DaySpan> instead = special.get(day);
    return instead != null ? instead : weekly.getOrDefault(day.getDayOfWeek(), List.of());
  }

  public boolean openAt(Instant at, ZoneId zone) {
    return stretch(at, zone).isPresent();
  }

  /** Whether it is open from the start of a window to its end. */
  public boolean covers(TimeWindow window, ZoneId zone) {
    return stretch(window.start(), zone)
        .filter(open -> !window.end().isAfter(open.end()))
        .isPresent();
  }

  /** When it opens next after a time at which it is closed; empty when it does not for long. */
  public Optional<Instant> opensAt(Instant at, ZoneId zone) {
    LocalDate day = at.atZone(zone).toLocalDate();
    for (int i = 0; i <= LOOKED_AHEAD_DAYS; i++) {
      for (TimeWindow open : of(day.plusDays(i), zone)) {
        if (open.start().isAfter(at)) {
          return Optional.of(open.start());
        }
      }
    }
    return Optional.empty();
  }

  /** The stretch that is open at a time; it is closed at the moment of closing. */
  private Optional<TimeWindow> stretch(Instant at, ZoneId zone) {
    LocalDate day = at.atZone(zone).toLocalDate();
    List<TimeWindow> spans = new ArrayList<>();
    // What began the evening before may still run, and what begins tomorrow may touch it.
    for (int i = -1; i <= 1; i++) {
      spans.addAll(of(day.plusDays(i), zone));
    }
    TimeWindow open = null;
    for (TimeWindow span : spans) {
      if (open == null) {
        open = !at.isBefore(span.start()) && at.isBefore(span.end()) ? span : null;
      } else if (!span.start().isAfter(open.end()) && span.end().isAfter(open.end())) {
        open = new TimeWindow(open.start(), span.end());
      }
    }
    return Optional.ofNullable(open);
  }

  private List<TimeWindow> of(LocalDate day, ZoneId zone) {
    return on(day).stream()
        .map(
            span ->
                new TimeWindow(
                    span.start(day).atZone(zone).toInstant(),
                    span.end(day).atZone(zone).toInstant()))
        .toList();
  }
}
