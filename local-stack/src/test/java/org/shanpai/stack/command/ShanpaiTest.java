package org.shanpai.stack.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shanpai.servers.FreePorts;

/** What goes wrong before anything is started: one sentence, and an exit code of its own. */
class ShanpaiTest {

  @TempDir private Path folder;

  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @BeforeEach
  void listen() {
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setOut(out);
    System.setErr(err);
  }

  private String said() {
    return said.toString(StandardCharsets.UTF_8);
  }

  private int demo(String... more) {
    List<Integer> free = FreePorts.list(8);
    List<String> arguments =
        new java.util.ArrayList<>(
            List.of(
                "demo",
                "--data=" + folder.resolve("data"),
                "--port-control-room=" + free.get(0),
                "--port-order=" + free.get(1),
                "--port-dispatch=" + free.get(2),
                "--port-rider=" + free.get(3),
                "--port-geo=" + free.get(4),
                "--port-kafka=" + free.get(5),
                "--port-postgres=" + free.get(6),
                "--port-redis=" + free.get(7)));
    for (String argument : more) {
      String option = argument.substring(0, argument.indexOf('=') + 1);
      arguments.removeIf(given -> given.startsWith(option));
      arguments.add(argument);
    }
    return Shanpai.run(arguments.toArray(String[]::new));
  }

  @Test
  void takenPortIsOneSentenceWithTheOptionThatHelps() throws IOException {
    try (ServerSocket taken = new ServerSocket()) {
      taken.bind(new InetSocketAddress("127.0.0.1", 0));
      int port = taken.getLocalPort();
      assertThat(demo("--port-order=" + port)).isEqualTo(Shanpai.CANNOT_RUN);
      assertThat(said())
          .isEqualToIgnoringNewLines(
              "shanpai: Port %d is in use by another program; choose another with --port-order or stop that program."
                  .formatted(port));
      assertThat(folder.resolve("data")).doesNotExist();
    }
  }

  @Test
  void samePortTwiceIsOneSentence() {
    int port = FreePorts.one();
    assertThat(demo("--port-order=" + port, "--port-geo=" + port)).isEqualTo(Shanpai.CANNOT_RUN);
    assertThat(said()).contains("--port-order and --port-geo are both " + port).hasLineCount(1);
  }

  @Test
  void wrongInstanceFolderIsOneSentence() {
    assertThat(demo("--instance=" + folder.resolve("nowhere"))).isEqualTo(Shanpai.CANNOT_RUN);
    assertThat(said()).contains("nowhere is no folder").hasLineCount(1);
  }

  @Test
  void instanceWithoutItsFilesNamesTheFile() {
    assertThat(demo("--instance=" + folder)).isEqualTo(Shanpai.CANNOT_RUN);
    assertThat(said()).contains("instance_parameters.txt is missing").hasLineCount(1);
  }

  @Test
  void folderThatCannotBeWrittenIsOneSentence() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertThat(demo("--data=" + file.resolve("data"))).isEqualTo(Shanpai.CANNOT_RUN);
    assertThat(said()).contains("cannot be written").contains("--data").hasLineCount(1);
  }

  @Test
  void reportThatCannotBeWrittenIsToldBeforeTheRun() {
    assertThat(demo("--report=" + folder.resolve("no/such/r.json"))).isEqualTo(Shanpai.CANNOT_RUN);
    assertThat(said()).contains("The report cannot be written to").hasLineCount(1);
  }

  @Test
  void numbersOutOfRangeAreOneSentence() {
    assertThat(demo("--orders=0")).isEqualTo(Shanpai.CANNOT_RUN);
    assertThat(demo("--speed=5000")).isEqualTo(Shanpai.CANNOT_RUN);
    assertThat(said()).contains("--orders and --riders must be within").contains("--speed must be");
  }

  @Test
  void unknownScenarioIsRefusedAndTheKnownOnesListed() {
    assertThat(demo("--scenario=hail")).isEqualTo(2);
    assertThat(said()).contains("WEEKDAY").contains("hail");
  }

  @Test
  void helpListsTheOptions() {
    assertThat(Shanpai.run("demo", "--help")).isZero();
    assertThat(said()).contains("--instance", "--exit-when-done", "--port-control-room", "--keep");
  }

  @Test
  void statusAndDownWithoutAStackSayso() {
    String data = folder.resolve("data").toString();
    assertThat(Shanpai.run("status", "--data", data)).isEqualTo(Shanpai.FAILED);
    assertThat(Shanpai.run("down", "--data", data)).isZero();
    assertThat(said()).contains("Nothing was ever started").contains("Nothing runs over");
  }
}
