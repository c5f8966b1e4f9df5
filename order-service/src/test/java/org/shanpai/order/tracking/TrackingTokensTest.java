package org.shanpai.order.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shanpai.contracts.OrderId;

class TrackingTokensTest {

  private static final OrderId ORDER = new OrderId("o-01jd3k9x2m5vq8w7r4t6y1z0ab");

  @TempDir Path keys;

  @Test
  void tokenIsReadAgainByWhoeverHasTheKey() {
    String token = new TrackingTokens(keys).tokenOf(ORDER);
    assertThat(new TrackingTokens(keys).read(token)).contains(ORDER);
    assertThat(token).matches("[A-Za-z0-9_-]+");
  }

  @Test
  void everyChangedCharacterIsNoticed() {
    TrackingTokens tokens = new TrackingTokens(keys);
    String token = tokens.tokenOf(ORDER);
    for (int i = 0; i < token.length(); i++) {
      char other = token.charAt(i) == 'a' ? 'b' : 'a';
      String changed = token.substring(0, i) + other + token.substring(i + 1);
      assertThat(tokens.read(changed)).as("changed at " + i).isEmpty();
    }
    assertThat(tokens.read(token + "a")).isEmpty();
    assertThat(tokens.read(token.substring(1))).isEmpty();
  }

  @Test
  void sealOfOneOrderDoesNotOpenAnother() {
    TrackingTokens tokens = new TrackingTokens(keys);
    String seal = tokens.tokenOf(ORDER).substring(ORDER.value().length());
    assertThat(tokens.read("o-01jd3k9x2m5vq8w7r4t6y1z0ac" + seal)).isEmpty();
  }

  @Test
  void anotherKeyOpensNothing(@TempDir Path others) {
    String token = new TrackingTokens(keys).tokenOf(ORDER);
    assertThat(new TrackingTokens(others).read(token)).isEmpty();
  }

  @Test
  void nonsenseIsNoToken() {
    TrackingTokens tokens = new TrackingTokens(keys);
    for (String nonsense :
        new String[] {null, "", "x", "../../etc/passwd", "o-1", "ü".repeat(30), "a".repeat(5000)}) {
      assertThat(tokens.read(nonsense)).as(nonsense).isEmpty();
    }
  }

  @Test
  void keyIsForTheOwnerAloneAndAWrongOneIsRefused() throws Exception {
    new TrackingTokens(keys);
    Path file = keys.resolve(TrackingTokens.FILE);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    Files.write(file, new byte[7]);
    assertThatThrownBy(() -> new TrackingTokens(keys))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("32 bytes");
  }
}
