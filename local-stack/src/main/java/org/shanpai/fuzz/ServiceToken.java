package org.shanpai.fuzz;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.shanpai.city.api.Wire;
import org.shanpai.stack.CannotRun;

/**
 * Tokens with which services call each other. There is no public way to one; the fuzz run signs its
 * own with the keys of the stack it started itself.
 */
final class ServiceToken {

  private static final long LIFE_SECONDS = 6 * 3600;

  private ServiceToken() {}

  /**
   * @param issuer the service that seems to call
   * @param audience the service called
   * @param actor for whom
   */
  static String sign(Path keys, String issuer, String audience, String actor, Instant now) {
    try {
      String claims =
          Wire.JSON.writeValueAsString(
              Map.of(
                  "iss",
                  issuer,
                  "sub",
                  issuer,
                  "aud",
                  audience,
                  "groups",
                  List.of("service"),
                  "act",
                  actor,
                  "iat",
                  now.getEpochSecond(),
                  "exp",
                  now.getEpochSecond() + LIFE_SECONDS,
                  "jti",
                  "fuzz"));
      String signed = base64("{\"alg\":\"ES256\"}") + "." + base64(claims);
      Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initSign(key(keys.resolve(issuer + ".private.pem")));
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signed
          + "."
          + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
    } catch (GeneralSecurityException | IOException e) {
      throw new CannotRun("No service token can be signed with the keys in " + keys + ".", e);
    }
  }

  private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
    String pem = Files.readString(file, StandardCharsets.US_ASCII);
    byte[] bytes = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(bytes));
  }

  private static String base64(String text) throws JsonProcessingException {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
