package org.shanpai.chassis;

import jakarta.inject.Singleton;
import java.security.SecureRandom;
import org.shanpai.contracts.time.WallClock;

/**
 * New ids: a prefix, 10 characters of wall milliseconds, 16 random characters (80 bits), Crockford
 * base 32, so that ids made later sort later to the millisecond and cannot be guessed.
 */
@Singleton
public class IdSource {

  private static final char[] ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();

  private final WallClock wall;
  private final SecureRandom random = new SecureRandom();

  public IdSource(WallClock wall) {
    this.wall = wall;
  }

  /**
   * @param prefix such as {@code o}; the id reads {@code o-<26 characters>}
   */
  public String next(String prefix) {
    StringBuilder text = new StringBuilder(prefix.length() + 27).append(prefix).append('-');
    long millis = wall.millis();
    for (int shift = 45; shift >= 0; shift -= 5) {
      text.append(ALPHABET[(int) (millis >>> shift) & 31]);
    }
    byte[] chance = new byte[16];
    random.nextBytes(chance);
    for (byte b : chance) {
      text.append(ALPHABET[b & 31]);
    }
    return text.toString();
  }
}
