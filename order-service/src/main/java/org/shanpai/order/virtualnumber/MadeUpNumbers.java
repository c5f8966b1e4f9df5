package org.shanpai.order.virtualnumber;

/**
 * Numbers that no exchange puts through: twelve digits that begin with 0000, which is no area code
 * and no mobile. The same lease is given the same number, unless somebody holds it.
 */
final class MadeUpNumbers {

  static final String PREFIX = "0000";

  private static final int DIGITS = 8;
  private static final long SIZE = 100_000_000L;

  private MadeUpNumbers() {}

  /**
   * @param seed of the lease
   * @param attempt 0 at first; one more each time the number was taken
   */
  static String number(long seed, int attempt) {
    // The golden ratio of the range is odd and no multiple of 5: steps visit every number.
    long place = Math.floorMod(seed + attempt * 61_803_399L, SIZE);
    String digits = Long.toString(place);
    return PREFIX + "0".repeat(DIGITS - digits.length()) + digits;
  }
}
