package org.shanpai.servicebench.command;

import org.shanpai.bench.CannotRun;

/** Options that are numbers. */
final class Ranges {

  private Ranges() {}

  /**
   * @throws CannotRun naming the option, when it is not within the two
   */
  static void require(String option, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new CannotRun(
          "%s must be within %s and %s, not %s."
              .formatted(option, text(least), text(most), text(value)));
    }
  }

  private static String text(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
