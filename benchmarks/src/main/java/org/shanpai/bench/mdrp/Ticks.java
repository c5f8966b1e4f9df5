package org.shanpai.bench.mdrp;

/**
 * The unit of time of this package: a tick is a tenth of a minute, counted from the day's start.
 *
 * <p>Integers, so that sums are exact; fine enough for half of a service time.
 */
public final class Ticks {

  /** Ticks in a minute. */
  public static final int PER_MINUTE = 10;

  private Ticks() {}

  /**
   * Turns minutes into ticks.
   *
   * @throws IllegalArgumentException when it is no whole number of ticks, or beyond a year
   */
  public static int ofMinutes(double minutes) {
    double ticks = minutes * PER_MINUTE;
    long whole = Math.round(ticks);
    if (!(Math.abs(ticks - whole) < 1e-6) || Math.abs(whole) > 366L * 24 * 60 * PER_MINUTE) {
      throw new IllegalArgumentException(minutes + " minutes are no whole number of ticks");
    }
    return (int) whole;
  }

  /** Ticks as minutes. */
  public static double toMinutes(int ticks) {
    return (double) ticks / PER_MINUTE;
  }

  /** Minutes without a decimal where there is none. */
  static String text(int ticks) {
    return ticks % PER_MINUTE == 0
        ? Integer.toString(ticks / PER_MINUTE)
        : Double.toString(toMinutes(ticks));
  }
}
