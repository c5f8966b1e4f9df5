package org.shanpai.order.tracking;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.shanpai.contracts.OrderId;

/**
 * The last part of a customer's link: the order's id followed by 22 characters of base64url, the
 * first 128 bits of an HMAC-SHA-256 over it. Nothing is stored for a link, and a wrong one is
 * refused before any row is read. When a link ends is the order's matter, not the token's.
 *
 * <p>The key is 32 random bytes in {@code order-service.tracking.key} (mode 0600) in the keys
 * folder, made at the first start; replacing the file ends all links. Thread-safe.
 */
public final class TrackingTokens {

  static final String FILE = "order-service.tracking.key";

  private static final String ALGORITHM = "HmacSHA256";
  private static final int KEY_BYTES = 32;
  private static final int SEAL_BYTES = 16;
  private static final int SEAL_CHARACTERS = 22;
  private static final int LONGEST = 64 + SEAL_CHARACTERS;

  private final SecretKeySpec key;

  /**
   * @param keysDir made, with a fresh key, when there is none
   */
  public TrackingTokens(Path keysDir) {
    Path file = keysDir.resolve(FILE);
    try {
      if (!Files.exists(file)) {
        make(keysDir, file);
      }
      byte[] bytes = Files.readAllBytes(file);
      if (bytes.length != KEY_BYTES) {
        throw new IllegalStateException(file + " must hold " + KEY_BYTES + " bytes.");
      }
      key = new SecretKeySpec(bytes, ALGORITHM);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The keys folder " + keysDir.toAbsolutePath() + " cannot be used: set SHANPAI_KEYS_DIR.",
          e);
    }
  }

  public String tokenOf(OrderId id) {
    return id.value() + seal(id.value());
  }

  /** The order a token is for; empty when it was not made here. Takes the same time for both. */
  public Optional<OrderId> read(String token) {
    if (token == null || token.length() <= SEAL_CHARACTERS || token.length() > LONGEST) {
      return Optional.empty();
    }
    int end = token.length() - SEAL_CHARACTERS;
    String id = token.substring(0, end);
    boolean ours =
        MessageDigest.isEqual(
            seal(id).getBytes(StandardCharsets.UTF_8),
            token.substring(end).getBytes(StandardCharsets.UTF_8));
    return ours ? Optional.of(new OrderId(id)) : Optional.empty();
  }

  private String seal(String id) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update("tracking\n".getBytes(StandardCharsets.UTF_8));
      byte[] all = mac.doFinal(id.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(all, SEAL_BYTES));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void make(Path dir, Path file) throws IOException {
    Files.createDirectories(dir);
    Path draft =
        Files.createTempFile(
            dir,
            FILE,
            ".draft",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      byte[] bytes = new byte[KEY_BYTES];
      new SecureRandom().nextBytes(bytes);
      Files.write(draft, bytes);
      // A hard link fails when another replica was first; a move would overwrite its key.
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException another) {
      // Its key is as good.
    } finally {
      Files.deleteIfExists(draft);
    }
  }
}
