package org.shanpai.chassis.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SecretsTest {

  @Test
  void secretMatchesItsHashOnly() {
    String secret = Secrets.newSecret();
    assertThat(secret).hasSize(43);
    assertThat(Secrets.matches(secret, Secrets.hash(secret))).isTrue();
    assertThat(Secrets.matches(secret + "x", Secrets.hash(secret))).isFalse();
    assertThat(Secrets.matches(null, Secrets.hash(secret))).isFalse();
  }

  @Test
  void codesHaveTheirDigitsAndDiffer() {
    Set<String> codes = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      String code = Secrets.newCode(6);
      assertThat(code).matches("[0-9]{6}");
      codes.add(code);
    }
    assertThat(codes).hasSizeGreaterThan(190);
  }

  @Test
  void passwordMatchesItselfOnlyAndIsSalted() {
    String stored = Passwords.hash("骑手很快");
    assertThat(stored).isNotEqualTo(Passwords.hash("骑手很快"));
    assertThat(Passwords.matches("骑手很快", stored)).isTrue();
    assertThat(Passwords.matches("骑手很慢", stored)).isFalse();
    assertThat(Passwords.matches("x", "nonsense")).isFalse();
  }
}
