package org.shanpai.order.intake;

import java.time.Instant;
import org.shanpai.contracts.TimeWindow;
import org.shanpai.order.orders.PromiseTier;

/**
 * Which promise a new order gets.
 *
 * @param standardSeconds promised when the merchant asks for nothing else
 * @param shortestSeconds shortest promise a merchant may ask for
 * @param longestSeconds longest promise a merchant may ask for
 * @param memberSeconds promised to members when the merchant asks for nothing else
 */
public record PromiseRule(
    int standardSeconds, int shortestSeconds, int longestSeconds, int memberSeconds) {

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
    if (memberSeconds < shortestSeconds || memberSeconds > standardSeconds) {
      throw new IllegalArgumentException(
          "The members' promise must lie between the shortest and the standard but is "
              + memberSeconds
              + " s of "
              + shortestSeconds
              + " to "
              + standardSeconds
              + " s.");
    }
  }

  /** Members are promised what everybody is. */
  public PromiseRule(int standardSeconds, int shortestSeconds, int longestSeconds) {
    this(standardSeconds, shortestSeconds, longestSeconds, standardSeconds);
  }

  static PromiseRule of(IntakeSettings.Promise promise) {
    return new PromiseRule(
        promise.standardSeconds(),
        promise.shortestSeconds(),
        promise.longestSeconds(),
        promise.memberSeconds());
  }

  /** Whether a merchant may ask for it. */
  public boolean allows(int seconds) {
    return seconds >= shortestSeconds && seconds <= longestSeconds;
  }

  /**
   * What the STANDARD tier is promised.
   *
   * @param now city time
   * @param asked seconds the merchant asks for; null when it does not
   * @param floorSeconds the shortest promise that can be kept; null when nobody can tell. Where the
   *     merchant asks for nothing, the standard is promised only where it fits, else the floor,
   *     rounded up to a minute
   * @param extraSeconds what the weather adds
   */
  public TimeWindow window(Instant now, Integer asked, Integer floorSeconds, int extraSeconds) {
    return new TimeWindow(
        now, now.plusSeconds(seconds(PromiseTier.STANDARD, asked, floorSeconds, extraSeconds)));
  }

  /** See {@link #window}; from the order's creation. */
  public int seconds(PromiseTier tier, Integer asked, Integer floorSeconds, int extraSeconds) {
    int usual = tier == PromiseTier.MEMBER ? memberSeconds : standardSeconds;
    int seconds = asked != null ? asked : Math.max(usual, wholeMinutes(floorSeconds));
    return seconds + extraSeconds;
  }

  /** Whether a promise that nobody asked for is longer than the city's usual one. */
  public boolean late(TimeWindow promise, Integer asked) {
    return asked == null && promise.length().toSeconds() > standardSeconds;
  }

  private static int wholeMinutes(Integer seconds) {
    return seconds == null ? 0 : (seconds + 59) / 60 * 60;
  }
}
