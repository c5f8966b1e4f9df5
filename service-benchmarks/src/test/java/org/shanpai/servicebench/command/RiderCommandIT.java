package org.shanpai.servicebench.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The whole command at a small size: every event makes one row, every read is answered. */
class RiderCommandIT {

  /** Servers live in it until they are told to stop, which a failed test may not come to. */
  @TempDir(cleanup = CleanupMode.NEVER)
  private Path folder;

  @Test
  @Timeout(420)
  void scoresAreWrittenAndReadOnRealServers() throws IOException {
    Path report = folder.resolve("r.json");
    int code =
        ServiceBench.run(
            "rider",
            "--parts=score",
            "--riders=200",
            "--rows=60",
            "--events=1000",
            "--read-rate=20",
            "--readers=50",
            "--round-seconds=1",
            "--repetitions=1",
            "--data=" + folder.resolve("data"),
            "--report=" + report);
    assertThat(code).isZero();
    JsonNode json = new ObjectMapper().readTree(report.toFile());
    assertThat(json.path("scoreEventsPerSecond").asDouble()).isPositive();
    assertThat(json.path("scoreReadP99Ms").asDouble()).isPositive();
    assertThat(json.at("/scoreEvents/ofRival/median").asDouble()).isPositive();
    // The rival writes what the service wrote once more.
    assertThat(json.at("/scoreEvents/rowsInTheLedger").asLong())
        .isEqualTo(200 * 60 + 2 * (500 + 1000));
  }

  @Test
  @Timeout(420)
  void linesAreHeldOpenAndEachHearsEveryWordOnce() throws IOException {
    Path report = folder.resolve("s.json");
    int code =
        ServiceBench.run(
            "rider",
            "--parts=streams",
            "--streams=300",
            "--data=" + folder.resolve("streams"),
            "--report=" + report);
    assertThat(code).isZero();
    JsonNode json = new ObjectMapper().readTree(report.toFile());
    assertThat(json.path("openStreams").asInt()).isEqualTo(300);
    assertThat(json.path("streamRssMiB").asDouble()).isBetween(50.0, 1024.0);
    assertThat(json.at("/streams/broken").asInt()).isZero();
    assertThat(json.at("/streams/heard").asLong()).isEqualTo(5 * 300);
  }
}
