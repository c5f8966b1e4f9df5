package org.shanpai.order.privacy;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.shanpai.chassis.ShanpaiConfig;

/**
 * {@link Sealing} by AES-256-GCM under the keys of a {@link KeyRing}.
 *
 * <p>Each context has a key of its own, HMAC-SHA256(ring key, context): random nonces of 96 bits
 * are good for 2³² messages under one key, which a large city would reach in weeks, and a context
 * never will. The context is authenticated as well.
 */
@Singleton
class RingSealing implements Sealing {

  static final String TEXT_MARK = "s1:";

  private static final byte BYTES_MARK = 1;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final String AES = "AES/GCM/NoPadding";
  private static final String HMAC = "HmacSHA256";

  private final KeyRing ring;
  private final SecureRandom random = new SecureRandom();

  @Inject
  RingSealing(ShanpaiConfig config) {
    this(KeyRing.load(config.keys().dir(), config.mode()));
  }

  RingSealing(KeyRing ring) {
    this.ring = ring;
  }

  @Override
  public String seal(String context, String plain) {
    byte[] box = encrypt(context, plain.getBytes(StandardCharsets.UTF_8));
    return TEXT_MARK
        + ring.current()
        + ':'
        + Base64.getUrlEncoder().withoutPadding().encodeToString(box);
  }

  @Override
  public String open(String context, String sealed) {
    int end = sealed.indexOf(':', TEXT_MARK.length());
    if (!sealed.startsWith(TEXT_MARK) || end < 0) {
      throw new BrokenSeal("What is kept at " + context + " is not sealed.", null);
    }
    byte[] box;
    try {
      box = Base64.getUrlDecoder().decode(sealed.substring(end + 1));
    } catch (IllegalArgumentException changed) {
      throw new BrokenSeal("What is kept at " + context + " was changed.", null);
    }
    return new String(
        decrypt(context, sealed.substring(TEXT_MARK.length(), end), box, 0),
        StandardCharsets.UTF_8);
  }

  @Override
  public byte[] seal(String context, byte[] plain) {
    byte[] id = ring.current().getBytes(StandardCharsets.US_ASCII);
    byte[] box = encrypt(context, plain);
    return ByteBuffer.allocate(2 + id.length + box.length)
        .put(BYTES_MARK)
        .put((byte) id.length)
        .put(id)
        .put(box)
        .array();
  }

  @Override
  public byte[] open(String context, byte[] sealed) {
    if (sealed.length < 2 || sealed[0] != BYTES_MARK || sealed.length < 2 + sealed[1]) {
      throw new BrokenSeal("What is kept at " + context + " is not sealed.", null);
    }
    String id = new String(sealed, 2, sealed[1], StandardCharsets.US_ASCII);
    return decrypt(context, id, sealed, 2 + sealed[1]);
  }

  @Override
  public String keyId() {
    return ring.current();
  }

  @Override
  public String hash(String purpose, String value) {
    try {
      byte[] digest = mac(ring.hashKey(), purpose + '\n' + value);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private byte[] encrypt(String context, byte[] plain) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      Cipher cipher =
          cipher(Cipher.ENCRYPT_MODE, ring.keys().get(ring.current()), context, nonce, 0);
      byte[] box = new byte[NONCE_BYTES + cipher.getOutputSize(plain.length)];
      System.arraycopy(nonce, 0, box, 0, NONCE_BYTES);
      cipher.doFinal(plain, 0, plain.length, box, NONCE_BYTES);
      return box;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Sealing at " + context + " failed.", e);
    }
  }

  private byte[] decrypt(String context, String keyId, byte[] box, int from) {
    byte[] key = ring.keys().get(keyId);
    if (key == null) {
      throw new BrokenSeal(
          "What is kept at " + context + " was sealed with key " + keyId + ", which is gone.",
          null);
    }
    if (box.length - from < NONCE_BYTES + TAG_BITS / 8) {
      throw new BrokenSeal("What is kept at " + context + " was cut off.", null);
    }
    try {
      return cipher(Cipher.DECRYPT_MODE, key, context, box, from)
          .doFinal(box, from + NONCE_BYTES, box.length - from - NONCE_BYTES);
    } catch (GeneralSecurityException e) {
      throw new BrokenSeal(
          "What is kept at " + context + " was changed, or sealed elsewhere (key " + keyId + ").",
          e);
    }
  }

  private static Cipher cipher(int mode, byte[] key, String context, byte[] nonce, int at)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(AES);
    cipher.init(
        mode,
        new SecretKeySpec(mac(key, "seal\n" + context), "AES"),
        new GCMParameterSpec(TAG_BITS, nonce, at, NONCE_BYTES));
    cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  private static byte[] mac(byte[] key, String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance(HMAC);
    mac.init(new SecretKeySpec(key, HMAC));
    return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
  }
}
