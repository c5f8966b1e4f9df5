package org.shanpai.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.event.OrderState;

/** What a rider cannot go on with is declared stranded, and told with whoever carries it on. */
@QuarkusTest
class StrandedIT extends LiveDispatch {

  private ValidatableResponse report(String rider, String job, String reason) {
    return asRider(rider)
        .body(Map.of("riderId", rider, "epoch", epoch(job), "reason", reason))
        .post("/internal/v1/jobs/" + job + "/exceptions")
        .then();
  }

  private ValidatableResponse release(String rider, String job, String reason) {
    Map<String, Object> body = new HashMap<>(Map.of("riderId", rider, "epoch", epoch(job)));
    body.put("reason", reason);
    return asRider(rider).body(body).post("/internal/v1/jobs/" + job + "/release").then();
  }

  /** The last published state: status, rider, and with whom it was stranded and why. */
  private String fate(String job) {
    return text(
        "select concat_ws(' ', d #>> '{status}', d #>> '{riderId}', d #>> '{stranded,riderId}',"
            + " d #>> '{stranded,epoch}', d #>> '{stranded,reason}')"
            + " from (select cast(payload as jsonb) -> 'data' as d from outbox"
            + " where topic = 'shanpai.job' and key = ? order by seq desc limit 1) last",
        job);
  }

  private String aboard(String rider) {
    String job = assignedJob(rider);
    step(rider, job, 1, "ARRIVED_STORE").statusCode(200);
    step(rider, job, 1, "PICKED_UP").statusCode(200);
    return job;
  }

  private void carryOn(String rider, String job) {
    accept(rider, offerOf(job)).statusCode(200);
    for (String step : List.of("ARRIVED_STORE", "PICKED_UP", "ARRIVED_CUSTOMER", "DELIVERED")) {
      step(rider, job, epoch(job), step).statusCode(200);
    }
  }

  @Test
  void aBreakdownBeforeThePickupStrandsItAndWhoDeliversIsToldApart() {
    String first = onlineRider();
    String job = assignedJob(first);
    report(first, job, "BREAKDOWN").statusCode(200);
    assertThat(fate(job)).isEqualTo("OPEN " + first + " 1 BREAKDOWN");
    String second = onlineRider(STORE.offsetMetres(300, 0));
    carryOn(second, job);
    assertThat(fate(job)).isEqualTo("DELIVERED " + second + " " + first + " 1 BREAKDOWN");
  }

  @Test
  void withTheGoodsOutAnotherTakesThemFromTheOneWhoCannotGoOn() {
    String first = onlineRider();
    String job = aboard(first);
    String second = onlineRider();
    report(first, job, "ACCIDENT").statusCode(200);
    assertThat(fate(job)).isEqualTo("EXCEPTION " + first + " " + first + " 1 ACCIDENT");
    ValidatableResponse asked =
        asRider(first)
            .body(Map.of("jobId", job, "epoch", 1, "toRiderId", second))
            .post("/internal/v1/riders/" + first + "/hand-overs")
            .then()
            .statusCode(200)
            .body("faceToFace", equalTo(true));
    String code = asked.extract().path("code");
    asRider(second)
        .body(Map.of("code", code))
        .post(
            "/internal/v1/riders/"
                + second
                + "/hand-overs/"
                + asked.extract().path("handOverId")
                + "/accept")
        .then()
        .statusCode(200);
    assertThat(fate(job)).isEqualTo("PICKED_UP " + second + " " + first + " 1 ACCIDENT");
    assertThat(
            count(
                "select count(*) from job where id = ? and exception is null and goods is null"
                    + " and exemptions is null",
                job))
        .as("all is well again, and the other's accident excuses nobody else")
        .isOne();
    step(second, job, 2, "ARRIVED_CUSTOMER").statusCode(200);
    step(second, job, 2, "DELIVERED").statusCode(200);
    assertThat(fate(job)).isEqualTo("DELIVERED " + second + " " + first + " 1 ACCIDENT");
  }

  @Test
  void anOperatorStrandsWhatWasAcceptedAndNotWhatIsOnlyOffered() {
    String rider = onlineRider();
    String offered = openJob();
    offerOf(offered);
    reassign(offered);
    assertThat(fate(offered)).isEqualTo("OPEN");
    run("delete from declined");
    String job = assignedJob(rider);
    reassign(job);
    assertThat(fate(job)).startsWith("OPEN " + rider).endsWith("OPERATOR");
  }

  private void reassign(String job) {
    asOperator("dispatcher")
        .body(Map.of("reason", "OPERATOR_REASSIGNED"))
        .post("/v1/jobs/" + job + "/reassign")
        .then()
        .statusCode(200);
  }

  @Test
  void whatSomebodyChoosesStrandsNothing() {
    String tired = onlineRider();
    String givenBack = assignedJob(tired);
    release(tired, givenBack, "TIRED").statusCode(200);
    assertThat(fate(givenBack)).as("their own fault").isEqualTo("OPEN");

    area = "a-" + unique();
    String leaving = onlineRider();
    String left = assignedJob(leaving);
    asRider(leaving)
        .body(Map.of("online", false))
        .put("/internal/v1/riders/" + leaving + "/online")
        .then()
        .statusCode(200);
    assertThat(fate(left)).as("offline").isEqualTo("OPEN");

    area = "a-" + unique();
    String unwanted = onlineRider();
    OrderState order = order(unique());
    send(order);
    String job = "j-" + order.orderId().value().substring(2);
    eventually(() -> assertThat(status(job)).isEqualTo("OPEN"));
    accept(unwanted, offerOf(job)).statusCode(200);
    send(changed(order, Map.of("redispatchRequestedAt", clock.now().toString())));
    eventually(() -> assertThat(fate(job)).as("the merchant's wish").isEqualTo("OPEN"));
  }

  @Test
  void whatStandsStillForAnotherReasonIsNotHandedOver() {
    String rider = onlineRider();
    String job = aboard(rider);
    String other = onlineRider();
    run(
        "update job set status = 'EXCEPTION', exception = 'NO_GO_ZONE', version = version + 1"
            + " where id = ?",
        job);
    asRider(rider)
        .body(Map.of("jobId", job, "epoch", 1, "toRiderId", other))
        .post("/internal/v1/riders/" + rider + "/hand-overs")
        .then()
        .statusCode(409)
        .body("type", containsString("out-of-turn"));
  }
}
