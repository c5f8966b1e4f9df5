package org.shanpai.rider.task;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.contracts.event.OfferState;
import org.shanpai.rider.RiderServiceTestBase;
import org.shanpai.rider.earnings.JobFixture;

/** What a rider does, with dispatch-service and order-service as neighbours. */
@QuarkusTest
class TaskIT extends RiderServiceTestBase {

  private static final Instant DEADLINE = Instant.parse("2026-03-02T04:00:00Z");

  /** A job that dispatch gave to the rider; returns its order's number. */
  private static String jobOf(String rider) {
    String order = unique();
    send(JobFixture.job(order, rider, "a-1", 3, JobStatus.AT_STORE, DEADLINE, null, 650L));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> count("select count(*) from rider_job where job_id = ?", "j-" + order) == 1);
    return order;
  }

  @Test
  void goingOnlineAsksDispatchForTheRiderNamed() {
    String rider = newRider();
    asRider(rider)
        .header("Idempotency-Key", "k1")
        .body(
            Map.of(
                "online",
                true,
                "coordinateSystem",
                "WGS-84",
                "place",
                Map.of("lat", 30.28, "lon", 120.13)))
        .put("/v1/rider/shift")
        .then()
        .statusCode(200)
        .body("work.riderId", equalTo(rider));
    assertThat(askedOfNeighbours())
        .anySatisfy(
            asked ->
                assertThat(asked)
                    .startsWith(
                        "PUT /internal/v1/riders/"
                            + rider
                            + "/online key="
                            + rider
                            + ":k1 act="
                            + rider
                            + "@dispatch-service")
                    .contains("\"online\":true", "\"lat\":30.28"));
    asRider(rider)
        .body("{}")
        .put("/v1/rider/shift")
        .then()
        .statusCode(400)
        .body("field", equalTo("online"));
    asRider(rider)
        .body(Map.of("online", true, "place", Map.of("lat", 30.28, "lon", 120.13)))
        .put("/v1/rider/shift")
        .then()
        .statusCode(400)
        .body("field", equalTo("coordinateSystem"))
        .body("detail", containsString("WGS-84, GCJ-02 or BD-09"));
  }

  @Test
  void acceptGoesToDispatchWithTheRidersOwnKey() {
    String rider = newRider();
    asRider(rider)
        .header("Idempotency-Key", "k2")
        .body("{}")
        .post("/v1/rider/offers/of-1/accept")
        .then()
        .statusCode(200)
        .body("work.version", equalTo(7));
    assertThat(askedOfNeighbours())
        .anySatisfy(
            asked ->
                assertThat(asked)
                    .contains(
                        "/offers/of-1/accept key=" + rider + ":k2",
                        "{\"riderId\":\"" + rider + "\"}"));
  }

  @Test
  void hallAndGrabGoToDispatchForTheRiderWhoAsks() {
    String rider = newRider();
    asRider(rider).get("/v1/rider/hall").then().statusCode(200);
    asRider(rider)
        .header("Idempotency-Key", "g1")
        .body(Map.of("epoch", 2))
        .post("/v1/rider/jobs/j-77/grab")
        .then()
        .statusCode(200)
        .body("work.riderId", equalTo(rider));
    assertThat(askedOfNeighbours())
        .anySatisfy(
            asked ->
                assertThat(asked)
                    .startsWith("GET /internal/v1/riders/" + rider + "/hall")
                    .contains("act=" + rider + "@dispatch-service"))
        .anySatisfy(
            asked ->
                assertThat(asked)
                    .startsWith("POST /internal/v1/jobs/j-77/grab key=" + rider + ":g1")
                    .contains("\"riderId\":\"" + rider + "\"", "\"epoch\":2"));
    asRider(rider)
        .header("Idempotency-Key", "g2")
        .body("{}")
        .post("/v1/rider/jobs/j-77/grab")
        .then()
        .statusCode(400)
        .body("field", equalTo("epoch"));
    given().get("/v1/rider/hall").then().statusCode(401);
  }

  @Test
  void anActionWithoutAKeyIsRefused() {
    asRider("r-1")
        .body("{}")
        .post("/v1/rider/offers/of-1/accept")
        .then()
        .statusCode(400)
        .body("field", equalTo("Idempotency-Key"));
  }

  @Test
  void refusalsOfDispatchPassThrough() {
    String rider = newRider();
    asRider(rider)
        .header("Idempotency-Key", "a")
        .post("/v1/rider/offers/of-gone/accept")
        .then()
        .statusCode(409)
        .contentType("application/problem+json")
        .body("type", equalTo("urn:shanpai:problem:offer-gone"));
    asRider(rider)
        .header("Idempotency-Key", "b")
        .post("/v1/rider/offers/of-others/accept")
        .then()
        .statusCode(404);
    asRider(rider)
        .header("Idempotency-Key", "c")
        .body(Map.of("epoch", 0))
        .post("/v1/rider/jobs/j-1/arrived-store")
        .then()
        .statusCode(409)
        .body("type", equalTo("urn:shanpai:problem:stale-epoch"))
        .body("field", equalTo("epoch"));
  }

  @Test
  void aSlowOrBrokenDispatchIs503WithRetryAfter() {
    String rider = newRider();
    for (String offer : new String[] {"of-slow", "of-broken", "of-refuses-us"}) {
      asRider(rider)
          .header("Idempotency-Key", offer)
          .post("/v1/rider/offers/" + offer + "/accept")
          .then()
          .statusCode(503)
          .header("Retry-After", equalTo("1"))
          .body("detail", containsString("same key"));
    }
  }

  @Test
  void theCodeIsCheckedBeforeTheStepIsTaken() {
    String rider = newRider();
    String order = jobOf(rider);
    asRider(rider)
        .header("Idempotency-Key", "p")
        .body(Map.of("epoch", 3, "code", "4711"))
        .post("/v1/rider/jobs/j-" + order + "/picked-up")
        .then()
        .statusCode(200);
    assertThat(askedOfNeighbours())
        .filteredOn(asked -> asked.contains(order))
        .satisfiesExactly(
            check ->
                assertThat(check)
                    .contains(
                        "/orders/o-" + order + "/codes/check",
                        "act=" + rider + "@order-service",
                        "{\"kind\":\"PICKUP\",\"code\":\"4711\",\"epoch\":3}"),
            step ->
                assertThat(step)
                    .contains(
                        "/jobs/j-" + order + "/steps", "\"step\":\"PICKED_UP\"", "\"epoch\":3"));
  }

  @Test
  void aPictureIsCarriedToOrderServiceAndNamedWhenHandingOver() {
    String rider = newRider();
    String order = jobOf(rider);
    String path = "/v1/rider/jobs/j-" + order + "/proof";
    byte[] picture = new byte[1_500_000];
    String proofId =
        asRider(rider)
            .header("Idempotency-Key", "photo")
            .contentType("image/jpeg")
            .body(picture)
            .post(path + "?epoch=3")
            .then()
            .statusCode(200)
            .extract()
            .path("proofId");
    assertThat(
            query(
                "select rider_id || ' ' || order_id from rider_proof where proof_id = ?", proofId))
        .containsExactly(rider + " o-" + order);
    assertThat(proofId).matches("p-[0-9a-f]{32}");
    asRider(rider)
        .header("Idempotency-Key", "photo")
        .contentType("image/png")
        .body(picture)
        .post(path + "?epoch=3")
        .then()
        .statusCode(200)
        .body("proofId", equalTo(proofId));
    asRider(rider)
        .header("Idempotency-Key", "left")
        .body(Map.of("epoch", 3, "dropPoint", true, "proofId", proofId))
        .post("/v1/rider/jobs/j-" + order + "/delivered")
        .then()
        .statusCode(200);
    asRider(rider)
        .header("Idempotency-Key", "seen")
        .body(Map.of("epoch", 3, "code", "081542", "checked", List.of("AGE_18")))
        .post("/v1/rider/jobs/j-" + order + "/delivered")
        .then()
        .statusCode(200);
    assertThat(askedOfNeighbours())
        .anySatisfy(
            asked ->
                assertThat(asked)
                    .startsWith("PUT /internal/v1/orders/o-" + order + "/proofs/" + proofId)
                    .contains("act=" + rider + "@order-service", "1500000 bytes epoch=3"))
        .anySatisfy(
            asked ->
                assertThat(asked)
                    .contains(
                        "/orders/o-" + order + "/codes/check",
                        "\"dropPoint\":true",
                        "\"proofId\":\"" + proofId + "\"")
                    .doesNotContain("\"code\""))
        .anySatisfy(
            asked ->
                assertThat(asked)
                    .contains("/codes/check", "\"checked\":[\"AGE_18\"]", "\"code\":\"081542\""));
  }

  @Test
  void whatIsNoPictureOrNotOnesJobIsNotCarried() {
    String rider = newRider();
    String order = jobOf(rider);
    String path = "/v1/rider/jobs/j-" + order + "/proof";
    asRider(newRider())
        .header("Idempotency-Key", "p")
        .contentType("image/jpeg")
        .body(new byte[10])
        .post(path + "?epoch=3")
        .then()
        .statusCode(404);
    asRider(rider)
        .header("Idempotency-Key", "p")
        .contentType("image/jpeg")
        .body(new byte[10])
        .post(path)
        .then()
        .statusCode(400)
        .body("field", equalTo("epoch"));
    asRider(rider)
        .header("Idempotency-Key", "p")
        .contentType("image/jpeg")
        .body(new byte[2 * 1024 * 1024 + 1])
        .post(path + "?epoch=3")
        .then()
        .statusCode(413);
    asRider(rider)
        .header("Idempotency-Key", "p")
        .contentType("image/gif")
        .body(new byte[10])
        .post(path + "?epoch=3")
        .then()
        .statusCode(415);
    assertThat(askedOfNeighbours()).noneMatch(asked -> asked.contains("/orders/o-" + order));
  }

  @Test
  void aWrongCodePassesThroughAndTheStepIsNotTaken() {
    String rider = newRider();
    String order = jobOf(rider);
    asRider(rider)
        .header("Idempotency-Key", "d")
        .body(Map.of("epoch", 3, "code", "0000"))
        .post("/v1/rider/jobs/j-" + order + "/delivered")
        .then()
        .statusCode(409)
        .body("type", equalTo("urn:shanpai:problem:wrong-code"))
        .body("field", equalTo("code"));
    asRider(rider)
        .header("Idempotency-Key", "d2")
        .body(Map.of("epoch", 3, "code", "9999"))
        .post("/v1/rider/jobs/j-" + order + "/delivered")
        .then()
        .statusCode(429)
        .header("Retry-After", equalTo("60"))
        .body("type", equalTo("urn:shanpai:problem:too-many-tries"));
    assertThat(askedOfNeighbours()).noneMatch(asked -> asked.contains("j-" + order + "/steps"));
  }

  @Test
  void nobodyTriesCodesOrSeesTheCustomerOfSomebodyElsesJob() {
    String rider = newRider();
    String thief = newRider();
    String order = jobOf(rider);
    asRider(thief)
        .header("Idempotency-Key", "t")
        .body(Map.of("epoch", 3, "code", "4711"))
        .post("/v1/rider/jobs/j-" + order + "/picked-up")
        .then()
        .statusCode(404);
    asRider(thief).get("/v1/rider/jobs/j-" + order + "/contact").then().statusCode(404);
    assertThat(askedOfNeighbours()).noneMatch(asked -> asked.contains("/orders/o-" + order));
    asRider(rider)
        .get("/v1/rider/jobs/j-" + order + "/contact")
        .then()
        .statusCode(200)
        .body("contactPhone", equalTo("13900000001"));
  }

  @Test
  void theCustomerIsNotShownAfterTheEnd() {
    String rider = newRider();
    String order = unique();
    send(JobFixture.delivered(order, rider, "a-1", DEADLINE, DEADLINE, 650));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> count("select count(*) from rider_job where job_id = ?", "j-" + order) == 1);
    asRider(rider).get("/v1/rider/jobs/j-" + order + "/contact").then().statusCode(404);
  }

  @Test
  void aJobAcceptedAMomentAgoIsKnownFromDispatchItself() {
    String rider = newRider();
    asRider(rider)
        .header("Idempotency-Key", "n")
        .body(Map.of("epoch", 3, "code", "4711"))
        .post("/v1/rider/jobs/j-just-accepted-" + rider + "/picked-up")
        .then()
        .statusCode(200);
    assertThat(askedOfNeighbours())
        .anyMatch(asked -> asked.contains("/orders/o-just-accepted-" + rider + "/codes/check"));
  }

  @Test
  void openOffersAreListedUntilTheyAreAnsweredOrExpire() {
    String rider = newRider();
    Instant later = Instant.now().plusSeconds(600);
    String open = "of-" + unique();
    String declined = "of-" + unique();
    send(offer(open, rider, 1, OfferState.Status.OPEN, later));
    send(offer("of-" + unique(), rider, 1, OfferState.Status.OPEN, Instant.now().minusSeconds(1)));
    send(offer(declined, rider, 1, OfferState.Status.OPEN, later));
    send(offer(declined, rider, 2, OfferState.Status.DECLINED, later));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> count("select count(*) from rider_message where rider_id = ?", rider) == 4);
    asRider(rider)
        .get("/v1/rider/offers")
        .then()
        .statusCode(200)
        .body("offers", hasSize(1))
        .body("offers[0].offerId", equalTo(open));
    asRider(newRider()).get("/v1/rider/offers").then().body("offers", hasSize(0));
  }

  @Test
  void reportGoesToDispatchForTheRiderWhoAsks() {
    String rider = newRider();
    asRider(rider)
        .header("Idempotency-Key", "x1")
        .body(Map.of("epoch", 3, "reason", "GATE_BLOCKED", "evidence", "photo-8f1c"))
        .post("/v1/rider/jobs/j-77/exceptions")
        .then()
        .statusCode(200)
        .body("work.riderId", equalTo(rider));
    assertThat(askedOfNeighbours())
        .anySatisfy(
            asked ->
                assertThat(asked)
                    .startsWith("POST /internal/v1/jobs/j-77/exceptions key=" + rider + ":x1")
                    .contains("act=" + rider + "@dispatch-service")
                    .contains("\"reason\":\"GATE_BLOCKED\"", "\"evidence\":\"photo-8f1c\""));
    asRider(rider)
        .header("Idempotency-Key", "x2")
        .body(Map.of("epoch", 3))
        .post("/v1/rider/jobs/j-77/exceptions")
        .then()
        .statusCode(400)
        .body("field", equalTo("reason"));
    asRider(rider)
        .header("Idempotency-Key", "x3")
        .body(Map.of("epoch", 0, "reason", "GATE_BLOCKED"))
        .post("/v1/rider/jobs/j-77/exceptions")
        .then()
        .statusCode(409)
        .body("type", containsString("stale-epoch"));
    given()
        .contentType(ContentType.JSON)
        .post("/v1/rider/jobs/j-77/exceptions")
        .then()
        .statusCode(401);
  }

  @Test
  void badInputNamesItsField() {
    asRider("r-1")
        .header("Idempotency-Key", "k")
        .body(Map.of("code", "4711"))
        .post("/v1/rider/jobs/j-1/picked-up")
        .then()
        .statusCode(400)
        .body("field", equalTo("epoch"));
    asRider("r-1")
        .header("Idempotency-Key", "k")
        .body(Map.of("epoch", 1, "reason", "because"))
        .post("/v1/rider/jobs/j-1/undeliverable")
        .then()
        .statusCode(400)
        .body("field", equalTo("reason"));
    given().contentType(ContentType.JSON).post("/v1/rider/jobs/j-1/release").then().statusCode(401);
  }

  @Test
  void onlineFromToIsWrittenDownAsAShift() {
    String rider = newRider();
    send(work(rider, 1));
    send(work(rider, 2));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> count("select count(*) from rider_message where rider_id = ?", rider) == 2);
    assertThat(
            count(
                "select count(*) from rider_shift where rider_id = ? and ended_at is null", rider))
        .isEqualTo(1);
  }
}
