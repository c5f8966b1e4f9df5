package org.shanpai.bench.command;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The benches on made-up cities: small runs whose reports have the keys named, wrong use refused.
 */
class CityBenchesTest {

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

  private JsonNode report(String... arguments) throws IOException {
    Path file = folder.resolve(arguments[0] + ".json");
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--report=" + file);
    assertThat(Bench.run(all.toArray(String[]::new)))
        .as(said.toString(StandardCharsets.UTF_8))
        .isZero();
    return new ObjectMapper().readTree(file.toFile());
  }

  private JsonNode checkpoint() throws IOException {
    return report(
        "checkpoint",
        "--jobs=40",
        "--riders=120",
        "--budgets=0.05,0.4",
        "--best-seconds=0.4",
        "--best-seeds=1");
  }

  @Test
  void checkpointTellsCostAfterEachBudgetBesideTheBestKnown() throws IOException {
    JsonNode json = checkpoint();
    assertThat(json.path("feasible").asBoolean()).isTrue();
    assertThat(json.path("seconds").asDouble()).isBetween(0.01, 30.0);
    assertThat(json.path("heapMiB").asLong()).isPositive();
    assertThat(json.path("costAfterSeconds").size()).isEqualTo(2);
    long best = json.path("bestKnownCost").asLong();
    assertThat(json.path("costAfterSeconds").path("0.4").asLong())
        .isGreaterThanOrEqualTo(best)
        .isLessThanOrEqualTo(json.path("costAfterSeconds").path("0.05").asLong() * 101 / 100);
    assertThat(json.path("committedCost").asLong()).isPositive().isLessThan(best);
    List<String> engines = new ArrayList<>();
    json.path("searchesForBest").forEach(run -> engines.add(run.path("engine").asText()));
    assertThat(engines).containsExactly("shanpai", "optaplanner", "timefold", "greedy");
    json.path("runs")
        .forEach(
            run ->
                assertThat(run.path("cost").asLong())
                    .isEqualTo(run.path("costAsReported").asLong()));
  }

  private JsonNode peers() throws IOException {
    return report(
        "peers",
        "--waves=1",
        "--seeds=1",
        "--millis=60",
        "--engines=optaplanner,greedy",
        "--days=1",
        "--day-waves=1",
        "--only=*",
        "--instances=" + instances());
  }

  private static Path instances() {
    try {
      return Path.of(CityBenchesTest.class.getResource("/instances").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void peersAreJudgedOnEveryWave() throws IOException {
    JsonNode json = peers();
    assertThat(json.path("waves").asInt()).isEqualTo(json.path("results").size());
    assertThat(json.path("waves").asInt()).isGreaterThanOrEqualTo(6);
    assertThat(json.path("bestShare").asDouble()).isBetween(0.0, 1.0);
    List<String> names = new ArrayList<>();
    json.path("engines").fieldNames().forEachRemaining(names::add);
    assertThat(names).containsExactly("shanpai", "optaplanner", "greedy");
    int cheapest = 0;
    for (JsonNode wave : json.path("results")) {
      assertThat(wave.path("scores").size()).isEqualTo(3);
      long least = Long.MAX_VALUE;
      for (JsonNode score : wave.path("scores")) {
        assertThat(score.path("broken").asInt()).isZero();
        least = Math.min(least, score.path("cost").asLong());
      }
      cheapest += wave.path("scores").path("shanpai").path("cost").asLong() == least ? 1 : 0;
    }
    assertThat(json.path("bestShare").asDouble())
        .isBetween(
            cheapest / json.path("waves").asDouble() - 1e-3,
            cheapest / json.path("waves").asDouble() + 1e-3);
  }

  private JsonNode areas() throws IOException {
    return report(
        "areas",
        "--areas=1,2",
        "--waves=2",
        "--filling=3",
        "--riders=20",
        "--orders-per-minute=4",
        "--steps=20");
  }

  @Test
  void areasTellCpuForEachOrder() throws IOException {
    JsonNode json = areas();
    assertThat(json.path("areas").toString()).isEqualTo("[1,2]");
    assertThat(json.path("cpuMsPerOrder").size()).isEqualTo(2);
    // The same areas one by one and two by two find riders for the same orders.
    assertThat(json.path("orders").get(0).asInt())
        .isPositive()
        .isEqualTo(json.path("orders").get(1).asInt());
    json.path("cpuMsPerOrder").forEach(ms -> assertThat(ms.asDouble()).isPositive());
  }

  private JsonNode inner() throws IOException {
    return report("inner", "--sizes=5x10", "--iterations=1", "--seconds=0.02", "--forks=0");
  }

  @Test
  void innerMeasuresFourLoops() throws IOException {
    List<String> loops = new ArrayList<>();
    inner().path("loops").forEach(loop -> loops.add(loop.path("loop").asText()));
    assertThat(loops).containsExactlyInAnyOrder("route", "insertion", "candidates", "construction");
  }

  @Test
  void everyReportHasAChapter() throws IOException {
    long cost = checkpoint().path("costAfterSeconds").path("0.4").asLong();
    peers();
    areas();
    inner();
    Path file = folder.resolve("BENCHMARKS.md");
    int exit =
        Bench.run(
            "tables", "--results=" + folder, "--plots=" + folder.resolve("plots"), "--out=" + file);
    assertThat(exit).as(said.toString(StandardCharsets.UTF_8)).isZero();
    String text = Files.readString(file);
    assertThat(text)
        .contains(
            "One decision for a whole city",
            "Other solvers on the same waves",
            "CPU an order as areas are added",
            "Inner loops",
            "%.2f".formatted(cost / 1e6));
    for (String plot : List.of("checkpoint-1.svg", "peers-1.svg", "areas-1.svg")) {
      assertThat(folder.resolve("plots").resolve(plot)).isNotEmptyFile();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "checkpoint --jobs=0",
        "checkpoint --riders=60000",
        "checkpoint --budgets=1,0.5",
        "checkpoint --budgets=NaN",
        "checkpoint --best-seeds=-1",
        "peers --millis=0",
        "peers --engines=nobody",
        "peers --instances=/no/such/folder --waves=1",
        "areas --areas=0",
        "areas --orders-per-minute=NaN",
        "inner --sizes=big",
        "inner --seconds=0"
      })
  void wrongUseIsRefusedInOneSentence(String line) {
    assertThat(Bench.run(line.split(" "))).isEqualTo(Bench.CANNOT_RUN);
    String text = said.toString(StandardCharsets.UTF_8).strip();
    assertThat(text).startsWith("shanpai: ").endsWith(".").doesNotContain("\n", "Exception");
  }
}
