package org.shanpai.order;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.messaging.Json;
import org.shanpai.messaging.ParkedMessages;
import org.shanpai.openapi.AccessMatrix;
import org.shanpai.openapi.ApiDocument;
import org.shanpai.openapi.DocumentRules;
import org.shanpai.openapi.PlainSender;

/** The service held to its own OpenAPI document. */
@QuarkusTest
class OpenApiIT extends OrderServiceScenario {

  private static ApiDocument document() {
    return ApiDocument.parse(given().get("/q/openapi?format=json").asString());
  }

  @Test
  void everyOperationIsDocumentedWithExamplesAndErrors() {
    assertThat(DocumentRules.violations(document())).isEmpty();
  }

  /** The examples are what is sent: this is also the test that they are taken. */
  @Test
  void everyOperationLetsInWhomItSaysAndNobodyElse() {
    Shop owner = shop();
    Shop peer = shop();
    AccessMatrix matrix =
        new AccessMatrix(document(), new PlainSender("http://127.0.0.1:" + RestAssured.port))
            .open(
                "POST /v1/tokens",
                "POST /v1/merchants/sessions",
                // The page itself; what it shows is asked for with the session.
                "GET /merchant",
                // The customer's link is the right to see it.
                "GET /t/{token}",
                "GET /v1/tracking/{token}",
                "GET /v1/tracking/{token}/stream",
                "GET /v1/tracking/{token}/streets",
                "POST /v1/tracking/{token}/call",
                "PUT /v1/tracking/{token}/feedback/{kind}")
            .owner("merchant", owner.token())
            .peer("merchant", peer.token())
            .owner("manager", token("control-room", "boss", "manager"))
            .owner("dispatcher", token("control-room", "dee", "dispatcher"))
            .owner("station-manager", token("control-room", "stan", "station-manager"))
            .owner("viewer", token("control-room", "vi", "viewer"))
            .owner("rider", token("rider-service", "r-1", "rider"))
            .owner("service", riderServiceToken("r-1"))
            .owned("orderId", "storeId", "quoteId")
            .value("orderId", () -> created(owner))
            .value("storeId", owner::storeId)
            .value("quoteId", () -> quoted(owner))
            .value("merchantId", () -> "m-" + unique())
            .value("merchantOrderNo", OrderServiceScenario::unique)
            .value("id", this::parked)
            .value("token", () -> trackingToken(owner, created(owner)))
            .value("kind", () -> "rating")
            .value("url", () -> "http://127.0.0.1:9/hook")
            .value("expectedReadyAt", () -> clock.now().plusSeconds(1_200).toString());
    as(owner.token())
        .body(java.util.Map.of("url", "http://127.0.0.1:9/hook"))
        .put("/v1/webhook")
        .then()
        .statusCode(200);
    fixture(matrix, owner);
    hooks(matrix);
    assertThat(matrix.violations()).isEmpty();
    assertThat(matrix.asked()).isGreaterThan(150);
  }

  /** What the document alone cannot say. */
  private void fixture(AccessMatrix matrix, Shop owner) {
    matrix
        // The credentials shown are nobody's.
        .answers("POST /v1/tokens", 401)
        .answers("POST /v1/merchants/sessions", 401)
        .value("POST /internal/v1/orders/{orderId}/codes/check", "orderId", () -> carried(owner))
        .value("POST /internal/v1/orders/{orderId}/codes/check", "code", this::code)
        .value("POST /internal/v1/orders/{orderId}/codes/check", "kind", () -> "PICKUP")
        .value("POST /v1/orders/{orderId}/claims", "kind", () -> "NOT_RECEIVED")
        .value("GET /internal/v1/orders/{orderId}/contact", "orderId", () -> carried(owner))
        // Another rider can only be asked for where one is.
        .value("POST /v1/orders/{orderId}/redispatch", "orderId", () -> carried(owner))
        // Goods can only be called back from where they are on their way.
        .value("POST /v1/orders/{orderId}/return", "orderId", () -> underWay(owner))
        .value("GET /v1/sandbox/orders/{orderId}", "orderId", () -> rehearsal(owner))
        .value("POST /v1/sandbox/orders/{orderId}/advance", "orderId", () -> rehearsal(owner))
        // The store that takes the orders stays open.
        .value("PUT /v1/stores/{storeId}/hours", "storeId", () -> spare(owner))
        .value("PUT /v1/stores/{storeId}/open", "storeId", () -> spare(owner))
        .answers("PUT /v1/tracking/{token}/feedback/{kind}", 409)
        .value(
            "POST /v1/tracking/{token}/call", "token", () -> trackingToken(owner, carried(owner)))
        // An order just made is needed still, has not been delivered, and nothing proves it.
        .answers("POST /v1/orders/{orderId}/erase", 409)
        .answers("POST /v1/orders/{orderId}/claims", 409)
        .answers("GET /v1/orders/{orderId}/proof/image", 404)
        // The number shown is lent to nobody.
        .answers("POST /internal/v1/calls", 404)
        .value(
            "PUT /internal/v1/orders/{orderId}/proofs/{proofId}", "orderId", () -> carried(owner))
        .query("PUT /internal/v1/orders/{orderId}/proofs/{proofId}", "epoch=1")
        // What is shown in the document is no picture.
        .answers("PUT /internal/v1/orders/{orderId}/proofs/{proofId}", 422)
        .answers("GET /internal/v1/orders/{orderId}/proofs/{proofId}", 404)
        .value("proofId", () -> "p-" + unique())
        .value("signalId", this::signal)
        // Nothing is on its way back.
        .answers("POST /v1/orders/{orderId}/return-received", 409);
  }

  /** A merchant whose endpoint stands while the matrix takes the owner's away. */
  private void hooks(AccessMatrix matrix) {
    Shop hooked = shop();
    as(hooked.token())
        .body(java.util.Map.of("url", "http://127.0.0.1:9/hook"))
        .put("/v1/webhook")
        .then()
        .statusCode(200);
    for (String operation :
        java.util.List.of(
            "POST /v1/webhook/enable",
            "POST /v1/webhook/ping",
            "POST /v1/webhook/replay",
            "POST /v1/webhook/secrets",
            "GET /v1/webhook/secrets",
            "DELETE /v1/webhook/secrets/{secretId}",
            "GET /v1/webhook/deliveries/{deliveryId}",
            "POST /v1/webhook/deliveries/{deliveryId}/replay")) {
      matrix.tokens(operation, role -> hooked.token());
    }
    matrix
        .owned("secretId", "deliveryId")
        .value("secretId", () -> oldSecret(hooked))
        .value("deliveryId", () -> delivery(hooked));
  }

  /** A secret that a newer one has replaced. */
  private String oldSecret(Shop shop) {
    return column(
            "insert into webhook_secret (secret_id, merchant_id, secret, wall_created_at,"
                + " wall_expires_at) values (?, ?, 'whsec_cGxhbnRlZA==', now() - interval '1 hour',"
                + " now() + interval '1 hour') returning secret_id",
            "whk-" + unique(),
            shop.merchantId())
        .get(0);
  }

  /** A notice that was given up. */
  private String delivery(Shop shop) {
    return column(
            "insert into webhook_delivery (delivery_id, merchant_id, order_id, order_version,"
                + " event_type, payload, state, wall_created_at, wall_next_attempt_at,"
                + " wall_ended_at, wall_patience_from) values (?, ?, ?, 900, 'order.status', '{}',"
                + " 'FAILED', now(), now(), now(), now()) returning delivery_id",
            "w-" + unique(),
            shop.merchantId(),
            created(shop))
        .get(0);
  }

  private static String spare(Shop owner) {
    String storeId = "s-" + unique();
    as(owner.token()).body(store(LAT, true)).put("/v1/stores/" + storeId).then().statusCode(201);
    return storeId;
  }

  private static String quoted(Shop owner) {
    ObjectNode body = order(owner);
    return as(owner.token()).body(Json.write(body)).post("/v1/quotes").path("quoteId");
  }

  private static String trackingToken(Shop owner, String orderId) {
    String url = get(owner, orderId).path("trackingUrl");
    return url.substring(url.lastIndexOf('/') + 1);
  }

  private static String rehearsal(Shop owner) {
    ObjectNode body = order(owner);
    body.putObject("sandbox").put("play", "DELIVERED");
    return create(owner, unique(), body).path("orderId");
  }

  /** A signal at the revision that the example decides about. */
  private String signal() {
    return column(
            "insert into fraud_signal (signal_id, revision, place, kind, weight, order_ids,"
                + " evidence, at) values (?, 2, nextval('fraud_signal_place'), 'FAKE_ORDERS', 40,"
                + " '[]', '[]', now()) returning signal_id",
            "fs-" + unique())
        .get(0);
  }

  private String carriedOrder;

  /** An order that a rider has in hand. */
  private String carried(Shop owner) {
    carriedOrder = created(owner);
    send(JobFixture.of(carriedOrder, 1, JobStatus.ASSIGNED, "r-1"));
    eventually(
        () ->
            assertThat(column("select rider_id from orders where order_id = ?", carriedOrder))
                .containsExactly("r-1"));
    return carriedOrder;
  }

  /** An order whose goods are with a rider. */
  private String underWay(Shop owner) {
    String orderId = created(owner);
    send(JobFixture.of(orderId, 1, JobStatus.PICKED_UP, "r-1"));
    eventually(
        () ->
            assertThat(column("select status from orders where order_id = ?", orderId))
                .containsExactly("PICKED_UP"));
    return orderId;
  }

  private String code() {
    return column("select pickup_code from orders where order_id = ?", carriedOrder).get(0);
  }

  /** A message that waits for an operator, and could be taken. */
  private String parked() {
    return column(
            "insert into parked (topic, kafka_partition, kafka_offset, key, type, payload, reason,"
                + " parked_at) values ('shanpai.weather', 0, (select coalesce(max(kafka_offset),"
                + " 0) + 1 from parked), ?, 'weather.alert.v1', ?, 'planted', now()) returning id",
            unique(),
            ParkedMessages.ENVELOPE)
        .get(0);
  }
}
