package org.shanpai.order.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signatures after the Standard Webhooks specification: {@code v1,} and the base64 of HMAC-SHA256
 * over {@code id.timestamp.body}, keyed with the bytes behind {@code whsec_}.
 */
public final class StandardSignature {

  /** What a secret begins with; the base64 of the key follows. */
  public static final String SECRET_PREFIX = "whsec_";

  private static final int KEY_BYTES = 32;
  private static final String ALGORITHM = "HmacSHA256";
  private static final SecureRandom RANDOM = new SecureRandom();

  private StandardSignature() {}

  /** A fresh secret, 256 random bits. */
  public static String newSecret() {
    byte[] key = new byte[KEY_BYTES];
    RANDOM.nextBytes(key);
    return SECRET_PREFIX + Base64.getEncoder().encodeToString(key);
  }

  /**
   * The value of the header {@code webhook-signature} while several secrets are in use: one
   * signature for each, with a space between.
   *
   * @param secrets at least one
   */
  public static String sign(List<String> secrets, String id, long timestamp, String body) {
    return secrets.stream()
        .map(secret -> sign(secret, id, timestamp, body))
        .collect(Collectors.joining(" "));
  }

  /**
   * One signature.
   *
   * @param id of the message, the same at every try
   * @param timestamp seconds since 1970, wall time of this try
   * @throws IllegalArgumentException when it is no such secret
   */
  public static String sign(String secret, String id, long timestamp, String body) {
    if (!secret.startsWith(SECRET_PREFIX)) {
      throw new IllegalArgumentException("A webhook secret begins with " + SECRET_PREFIX + ".");
    }
    byte[] key = Base64.getDecoder().decode(secret.substring(SECRET_PREFIX.length()));
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      byte[] signed =
          mac.doFinal((id + "." + timestamp + "." + body).getBytes(StandardCharsets.UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(signed);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java has no " + ALGORITHM + ".", e);
    }
  }
}
