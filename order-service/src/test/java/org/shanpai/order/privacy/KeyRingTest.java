package org.shanpai.order.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.shanpai.chassis.ShanpaiConfig.Mode.LOCAL;
import static org.shanpai.chassis.ShanpaiConfig.Mode.PRODUCTION;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyRingTest {

  @TempDir Path folder;

  private Path written(String text) throws IOException {
    Path file = folder.resolve(KeyRing.FILE);
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file;
  }

  private static String key(int filler) {
    byte[] bytes = new byte[32];
    java.util.Arrays.fill(bytes, (byte) filler);
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Test
  void aLocalFirstStartMakesARingThatOnlyItsOwnerReadsAndKeepsIt() throws IOException {
    KeyRing made = KeyRing.load(folder.resolve("keys"), LOCAL);
    Path file = folder.resolve("keys").resolve(KeyRing.FILE);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    KeyRing again = KeyRing.load(folder.resolve("keys"), LOCAL);
    assertThat(again.keys().get(again.current())).isEqualTo(made.keys().get(made.current()));
    assertThat(again.hashKey()).isEqualTo(made.hashKey()).isNotEqualTo(made.keys().get("k1"));
    try (Stream<Path> files = Files.list(folder.resolve("keys"))) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void productionMakesNoRingAndTakesNoneThatALocalStartMade() {
    assertThatThrownBy(() -> KeyRing.load(folder, PRODUCTION))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is missing");
    assertThat(folder.resolve(KeyRing.FILE)).doesNotExist();
    KeyRing.load(folder, LOCAL);
    assertThatThrownBy(() -> KeyRing.load(folder, PRODUCTION))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("made by a local start");
  }

  @Test
  void productionTakesARingOfItsOwn() throws IOException {
    written("current=k2\nkey.k1=%s\nkey.k2=%s\nhash=%s\n".formatted(key(1), key(2), key(3)));
    KeyRing ring = KeyRing.load(folder, PRODUCTION);
    assertThat(ring.current()).isEqualTo("k2");
    assertThat(ring.keys()).containsOnlyKeys("k1", "k2");
  }

  @Test
  void aRingThatEverybodyReadsIsRefused() throws IOException {
    Path file = written("current=k1\nkey.k1=%s\nhash=%s\n".formatted(key(1), key(3)));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> KeyRing.load(folder, PRODUCTION)).hasMessageContaining("0600");
  }

  @Test
  void whatIsWrongWithARingIsSaidWithoutItsKeys() throws IOException {
    written("current=k9\nkey.k1=%s\nhash=%s\n".formatted(key(1), key(3)));
    assertThatThrownBy(() -> KeyRing.load(folder, LOCAL)).hasMessageContaining("'k9'");
    written("current=k1\nkey.k1=c2hvcnQ=\nhash=%s\n".formatted(key(3)));
    assertThatThrownBy(() -> KeyRing.load(folder, LOCAL))
        .hasMessageContaining("key.k1 must be 32 bytes")
        .hasMessageNotContaining("c2hvcnQ");
    written("current=k1\nkey.k1=%s\n".formatted(key(1)));
    assertThatThrownBy(() -> KeyRing.load(folder, LOCAL)).hasMessageContaining("hash must be");
  }
}
