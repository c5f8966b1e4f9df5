package org.shanpai.order.progress;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.Fault;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.messaging.Envelopes;
import org.shanpai.order.JobFixture;
import org.shanpai.order.OrderServiceScenario;

@QuarkusTest
class ProgressIT extends OrderServiceScenario {

  private void awaitStatus(Shop shop, String id, String status) {
    eventually(() -> assertThat(get(shop, id).<String>path("status")).isEqualTo(status));
  }

  private List<String> told(String orderId) {
    return column("select payload from outbox where key = ? order by seq", orderId);
  }

  private static Response post(Shop shop, String orderId, String act, Map<String, Object> body) {
    return as(shop.token()).body(body).post("/v1/orders/" + orderId + "/" + act);
  }

  @Test
  void orderFollowsItsJobFromOpenToDelivered() {
    Shop shop = shop();
    String id = created(shop);
    send(JobFixture.of(id, 1, JobStatus.OPEN, null));
    send(JobFixture.of(id, 2, JobStatus.OFFERED, "r-1"));
    send(JobFixture.of(id, 3, JobStatus.ASSIGNED, "r-1").because("ACCEPTED", Fault.NONE));
    send(JobFixture.of(id, 4, JobStatus.AT_STORE, "r-1"));
    send(JobFixture.of(id, 5, JobStatus.PICKED_UP, "r-1"));
    send(JobFixture.of(id, 6, JobStatus.AT_CUSTOMER, "r-1"));
    send(JobFixture.of(id, 7, JobStatus.DELIVERED, "r-1").because("HANDED_OVER", Fault.NONE));
    awaitStatus(shop, id, "DELIVERED");
    Response order = get(shop, id);
    assertThat(order.<String>path("riderId")).isEqualTo("r-1");
    assertThat(order.<String>path("reason")).isEqualTo("HANDED_OVER");
    assertThat(order.<String>path("fault")).isEqualTo("NONE");
    Response history = as(shop.token()).get("/v1/orders/" + id + "/events");
    assertThat(history.<List<String>>path("events.status"))
        .containsExactly(
            "CREATED",
            "DISPATCHING",
            "RIDER_ASSIGNED",
            "RIDER_AT_STORE",
            "PICKED_UP",
            "RIDER_AT_CUSTOMER",
            "DELIVERED");
    assertThat(history.<List<Integer>>path("events.version")).containsExactly(1, 2, 3, 4, 5, 6, 7);
    // One event for each version: the offer, which no merchant sees, was told to nobody.
    assertThat(told(id)).hasSize(7);
  }

  @Test
  void duplicateAndOlderEventsDoNothing() {
    Shop shop = shop();
    String id = created(shop);
    var picked =
        event(
            EventType.JOB_STATE,
            "j-" + id.substring(2),
            5,
            JobFixture.of(id, 5, JobStatus.PICKED_UP, "r-1").state());
    send(picked);
    awaitStatus(shop, id, "PICKED_UP");
    int version = get(shop, id).path("version");
    send(picked);
    send(JobFixture.of(id, 4, JobStatus.ASSIGNED, "r-2"));
    send(JobFixture.of(id, 3, JobStatus.OPEN, null));
    // Same partition, so read after them.
    send(JobFixture.of(id, 6, JobStatus.AT_CUSTOMER, "r-1"));
    awaitStatus(shop, id, "RIDER_AT_CUSTOMER");
    assertThat(get(shop, id).<Integer>path("version")).isEqualTo(version + 1);
    assertThat(told(id)).hasSize(3);
    assertThat(count("select count(*) from order_entry where order_id = ?", id)).isEqualTo(3);
  }

  @Test
  void poisonIsParkedAndTheNextOrderGoesOn() {
    Shop shop = shop();
    String poisoned = created(shop);
    String healthy = created(shop);
    String key = "j-" + poisoned.substring(2);
    String text =
        Envelopes.write(
            event(
                EventType.JOB_STATE,
                key,
                1,
                JobFixture.of(poisoned, 1, JobStatus.ASSIGNED, "r-1").state()));
    send("shanpai.job", key, text.replace("\"ASSIGNED\"", "\"TELEPORTED\""));
    send(JobFixture.of(healthy, 1, JobStatus.ASSIGNED, "r-1"));
    awaitStatus(shop, healthy, "RIDER_ASSIGNED");
    eventually(() -> assertThat(parked(key)).hasSize(1).first().asString().contains("schema"));
    assertThat(get(shop, poisoned).<String>path("status")).isEqualTo("CREATED");
  }

  @Test
  void unregisteredTypeIsParked() {
    String key = "j-" + unique();
    send(
        "shanpai.job",
        key,
        "{\"id\":\"" + UUID.randomUUID() + "\",\"type\":\"job.gossip.v1\",\"data\":{}}");
    eventually(
        () -> assertThat(parked(key)).hasSize(1).first().asString().contains("job.gossip.v1"));
  }

  @Test
  void impossibleStepIsParkedWithWhatComesBehindIt() {
    Shop shop = shop();
    String id = created(shop);
    String key = "j-" + id.substring(2);
    send(JobFixture.of(id, 1, JobStatus.PICKED_UP, "r-1"));
    awaitStatus(shop, id, "PICKED_UP");
    send(JobFixture.of(id, 2, JobStatus.OPEN, null));
    eventually(() -> assertThat(parked(key)).hasSize(1).first().asString().contains("PICKED_UP"));
    send(JobFixture.of(id, 3, JobStatus.DELIVERED, "r-1"));
    eventually(() -> assertThat(parked(key)).hasSize(2));
    assertThat(get(shop, id).<String>path("status")).isEqualTo("PICKED_UP");
  }

  @Test
  void jobOfAnUnknownOrderIsParked() {
    String id = "o-" + unique();
    send(JobFixture.of(id, 1, JobStatus.OPEN, null));
    eventually(
        () ->
            assertThat(parked("j-" + id.substring(2)))
                .hasSize(1)
                .first()
                .asString()
                .contains("no order"));
  }

  @Test
  void eventFromTheFutureIsParked() {
    Shop shop = shop();
    String id = created(shop);
    String key = "j-" + id.substring(2);
    String text =
        Envelopes.write(
            event(
                EventType.JOB_STATE,
                key,
                1,
                JobFixture.of(id, 1, JobStatus.ASSIGNED, "r-1").state()));
    send(
        "shanpai.job",
        key,
        text.replaceAll("\"occurredAt\":\"[^\"]+\"", "\"occurredAt\":\"2099-01-01T00:00:00Z\""));
    eventually(() -> assertThat(parked(key)).hasSize(1).first().asString().contains("future"));
    assertThat(get(shop, id).<String>path("status")).isEqualTo("CREATED");
  }

  private List<String> parked(String key) {
    return column("select reason from parked where key = ? and replayed_at is null", key);
  }

  @Test
  void cancelIsNotedThenDecidedByDispatch() {
    Shop shop = shop();
    String id = created(shop);
    Response noted = post(shop, id, "cancel", Map.of("reason", "CUSTOMER_CHANGED_MIND"));
    assertThat(noted.statusCode()).isEqualTo(202);
    assertThat(noted.<String>path("cancelOutcome")).isEqualTo("REQUESTED");
    assertThat(noted.<String>path("status")).isEqualTo("CREATED");
    Response again = post(shop, id, "cancel", Map.of("reason", "OTHER"));
    assertThat(again.statusCode()).isEqualTo(202);
    assertThat(again.<String>path("cancelReason")).isEqualTo("CUSTOMER_CHANGED_MIND");
    assertThat(told(id)).hasSize(2).last().asString().contains("cancelRequestedAt");
    send(
        JobFixture.of(id, 2, JobStatus.CANCELLED, null)
            .because("MERCHANT_CANCELLED", Fault.MERCHANT));
    awaitStatus(shop, id, "CANCELLED");
    Response order = get(shop, id);
    assertThat(order.<String>path("cancelOutcome")).isEqualTo("CANCELLED");
    assertThat(order.<String>path("fault")).isEqualTo("MERCHANT");
    assertThat(post(shop, id, "cancel", Map.of("reason", "OTHER")).statusCode()).isEqualTo(202);
    problem(post(shop, id, "ready", Map.of()), 409, null);
  }

  @Test
  void cancelAfterThePickupIsRefusedAndTheDeliveryGoesOn() {
    Shop shop = shop();
    String id = created(shop);
    assertThat(post(shop, id, "cancel", Map.of("reason", "LATE")).statusCode()).isEqualTo(202);
    send(JobFixture.of(id, 5, JobStatus.PICKED_UP, "r-1").refusingCancel());
    eventually(() -> assertThat(get(shop, id).<String>path("cancelOutcome")).isEqualTo("REFUSED"));
    Response refused = post(shop, id, "cancel", Map.of("reason", "LATE"));
    problem(refused, 409, null);
    assertThat(refused.<String>path("type")).endsWith("cancel-refused");
    send(JobFixture.of(id, 6, JobStatus.DELIVERED, "r-1").refusingCancel());
    awaitStatus(shop, id, "DELIVERED");
  }

  @Test
  void kitchenTellsLateThenReady() {
    Shop shop = shop();
    String id = created(shop);
    Instant later = clock.now().plusSeconds(1800);
    Response late = post(shop, id, "preparation-late", Map.of("expectedReadyAt", later.toString()));
    assertThat(late.statusCode()).isEqualTo(200);
    assertThat(Instant.parse(late.path("expectedReadyAt"))).isEqualTo(later);
    problem(
        post(shop, id, "preparation-late", Map.of("expectedReadyAt", "2020-01-01T00:00:00Z")),
        422,
        "expectedReadyAt");
    problem(
        post(
            shop,
            id,
            "preparation-late",
            Map.of("expectedReadyAt", clock.now().plusSeconds(11_000).toString())),
        422,
        "expectedReadyAt");
    problem(
        post(shop, id, "preparation-late", Map.of("expectedReadyAt", "soon")),
        400,
        "expectedReadyAt");
    Response ready = post(shop, id, "ready", Map.of());
    assertThat(ready.statusCode()).isEqualTo(200);
    String readyAt = ready.path("readyAt");
    assertThat(readyAt).isNotNull();
    assertThat(post(shop, id, "ready", Map.of()).<String>path("readyAt")).isEqualTo(readyAt);
    assertThat(get(shop, id).<Integer>path("version")).isEqualTo(3);
    assertThat(told(id)).hasSize(3).last().asString().contains("\"readyAt\":\"");
    Response tooLate =
        post(shop, id, "preparation-late", Map.of("expectedReadyAt", later.toString()));
    problem(tooLate, 409, null);
    assertThat(tooLate.<String>path("type")).endsWith("already-ready");
  }

  @Test
  void returnIsTakenBackOnlyWhenSomethingComesBack() {
    Shop shop = shop();
    String id = created(shop);
    problem(post(shop, id, "return-received", Map.of()), 409, null);
    send(
        JobFixture.of(id, 5, JobStatus.RETURNING, "r-1")
            .because("CUSTOMER_REFUSED", Fault.CUSTOMER));
    awaitStatus(shop, id, "RETURNING");
    assertThat(get(shop, id).<String>path("fault")).isEqualTo("CUSTOMER");
    Response received = post(shop, id, "return-received", Map.of());
    assertThat(received.statusCode()).isEqualTo(200);
    assertThat(received.<String>path("returnReceivedAt")).isNotNull();
    int version = received.path("version");
    assertThat(post(shop, id, "return-received", Map.of()).<Integer>path("version"))
        .isEqualTo(version);
    send(JobFixture.of(id, 6, JobStatus.RETURNED, "r-1"));
    awaitStatus(shop, id, "RETURNED");
  }

  @Test
  void aKitchenCannotSpeakOfGoodsThatAreGone() {
    Shop shop = shop();
    String id = created(shop);
    send(JobFixture.of(id, 5, JobStatus.PICKED_UP, "r-1"));
    awaitStatus(shop, id, "PICKED_UP");
    problem(post(shop, id, "ready", Map.of()), 409, null);
    assertThat(post(shop, id, "ready", Map.of()).<String>path("type"))
        .endsWith("already-picked-up");
    problem(
        post(
            shop,
            id,
            "preparation-late",
            Map.of("expectedReadyAt", clock.now().plusSeconds(900).toString())),
        409,
        null);
    assertThat(get(shop, id).<Object>path("readyAt")).isNull();
  }

  @Test
  void somebodyElsesOrderIsAsGoodAsNone() {
    Shop mine = shop();
    Shop theirs = shop();
    String id = created(theirs);
    problem(get(mine, id), 404, null);
    problem(as(mine.token()).get("/v1/orders/" + id + "/events"), 404, null);
    problem(post(mine, id, "cancel", Map.of("reason", "MINE_NOW")), 404, null);
    problem(post(mine, id, "ready", Map.of()), 404, null);
    problem(post(mine, id, "return-received", Map.of()), 404, null);
    problem(
        post(
            mine,
            id,
            "preparation-late",
            Map.of("expectedReadyAt", clock.now().plusSeconds(900).toString())),
        404,
        null);
    assertThat(as(mine.token()).get("/v1/orders").<List<Object>>path("orders")).isEmpty();
    assertThat(get(theirs, id).<Integer>path("version")).isEqualTo(1);
  }

  @Test
  void strangersAreTurnedAwayFromEveryAct() {
    Shop shop = shop();
    String id = created(shop);
    String rider = token("rider-service", "r-1", "rider");
    for (String act : List.of("cancel", "ready", "preparation-late", "return-received")) {
      String path = "/v1/orders/" + id + "/" + act;
      given().contentType(ContentType.JSON).body("{}").post(path).then().statusCode(401);
      problem(as(rider).body("{}").post(path), 403, null);
    }
    for (String path : List.of("/v1/orders", "/v1/orders/" + id, "/v1/orders/" + id + "/events")) {
      given().get(path).then().statusCode(401);
      problem(as(rider).get(path), 403, null);
    }
    problem(post(shop, id, "cancel", Map.of()), 400, "reason");
    problem(post(shop, id, "cancel", Map.of("reason", "no good")), 400, "reason");
  }
}
