package org.shanpai.geo.position.http;

import java.time.Instant;
import java.time.LocalDate;

/** Reads the usual form of a time, ten times as fast as the general way. */
final class InstantText {

  private static final int SECONDS_END = 19;
  private static final int MOST_DIGITS = 9;

  private InstantText() {}

  /**
   * @return the time, or null unless the text reads {@code yyyy-MM-ddTHH:mm:ss[.fraction]Z}
   * @throws java.time.DateTimeException when the month has no such day
   */
  static Instant parse(String text) {
    int length = text.length();
    if (length < SECONDS_END + 1
        || length > SECONDS_END + 2 + MOST_DIGITS
        || text.charAt(length - 1) != 'Z'
        || text.charAt(4) != '-'
        || text.charAt(7) != '-'
        || text.charAt(10) != 'T'
        || text.charAt(13) != ':'
        || text.charAt(16) != ':') {
      return null;
    }
    int year = digits(text, 0, 4);
    int month = digits(text, 5, 7);
    int day = digits(text, 8, 10);
    int hour = digits(text, 11, 13);
    int minute = digits(text, 14, 16);
    int second = digits(text, 17, 19);
    int nanos = 0;
    if (length > SECONDS_END + 1) {
      nanos = text.charAt(SECONDS_END) == '.' ? digits(text, SECONDS_END + 1, length - 1) : -1;
      for (int i = length - SECONDS_END - 2; nanos > 0 && i < MOST_DIGITS; i++) {
        nanos *= 10;
      }
      if (length == SECONDS_END + 2) {
        return null;
      }
    }
    if ((year | month | day | hour | minute | second | nanos) < 0
        || hour > 23
        || minute > 59
        || second > 59) {
      return null;
    }
    long seconds = LocalDate.of(year, month, day).toEpochDay() * 86_400L;
    return Instant.ofEpochSecond(seconds + hour * 3_600L + minute * 60L + second, nanos);
  }

  /** The number, or −1 when a character is no digit. */
  private static int digits(String text, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }
}
