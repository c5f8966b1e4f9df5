package org.shanpai.contracts;

import java.time.Duration;
import java.time.Instant;

/**
 * A span of city time, start included, end included.
 *
 * @param start not after {@code end}
 * @param end for a promise window: the latest delivery that is on time
 */
public record TimeWindow(Instant start, Instant end) {

  /**
   * @throws IllegalArgumentException when an end is missing or the window runs backwards
   */
  public TimeWindow {
    if (start == null || end == null || end.isBefore(start)) {
      throw new IllegalArgumentException(
          "a window needs a start not after its end but is " + start + " to " + end);
    }
  }

  public Duration length() {
    return Duration.between(start, end);
  }

  public boolean contains(Instant instant) {
    return !instant.isBefore(start) && !instant.isAfter(end);
  }
}
