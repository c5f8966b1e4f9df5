package org.shanpai.bench.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shanpai.bench.CannotRun;
import org.shanpai.bench.mdrp.Assignment;
import org.shanpai.bench.mdrp.DayFacts;
import org.shanpai.bench.mdrp.DaySimulator;
import org.shanpai.bench.mdrp.Dispatcher;
import org.shanpai.bench.mdrp.Instance;
import org.shanpai.bench.mdrp.InstanceReader;
import org.shanpai.bench.mdrp.WaveView;
import org.shanpai.bench.report.RawResult;

/** The command: what was asked for is done or refused in one sentence. */
class BenchTest {

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

  private static Path instances() {
    try {
      return Path.of(BenchTest.class.getResource("/instances").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private int mdrp(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("mdrp", "--instances=" + instances(), "--out=" + folder.resolve("out")));
    for (String argument : more) {
      String option = argument.substring(0, argument.indexOf('=') + 1);
      arguments.removeIf(given -> given.startsWith(option));
      arguments.add(argument);
    }
    return Bench.run(arguments.toArray(String[]::new));
  }

  private void refused(int code, String why) {
    assertThat(code).isEqualTo(Bench.CANNOT_RUN);
    assertThat(said()).startsWith("shanpai: ").contains(why).hasLineCount(1);
    assertThat(folder.resolve("out")).doesNotExist();
    said.reset();
  }

  @Test
  void everyDispatcherRunsAndTheReportHasTheNamedKeys() throws IOException {
    Path report = folder.resolve("r.json");
    assertThat(mdrp("--report=" + report)).as(said()).isZero();
    assertThat(said()).contains("1 instances, base variant, a wave every 1.0 min, seed 1");
    JsonNode json = new ObjectMapper().readTree(report.toFile());
    for (String key :
        List.of("instances", "excessMean", "undelivered", "costPerOrder", "waveP99Ms")) {
      assertThat(json.path(key).isNumber()).as(key).isTrue();
    }
    assertThat(json.path("perInstance").path("crossroads").path("rolling").path("orders").asInt())
        .isEqualTo(4);
    assertThat(folder.resolve("out/crossroads/rolling/solution_info_orders.txt")).exists();
    assertThat(folder.resolve("out/crossroads/nearest/solution_info_orders.txt")).exists();
  }

  @Test
  void tablesAreMadeFromTheReport() throws IOException {
    Files.createDirectory(folder.resolve("results"));
    assertThat(mdrp("--report=" + folder.resolve("results/a.json"))).isZero();
    assertThat(
            Bench.run(
                "tables",
                "--results=" + folder.resolve("results"),
                "--plots=" + folder.resolve("plots"),
                "--out=" + folder.resolve("B.md")))
        .isZero();
    assertThat(folder.resolve("B.md")).content().contains("| rolling |", "| crossroads | 4 |");
    assertThat(folder.resolve("plots/mdrp-excess-1.svg")).exists();
  }

  @Test
  void wrongFoldersAreOneSentence() throws IOException {
    refused(mdrp("--instances=" + folder.resolve("nowhere")), "nowhere is no folder");
    refused(mdrp("--instances=" + folder), "holds no instances");
    refused(mdrp("--only=9*"), "None of the 1 instances");
    refused(mdrp("--report=" + folder.resolve("no/such/r.json")), "The report cannot be written");
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertThat(mdrp("--out=" + file)).isEqualTo(Bench.CANNOT_RUN);
    assertThat(said()).contains("is a file; --out takes a folder").hasLineCount(1);
  }

  @Test
  void wrongNumbersAreOneSentence() {
    refused(mdrp("--wave=0"), "--wave takes minutes above 0");
    refused(mdrp("--wave=0.25"), "--wave takes minutes above 0 with at most one decimal");
    refused(mdrp("--threads=0"), "--threads must be within 1 and 256");
    refused(mdrp("--dispatchers=best"), "There is no dispatcher best; there are nearest, rolling");
  }

  @Test
  void brokenInstanceIsToldBeforeAnythingRuns() throws IOException {
    Path broken = Files.createDirectories(folder.resolve("set/broken"));
    Files.writeString(broken.resolve("orders.txt"), "order\n");
    refused(mdrp("--instances=" + folder.resolve("set")), "instance_parameters.txt is missing");
  }

  @Test
  void helpListsTheOptions() {
    assertThat(Bench.run("mdrp", "--help")).isZero();
    assertThat(said()).contains("--instances", "--only", "--wave", "--seed", "--report");
  }

  @Test
  void benchmarksFileIsWhatTheRawResultsGive() throws IOException {
    Path home = Path.of("").toAbsolutePath().getParent();
    Path committed = home.resolve("BENCHMARKS.md");
    boolean measured =
        RawResult.listIn(home.resolve("benchmarks/results")).stream()
            .anyMatch(result -> !result.bench().isEmpty());
    int code =
        Bench.run(
            "tables",
            "--results=" + home.resolve("benchmarks/results"),
            "--plots=" + folder.resolve("plots"),
            "--out=" + folder.resolve("B.md"));
    if (!measured) {
      assertThat(code).isEqualTo(Bench.CANNOT_RUN);
      assertThat(committed).doesNotExist();
      return;
    }
    assertThat(code).as(said()).isZero();
    assertThat(committed)
        .as("run ./shanpai bench tables")
        .hasContent(Files.readString(folder.resolve("B.md")));
    try (Stream<Path> plots = Files.list(folder.resolve("plots"))) {
      for (Path plot : plots.toList()) {
        assertThat(home.resolve("benchmarks/plots").resolve(plot.getFileName()))
            .as("run ./shanpai bench tables")
            .hasSameTextualContentAs(plot);
      }
    }
  }

  @Test
  void brokenRuleHasAnExitCodeOfItsOwn() {
    Instance instance = InstanceReader.read(instances().resolve("crossroads"));
    Dispatcher impatient =
        new Dispatcher() {
          @Override
          public String name() {
            return "impatient";
          }

          @Override
          public void begin(DayFacts facts, long seed) {}

          @Override
          public List<Assignment> wave(WaveView view) {
            return List.of(new Assignment(0, new int[] {3}));
          }
        };
    Throwable broken =
        catchThrowable(
            () -> DaySimulator.run(instance, impatient, 1, 10, System::nanoTime, passed -> {}));
    assertThat(Bench.exitCode((Exception) broken)).isEqualTo(1);
    assertThat(Bench.exitCode(new CannotRun("no"))).isEqualTo(2);
  }
}
