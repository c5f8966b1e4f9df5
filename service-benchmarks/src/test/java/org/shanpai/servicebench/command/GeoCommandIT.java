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

/** Parts that need servers, at a small size: honest phones' pings are all taken and found again. */
class GeoCommandIT {

  /** Servers live in it until they are told to stop, which a failed test may not come to. */
  @TempDir(cleanup = CleanupMode.NEVER)
  private Path folder;

  @Test
  @Timeout(300)
  void pingsAndNearestRidersAreMeasuredOnRealServers() throws IOException {
    Path report = folder.resolve("r.json");
    int code =
        ServiceBench.run(
            "geo",
            "--parts=pings,nearest",
            "--repetitions=2",
            "--ping-riders=1000",
            "--ping-seconds=1",
            "--connections=8",
            "--moving-riders=2000",
            "--seconds=0.2",
            "--data=" + folder.resolve("data"),
            "--report=" + report);
    assertThat(code).isZero();
    JsonNode json = new ObjectMapper().readTree(report.toFile());
    for (String key :
        new String[] {
          "pingsPerSecond",
          "redisGeoaddPerSecond",
          "nearestP99Ms",
          "nearestPerSecond",
          "redisGeosearchPerSecond"
        }) {
      assertThat(json.path(key).asDouble()).as(key).isPositive();
    }
    assertThat(json.at("/pings/httpErrors").asLong()).isZero();
    assertThat(json.at("/pings/refusedPings").asLong()).isZero();
    assertThat(json.at("/pings/pings").asLong()).isGreaterThan(1_000);
  }
}
