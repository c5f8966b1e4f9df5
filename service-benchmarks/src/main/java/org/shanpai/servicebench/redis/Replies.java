package org.shanpai.servicebench.redis;

import java.nio.ByteBuffer;

/**
 * Counts whole replies in a stream of the Redis protocol (RESP 2), wherever it is cut. Members hold
 * no line breaks. Not thread-safe.
 */
final class Replies {

  private final StringBuilder line = new StringBuilder(32);
  private long pending = 1;
  private boolean text;
  private String error;

  /** Takes what came and returns how many replies have become whole by it. */
  int take(ByteBuffer in) {
    int whole = 0;
    while (in.hasRemaining()) {
      int letter = in.get();
      if (letter == '\r') {
        continue;
      }
      if (letter != '\n') {
        // Only the first letters count: type, length, or the words of an error.
        if (line.length() < 200) {
          line.append((char) letter);
        }
        continue;
      }
      if (text) {
        text = false;
        pending--;
      } else {
        head();
      }
      line.setLength(0);
      if (pending == 0) {
        pending = 1;
        whole++;
      }
    }
    return whole;
  }

  private void head() {
    switch (line.charAt(0)) {
      case '$' -> {
        if (line.charAt(1) == '-') {
          pending--;
        } else {
          text = true;
        }
      }
      case '*' -> pending += Math.max(0, Integer.parseInt(line, 1, line.length(), 10)) - 1;
      case '-' -> {
        error = line.toString();
        pending--;
      }
      default -> pending--;
    }
  }

  /** The newest error that was among the replies, or null. */
  String error() {
    return error;
  }
}
