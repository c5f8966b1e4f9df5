package org.shanpai.order.privacy;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.shanpai.chassis.ShanpaiConfig;

/**
 * The keys that seal personal data: a properties file in the keys folder, mode 0600.
 *
 * <pre>
 * current=k2          which key seals
 * key.k1=…            32 bytes in base64; every key listed opens
 * key.k2=…
 * hash=…              32 bytes for keyed hashes; changing it forgets which phones were equal
 * origin=local        made at a first start; production refuses such a ring
 * </pre>
 *
 * @param current the id of the key that seals
 * @param keys every key by its id
 * @param hashKey for keyed hashes
 */
record KeyRing(String current, Map<String, byte[]> keys, byte[] hashKey) {

  /** The file's name in the keys folder. */
  static final String FILE = "order-service.sealing.properties";

  private static final int KEY_BYTES = 32;
  private static final String LEGAL_ID = "[a-z0-9][a-z0-9-]{0,31}";
  private static final String LOCAL = "local";

  /**
   * Reads the ring; in local mode makes one when there is none.
   *
   * @throws IllegalStateException when it cannot be used, saying what to do
   */
  static KeyRing load(Path dir, ShanpaiConfig.Mode mode) {
    Path file = dir.resolve(FILE);
    try {
      if (!Files.exists(file)) {
        if (mode == ShanpaiConfig.Mode.PRODUCTION) {
          throw new IllegalStateException(
              file.toAbsolutePath()
                  + " is missing: production makes no sealing keys by itself; see docs/privacy.md.");
        }
        make(dir, file);
      }
      if (Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
        throw new IllegalStateException(
            file.toAbsolutePath() + " can be read by everybody; set its mode to 0600.");
      }
      Properties lines = new Properties();
      try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
        lines.load(in);
      }
      if (mode == ShanpaiConfig.Mode.PRODUCTION && LOCAL.equals(lines.getProperty("origin"))) {
        throw new IllegalStateException(
            file.toAbsolutePath()
                + " was made by a local start; production needs a ring of its own, see"
                + " docs/privacy.md.");
      }
      return parse(file, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The keys folder " + dir.toAbsolutePath() + " cannot be used: set SHANPAI_KEYS_DIR.", e);
    }
  }

  private static KeyRing parse(Path file, Properties lines) {
    Map<String, byte[]> keys = new TreeMap<>();
    for (String name : lines.stringPropertyNames()) {
      if (name.startsWith("key.")) {
        String id = name.substring("key.".length());
        if (!id.matches(LEGAL_ID)) {
          throw new IllegalStateException(
              file + ": the key id " + id + " does not match " + LEGAL_ID + ".");
        }
        keys.put(id, key(file, name, lines.getProperty(name)));
      }
    }
    String current = lines.getProperty("current", "");
    if (!keys.containsKey(current)) {
      throw new IllegalStateException(
          file + ": current names the key '" + current + "', which the file does not hold.");
    }
    return new KeyRing(current, Map.copyOf(keys), key(file, "hash", lines.getProperty("hash")));
  }

  private static byte[] key(Path file, String name, String text) {
    try {
      byte[] key = Base64.getDecoder().decode(text == null ? "" : text.strip());
      if (key.length == KEY_BYTES) {
        return key;
      }
    } catch (IllegalArgumentException notBase64) {
      // Told below, without the text.
    }
    throw new IllegalStateException(
        file + ": " + name + " must be " + KEY_BYTES + " bytes in base64.");
  }

  private static void make(Path dir, Path file) throws IOException {
    Files.createDirectories(dir);
    Path draft =
        Files.createTempFile(
            dir,
            "sealing",
            ".draft",
            PosixFilePermissions.asFileAttribute(
                Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE)));
    try {
      Files.writeString(
          draft,
          "# Seals personal data. Without this file it is lost; with it anybody reads it.\n"
              + "origin="
              + LOCAL
              + "\ncurrent=k1\nkey.k1="
              + fresh()
              + "\nhash="
              + fresh()
              + "\n");
      // A hard link fails when another replica was first; a move would overwrite its keys.
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException another) {
      return;
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static String fresh() {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return Base64.getEncoder().encodeToString(key);
  }

  /** Says nothing, so that no log line can. */
  @Override
  public String toString() {
    return "KeyRing[…]";
  }
}
