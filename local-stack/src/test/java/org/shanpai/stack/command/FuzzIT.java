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
 * A short run of bad input against everything. Too short for every operation to succeed once; every
 * other promise holds for every single request.
 */
class FuzzIT {

  private static final int REQUESTS = 400;

  /** The servers live in it until this JVM ends, so that it is not deleted with the test. */
  @TempDir(cleanup = CleanupMode.NEVER)
  private Path folder;

  @Test
  @Timeout(600)
  void badRequestsAreRefusedInGoodOrder() throws IOException {
    Path file = folder.resolve("report.json");
    List<Integer> free = FreePorts.list(8);
    Shanpai.run(
        "fuzz",
        "--requests=" + REQUESTS,
        "--seed=4",
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
    String failures = report.path("failures").toPrettyString() + report.path("halves");
    for (String promise : List.of("serverErrors", "halfCreated", "notAProblem", "notTheSchema")) {
      assertThat(report.path(promise).asInt(-1)).as("%s: %s", promise, failures).isZero();
    }
    assertThat(report.path("requests").asInt()).isEqualTo(REQUESTS);
    assertThat(report.path("reachedHandlers").asInt()).isGreaterThanOrEqualTo(REQUESTS * 7 / 10);
    assertThat(report.path("operations").asInt()).isGreaterThan(150);
  }
}
