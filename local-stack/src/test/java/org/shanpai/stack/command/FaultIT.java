package org.shanpai.stack.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.shanpai.servers.FreePorts;

/**
 * A city at work while every program, and PostgreSQL, Kafka and Redis, is killed (−9) once and
 * started again on its data: nothing lost, nothing doubled, nothing stuck.
 */
class FaultIT {

  private static final List<String> KILLED =
      List.of(
          "control-room",
          "order-service",
          "dispatch-service",
          "rider-service",
          "geo-service",
          "postgres",
          "kafka",
          "redis");

  /** The servers live in it until this JVM ends, so that it is not deleted with the test. */
  @TempDir(cleanup = CleanupMode.NEVER)
  private Path folder;

  @Test
  @Timeout(900)
  void everythingIsKilledOnceAndNothingIsLostDoubledOrStuck() throws IOException {
    Path file = folder.resolve("report.json");
    List<Integer> free = FreePorts.list(8);
    int code =
        Shanpai.run(
            "demo",
            "--orders=60",
            "--riders=30",
            "--chaos",
            "--exit-when-done",
            "--data=" + folder.resolve("data"),
            "--report=" + file,
            "--port-control-room=" + free.get(0),
            "--port-order=" + free.get(1),
            "--port-dispatch=" + free.get(2),
            "--port-rider=" + free.get(3),
            "--port-geo=" + free.get(4),
            "--port-kafka=" + free.get(5),
            "--port-postgres=" + free.get(6),
            "--port-redis=" + free.get(7));

    JsonNode report = new ObjectMapper().readTree(file.toFile());
    for (String server : KILLED) {
      assertThat(report.at("/run/counts").path("killed " + server).asInt()).as(server).isEqualTo(1);
    }
    assertThat(report.path("submitted").asInt()).isEqualTo(60);
    assertThat(report.path("acknowledged").asInt()).isGreaterThan(50);
    for (String promise : List.of("lost", "stuck", "doubleAssigned", "doubleScored")) {
      assertThat(report.path(promise).asInt()).as(promise).isZero();
    }
    JsonNode merchants = report.at("/run/merchants");
    assertThat(merchants.path("quotes").asInt()).isGreaterThan(10);
    assertThat(merchants.path("locksHonoured").asInt())
        .isPositive()
        .isEqualTo(merchants.path("ordersOnQuotes").asInt());
    assertThat(merchants.path("webhooksTaken").asInt()).isGreaterThan(60);
    assertThat(merchants.path("sandboxOrders").asInt()).isPositive();
    for (String promise : List.of("wordsBroken", "webhooksNotBelieved")) {
      assertThat(merchants.path(promise).asInt()).as(promise).isZero();
    }
    JsonNode riders = report.at("/run/riders");
    assertThat(riders.path("scoresChecked").asInt()).isEqualTo(30);
    for (String used :
        List.of(
            "complaints", "appealsFiled", "queuedActions", "wrongClockActions", "sosAnswered")) {
      assertThat(riders.path(used).asInt()).as(used).isPositive();
    }
    assertThat(riders.path("campaignReserved").asInt())
        .isPositive()
        .isEqualTo(riders.path("campaignPlaces").asInt());
    for (String promise :
        List.of(
            "scoresAmiss",
            "explanationsAmiss",
            "appealsAmiss",
            "earningsAmiss",
            "placesAmiss",
            "queueAmiss")) {
      assertThat(riders.path(promise).asInt()).as(promise).isZero();
    }
    assertThat(report.path("failures")).extracting(JsonNode::asText).isEmpty();
    assertThat(code).isZero();
  }
}
