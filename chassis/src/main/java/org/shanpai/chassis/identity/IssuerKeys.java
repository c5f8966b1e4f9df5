package org.shanpai.chassis.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/**
 * The signing keys of the issuers, EC P-256, as PEM files in one folder: {@code
 * <issuer>.private.pem} with mode 0600 and {@code <issuer>.public.pem}. Made at an issuer's first
 * start. In a cluster the folder is a mounted secret with the own private key and everybody's
 * public ones.
 */
public final class IssuerKeys {

  private IssuerKeys() {}

  /** The issuer's private key, made together with its public one when there is none yet. */
  static PrivateKey signingKey(String issuer, Path dir) {
    Path privateFile = dir.resolve(issuer + ".private.pem");
    try {
      if (!Files.exists(privateFile)) {
        make(issuer, dir, privateFile);
      }
      return KeyFactory.getInstance("EC")
          .generatePrivate(new PKCS8EncodedKeySpec(read(privateFile)));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The keys folder " + dir.toAbsolutePath() + " cannot be used: set SHANPAI_KEYS_DIR.", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(privateFile + " holds no EC private key.", e);
    }
  }

  /** The issuer's public key, or null while the issuer has not made one. */
  static PublicKey verificationKey(String issuer, Path dir) {
    Path file = dir.resolve(issuer + ".public.pem");
    if (!Files.exists(file)) {
      return null;
    }
    try {
      return KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(read(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(file + " holds no EC public key.", e);
    }
  }

  private static void make(String issuer, Path dir, Path privateFile)
      throws IOException, GeneralSecurityException {
    Files.createDirectories(dir);
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair pair = generator.generateKeyPair();
    Path draft =
        Files.createTempFile(
            dir,
            issuer,
            ".draft",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(draft, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
    try {
      // A hard link fails when another replica was first; a move would overwrite its key.
      Files.createLink(privateFile, draft);
    } catch (FileAlreadyExistsException another) {
      Files.delete(draft);
      return;
    }
    Files.delete(draft);
    Path publicDraft = Files.createTempFile(dir, issuer, ".draft");
    Files.writeString(publicDraft, pem("PUBLIC KEY", pair.getPublic().getEncoded()));
    Files.setPosixFilePermissions(publicDraft, PosixFilePermissions.fromString("rw-r--r--"));
    Files.move(publicDraft, dir.resolve(issuer + ".public.pem"), StandardCopyOption.ATOMIC_MOVE);
  }

  private static String pem(String kind, byte[] encoded) {
    return "-----BEGIN "
        + kind
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded)
        + "\n-----END "
        + kind
        + "-----\n";
  }

  private static byte[] read(Path file) throws IOException {
    String text = Files.readString(file, StandardCharsets.US_ASCII);
    return Base64.getMimeDecoder().decode(text.replaceAll("-----[A-Z ]+-----", ""));
  }
}
