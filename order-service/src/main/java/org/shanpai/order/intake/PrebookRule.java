package org.shanpai.order.intake;

import java.time.Duration;
import java.time.Instant;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.TimeWindow;

/**
 * When goods are brought later than at once (预约单).
 *
 * @param shortest window, such as half an hour
 * @param longest window
 * @param furthest a window begins at most so far ahead
 * @param margin between the arrival of four in five and the end of the window
 * @param unknownDuration from release to door, where nobody can tell
 * @param foreseeable today's weather and load say nothing of windows that end later
 */
public record PrebookRule(
    Duration shortest,
    Duration longest,
    Duration furthest,
    Duration margin,
    Duration unknownDuration,
    Duration foreseeable) {

  /**
   * @throws IllegalArgumentException when no window could be asked for
   */
  public PrebookRule {
    if (shortest.isNegative() || shortest.isZero() || longest.compareTo(shortest) < 0) {
      throw new IllegalArgumentException(
          "A window must have a length, but is to be " + shortest + " to " + longest + " long.");
    }
  }

  static PrebookRule of(IntakeSettings.Prebook settings) {
    return new PrebookRule(
        settings.shortestWindow(),
        settings.longestWindow(),
        settings.furthest(),
        settings.margin(),
        settings.unknownDuration(),
        settings.foreseeable());
  }

  /**
   * @throws Problem 422 {@code window-not-offered}
   */
  void check(TimeWindow window, Instant now) {
    if (window.length().compareTo(shortest) < 0 || window.length().compareTo(longest) > 0) {
      throw refused(
          "A window must be "
              + shortest.toMinutes()
              + " to "
              + longest.toMinutes()
              + " minutes long.");
    }
    if (window.start().isBefore(now)) {
      throw refused("The window must not begin before now, which is " + now + " in the city.");
    }
    if (window.start().isAfter(now.plus(furthest))) {
      throw refused(
          "The window must begin within "
              + furthest.toDays()
              + " days, until "
              + now.plus(furthest)
              + ".");
    }
  }

  /**
   * When an order goes to dispatch: the margin before the moment at which it must leave for four in
   * five to arrive by the end of the window. The end counts, not the start: counted from the start,
   * most would stand at the door before anybody is there.
   *
   * @param p80Seconds from release to door, four of five are quicker; null when nobody can tell
   * @return null when that moment has passed: at once
   */
  public Instant releaseAt(TimeWindow window, Integer p80Seconds, Instant now) {
    Duration duration = p80Seconds == null ? unknownDuration : Duration.ofSeconds(p80Seconds);
    Instant at = window.end().minus(duration).minus(margin);
    return at.isAfter(now) ? at : null;
  }

  /** Whether today's weather and load will still be felt. */
  boolean foresees(TimeWindow window, Instant now) {
    return window.end().isBefore(now.plus(foreseeable));
  }

  private static Problem refused(String detail) {
    return Problem.unprocessable("window-not-offered", "deliverBetween", detail);
  }
}
