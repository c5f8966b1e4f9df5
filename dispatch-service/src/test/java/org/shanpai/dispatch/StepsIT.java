package org.shanpai.dispatch;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.shanpai.chassis.identity.TokenIssuer;

/** The rider's part of a job's life over HTTP: in turn, fenced, repeatable. */
@QuarkusTest
class StepsIT extends LiveDispatch {

  @Test
  void jobGoesFromOrderToDoorAndEveryTransitionIsToldOnce() {
    String rider = onlineRider();
    String job = openJob();
    String offer = offerOf(job);
    long epoch = epoch(job);
    accept(rider, offer)
        .statusCode(200)
        .body("offer.status", equalTo("ACCEPTED"))
        .body("work.jobs[0].jobId", equalTo(job))
        .body("work.jobs[0].epoch", equalTo((int) epoch))
        .body("work.loadUnits", equalTo(2))
        .body("work.route", hasSize(2));
    step(rider, job, epoch, "ARRIVED_STORE")
        .statusCode(200)
        .body("job.status", equalTo("AT_STORE"));
    step(rider, job, epoch, "PICKED_UP")
        .statusCode(200)
        .body("job.status", equalTo("PICKED_UP"))
        .body("work.route", hasSize(1));
    step(rider, job, epoch, "ARRIVED_CUSTOMER").statusCode(200);
    step(rider, job, epoch, "DELIVERED")
        .statusCode(200)
        .body("job.status", equalTo("DELIVERED"))
        .body("work.jobs", hasSize(0))
        .body("work.loadUnits", equalTo(0));
    assertThat(told(job))
        .containsExactly(
            "OPEN/ORDER_CREATED",
            "OFFERED/OFFERED",
            "ASSIGNED/ACCEPTED",
            "AT_STORE/ARRIVED_STORE",
            "PICKED_UP/PICKED_UP",
            "AT_CUSTOMER/ARRIVED_CUSTOMER",
            "DELIVERED/DELIVERED");
    assertThat(
            texts(
                "select cast(payload as jsonb) ->> 'version' from outbox"
                    + " where topic = 'shanpai.job' and key = ? order by seq",
                job))
        .as("versions rise")
        .isSortedAccordingTo((a, b) -> Long.compare(Long.parseLong(a), Long.parseLong(b)))
        .doesNotHaveDuplicates();
    eventually(
        () ->
            assertThat(count("select count(*) from outbox where key = ? and sent_at is null", job))
                .isZero());
    asOperator("viewer")
        .get("/v1/jobs/" + job + "/receipts")
        .then()
        .statusCode(200)
        .body("[0].outcome", equalTo("OFFER"))
        .body("[0].chosen", equalTo(rider))
        .body("[0].candidates[0].riderId", equalTo(rider));
  }

  @Test
  void stepOutOfTurnIsRefusedAndSaysWhichIsNext() {
    String rider = onlineRider();
    String job = assignedJob(rider);
    step(rider, job, epoch(job), "DELIVERED")
        .statusCode(409)
        .contentType("application/problem+json")
        .body("type", containsString("out-of-turn"))
        .body("detail", containsString("next is ARRIVED_STORE"));
    assertThat(status(job)).isEqualTo("ASSIGNED");
  }

  @Test
  void staleEpochIsRefusedAfterTheJobWasTakenBack() {
    String rider = onlineRider();
    String job = assignedJob(rider);
    long epoch = epoch(job);
    asOperator("dispatcher")
        .body(Map.of("reason", "RIDER_ACCIDENT"))
        .post("/v1/jobs/" + job + "/reassign")
        .then()
        .statusCode(200)
        .body("status", equalTo("OPEN"))
        .body("fault", equalTo("PLATFORM"));
    step(rider, job, epoch, "ARRIVED_STORE")
        .statusCode(409)
        .body("type", containsString("stale-epoch"));
    String mine = assignedJob(onlineRider());
    String holder = text("select rider_id from job where id = ?", mine);
    step(holder, mine, epoch(mine) + 1, "ARRIVED_STORE")
        .statusCode(409)
        .body("type", containsString("stale-epoch"));
  }

  @Test
  void anotherRidersJobAndOfferDoNotExist() {
    String rider = onlineRider();
    String job = openJob();
    String offer = offerOf(job);
    String other = onlineRider();
    accept(other, offer).statusCode(404);
    decline(other, offer).statusCode(404);
    accept(rider, offer).statusCode(200);
    step(other, job, epoch(job), "ARRIVED_STORE").statusCode(404);
    // A token for one rider does not act for another.
    asRider(other)
        .body(Map.of("riderId", rider, "epoch", epoch(job), "step", "ARRIVED_STORE"))
        .post("/internal/v1/jobs/" + job + "/steps")
        .then()
        .statusCode(404);
    asRider(other).get("/internal/v1/riders/" + rider + "/work").then().statusCode(404);
    assertThat(status(job)).isEqualTo("ASSIGNED");
  }

  @Test
  void repeatedStepsHaveNoEffect() {
    String rider = onlineRider();
    String job = assignedJob(rider);
    long epoch = epoch(job);
    Map<String, Object> body = Map.of("riderId", rider, "epoch", epoch, "step", "ARRIVED_STORE");
    String key = unique();
    String path = "/internal/v1/jobs/" + job + "/steps";
    String first =
        asRider(rider)
            .header("Idempotency-Key", key)
            .body(body)
            .post(path)
            .then()
            .extract()
            .asString();
    step(rider, job, epoch, "PICKED_UP").statusCode(200);
    long version = count("select version from job where id = ?", job);
    step(rider, job, epoch, "ARRIVED_STORE")
        .statusCode(200)
        .body("job.status", equalTo("PICKED_UP"));
    step(rider, job, epoch, "PICKED_UP").statusCode(200);
    assertThat(count("select version from job where id = ?", job)).isEqualTo(version);
    assertThat(told(job)).hasSize(5);
    assertThat(first).contains("AT_STORE");
  }

  @Test
  void sameKeyReplaysTheAnswerAndRefusesAnotherBody() {
    String rider = onlineRider();
    String job = assignedJob(rider);
    String key = unique();
    String path = "/internal/v1/jobs/" + job + "/steps";
    String token =
        new TokenIssuer("rider-service", keys, wall)
            .issueForService("dispatch-service", rider, Duration.ofMinutes(5));
    var request =
        given()
            .header("Authorization", "Bearer " + token)
            .header("Idempotency-Key", key)
            .contentType("application/json");
    Map<String, Object> body =
        Map.of("riderId", rider, "epoch", epoch(job), "step", "ARRIVED_STORE");
    String first = request.body(body).post(path).then().statusCode(200).extract().asString();
    step(rider, job, epoch(job), "PICKED_UP").statusCode(200);
    assertThat(request.body(body).post(path).then().statusCode(200).extract().asString())
        .isEqualTo(first);
    request
        .body(Map.of("riderId", rider, "epoch", epoch(job), "step", "PICKED_UP"))
        .post(path)
        .then()
        .statusCode(422);
  }

  @Test
  void onlyTheRightCallersGetIn() {
    String job = openJob();
    given().get("/v1/jobs/" + job).then().statusCode(401);
    asRider("r-1").get("/v1/jobs/" + job).then().statusCode(403);
    asOperator("viewer").get("/v1/jobs/" + job).then().statusCode(200);
    asOperator("viewer")
        .body(Map.of("reason", "x"))
        .post("/v1/jobs/" + job + "/cancel")
        .then()
        .statusCode(403);
    asOperator("manager")
        .body(Map.of("riderId", "r-1"))
        .post("/internal/v1/offers/f-1/accept")
        .then()
        .statusCode(403);
    String forAnother =
        new TokenIssuer("rider-service", keys, wall)
            .issueForService("order-service", "r-1", Duration.ofMinutes(5));
    given()
        .header("Authorization", "Bearer " + forAnother)
        .get("/internal/v1/riders/r-1/work")
        .then()
        .statusCode(401);
    asOperator("viewer").get("/v1/jobs/j-none").then().statusCode(404);
  }

  @Test
  void badInputIsNamed() {
    String rider = onlineRider();
    String job = assignedJob(rider);
    String path = "/internal/v1/jobs/" + job + "/steps";
    asRider(rider).body("{\"riderId\":").post(path).then().statusCode(400);
    asRider(rider)
        .body(Map.of("riderId", rider, "step", "ARRIVED_STORE"))
        .post(path)
        .then()
        .statusCode(400)
        .body("field", containsString("epoch"));
    asRider(rider)
        .body(Map.of("riderId", rider, "epoch", 1, "step", "FLEW_AWAY"))
        .post(path)
        .then()
        .statusCode(400);
    asOperator("viewer").get("/v1/jobs?state=LOST").then().statusCode(400);
    given()
        .header(
            "Authorization",
            "Bearer "
                + new TokenIssuer("rider-service", keys, wall)
                    .issueForService("dispatch-service", rider, Duration.ofMinutes(5)))
        .contentType("application/json")
        .body(Map.of("riderId", rider, "epoch", epoch(job), "step", "ARRIVED_STORE"))
        .post(path)
        .then()
        .statusCode(400)
        .body("field", equalTo("Idempotency-Key"));
    assertThat(status(job)).isEqualTo("ASSIGNED");
  }

  @Test
  void slowKitchenIsCompensatedAndTheDeadlineNeverComesEarlierThanThePromise() {
    String rider = onlineRider();
    String job = assignedJob(rider);
    long epoch = epoch(job);
    step(rider, job, epoch, "ARRIVED_STORE").statusCode(200);
    // The rider has been standing there for twelve minutes.
    run(
        "update job set arrived_store_at = arrived_store_at - interval '12 minutes',"
            + " accepted_at = accepted_at - interval '20 minutes',"
            + " promised_ready_at = promised_ready_at - interval '20 minutes',"
            + " version = version + 1 where id = ?",
        job);
    var picked = step(rider, job, epoch, "PICKED_UP").statusCode(200).extract().jsonPath();
    assertThat(picked.getLong("job.compensationMillis"))
        .isBetween(11 * 60_000L, 11 * 60_000L + 10_000);
    assertThat(Instant.parse(picked.getString("job.riderDeadline")))
        .isAfterOrEqualTo(Instant.parse(picked.getString("job.promise.end")));
    step(rider, job, epoch, "ARRIVED_CUSTOMER").statusCode(200);
    long end =
        step(rider, job, epoch, "DELIVERED")
            .statusCode(200)
            .extract()
            .jsonPath()
            .getLong("job.compensationMillis");
    assertThat(end).isEqualTo(picked.getLong("job.compensationMillis"));
  }

  @Test
  void undeliverableGoodsGoBackToTheStore() {
    String rider = onlineRider();
    String job = assignedJob(rider);
    long epoch = epoch(job);
    step(rider, job, epoch, "ARRIVED_STORE").statusCode(200);
    step(rider, job, epoch, "PICKED_UP").statusCode(200);
    asRider(rider)
        .body(
            Map.of(
                "riderId",
                rider,
                "epoch",
                epoch,
                "step",
                "UNDELIVERABLE",
                "reason",
                "CUSTOMER_REFUSED"))
        .post("/internal/v1/jobs/" + job + "/steps")
        .then()
        .statusCode(200)
        .body("job.status", equalTo("RETURNING"))
        .body("job.fault", equalTo("CUSTOMER"))
        .body("work.route[0].kind", equalTo("RETURN"));
    asRider(rider)
        .body(Map.of("online", false))
        .put("/internal/v1/riders/" + rider + "/online")
        .then()
        .statusCode(409)
        .body("type", containsString("goods-aboard"));
    step(rider, job, epoch, "RETURNED")
        .statusCode(200)
        .body("job.status", equalTo("RETURNED"))
        .body("work.route", hasSize(0));
    asRider(rider)
        .body(Map.of("online", false))
        .put("/internal/v1/riders/" + rider + "/online")
        .then()
        .statusCode(200)
        .body("work.online", equalTo(false));
  }

  @Test
  void riderGivesAJobBackOnlyBeforeThePickup() {
    String rider = onlineRider();
    String job = assignedJob(rider);
    long epoch = epoch(job);
    Map<String, Object> body = Map.of("riderId", rider, "epoch", epoch, "reason", "VEHICLE_BROKEN");
    asRider(rider)
        .body(body)
        .post("/internal/v1/jobs/" + job + "/release")
        .then()
        .statusCode(200)
        .body("job.status", equalTo("OPEN"))
        .body("job.epoch", equalTo((int) epoch + 1))
        .body("work.jobs", hasSize(0));
    assertThat(wave().ended()).isEqualTo(org.shanpai.dispatch.wave.WaveRound.Ended.SOLVED);
    assertThat(status(job)).as("not offered to the same rider again").isEqualTo("OPEN");
    String other = onlineRider();
    accept(other, offerOf(job)).statusCode(200);
    long now = epoch(job);
    step(other, job, now, "ARRIVED_STORE").statusCode(200);
    step(other, job, now, "PICKED_UP").statusCode(200);
    asRider(other)
        .body(Map.of("riderId", other, "epoch", now, "reason", "TIRED"))
        .post("/internal/v1/jobs/" + job + "/release")
        .then()
        .statusCode(409)
        .body("type", containsString("out-of-turn"));
  }

  @Test
  void unknownRiderIsAskedToTryAgain() {
    asRider("r-nobody")
        .body(Map.of("online", true))
        .put("/internal/v1/riders/r-nobody/online")
        .then()
        .statusCode(409)
        .header("Retry-After", "1")
        .body("type", containsString("rider-unknown"));
  }

  @Test
  void goingOfflineGivesJobsAndOffersToOthers() {
    String rider = onlineRider();
    String held = assignedJob(rider);
    String offered = openJob();
    String offer = offerOf(offered);
    assertThat(text("select rider_id from offer where id = ?", offer)).isEqualTo(rider);
    asRider(rider)
        .body(Map.of("online", false))
        .put("/internal/v1/riders/" + rider + "/online")
        .then()
        .statusCode(200)
        .body("work.jobs", hasSize(0));
    assertThat(status(held)).isEqualTo("OPEN");
    assertThat(status(offered)).isEqualTo("OPEN");
    assertThat(text("select status || '/' || reason from offer where id = ?", offer))
        .isEqualTo("WITHDRAWN/RIDER_OFFLINE");
    accept(rider, offer).statusCode(409).body("type", containsString("offer-gone"));
  }
}
