package org.shanpai.order.address;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds telephone numbers: mobiles with +86, spaces and dashes, virtual numbers with their
 * extension (转), landlines with area code and extension, 400 and 800 numbers, local numbers that
 * stand alone.
 */
final class Phones {

  private static final String EXTENSION = "(?:(?:转|-|ext|EXT|分机号?|#)(?<ext>\\d{1,6}))?";
  private static final Pattern MOBILE =
      Pattern.compile("(?:(?:\\+|00)?86-?)?(?<n>1[3-9]\\d-?\\d{4}-?\\d{4})" + EXTENSION);
  private static final Pattern LANDLINE =
      Pattern.compile("(?<n>0(?:10|2\\d|[3-9]\\d{2})-?[2-8]\\d{3}-?\\d{3,4})" + EXTENSION);
  private static final Pattern ABROAD_STYLE =
      Pattern.compile("\\+86-?(?<n>(?:10|2\\d|[3-9]\\d{2})-?[2-8]\\d{3}-?\\d{4})" + EXTENSION);
  private static final Pattern SERVICE =
      Pattern.compile("(?<n>[48]00-?\\d{3}-?\\d{4})" + EXTENSION);
  private static final Pattern LOCAL =
      Pattern.compile("(?<n>[2-8]\\d{7}|[2-8]\\d{3}-\\d{4})" + EXTENSION);
  private static final Pattern TOO_LONG = Pattern.compile("(?<n>1[3-9]\\d{8,14})");

  /** Longest form, with everything. */
  private static final int REACH = 32;

  private Phones() {}

  /**
   * A telephone number in a text.
   *
   * @param number as it is dialled: {@code 13800001203}, {@code 021-55556101}, with {@code 转802}
   *     behind it when it has an extension
   * @param valid whether it can be one: a mobile of 11 digits, a landline of the right length
   */
  record Phone(int from, int to, String number, boolean valid) {}

  /** The number that begins at a character, or null. */
  static Phone at(PastedText text, int from) {
    char c = text.at(from);
    if (!PastedText.isDigit(c) && c != '+') {
      return null;
    }
    boolean midRun = text.digit(from - 1) && text.digit(from) && text.gap(from) == 0;
    if (midRun && !tail(text, from)) {
      return null;
    }
    Phone mobile = match(MOBILE, text, from);
    if (mobile != null || midRun) {
      return mobile;
    }
    for (Pattern form : new Pattern[] {ABROAD_STYLE, LANDLINE, SERVICE}) {
      Phone found = match(form, text, from);
      if (found != null) {
        return found;
      }
    }
    boolean alone = text.gap(from) > 0 || labelled(text, from);
    Phone local = alone ? match(LOCAL, text, from) : null;
    if (local != null && (text.gap(local.to()) > 0 || local.to() == text.length())) {
      return local;
    }
    Phone wrong = alone ? match(TOO_LONG, text, from) : null;
    return wrong == null ? null : new Phone(from, wrong.to(), wrong.number(), false);
  }

  /** Whether a run of digits is a room and a mobile written together: the last eleven are it. */
  private static boolean tail(PastedText text, int from) {
    int end = from;
    while (text.digit(end) && (end == from || text.gap(end) == 0)) {
      end++;
    }
    int start = from;
    while (text.digit(start - 1) && text.gap(start) == 0) {
      start--;
    }
    return end - from == 11 && from - start >= 3 && from - start <= 4;
  }

  private static boolean labelled(PastedText text, int from) {
    return from > 0 && "话机l式".indexOf(text.at(from - 1)) >= 0;
  }

  private static Phone match(Pattern form, PastedText text, int from) {
    Matcher matcher = form.matcher(text.text());
    matcher.region(from, Math.min(text.length(), from + REACH));
    if (!matcher.lookingAt()) {
      return null;
    }
    int to = matcher.end();
    if (text.joined(from) || text.joined(to) || text.joined(matcher.end("n"))) {
      return null;
    }
    String extension = form == TOO_LONG ? null : matcher.group("ext");
    if (extension != null
        && (broken(text, matcher.end("n"), to) || mobileStarts(text, to, matcher))) {
      extension = null;
      to = matcher.end("n");
    }
    int numberEnd = matcher.end("n");
    int gaps = 0;
    for (int i = from + 1; i < numberEnd; i++) {
      if (text.gap(i) > PastedText.SPACE) {
        return null;
      }
      gaps += text.gap(i);
    }
    if (gaps > 4 || text.digit(to) && text.gap(to) == 0) {
      return null;
    }
    String digits = matcher.group("n").replace("-", "");
    return new Phone(from, to, dialled(form, digits, extension), true);
  }

  private static boolean mobileStarts(PastedText text, int to, Matcher matcher) {
    // 021-5555 0733-138… is two numbers, and digits go on.
    return text.digit(to) && text.gap(to) == 0 && matcher.end("ext") == to;
  }

  private static boolean broken(PastedText text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.gap(i) > PastedText.SPACE || i > from && text.gap(i) > 0 && text.at(from) == '-') {
        return true;
      }
    }
    return false;
  }

  private static String dialled(Pattern form, String digits, String extension) {
    String number = digits;
    if (form == LANDLINE || form == ABROAD_STYLE) {
      String full = form == ABROAD_STYLE ? "0" + digits : digits;
      int area = full.startsWith("010") || full.startsWith("02") ? 3 : 4;
      number = full.substring(0, area) + "-" + full.substring(area);
    }
    return extension == null ? number : number + "转" + extension;
  }
}
