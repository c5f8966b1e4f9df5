package org.shanpai.order.feedback;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.messaging.Json;
import org.shanpai.order.JobFixture;
import org.shanpai.order.OrderServiceScenario;

@QuarkusTest
class FeedbackIT extends OrderServiceScenario {

  /** An order, its link and its code. */
  private record Delivery(Shop shop, String orderId, String token, String code) {}

  private Delivery handedIn() {
    Shop shop = shop();
    String orderId = created(shop);
    Response order = get(shop, orderId);
    String url = order.path("trackingUrl");
    return new Delivery(
        shop, orderId, url.substring(url.lastIndexOf('/') + 1), order.path("deliveryCode"));
  }

  private Delivery delivered() {
    Delivery delivery = handedIn();
    send(JobFixture.of(delivery.orderId(), 1, JobStatus.DELIVERED, "r-fb"));
    eventually(
        () ->
            assertThat(get(delivery.shop(), delivery.orderId()).<String>path("status"))
                .isEqualTo("DELIVERED"));
    return delivery;
  }

  private static Response say(Delivery delivery, String kind, Map<String, Object> body) {
    return given()
        .contentType(ContentType.JSON)
        .body(body)
        .put("/v1/tracking/" + delivery.token() + "/feedback/" + kind);
  }

  private List<JsonNode> published(Delivery delivery) {
    return column(
            "select payload from outbox where topic = 'shanpai.feedback' and key = ?"
                + " order by created_at",
            delivery.orderId())
        .stream()
        .map(text -> Json.read(text, JsonNode.class).path("data"))
        .toList();
  }

  private static Response read(Delivery delivery, String token) {
    return as(token).get("/v1/orders/" + delivery.orderId() + "/feedback");
  }

  @Test
  void ratingIsTakenPublishedAndReadByTheMerchant() {
    Delivery delivery = delivered();
    Response said =
        say(
            delivery,
            "rating",
            Map.of(
                "stars",
                5,
                "tags",
                List.of("FAST"),
                "words",
                "谢谢 secret words",
                "code",
                delivery.code()));
    assertThat(said.statusCode()).as(said.asString()).isEqualTo(200);
    assertThat(said.<Boolean>path("verified")).isTrue();
    JsonNode event = published(delivery).get(0);
    assertThat(event.path("kind").asText()).isEqualTo("RATING");
    assertThat(event.path("stars").asInt()).isEqualTo(5);
    assertThat(event.path("riderId").asText()).isEqualTo("r-fb");
    assertThat(event.path("verified").asBoolean()).isTrue();
    assertThat(event.toString()).contains("FAST").doesNotContain("secret words", delivery.code());
    Response read = read(delivery, delivery.shop().token());
    assertThat(read.<List<Integer>>path("feedback.stars")).containsExactly(5);
    assertThat(read.<List<String>>path("feedback.words")).containsExactly("谢谢 secret words");
  }

  @Test
  void laterWordReplacesTheEarlierOneAndTheSameAgainTellsNothing() {
    Delivery delivery = delivered();
    say(delivery, "rating", Map.of("stars", 2, "tags", List.of("LATE")));
    say(delivery, "rating", Map.of("stars", 4, "tags", List.of("LATE")));
    Response again = say(delivery, "rating", Map.of("stars", 4, "tags", List.of("LATE")));
    assertThat(again.<Integer>path("revision")).isEqualTo(2);
    say(delivery, "praise", Map.of("tags", List.of("FRIENDLY")));
    List<JsonNode> events = published(delivery);
    assertThat(events).hasSize(3);
    assertThat(events.get(0).path("feedbackId")).isEqualTo(events.get(1).path("feedbackId"));
    assertThat(events.get(1).path("revision").asInt()).isEqualTo(2);
    assertThat(events.get(2).path("feedbackId")).isNotEqualTo(events.get(1).path("feedbackId"));
    assertThat(read(delivery, delivery.shop().token()).<List<String>>path("feedback.kind"))
        .containsExactlyInAnyOrder("PRAISE", "RATING");
  }

  @Test
  void guessedCodesRunOutAndNothingIsTakenWithThem() {
    Delivery delivery = delivered();
    Map<String, Object> body = new HashMap<>(Map.of("stars", 1, "code", "000000"));
    body.put("code", delivery.code().equals("000000") ? "000001" : "000000");
    for (int i = 1; i <= 5; i++) {
      Response refused = say(delivery, "rating", body);
      assertThat(refused.statusCode()).isEqualTo(i < 5 ? 409 : 429);
    }
    body.put("code", delivery.code());
    assertThat(say(delivery, "rating", body).statusCode()).isEqualTo(429);
    assertThat(published(delivery)).isEmpty();
    body.remove("code");
    assertThat(say(delivery, "rating", body).<Boolean>path("verified")).isFalse();
    assertThat(published(delivery)).hasSize(1);
  }

  @Test
  void thereIsATimeForEverything() {
    Delivery delivery = handedIn();
    assertThat(say(delivery, "rating", Map.of("stars", 5)).statusCode()).isEqualTo(409);
    assertThat(say(delivery, "complaint", Map.of("tags", List.of("LATE"))).<String>path("type"))
        .endsWith("feedback-too-early");
    execute(
        "update orders set promise_start = now() - interval '2 hours',"
            + " promise_end = now() - interval '1 hour' where order_id = '"
            + delivery.orderId()
            + "'");
    assertThat(say(delivery, "complaint", Map.of("tags", List.of("LATE"))).statusCode())
        .isEqualTo(200);
    assertThat(published(delivery).get(0).path("riderId").isNull()).isTrue();
    send(JobFixture.of(delivery.orderId(), 1, JobStatus.DELIVERED, "r-fb"));
    eventually(
        () -> assertThat(say(delivery, "rating", Map.of("stars", 5)).statusCode()).isEqualTo(200));
    execute(
        "update orders set status_at = now() - interval '25 hours' where order_id = '"
            + delivery.orderId()
            + "'");
    assertThat(say(delivery, "rating", Map.of("stars", 1)).<String>path("type"))
        .endsWith("feedback-closed");
    assertThat(published(delivery)).hasSize(2);
  }

  @Test
  void badInputIsNamed() {
    Delivery delivery = delivered();
    problem(say(delivery, "rating", Map.of("tags", List.of("FAST"))), 422, "stars");
    problem(say(delivery, "praise", Map.of("stars", 5, "words", "x")), 422, "stars");
    problem(say(delivery, "praise", Map.of("tags", List.of("RUDE"))), 422, "tags");
    problem(say(delivery, "complaint", Map.of()), 422, "words");
    problem(say(delivery, "rating", Map.of("stars", 6)), 400, "stars");
    problem(say(delivery, "complaint", Map.of("words", "x".repeat(501))), 400, "words");
    problem(say(delivery, "complaint", Map.of("words", "a\u0000b")), 400, "words");
    assertThat(say(delivery, "curse", Map.of("words", "x")).statusCode()).isEqualTo(400);
    assertThat(say(delivery, "complaint", Map.of("words", "first line\nsecond")).statusCode())
        .isEqualTo(200);
    assertThat(published(delivery)).hasSize(1);
  }

  @Test
  void onlyTheOrdersMerchantReadsIt() {
    Delivery delivery = delivered();
    assertThat(read(delivery, delivery.shop().token()).<List<Object>>path("feedback")).isEmpty();
    assertThat(read(delivery, shop().token()).statusCode()).isEqualTo(404);
    assertThat(given().get("/v1/orders/" + delivery.orderId() + "/feedback").statusCode())
        .isEqualTo(401);
    assertThat(read(delivery, token("rider-service", "r-1", "rider")).statusCode()).isEqualTo(403);
  }
}
