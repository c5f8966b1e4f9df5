package org.shanpai.order.address;

import java.text.Normalizer;
import java.util.Arrays;

/**
 * A pasted text made uniform: full-width forms narrowed, traditional characters simplified, dashes
 * of one kind, separators taken out and remembered as gaps. Every character knows where it stood.
 * Immutable.
 *
 * <p>Positions of the original count UTF-16 units, as Java, JavaScript and JSON clients do.
 */
final class PastedText {

  /** Strength of what stood before a character. */
  static final int NONE = 0;

  static final int SPACE = 1;
  static final int COMMA = 2;
  static final int LINE = 3;

  private static final String DASHES = "-‐‑‒–—―−﹣－─━~～〜";
  private static final String SPACES = " _　\u00a0";

  private final String original;
  private final String text;
  private final int[] start;
  private final int[] end;
  private final byte[] gap;

  private PastedText(String original, String text, int[] start, int[] end, byte[] gap) {
    this.original = original;
    this.text = text;
    this.start = start;
    this.end = end;
    this.gap = gap;
  }

  static PastedText of(String original) {
    Builder builder = new Builder(original.length() + 8);
    for (int i = 0; i < original.length(); ) {
      int code = original.codePointAt(i);
      int next = i + Character.charCount(code);
      take(builder, original, code, i, next);
      i = next;
    }
    return builder.build(original);
  }

  private static void take(Builder builder, String original, int code, int from, int to) {
    if (code == '\n' || code == '\r' || code == 0x2028 || code == 0x2029) {
      builder.gap(LINE);
    } else if (code < 0x10000 && DASHES.indexOf(code) >= 0) {
      builder.add('-', from, to);
    } else if (Character.getType(code) == Character.FORMAT
        || Character.getType(code) == Character.NON_SPACING_MARK
        || Character.getType(code) == Character.ENCLOSING_MARK) {
      // Joiners and variation selectors come with emoji; nothing is written with them here.
      return;
    } else {
      String narrow = Normalizer.normalize(original.substring(from, to), Normalizer.Form.NFKC);
      for (int k = 0; k < narrow.length(); k++) {
        plain(builder, original, narrow.charAt(k), from, to);
      }
    }
  }

  private static void plain(Builder builder, String original, char c, int from, int to) {
    if (Character.isLetterOrDigit(c) || Character.isSurrogate(c) && isHan(original, from)) {
      builder.add(TraditionalCharacters.simplified(c), from, to);
    } else if (c == '〇' || c == '#' || c == '*' || c == '+' || c == '·' || c == '&') {
      builder.add(c, from, to);
    } else if (c == '•' || c == '・') {
      builder.add('·', from, to);
    } else if (DASHES.indexOf(c) >= 0) {
      builder.add('-', from, to);
    } else if (c == '/' && builder.endsWithDigit() && follows(original, to, 'F')) {
      // 4/F
      builder.gap(NONE);
    } else if (c == '.' && builder.endsWithLatin()) {
      builder.gap(SPACE);
    } else {
      builder.gap(SPACES.indexOf(c) >= 0 || Character.isWhitespace(c) ? SPACE : COMMA);
    }
  }

  private static boolean isHan(String original, int at) {
    return Character.isIdeographic(original.codePointAt(at));
  }

  private static boolean follows(String original, int at, char wanted) {
    return at < original.length() && Character.toUpperCase(original.charAt(at)) == wanted;
  }

  /** Characters left. */
  int length() {
    return text.length();
  }

  char at(int i) {
    return i < text.length() ? text.charAt(i) : 0;
  }

  /** The uniform text without its gaps. */
  String text() {
    return text;
  }

  /** The uniform text with a space, a comma or a line break for each gap inside it. */
  String uniform() {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (i > 0 && gap[i] > NONE) {
        out.append(gap[i] == SPACE ? ' ' : gap[i] == COMMA ? ',' : '\n');
      }
      out.append(text.charAt(i));
    }
    return out.toString();
  }

  /** The strength of the gap before a character; before the first and after the last a line's. */
  int gap(int i) {
    return gap[i];
  }

  /** The strongest gap inside {@code [from, to)}, its ends left out. */
  int innerGap(int from, int to) {
    int strongest = NONE;
    for (int i = from + 1; i < to; i++) {
      strongest = Math.max(strongest, gap[i]);
    }
    return strongest;
  }

  /** Whether a character came out of the same original one as the character before: ⑫. */
  boolean joined(int i) {
    return i > 0 && i < start.length && start[i] == start[i - 1];
  }

  int originalStart(int i) {
    return start[i];
  }

  /** Behind the last character of {@code [from, to)} in the original. */
  int originalEnd(int to) {
    return end[to - 1];
  }

  /** The original between two positions of this text. */
  String original(int from, int to) {
    return original.substring(start[from], end[to - 1]);
  }

  String sub(int from, int to) {
    return text.substring(from, to);
  }

  boolean han(int i) {
    return i >= 0 && i < text.length() && Character.isIdeographic(text.codePointAt(i));
  }

  boolean digit(int i) {
    return i >= 0 && i < text.length() && isDigit(text.charAt(i));
  }

  boolean latin(int i) {
    return i >= 0 && i < text.length() && isLatin(text.charAt(i));
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isLatin(char c) {
    return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
  }

  private static final class Builder {
    private final StringBuilder text;
    private int[] start;
    private int[] end;
    private byte[] gap;
    private int pending = LINE;

    Builder(int size) {
      text = new StringBuilder(size);
      start = new int[size];
      end = new int[size];
      gap = new byte[size];
    }

    void add(char c, int from, int to) {
      int n = text.length();
      if (n == start.length) {
        start = Arrays.copyOf(start, n * 2);
        end = Arrays.copyOf(end, n * 2);
        gap = Arrays.copyOf(gap, n * 2);
      }
      text.append(c);
      start[n] = from;
      end[n] = to;
      gap[n] = (byte) pending;
      pending = NONE;
    }

    void gap(int strength) {
      pending = Math.max(pending, strength);
    }

    boolean endsWithDigit() {
      return pending == NONE && text.length() > 0 && isDigit(text.charAt(text.length() - 1));
    }

    boolean endsWithLatin() {
      return pending == NONE && text.length() > 0 && isLatin(text.charAt(text.length() - 1));
    }

    PastedText build(String original) {
      int n = text.length();
      byte[] gaps = Arrays.copyOf(gap, n + 1);
      gaps[n] = LINE;
      return new PastedText(
          original, text.toString(), Arrays.copyOf(start, n), Arrays.copyOf(end, n), gaps);
    }
  }
}
