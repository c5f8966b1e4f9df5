package org.shanpai.servicebench.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be measured is refused in one sentence before anything is started. */
class RiderCommandTest {

  @TempDir private Path folder;

  private final PrintStream err = System.err;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @BeforeEach
  void listen() {
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setErr(err);
  }

  private void refused(String why, String argument) {
    assertThat(ServiceBench.run("rider", "--data=" + folder.resolve("data"), argument))
        .isEqualTo(ServiceBench.CANNOT_RUN);
    assertThat(said.toString(StandardCharsets.UTF_8)).contains(why).hasLineCount(1);
    said.reset();
  }

  @Test
  void wrongOptionsAreOneSentence() {
    refused("--parts must be of streams, quota, score, not luck", "--parts=luck");
    refused("--rows must be within 1 and 400, not 401", "--rows=401");
    refused("The report cannot be written", "--report=" + folder.resolve("no/r.json"));
  }
}
