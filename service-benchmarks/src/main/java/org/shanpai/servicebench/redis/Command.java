package org.shanpai.servicebench.redis;

import java.nio.charset.StandardCharsets;

/** Redis commands in the form in which they travel. */
public final class Command {

  private Command() {}

  /** A command of these words. */
  public static byte[] of(String... words) {
    StringBuilder text = new StringBuilder(64).append('*').append(words.length).append("\r\n");
    for (String word : words) {
      text.append('$')
          .append(word.getBytes(StandardCharsets.UTF_8).length)
          .append("\r\n")
          .append(word)
          .append("\r\n");
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
