package org.shanpai.order.tracking;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a customer is told of a rider's label: enough to know them at the door, not enough to look
 * them up. A Chinese name keeps its surname (王**), a Latin one its last initial (W.), a number its
 * last two digits (骑手 *23); anything else keeps its first character.
 */
public final class RiderName {

  private static final Pattern NUMBERED = Pattern.compile("(\\D*?)[#\\s-]*(\\d+)\\s*");
  private static final Pattern CHINESE = Pattern.compile("\\p{IsHan}{2,4}");
  private static final Pattern LATIN =
      Pattern.compile("[\\p{IsLatin}.'’-]+(\\s+[\\p{IsLatin}.'’-]+)*");
  private static final Pattern RIDER = Pattern.compile("(?iu)^(骑手|rider)[\\s:：#-]*");
  private static final int DIGITS = 2;

  private RiderName() {}

  /**
   * @param label as rider-service tells it, or null
   * @return without the word for rider before it; empty when nothing is known
   */
  public static String masked(String label) {
    String bare = label == null ? "" : RIDER.matcher(label.strip()).replaceFirst("").strip();
    if (bare.isEmpty()) {
      return "";
    }
    Matcher numbered = NUMBERED.matcher(bare);
    if (numbered.matches()) {
      String digits = numbered.group(2);
      return "*" + digits.substring(Math.max(0, digits.length() - DIGITS));
    }
    if (CHINESE.matcher(bare).matches()) {
      return bare.substring(0, bare.offsetByCodePoints(0, 1)) + "**";
    }
    if (LATIN.matcher(bare).matches()) {
      String last = bare.substring(bare.lastIndexOf(' ') + 1);
      return last.substring(0, last.offsetByCodePoints(0, 1)).toUpperCase(java.util.Locale.ROOT)
          + ".";
    }
    return bare.substring(0, bare.offsetByCodePoints(0, 1)) + "**";
  }
}
