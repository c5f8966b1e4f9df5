package org.shanpai.order.store;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;

/**
 * One stretch of opening hours; it belongs to the day on which it begins.
 *
 * @param opensMinute minute of the day, 0–1439
 * @param closesMinute minute of the day, 1–1440; up to {@code opensMinute} when it ends on the next
 *     day
 */
public record DaySpan(int opensMinute, int closesMinute) {

  /** Minutes of a day. */
  public static final int DAY = 1_440;

  /**
   * @throws IllegalArgumentException when it is none
   */
  public DaySpan {
    if (opensMinute < 0 || opensMinute >= DAY || closesMinute < 0 || closesMinute > DAY) {
      throw new IllegalArgumentException("hours must lie between 00:00 and 24:00");
    }
    if (opensMinute == closesMinute) {
      throw new IllegalArgumentException("a span must have a length; the whole day is 00:00-24:00");
    }
  }

  /**
   * From text.
   *
   * @param opens such as {@code 08:00}
   * @param closes such as {@code 22:30}, {@code 24:00}, or {@code 02:00} of the next day
   * @throws IllegalArgumentException naming what is no time of day
   */
  public static DaySpan of(String opens, String closes) {
    return new DaySpan(minute(opens), "24:00".equals(closes) ? DAY : minute(closes));
  }

  private static int minute(String text) {
    if (text == null || !text.matches("([01][0-9]|2[0-3]):[0-5][0-9]")) {
      throw new IllegalArgumentException(
          "a time must read HH:mm, such as 08:30, but reads " + text);
    }
    return LocalTime.parse(text).toSecondOfDay() / 60;
  }

  /** Such as {@code 08:00}. */
  public String opens() {
    return text(opensMinute);
  }

  /** Such as {@code 22:30} or {@code 24:00}. */
  public String closes() {
    return text(closesMinute);
  }

  private static String text(int minute) {
    return "%02d:%02d".formatted(minute / 60, minute % 60);
  }

  /** Minutes from its day's midnight to its end; above {@link #DAY} when that is the next day. */
  int endMinute() {
    return closesMinute > opensMinute ? closesMinute : closesMinute + DAY;
  }

  LocalDateTime start(LocalDate day) {
    return day.atStartOfDay().plus(Duration.ofMinutes(opensMinute));
  }

  LocalDateTime end(LocalDate day) {
    return day.atStartOfDay().plus(Duration.ofMinutes(endMinute()));
  }
}
