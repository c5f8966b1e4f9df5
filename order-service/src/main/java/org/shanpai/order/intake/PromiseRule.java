package org.shanpai.order.intake;

import java.time.Instant;
import org.shanpai.contracts.TimeWindow;

/**
 * Which promise a new order gets.
 *
 * @param standardSeconds promised when the merchant asks for nothing else
 * @param shortestSeconds shortest promise a merchant may ask for
 * @param longestSeconds longest promise a merchant may ask for
 */
public record PromiseRule(int standardSeconds, int shortestSeconds, int longestSeconds) {

  /**
   * @throws IllegalArgumentException when the standard lies outside the range
   */
  public PromiseRule {
    if (shortestSeconds < 1
        || standardSeconds < shortestSeconds
        || standardSeconds > longestSeconds) {
      throw new IllegalArgumentException(
          "The standard promise must lie between the shortest and the longest but is "
              + standardSeconds
              + " s of "
              + shortestSeconds
              + " to "
              + longestSeconds
              + " s.");
    }
  }

  static PromiseRule of(IntakeSettings.Promise promise) {
    return new PromiseRule(
        promise.standardSeconds(), promise.shortestSeconds(), promise.longestSeconds());
  }

  /** Whether a merchant may ask for it. */
  public boolean allows(int seconds) {
    return seconds >= shortestSeconds && seconds <= longestSeconds;
  }

  /**
   * @param now city time
   * @param asked seconds, or null for the standard
   * @param extraSeconds what the weather adds
   */
  public TimeWindow window(Instant now, Integer asked, int extraSeconds) {
    int seconds = asked == null ? standardSeconds : asked;
    return new TimeWindow(now, now.plusSeconds((long) seconds + extraSeconds));
  }
}
