package org.shanpai.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shanpai.contracts.time.CityClock.Anchor;

class DataFolderTest {

  @TempDir private Path folder;

  @Test
  void clockAnchorIsStoredOnceAndKeptWithTheData() {
    Path data = folder.resolve("data");
    Anchor first = new Anchor(1_000, 50_000, 20);
    assertThat(DataFolder.open(data, false).anchor(first)).isEqualTo(first);
    Anchor later = new Anchor(9_000, 70_000, 20);
    assertThat(DataFolder.open(data, true).anchor(later)).isEqualTo(first);
    assertThat(DataFolder.open(data, false).anchor(later)).isEqualTo(later);
  }

  @Test
  void keptCityCannotChangeItsSpeed() {
    Path data = folder.resolve("data");
    DataFolder.open(data, false).anchor(new Anchor(1_000, 50_000, 20));
    DataFolder kept = DataFolder.open(data, true);
    assertThat(kept.keptSpeed()).contains(20.0);
    assertThatThrownBy(() -> kept.anchor(new Anchor(1_000, 50_000, 40)))
        .isInstanceOf(CannotRun.class)
        .hasMessageContaining("runs at speed 20 and cannot change to 40");
  }

  @Test
  void folderOfSomebodyElseIsNeverEmptied() throws IOException {
    Files.writeString(folder.resolve("thesis.txt"), "years of work");
    assertThatThrownBy(() -> DataFolder.open(folder, false))
        .isInstanceOf(CannotRun.class)
        .hasMessageContaining("files that are not Shanpai's");
    assertThat(folder.resolve("thesis.txt")).exists();
  }

  @Test
  void fileInPlaceOfAFolderIsOneSentence() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertThatThrownBy(() -> DataFolder.open(file, false))
        .isInstanceOf(CannotRun.class)
        .hasMessageContaining("is a file; choose a folder with --data");
  }

  @Test
  void secretsAndKeysAreTheOwnersOnly() throws IOException {
    DataFolder data = DataFolder.open(folder.resolve("data"), false);
    String secret = data.secret("database.order_service");
    assertThat(secret).hasSize(32).isEqualTo(data.secret("database.order_service"));
    assertThat(data.secret("other")).isNotEqualTo(secret);
    assertThat(mode(data.root().resolve("secrets.properties"))).isEqualTo("rw-------");
    assertThat(mode(data.keys())).isEqualTo("rwx------");
    assertThat(DataFolder.open(data.root(), true).secret("other")).isEqualTo(data.secret("other"));
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void portsOfTheLastStartAreFoundAgain() {
    DataFolder data = DataFolder.open(folder.resolve("data"), false);
    data.keep("running", DataFolder.Running.of(StackPorts.defaults()));
    assertThat(data.kept("running", DataFolder.Running.class).orElseThrow().ports())
        .isEqualTo(StackPorts.defaults());
    assertThat(data.kept("other", DataFolder.Running.class)).isEmpty();
  }
}
