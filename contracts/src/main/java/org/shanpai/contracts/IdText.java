package org.shanpai.contracts;

import java.util.regex.Pattern;

/** The one rule for what an id may look like. */
final class IdText {

  private static final Pattern LEGAL = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

  private IdText() {}

  static void check(String kind, String value) {
    if (value == null || !LEGAL.matcher(value).matches()) {
      throw new IllegalArgumentException(
          kind + " must be 1-64 characters of A-Za-z0-9._:- but is '" + value + "'");
    }
  }
}
