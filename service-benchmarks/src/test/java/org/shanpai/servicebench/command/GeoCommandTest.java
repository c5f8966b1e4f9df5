package org.shanpai.servicebench.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was asked for is measured, or refused in one sentence. */
class GeoCommandTest {

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

  private int geo(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("geo", "--data=" + folder.resolve("data"), "--repetitions=2"));
    arguments.addAll(List.of(more));
    return ServiceBench.run(arguments.toArray(String[]::new));
  }

  private void refused(String why, String... arguments) {
    assertThat(geo(arguments)).isEqualTo(ServiceBench.CANNOT_RUN);
    assertThat(said.toString(StandardCharsets.UTF_8)).contains(why).hasLineCount(1);
    said.reset();
  }

  @Test
  void partsInMemoryAreMeasuredAndCheckedWithoutAnyServer() throws IOException {
    Path report = folder.resolve("r.json");
    assertThat(
            geo(
                "--parts=memory,areas,matrix",
                "--moving-riders=2000",
                "--polygons=100",
                "--crossings=2500",
                "--matrix=20",
                "--seconds=0.1",
                "--report=" + report))
        .as(said.toString(StandardCharsets.UTF_8))
        .isZero();
    JsonNode json = new ObjectMapper().readTree(report.toFile());
    assertThat(json.path("bench").asText()).isEqualTo("geo");
    assertThat(json.path("areaLookupsPerSecond").asDouble()).isPositive();
    assertThat(json.path("bytesPerRider").asDouble()).isBetween(20.0, 1_000.0);
    assertThat(json.path("matrixSpeedup").asDouble()).isPositive();
    assertThat(json.at("/areas/rivalPerSecond/each")).hasSize(2);
    assertThat(json.at("/areas/withHole").asInt()).isPositive();
    assertThat(json.at("/matrix/cellsChecked").asInt()).isPositive();
    assertThat(json.at("/machine/cores").asInt()).isPositive();
    assertThat(json.has("pingsPerSecond")).isFalse();
    assertThat(said.toString(StandardCharsets.UTF_8)).contains("areaLookupsPerSecond");
  }

  @Test
  void wrongOptionsAreOneSentence() {
    refused("There is no part speed; there are memory, nearest", "--parts=speed");
    refused("--ping-riders must be within 100 and 50000, not 5", "--ping-riders=5");
    refused("--seconds must be within 0.1 and 60, not 0", "--seconds=0");
    refused(
        "--coordinateSystem must be WGS-84, GCJ-02 or BD-09 but is MARS",
        "--coordinate-system=MARS");
    refused("The report cannot be written", "--report=" + folder.resolve("no/r.json"));
  }

  @Test
  void helpListsTheOptions() {
    assertThat(geo("--help")).isZero();
    assertThat(said.toString(StandardCharsets.UTF_8))
        .contains("--parts", "--report", "--ping-riders", "--polygons", "--seed");
  }
}
