package org.shanpai.order.merchantdocs;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.order.JobFixture;
import org.shanpai.order.OrderServiceScenario;

/** The quick start, run as it stands on the page. */
@QuarkusTest
class QuickStartIT extends OrderServiceScenario {

  @Test
  void everyCommandOfThePageWorks() throws Exception {
    List<String> notices = new CopyOnWriteArrayList<>();
    HttpServer hook =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    hook.createContext(
        "/hook",
        exchange -> {
          notices.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    hook.start();
    try {
      String merchantId = "m-" + unique();
      Response taken =
          as(token("control-room", "boss", "manager"))
              .body(Map.of("name", "Quick start"))
              .put("/v1/merchants/" + merchantId);
      List<String> blocks =
          ShellBlocks.of(Files.readString(Path.of("../docs/merchants/quick-start.md")));
      assertThat(blocks).hasSizeGreaterThan(7);
      String said =
          ShellBlocks.run(
              String.join("\n", blocks),
              Map.of(
                  "BASE",
                  "http://127.0.0.1:" + RestAssured.port,
                  "CLIENT_ID",
                  taken.path("clientId"),
                  "CLIENT_SECRET",
                  taken.path("clientSecret"),
                  "HOOK",
                  "http://127.0.0.1:" + hook.getAddress().getPort() + "/hook"),
              120,
              TimeUnit.SECONDS);
      assertThat(said).contains("\"available\": true", "\"status\": \"CREATED\"", "CREATED");
      assertThat(
              column(
                  "select count(*) from orders where merchant_id = ? and cancel_requested_at is not"
                      + " null",
                  merchantId))
          .containsExactly("1");
      // No dispatch-service runs here: its answer to the cancel is played.
      String orderId =
          column("select order_id from orders where merchant_id = ?", merchantId).get(0);
      send(JobFixture.of(orderId, 1, JobStatus.CANCELLED, null));
      eventually(
          () -> assertThat(notices).anySatisfy(n -> assertThat(n).contains(orderId, "CANCELLED")));
    } finally {
      hook.stop(0);
    }
  }
}
