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

/** The whole command at a small size: orders are stored, webhooks arrive and are signed. */
class IntakeCommandIT {

  /** Servers live in it until they are told to stop, which a failed test may not come to. */
  @TempDir(cleanup = CleanupMode.NEVER)
  private Path folder;

  @Test
  @Timeout(420)
  void ordersAndWebhooksAreMeasuredOnRealServers() throws IOException {
    Path report = folder.resolve("r.json");
    int code =
        ServiceBench.run(
            "intake",
            "--merchants=5",
            "--connections=16",
            "--warm-up-seconds=8",
            "--step-seconds=1",
            "--round-seconds=1",
            "--repetitions=1",
            "--first-rate=8",
            "--most-rate=10",
            "--notices=100",
            "--lag-rate=40",
            "--lag-seconds=1",
            "--data=" + folder.resolve("data"),
            "--report=" + report);
    assertThat(code).isZero();
    JsonNode json = new ObjectMapper().readTree(report.toFile());
    for (String key : IntakeCommand.HEADLINES) {
      assertThat(json.has(key)).as(key).isTrue();
    }
    assertThat(json.path("createsPerSecond").asDouble()).isPositive();
    assertThat(json.path("postgresRowsPerSecond").asDouble()).isPositive();
    assertThat(json.path("webhooksPerSecond").asDouble()).isPositive();
    assertThat(json.at("/creates/tables").toString())
        .contains("idempotency", "order_contact", "order_entry", "orders", "outbox");
    assertThat(json.at("/creates/acknowledgedAndStored").asLong()).isPositive();
    assertThat(json.at("/webhooks/badSignatures").asLong()).isZero();
  }
}
