package org.shanpai.order.privacy;

/**
 * Keeps what is personal or secret unreadable in the database. What is sealed opens only under the
 * context it was sealed under: moved to another row it stays shut. Cheap enough for an event loop;
 * thread-safe.
 *
 * <p>A context names one place of one row, such as {@code order_contact/o-1}; never put the secret
 * itself into it.
 */
public interface Sealing {

  /**
   * Seals a text.
   *
   * @param context where it will be kept
   * @return ASCII, {@code s1:<key>:<base64url>}; another one each time
   */
  String seal(String context, String plain);

  /**
   * Opens what {@link #seal(String, String)} made.
   *
   * @throws BrokenSeal when it was sealed elsewhere, was changed, or its key is gone
   */
  String open(String context, String sealed);

  /** Seals bytes, such as a picture. */
  byte[] seal(String context, byte[] plain);

  /**
   * Opens what {@link #seal(String, byte[])} made.
   *
   * @throws BrokenSeal see {@link #open(String, String)}
   */
  byte[] open(String context, byte[] sealed);

  /** The key that seals now; keep it beside what is sealed to find what waits for re-sealing. */
  String keyId();

  /**
   * A keyed hash: equal values have equal hashes for one purpose, and nobody without the key can
   * tell the value by trying all telephone numbers.
   *
   * @param purpose such as {@code phone}; hashes of different purposes never meet
   * @return 43 characters of base64url
   */
  String hash(String purpose, String value);

  /** Whether a stored text is sealed; for rows from before there were seals. */
  static boolean sealed(String text) {
    return text != null && text.startsWith(RingSealing.TEXT_MARK);
  }
}
