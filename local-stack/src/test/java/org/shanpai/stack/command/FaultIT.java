package org.shanpai.stack.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.shanpai.servers.FreePorts;

/**
 * Kill −9 anything, any time: during a running city every service, and PostgreSQL, Kafka and Redis,
 * is killed once and started again. Nothing is lost, doubled or stuck.
 *
 * <p>Runs the services' jars, which the build has made before this module.
 */
class FaultIT {

  private static final List<String> VICTIMS =
      List.of(
          "control-room",
          "order-service",
          "dispatch-service",
          "rider-service",
          "geo-service",
          "kafka",
          "postgres",
          "redis");

  @Test
  void cityIsServedThoughEverythingIsKilledOnce() throws Exception {
    Path target = Path.of("target").toAbsolutePath();
    System.setProperty("shanpai.home", target.resolve("../..").normalize().toString());
    Path report = target.resolve("fault-report.json");
    Files.deleteIfExists(report);
    List<Integer> ports = FreePorts.list(8);

    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream screen = System.out;
    int code;
    try (PrintStream both = new PrintStream(new Both(said, screen), true, StandardCharsets.UTF_8)) {
      System.setOut(both);
      code =
          Shanpai.run(
              "demo",
              "--chaos",
              "--exit-when-done",
              "--orders=60",
              "--riders=24",
              "--speed=20",
              "--seed=7",
              "--data=" + target.resolve("fault-data"),
              "--report=" + report,
              "--port-control-room=" + ports.get(0),
              "--port-order=" + ports.get(1),
              "--port-dispatch=" + ports.get(2),
              "--port-rider=" + ports.get(3),
              "--port-geo=" + ports.get(4),
              "--port-kafka=" + ports.get(5),
              "--port-postgres=" + ports.get(6),
              "--port-redis=" + ports.get(7));
    } finally {
      System.setOut(screen);
    }

    String words = said.toString(StandardCharsets.UTF_8);
    for (String victim : VICTIMS) {
      assertThat(words).containsIgnoringCase("killing " + victim);
    }
    JsonNode result = new ObjectMapper().readTree(report.toFile());
    assertThat(result.path("lost").asInt(-1)).as("lost").isZero();
    assertThat(result.path("stuck").asInt(-1)).as("stuck").isZero();
    assertThat(result.path("doubleAssigned").asInt(-1)).as("doubleAssigned").isZero();
    assertThat(result.path("doubleScored").asInt(-1)).as("doubleScored").isZero();
    assertThat(result.path("delivered").asInt()).isGreaterThanOrEqualTo(45);
    assertThat(code).isZero();
  }

  /** What is said is kept and shown. */
  private static final class Both extends java.io.OutputStream {
    private final java.io.OutputStream kept;
    private final java.io.OutputStream shown;

    Both(java.io.OutputStream kept, java.io.OutputStream shown) {
      this.kept = kept;
      this.shown = shown;
    }

    @Override
    public synchronized void write(int b) throws java.io.IOException {
      kept.write(b);
      shown.write(b);
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int count) throws java.io.IOException {
      kept.write(bytes, from, count);
      shown.write(bytes, from, count);
    }
  }
}
