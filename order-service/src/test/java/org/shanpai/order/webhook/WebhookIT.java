package org.shanpai.order.webhook;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.event.Fault;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.messaging.Json;
import org.shanpai.order.JobFixture;
import org.shanpai.order.OrderServiceScenario;

@QuarkusTest
class WebhookIT extends OrderServiceScenario {

  private static Response point(Shop shop, String url) {
    return as(shop.token()).body(Map.of("url", url)).put("/v1/webhook");
  }

  private static JsonNode data(Receiver.Notice notice) {
    return Json.read(notice.body(), JsonNode.class).path("data");
  }

  private static Response deliveries(Shop shop, String orderId) {
    return as(shop.token()).queryParam("orderId", orderId).get("/v1/webhook/deliveries");
  }

  @Test
  void noticeIsSignedAfterTheStandard() throws Exception {
    Shop shop = shop();
    try (Receiver receiver = new Receiver(n -> 204)) {
      String secret = point(shop, receiver.url()).path("secret");
      String id = created(shop);
      send(JobFixture.of(id, 3, JobStatus.ASSIGNED, "r-1").because("ACCEPTED", Fault.NONE));
      eventually(() -> assertThat(receiver.notices).hasSize(1));
      Receiver.Notice notice = receiver.notices.get(0);
      assertThat(notice.contentType()).isEqualTo("application/json");
      byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
      assertThat(notice.signature())
          .isEqualTo(
              "v1,"
                  + StandardSignatureTest.hmac(
                      key, notice.id() + "." + notice.timestamp() + "." + notice.body()));
      Instant sent = Instant.ofEpochSecond(Long.parseLong(notice.timestamp()));
      assertThat(Duration.between(sent, wall.now()).abs()).isLessThan(Duration.ofMinutes(1));
      assertThat(Json.read(notice.body(), JsonNode.class).path("type").asText())
          .isEqualTo("order.status");
      JsonNode data = data(notice);
      assertThat(data.path("orderId").asText()).isEqualTo(id);
      assertThat(data.path("status").asText()).isEqualTo("RIDER_ASSIGNED");
      assertThat(data.path("riderId").asText()).isEqualTo("r-1");
      assertThat(data.path("reason").asText()).isEqualTo("ACCEPTED");
      assertThat(data.path("version").asLong()).isEqualTo(2);
      assertThat(notice.body()).doesNotContain("Hidden", "13912345678", "Code");
      eventually(
          () -> {
            Response log = deliveries(shop, id);
            assertThat(log.<List<String>>path("deliveries.state")).containsExactly("DELIVERED");
            assertThat(log.<Integer>path("deliveries[0].attempts")).isEqualTo(1);
            assertThat(log.<Integer>path("deliveries[0].lastStatus")).isEqualTo(204);
            assertThat(log.<String>path("deliveries[0].deliveryId")).isEqualTo(notice.id());
          });
    }
  }

  @Test
  void failedNoticeIsSentAgainUnderTheSameIdAndLaterOnesWaitForIt() throws Exception {
    Shop shop = shop();
    try (Receiver receiver = new Receiver(n -> n == 1 ? 500 : n == 2 ? 302 : 200)) {
      point(shop, receiver.url());
      String id = created(shop);
      send(JobFixture.of(id, 3, JobStatus.ASSIGNED, "r-1"));
      send(JobFixture.of(id, 4, JobStatus.AT_STORE, "r-1"));
      send(JobFixture.of(id, 5, JobStatus.PICKED_UP, "r-1"));
      eventually(() -> assertThat(receiver.notices).hasSize(5));
      List<String> statuses = new ArrayList<>();
      receiver.notices.forEach(notice -> statuses.add(data(notice).path("status").asText()));
      assertThat(statuses)
          .containsExactly(
              "RIDER_ASSIGNED", "RIDER_ASSIGNED", "RIDER_ASSIGNED", "RIDER_AT_STORE", "PICKED_UP");
      assertThat(receiver.notices.subList(0, 3).stream().map(Receiver.Notice::id).distinct())
          .hasSize(1);
      eventually(
          () ->
              assertThat(deliveries(shop, id).<List<Integer>>path("deliveries.attempts"))
                  .containsExactly(1, 1, 3));
    }
  }

  @Test
  void deadAndHangingReceiversHoldUpNobodyElse() throws Exception {
    Shop dead = shop();
    Shop hanging = shop();
    Shop healthy = shop();
    try (Receiver hangs = new Receiver(n -> 0);
        Receiver answers = new Receiver(n -> 200)) {
      point(dead, "http://127.0.0.1:1/hook");
      point(hanging, hangs.url());
      point(healthy, answers.url());
      for (Shop shop : List.of(dead, hanging)) {
        for (int i = 0; i < 30; i++) {
          send(JobFixture.of(created(shop), 1, JobStatus.ASSIGNED, "r-1"));
        }
      }
      eventually(
          () ->
              assertThat(
                      count(
                          "select count(*) from webhook_delivery where merchant_id in (?, ?)",
                          dead.merchantId(),
                          hanging.merchantId()))
                  .isEqualTo(60));
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        ids.add(created(healthy));
      }
      Instant start = wall.now();
      ids.forEach(id -> send(JobFixture.of(id, 1, JobStatus.ASSIGNED, "r-1")));
      eventually(() -> assertThat(answers.notices).hasSize(10));
      assertThat(Duration.between(start, wall.now())).isLessThan(Duration.ofSeconds(5));
      assertThat(
              count(
                  "select count(*) from webhook_delivery where merchant_id in (?, ?)"
                      + " and state <> 'PENDING'",
                  dead.merchantId(),
                  hanging.merchantId()))
          .isZero();
      assertThat(
              count(
                  "select failures_in_row from webhook_endpoint where merchant_id = ?",
                  dead.merchantId()))
          .isPositive();
    }
  }

  @Test
  void claimOfAKilledSenderRunsOutAndTheNoticeIsSent() throws Exception {
    Shop shop = shop();
    try (Receiver receiver = new Receiver(n -> n == 1 ? 503 : 200)) {
      point(shop, receiver.url());
      String id = created(shop);
      send(JobFixture.of(id, 3, JobStatus.ASSIGNED, "r-1"));
      eventually(() -> assertThat(receiver.notices).hasSize(1));
      // As a sender leaves it that took the notice and was killed before the answer.
      eventually(
          () ->
              assertThat(count("select attempts from webhook_delivery where order_id = ?", id))
                  .isEqualTo(1));
      execute(
          "update webhook_delivery set claim = 'dead', wall_next_attempt_at = now(),"
              + " wall_claimed_until = now() + interval '2 seconds' where order_id = '"
              + id
              + "'");
      eventually(() -> assertThat(receiver.notices).hasSize(2));
      eventually(
          () ->
              assertThat(deliveries(shop, id).<List<String>>path("deliveries.state"))
                  .containsExactly("DELIVERED"));
    }
  }

  @Test
  void givesUpWhenTheTimeIsUp() throws Exception {
    Shop shop = shop();
    try (Receiver receiver = new Receiver(n -> 500)) {
      point(shop, receiver.url());
      String id = created(shop);
      send(JobFixture.of(id, 3, JobStatus.ASSIGNED, "r-1"));
      eventually(() -> assertThat(receiver.notices).isNotEmpty());
      execute(
          "update webhook_delivery set wall_patience_from = now() - interval '3 days',"
              + " wall_next_attempt_at = now() where order_id = '"
              + id
              + "'");
      eventually(
          () -> {
            Response log = deliveries(shop, id);
            assertThat(log.<List<String>>path("deliveries.state")).containsExactly("FAILED");
            assertThat(log.<String>path("deliveries[0].lastError")).contains("500");
          });
    }
  }

  @Test
  void withoutAnEndpointNothingIsQueued() {
    Shop shop = shop();
    String id = created(shop);
    send(JobFixture.of(id, 3, JobStatus.ASSIGNED, "r-1"));
    eventually(() -> assertThat(get(shop, id).<String>path("status")).isEqualTo("RIDER_ASSIGNED"));
    assertThat(deliveries(shop, id).<List<Object>>path("deliveries")).isEmpty();
  }

  @Test
  void secretStaysWhenTheUrlMovesAndGoesWithTheEndpoint() {
    Shop shop = shop();
    problem(as(shop.token()).get("/v1/webhook"), 404, null);
    String secret = point(shop, "http://127.0.0.1:9/a").path("secret");
    Response moved = point(shop, "http://127.0.0.1:9/b");
    assertThat(moved.<String>path("secret")).isEqualTo(secret);
    assertThat(as(shop.token()).get("/v1/webhook").<String>path("url"))
        .isEqualTo("http://127.0.0.1:9/b");
    as(shop.token()).delete("/v1/webhook").then().statusCode(204);
    problem(as(shop.token()).delete("/v1/webhook"), 404, null);
    assertThat(point(shop, "http://127.0.0.1:9/a").<String>path("secret")).isNotEqualTo(secret);
  }

  @Test
  void urlThatIsNoWebAddressIsRefusedNamingIt() {
    Shop shop = shop();
    for (String url : List.of("ftp://example.org/", "file:///etc/passwd", "hook", "http://")) {
      problem(point(shop, url), 422, "url");
    }
    problem(point(shop, " "), 400, "url");
    given().get("/v1/webhook").then().statusCode(401);
    problem(as(token("rider-service", "r-1", "rider")).get("/v1/webhook"), 403, null);
    problem(as(token("rider-service", "r-1", "rider")).get("/v1/webhook/deliveries"), 403, null);
  }

  @Test
  void logShowsOnlyTheCallersNotices() throws Exception {
    Shop mine = shop();
    Shop theirs = shop();
    try (Receiver receiver = new Receiver(n -> 200)) {
      point(theirs, receiver.url());
      String id = created(theirs);
      send(JobFixture.of(id, 3, JobStatus.ASSIGNED, "r-1"));
      eventually(() -> assertThat(receiver.notices).hasSize(1));
      assertThat(deliveries(mine, id).<List<Object>>path("deliveries")).isEmpty();
      assertThat(deliveries(theirs, id).<List<Object>>path("deliveries")).hasSize(1);
    }
  }
}
