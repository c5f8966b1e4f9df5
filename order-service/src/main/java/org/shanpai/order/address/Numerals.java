package org.shanpai.order.address;

/** Numbers as addresses write them: digits, 十二, 二十三, 一二〇一. */
final class Numerals {

  /** Characters of a Chinese number. */
  static final String CHINESE = "〇零一二三四五六七八九十百两";

  private static final String DIGITS = "〇一二三四五六七八九";

  private Numerals() {}

  /** The text with every Chinese number in it as digits; what is no number stays. */
  static String withDigits(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int j = i;
      while (j < text.length() && CHINESE.indexOf(text.charAt(j)) >= 0) {
        j++;
      }
      if (j > i) {
        out.append(digits(text.substring(i, j)));
        i = j;
      } else {
        out.append(text.charAt(i++));
      }
    }
    return out.toString();
  }

  /** 二十三 → 23, 一二〇一 → 1201, 百 → 100. */
  private static String digits(String number) {
    if (number.indexOf('十') < 0 && number.indexOf('百') < 0) {
      StringBuilder out = new StringBuilder();
      for (int i = 0; i < number.length(); i++) {
        out.append(digit(number.charAt(i)));
      }
      return out.toString();
    }
    int sum = 0;
    int last = -1;
    for (int i = 0; i < number.length(); i++) {
      char c = number.charAt(i);
      if (c == '百') {
        sum += 100 * (last < 0 ? 1 : last);
        last = -1;
      } else if (c == '十') {
        sum += 10 * (last < 0 ? 1 : last);
        last = -1;
      } else {
        last = digit(c);
      }
    }
    return Integer.toString(sum + Math.max(last, 0));
  }

  private static int digit(char c) {
    return c == '零' ? 0 : c == '两' ? 2 : DIGITS.indexOf(c);
  }
}
