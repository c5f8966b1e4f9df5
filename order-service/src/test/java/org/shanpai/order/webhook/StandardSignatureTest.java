package org.shanpai.order.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class StandardSignatureTest {

  /** HMAC after RFC 2104 from plain SHA-256, so that nothing is shared with the code under test. */
  static String hmac(byte[] key, String text) throws Exception {
    byte[] block = Arrays.copyOf(key, 64);
    byte[] inner = new byte[64];
    byte[] outer = new byte[64];
    for (int i = 0; i < 64; i++) {
      inner[i] = (byte) (block[i] ^ 0x36);
      outer[i] = (byte) (block[i] ^ 0x5c);
    }
    MessageDigest sha = MessageDigest.getInstance("SHA-256");
    sha.update(inner);
    byte[] first = sha.digest(text.getBytes(StandardCharsets.UTF_8));
    sha.update(outer);
    return Base64.getEncoder().encodeToString(sha.digest(first));
  }

  @Test
  void knownExampleOfTheSpecificationIsReproduced() {
    assertThat(
            StandardSignature.sign(
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                1614265330L,
                "{\"test\": 2432232314}"))
        .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void signatureIsTheHmacOverIdTimestampAndBody() throws Exception {
    String secret = StandardSignature.newSecret();
    byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
    String body = "{\"type\":\"order.status\",\"data\":{\"name\":\"取货\"}}";
    assertThat(StandardSignature.sign(secret, "msg-1", 1_700_000_000L, body))
        .isEqualTo("v1," + hmac(key, "msg-1.1700000000." + body));
  }

  @Test
  void secretsAreLongAndNeverTheSame() {
    String one = StandardSignature.newSecret();
    assertThat(Base64.getDecoder().decode(one.substring("whsec_".length()))).hasSize(32);
    assertThat(StandardSignature.newSecret()).isNotEqualTo(one);
  }

  @Test
  void somethingElseIsNoSecret() {
    assertThatThrownBy(() -> StandardSignature.sign("plain", "msg-1", 1, "{}"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
