package org.shanpai.order.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.messaging.Json;
import org.shanpai.messaging.Tx;
import org.shanpai.order.JobFixture;
import org.shanpai.order.OrderServiceScenario;

/** Secrets, endpoints that die, the log, replays, pings. */
@QuarkusTest
class EndpointIT extends OrderServiceScenario {

  @Inject WebhookSweep sweep;
  @Inject Tx tx;

  private static Response point(Shop shop, String url) {
    return as(shop.token()).body(Map.of("url", url)).put("/v1/webhook");
  }

  private static Response webhook(Shop shop) {
    return as(shop.token()).get("/v1/webhook");
  }

  private static Response rotate(Shop shop, String key, Map<String, Object> body) {
    return as(shop.token()).header("Idempotency-Key", key).body(body).post("/v1/webhook/secrets");
  }

  private static Response log(Shop shop, String orderId) {
    return as(shop.token()).queryParam("orderId", orderId).get("/v1/webhook/deliveries");
  }

  private static String status(Receiver.Notice notice) {
    return Json.read(notice.body(), JsonNode.class).path("data").path("status").asText();
  }

  /** As a merchant checks it, by the specification alone. */
  private static boolean signed(Receiver.Notice notice, String secret) throws Exception {
    byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
    String mine =
        "v1,"
            + StandardSignatureTest.hmac(
                key, notice.id() + "." + notice.timestamp() + "." + notice.body());
    return List.of(notice.signature().split(" ")).contains(mine);
  }

  private Receiver.Notice next(Shop shop, Receiver receiver) {
    int before = receiver.notices.size();
    send(JobFixture.of(created(shop), 1, JobStatus.ASSIGNED, "r-1"));
    eventually(() -> assertThat(receiver.notices).hasSize(before + 1));
    return receiver.notices.get(before);
  }

  @Test
  void bothSecretsSignForTheOverlapThenTheNewOneAlone() throws Exception {
    Shop shop = shop();
    try (Receiver receiver = new Receiver(n -> 200)) {
      String old = point(shop, receiver.url()).path("secret");
      Response made = rotate(shop, "first", Map.of());
      assertThat(made.statusCode()).as(made.asString()).isEqualTo(201);
      String fresh = made.path("secret");
      assertThat(fresh).startsWith("whsec_").isNotEqualTo(old);
      // The same key is the same secret, and its text is nowhere kept plain.
      Response again = rotate(shop, "first", Map.of());
      assertThat(again.<String>path("secret")).isEqualTo(fresh);
      assertThat(
              count(
                  "select count(*) from idempotency where answer like ?",
                  "%" + fresh.substring(6, 30) + "%"))
          .isZero();
      assertThat(count("select count(*) from webhook_secret where secret in (?, ?)", fresh, old))
          .isZero();
      Receiver.Notice both = next(shop, receiver);
      assertThat(both.signature().split(" ")).hasSize(2);
      assertThat(signed(both, fresh)).isTrue();
      assertThat(signed(both, old)).isTrue();
      Response list = as(shop.token()).get("/v1/webhook/secrets");
      assertThat(list.asString()).doesNotContain("whsec_");
      assertThat(list.<List<String>>path("secrets.secretId"))
          .hasSize(2)
          .first()
          .isEqualTo(made.path("secretId"));
      Instant expires = Instant.parse(list.path("secrets[1].expiresAt"));
      assertThat(Duration.between(wall.now(), expires))
          .isBetween(Duration.ofHours(23), Duration.ofHours(25));
      assertThat(list.<Object>path("secrets[0].expiresAt")).isNull();
      // The day is over.
      execute(
          "update webhook_secret set wall_expires_at = now() - interval '1 second'"
              + " where wall_expires_at is not null and merchant_id = '"
              + shop.merchantId()
              + "'");
      Receiver.Notice one = next(shop, receiver);
      assertThat(signed(one, fresh)).isTrue();
      assertThat(signed(one, old)).isFalse();
      assertThat(webhook(shop).asString()).doesNotContain("whsec_");
      assertThat(point(shop, receiver.url()).<String>path("secret")).isEqualTo(fresh);
    }
  }

  @Test
  void aSecretThatIsRevokedSignsNoMoreAndThePresentOneStays() throws Exception {
    Shop shop = shop();
    try (Receiver receiver = new Receiver(n -> 200)) {
      String old = point(shop, receiver.url()).path("secret");
      String oldId = as(shop.token()).get("/v1/webhook/secrets").path("secrets[0].secretId");
      Response last = as(shop.token()).delete("/v1/webhook/secrets/" + oldId);
      problem(last, 409, null);
      rotate(shop, unique(), Map.of("overlapSeconds", 3_600)).then().statusCode(201);
      as(shop.token()).delete("/v1/webhook/secrets/" + oldId).then().statusCode(204);
      problem(as(shop.token()).delete("/v1/webhook/secrets/" + oldId), 404, null);
      assertThat(signed(next(shop, receiver), old)).isFalse();
      for (int i = 0; i < 4; i++) {
        rotate(shop, unique(), Map.of()).then().statusCode(201);
      }
      problem(rotate(shop, unique(), Map.of()), 409, null);
      problem(rotate(shop, unique(), Map.of("overlapSeconds", -1)), 400, "overlapSeconds");
      Shop other = shop();
      problem(as(other.token()).get("/v1/webhook/secrets"), 404, null);
      problem(rotate(other, unique(), Map.of()), 404, null);
      String current = as(shop.token()).get("/v1/webhook/secrets").path("secrets[0].secretId");
      point(other, receiver.url());
      problem(as(other.token()).delete("/v1/webhook/secrets/" + current), 404, null);
    }
  }

  @Test
  void anEndpointThatIsGoneIsSwitchedOffAndWhatItMissedComesInOrderWhenEnabled() throws Exception {
    Shop shop = shop();
    AtomicInteger answer = new AtomicInteger(410);
    try (Receiver receiver = new Receiver(n -> answer.get())) {
      execute(
          "insert into merchant_stream (merchant_id, last_seq, listening, wall_listened_at)"
              + " values ('"
              + shop.merchantId()
              + "', 0, true, now())");
      point(shop, receiver.url());
      String id = created(shop);
      send(JobFixture.of(id, 1, JobStatus.ASSIGNED, "r-1"));
      eventually(() -> assertThat(webhook(shop).<String>path("state")).isEqualTo("SWITCHED_OFF"));
      // Told where the merchant still listens.
      assertThat(
              column(
                  "select body from merchant_event where merchant_id = ? and type = ?",
                  shop.merchantId(),
                  NoticeType.SWITCHED_OFF))
          .hasSize(1)
          .first()
          .asString()
          .contains("GONE", receiver.url());
      assertThat(webhook(shop).<String>path("reason")).isEqualTo("GONE");
      assertThat(webhook(shop).<String>path("since")).isNotNull();
      send(JobFixture.of(id, 2, JobStatus.AT_STORE, "r-1"));
      send(JobFixture.of(id, 3, JobStatus.PICKED_UP, "r-1"));
      eventually(
          () ->
              assertThat(log(shop, id).<List<String>>path("deliveries.state"))
                  .containsExactly("PENDING", "PENDING", "PENDING"));
      assertThat(receiver.notices).hasSize(1);
      answer.set(200);
      Response enabled = as(shop.token()).post("/v1/webhook/enable");
      assertThat(enabled.<String>path("state")).isEqualTo("ENABLED");
      assertThat(enabled.<Object>path("reason")).isNull();
      eventually(() -> assertThat(receiver.notices).hasSize(4));
      assertThat(receiver.notices.stream().map(EndpointIT::status).toList())
          .containsExactly("RIDER_ASSIGNED", "RIDER_ASSIGNED", "RIDER_AT_STORE", "PICKED_UP");
    }
  }

  @Test
  void nothingButFailuresForThreeDaysSwitchesOffAndOneSuccessStartsAnew() throws Exception {
    Shop shop = shop();
    AtomicInteger answer = new AtomicInteger(500);
    try (Receiver receiver = new Receiver(n -> answer.get())) {
      point(shop, receiver.url());
      String id = created(shop);
      send(JobFixture.of(id, 1, JobStatus.ASSIGNED, "r-1"));
      eventually(() -> assertThat(webhook(shop).<String>path("failingSince")).isNotNull());
      // Two days and 23 hours of failures are not enough.
      failingFor(shop, "71 hours");
      int tried = receiver.notices.size();
      eventually(() -> assertThat(receiver.notices).hasSizeGreaterThan(tried));
      assertThat(webhook(shop).<String>path("state")).isEqualTo("ENABLED");
      failingFor(shop, "72 hours");
      eventually(() -> assertThat(webhook(shop).<String>path("state")).isEqualTo("SWITCHED_OFF"));
      assertThat(webhook(shop).<String>path("reason")).isEqualTo("ONLY_FAILURES");
      answer.set(204);
      as(shop.token()).post("/v1/webhook/enable").then().statusCode(200);
      eventually(
          () ->
              assertThat(log(shop, id).<List<String>>path("deliveries.state"))
                  .containsExactly("DELIVERED"));
      eventually(() -> assertThat(webhook(shop).<Integer>path("failuresInRow")).isZero());
      assertThat(webhook(shop).<Object>path("failingSince")).isNull();
    }
  }

  private void failingFor(Shop shop, String time) {
    execute(
        "update webhook_endpoint set wall_paused_until = null, wall_failing_since = now()"
            + " - interval '"
            + time
            + "' where merchant_id = '"
            + shop.merchantId()
            + "'");
    execute(
        "update webhook_delivery set wall_next_attempt_at = now() where state = 'PENDING'"
            + " and merchant_id = '"
            + shop.merchantId()
            + "'");
  }

  @Test
  void theLogTellsEveryTryAndAReplaySendsAgainUnderTheSameId() throws Exception {
    Shop shop = shop();
    Shop other = shop();
    try (Receiver receiver = new Receiver(n -> n == 1 ? 503 : 200)) {
      receiver.says = "{\"said\":\"" + "长".repeat(600) + "\"}";
      point(shop, receiver.url());
      String id = created(shop);
      send(JobFixture.of(id, 1, JobStatus.ASSIGNED, "r-1"));
      eventually(
          () ->
              assertThat(log(shop, id).<List<String>>path("deliveries.state"))
                  .containsExactly("DELIVERED"));
      String delivery = log(shop, id).path("deliveries[0].deliveryId");
      Response story = as(shop.token()).get("/v1/webhook/deliveries/" + delivery);
      assertThat(story.<List<Integer>>path("tries.attempt")).containsExactly(1, 2);
      assertThat(story.<List<Integer>>path("tries.status")).containsExactly(503, 200);
      assertThat(story.<String>path("tries[0].error")).contains("503");
      assertThat(story.<String>path("tries[1].answer")).hasSize(500).startsWith("{\"said\":\"长");
      assertThat(story.<Integer>path("tries[1].durationMillis")).isNotNegative();
      assertThat(story.<String>path("payload.data.orderId")).isEqualTo(id);
      problem(as(other.token()).get("/v1/webhook/deliveries/" + delivery), 404, null);
      point(other, receiver.url());
      problem(as(other.token()).post("/v1/webhook/deliveries/" + delivery + "/replay"), 404, null);
      Response replayed = as(shop.token()).post("/v1/webhook/deliveries/" + delivery + "/replay");
      assertThat(replayed.statusCode()).isEqualTo(202);
      eventually(() -> assertThat(receiver.notices).hasSize(3));
      assertThat(receiver.notices.get(2).id()).isEqualTo(delivery);
      eventually(
          () ->
              assertThat(
                      as(shop.token())
                          .get("/v1/webhook/deliveries/" + delivery)
                          .<List<Integer>>path("tries.status"))
                  .containsExactly(503, 200, 200));
    }
  }

  @Test
  void whatFailedInSomeTimeIsSentAgainInOrder() throws Exception {
    Shop shop = shop();
    AtomicInteger answer = new AtomicInteger(500);
    try (Receiver receiver = new Receiver(n -> answer.get())) {
      point(shop, receiver.url());
      String id = created(shop);
      send(JobFixture.of(id, 1, JobStatus.ASSIGNED, "r-1"));
      send(JobFixture.of(id, 2, JobStatus.AT_STORE, "r-1"));
      eventually(() -> assertThat(log(shop, id).<List<Object>>path("deliveries")).hasSize(2));
      execute(
          "update webhook_delivery set state = 'FAILED', wall_ended_at = now(), claim = null,"
              + " wall_claimed_until = null where order_id = '"
              + id
              + "'");
      execute(
          "update webhook_endpoint set wall_paused_until = null where merchant_id = '"
              + shop.merchantId()
              + "'");
      answer.set(200);
      int before = receiver.notices.size();
      Instant now = wall.now();
      Map<String, Object> past =
          Map.of(
              "from", now.minusSeconds(9_000).toString(), "to", now.minusSeconds(6_000).toString());
      assertThat(as(shop.token()).body(past).post("/v1/webhook/replay").<Integer>path("replayed"))
          .isZero();
      Map<String, Object> hour =
          Map.of("from", now.minusSeconds(3_600).toString(), "to", now.plusSeconds(60).toString());
      Response replayed = as(shop.token()).body(hour).post("/v1/webhook/replay");
      assertThat(replayed.statusCode()).isEqualTo(202);
      assertThat(replayed.<Integer>path("replayed")).isEqualTo(2);
      assertThat(replayed.<Boolean>path("more")).isFalse();
      eventually(() -> assertThat(receiver.notices).hasSize(before + 2));
      assertThat(
              receiver.notices.subList(before, before + 2).stream()
                  .map(EndpointIT::status)
                  .toList())
          .containsExactly("RIDER_ASSIGNED", "RIDER_AT_STORE");
      Map<String, Object> turned =
          Map.of("from", now.toString(), "to", now.minusSeconds(60).toString());
      problem(as(shop.token()).body(turned).post("/v1/webhook/replay"), 422, "to");
      Map<String, Object> year =
          Map.of("from", now.minusSeconds(9_000_000).toString(), "to", now.toString());
      problem(as(shop.token()).body(year).post("/v1/webhook/replay"), 422, "to");
    }
  }

  @Test
  void aPingSaysAtOnceWhatCameOfIt() throws Exception {
    Shop shop = shop();
    problem(as(shop.token()).post("/v1/webhook/ping"), 404, null);
    try (Receiver receiver = new Receiver(n -> n == 1 ? 204 : 418)) {
      String secret = point(shop, receiver.url()).path("secret");
      Response good = as(shop.token()).post("/v1/webhook/ping");
      assertThat(good.<Boolean>path("delivered")).isTrue();
      assertThat(good.<Integer>path("status")).isEqualTo(204);
      Receiver.Notice notice = receiver.notices.get(0);
      assertThat(notice.id()).isEqualTo(good.path("webhookId"));
      assertThat(signed(notice, secret)).isTrue();
      assertThat(notice.body()).contains("\"type\":\"webhook.ping\"");
      receiver.says = "short and stout";
      Response bad = as(shop.token()).post("/v1/webhook/ping");
      assertThat(bad.statusCode()).isEqualTo(200);
      assertThat(bad.<Boolean>path("delivered")).isFalse();
      assertThat(bad.<Integer>path("status")).isEqualTo(418);
      assertThat(bad.<String>path("answer")).isEqualTo("short and stout");
    }
    point(shop, "http://127.0.0.1:1/hook");
    Response none = as(shop.token()).post("/v1/webhook/ping");
    assertThat(none.<Boolean>path("delivered")).isFalse();
    assertThat(none.<String>path("error")).isNotBlank();
    assertThat(none.<Object>path("status")).isNull();
  }

  @Test
  void anEndpointIsToldTheTypesItAskedFor() throws Exception {
    Shop shop = shop();
    try (Receiver receiver = new Receiver(n -> 200)) {
      Map<String, Object> all =
          Map.of(
              "url",
              receiver.url(),
              "types",
              List.of("order.created", "order.status", "order.update"));
      as(shop.token()).body(all).put("/v1/webhook").then().statusCode(200);
      String id = created(shop);
      as(shop.token()).body("{}").post("/v1/orders/" + id + "/ready").then().statusCode(200);
      send(JobFixture.of(id, 1, JobStatus.ASSIGNED, "r-1"));
      eventually(() -> assertThat(receiver.notices).hasSize(3));
      List<String> types = new ArrayList<>();
      receiver.notices.forEach(
          notice -> types.add(Json.read(notice.body(), JsonNode.class).path("type").asText()));
      assertThat(types).containsExactly("order.created", "order.update", "order.status");
      assertThat(
              Json.read(receiver.notices.get(1).body(), JsonNode.class).at("/data/change").asText())
          .isEqualTo("READY");
      assertThat(
              Json.read(receiver.notices.get(1).body(), JsonNode.class)
                  .at("/data/sandbox")
                  .asBoolean(true))
          .isFalse();
      Map<String, Object> odd = Map.of("url", receiver.url(), "types", List.of("order.magic"));
      Response refused = as(shop.token()).body(odd).put("/v1/webhook");
      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(refused.<String>path("field")).startsWith("types");
    }
  }

  @Test
  void endedDeliveriesAreForgottenAfterAMonthWithTheirTries() throws Exception {
    Shop shop = shop();
    try (Receiver receiver = new Receiver(n -> 200)) {
      point(shop, receiver.url());
      next(shop, receiver);
      String kept =
          Json.read(next(shop, receiver).body(), JsonNode.class).at("/data/orderId").asText();
      eventually(
          () ->
              assertThat(
                      count(
                          "select count(*) from webhook_delivery where merchant_id = ? and state ="
                              + " 'DELIVERED'",
                          shop.merchantId()))
                  .isEqualTo(2));
      execute(
          "update webhook_delivery set wall_ended_at = now() - interval '31 days' where merchant_id"
              + " = '"
              + shop.merchantId()
              + "' and order_id <> '"
              + kept
              + "'");
      tx.await(() -> sweep.sweep());
      assertThat(
              column(
                  "select order_id from webhook_delivery where merchant_id = ?", shop.merchantId()))
          .containsExactly(kept);
      assertThat(
              count(
                  "select count(*) from webhook_attempt a where not exists"
                      + " (select 1 from webhook_delivery d where d.delivery_id = a.delivery_id)"))
          .isZero();
    }
  }
}
