package org.shanpai.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastWordsTest {

  @TempDir private Path folder;

  @Test
  void jsonLineIsToldInWordsWithItsCauses() {
    assertThat(
            LastWords.words(
                "{\"timestamp\":\"T\",\"level\":\"ERROR\",\"message\":\"Failed to start\","
                    + "\"stackTrace\":\": java.lang.X: top\\n\\tat a.b\\nCaused by: no table\\n\"}"))
        .containsExactly("T ERROR Failed to start", "  Caused by: no table");
  }

  @Test
  void onlyTheEndOfALongLogIsTold() throws IOException {
    Path log = folder.resolve("x.log");
    Files.writeString(log, "line\n".repeat(500) + "the last\n");
    assertThat(LastWords.of(log)).endsWith("the last").hasLineCount(8);
    assertThat(LastWords.of(folder.resolve("none.log"))).isEqualTo("(no log)");
  }
}
