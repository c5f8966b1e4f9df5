package org.shanpai.order.privacy;

import java.text.Normalizer;
import java.util.Locale;

/** What of a telephone number or an address counts when two of them are compared. */
final class Likeness {

  private static final int MOBILE_DIGITS = 11;

  private Likeness() {}

  /** The digits, without the country code of a Chinese mobile. */
  static String phone(String text) {
    String digits = Normalizer.normalize(text, Normalizer.Form.NFKC).replaceAll("[^0-9]", "");
    String bare = digits.startsWith("0086") ? digits.substring(4) : digits;
    return bare.length() == MOBILE_DIGITS + 2 && bare.startsWith("861") ? bare.substring(2) : bare;
  }

  /** Letters and digits alone, of one width and case. */
  static String door(String address) {
    return Normalizer.normalize(address, Normalizer.Form.NFKC)
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N}]", "");
  }
}
