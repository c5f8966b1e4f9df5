package org.shanpai.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.event.OrderState;

/** What riders report: by the table of exceptions, once, with what follows from it. */
@QuarkusTest
class ExceptionsIT extends LiveDispatch {

  private ValidatableResponse report(
      String rider, String job, long epoch, String reason, String evidence) {
    Map<String, Object> body = new HashMap<>();
    body.put("riderId", rider);
    body.put("epoch", epoch);
    body.put("reason", reason);
    body.put("evidence", evidence);
    return asRider(rider).body(body).post("/internal/v1/jobs/" + job + "/exceptions").then();
  }

  private ValidatableResponse release(String rider, String job, String reason) {
    return asRider(rider)
        .body(Map.of("riderId", rider, "epoch", epoch(job), "reason", reason))
        .post("/internal/v1/jobs/" + job + "/release")
        .then();
  }

  private String atStore(String rider) {
    String job = assignedJob(rider);
    step(rider, job, epoch(job), "ARRIVED_STORE").statusCode(200);
    return job;
  }

  private String aboard(String rider) {
    String job = atStore(rider);
    step(rider, job, epoch(job), "PICKED_UP").statusCode(200);
    return job;
  }

  /** As if the rider had stood at the store for so long, the kitchen being due before. */
  private void standing(String job, int minutes) {
    run(
        "update job set arrived_store_at = arrived_store_at - make_interval(mins => ?),"
            + " accepted_at = accepted_at - make_interval(mins => ?),"
            + " step_at = step_at - make_interval(mins => ?),"
            + " promised_ready_at = promised_ready_at - make_interval(mins => ?),"
            + " version = version + 1 where id = ?",
        minutes,
        minutes,
        minutes,
        minutes,
        job);
  }

  @Test
  void slowKitchenIsReportedAfterFiveMinutesAndLeftAfterFifteenMore() {
    String rider = onlineRider();
    String job = atStore(rider);
    long epoch = epoch(job);
    report(rider, job, epoch, "SLOW_KITCHEN", null)
        .statusCode(409)
        .body("type", containsString("too-early"))
        .header("Retry-After", org.hamcrest.Matchers.notNullValue());
    standing(job, 6);
    report(rider, job, epoch, "MERCHANT_SLOW", null)
        .statusCode(200)
        .body("job.status", equalTo("AT_STORE"))
        .body("job.reason", equalTo("SLOW_KITCHEN"))
        .body("job.fault", equalTo("MERCHANT"));
    long version = count("select version from job where id = ?", job);
    report(rider, job, epoch, "SLOW_KITCHEN", null).statusCode(200);
    assertThat(count("select version from job where id = ?", job)).isEqualTo(version);
    release(rider, job, "SLOW_KITCHEN").statusCode(409).body("type", containsString("too-early"));
    standing(job, 15);
    run(
        "update job_exception set happened_at = happened_at - interval '15 minutes'"
            + " where job_id = ?",
        job);
    release(rider, job, "SLOW_KITCHEN")
        .statusCode(200)
        .body("job.status", equalTo("OPEN"))
        .body("job.fault", equalTo("MERCHANT"))
        .body("job.extraPays", hasSize(1))
        .body("job.extraPays[0].kind", equalTo("WAIT"))
        // 21 minutes: 5 unpaid, then 16, which begin four spans.
        .body("job.extraPays[0].amount", equalTo(400));
  }

  @Test
  void givingAJobBackIsTheRidersOwnDoingUnlessTheTableSaysElse() {
    String rider = onlineRider();
    release(rider, assignedJob(rider), "TIRED").body("job.fault", equalTo("RIDER"));
    area = "a-" + unique();
    String second = onlineRider();
    release(second, assignedJob(second), "BIKE_BROKEN").body("job.fault", equalTo("NONE"));
    area = "a-" + unique();
    String third = onlineRider();
    release(third, atStore(third), "STORE_CLOSED")
        .body("job.fault", equalTo("RIDER"))
        .body("job.extraPays", nullValue());
  }

  @Test
  void reasonThatDoesNotFitIsRefusedWithThoseThatDo() {
    String rider = onlineRider();
    String job = atStore(rider);
    report(rider, job, epoch(job), "CUSTOMER_REFUSED", "photo-1")
        .statusCode(422)
        .body("type", containsString("illegal-reason"))
        .body("field", equalTo("reason"))
        .body("detail", containsString("STORE_CLOSED, SOLD_OUT, SLOW_KITCHEN"));
    report(rider, job, epoch(job), "NO_SUCH_THING", null)
        .statusCode(422)
        .body("field", equalTo("reason"));
    report(rider, job, epoch(job), "RIDER_LOST", null).statusCode(422);
    report(rider, job, epoch(job) + 1, "ACCIDENT", null)
        .statusCode(409)
        .body("type", containsString("stale-epoch"));
    String other = onlineRider();
    report(other, job, epoch(job), "ACCIDENT", null).statusCode(404);
    assertThat(status(job)).isEqualTo("AT_STORE");
  }

  @Test
  void closedStoreEndsTheJobAtTheStoresFaultOnceItIsProven() {
    String rider = onlineRider();
    String early = assignedJob(rider);
    report(rider, early, epoch(early), "STORE_CLOSED", "photo-1")
        .statusCode(409)
        .body("type", containsString("out-of-turn"));
    step(rider, early, epoch(early), "ARRIVED_STORE").statusCode(200);
    long epoch = epoch(early);
    report(rider, early, epoch, "STORE_CLOSED", null)
        .statusCode(422)
        .body("field", equalTo("evidence"));
    report(rider, early, epoch, "STORE_CLOSED", "photo-1")
        .statusCode(200)
        .body("job.status", equalTo("CANCELLED"))
        .body("job.reason", equalTo("STORE_CLOSED"))
        .body("job.fault", equalTo("MERCHANT"))
        .body("job.extraPays[0].kind", equalTo("WASTED_TRIP"))
        .body("work.jobs", hasSize(0));
    report(rider, early, epoch, "STORE_CLOSED", "photo-1")
        .statusCode(200)
        .body("job.extraPays", hasSize(1));
    assertThat(told(early)).last().isEqualTo("CANCELLED/STORE_CLOSED");
  }

  @Test
  void blockedGateExemptsTheDeliveryHoweverLate() {
    String rider = onlineRider();
    String job = aboard(rider);
    long epoch = epoch(job);
    report(rider, job, epoch, "ROAD_BLOCKED", null).statusCode(422);
    report(rider, job, epoch, "ROAD_BLOCKED", "photo-7")
        .statusCode(200)
        .body("job.status", equalTo("PICKED_UP"))
        .body("job.reason", equalTo("GATE_BLOCKED"))
        .body("job.fault", equalTo("NONE"));
    run(
        "update job set rider_deadline = rider_deadline - interval '2 hours',"
            + " version = version + 1 where id = ?",
        job);
    step(rider, job, epoch, "ARRIVED_CUSTOMER").statusCode(200);
    var end = step(rider, job, epoch, "DELIVERED").statusCode(200).extract().jsonPath();
    long late =
        java.time.Instant.parse(end.getString("job.endedAt")).toEpochMilli()
            - java.time.Instant.parse(end.getString("job.riderDeadline")).toEpochMilli();
    assertThat(late).isPositive();
    assertThat(end.getLong("job.compensationMillis")).isGreaterThanOrEqualTo(late);
  }

  @Test
  void unreachableCustomerStopsTheClockOfEverythingAboard() {
    String rider = onlineRider();
    String job = assignedJob(rider);
    String other = assignedJob(rider);
    for (String one : List.of(job, other)) {
      step(rider, one, epoch(one), "ARRIVED_STORE").statusCode(200);
      step(rider, one, epoch(one), "PICKED_UP").statusCode(200);
    }
    step(rider, job, epoch(job), "ARRIVED_CUSTOMER").statusCode(200);
    report(rider, job, epoch(job), "CUSTOMER_UNREACHABLE", "call-3")
        .statusCode(200)
        .body("job.status", equalTo("AT_CUSTOMER"))
        .body("job.fault", equalTo("CUSTOMER"));
    run(
        "update job_exception set happened_at = happened_at - interval '10 minutes'"
            + " where job_id = ?",
        job);
    run(
        "update job set accepted_at = accepted_at - interval '20 minutes', version = version + 1"
            + " where id in (?, ?)",
        job,
        other);
    step(rider, job, epoch(job), "DELIVERED").statusCode(200);
    step(rider, other, epoch(other), "ARRIVED_CUSTOMER").statusCode(200);
    var end = step(rider, other, epoch(other), "DELIVERED").statusCode(200).extract().jsonPath();
    assertThat(end.getLong("job.compensationMillis"))
        .isBetween(10 * 60_000L, 10 * 60_000L + 20_000);
  }

  @Test
  void accidentWithGoodsIsForAnOperatorAndBeforeThatForAnotherRider() {
    String rider = onlineRider();
    String job = aboard(rider);
    report(rider, job, epoch(job), "ACCIDENT", null)
        .statusCode(200)
        .body("job.status", equalTo("EXCEPTION"))
        .body("job.reason", equalTo("ACCIDENT"))
        .body("job.fault", equalTo("NONE"))
        .body("job.goods", equalTo("REDELIVER"));
    String second = onlineRider();
    String before = assignedJob(second);
    report(second, before, epoch(before), "ACCIDENT", null)
        .statusCode(200)
        .body("job.status", equalTo("OPEN"))
        .body("job.fault", equalTo("NONE"))
        .body("work.jobs", hasSize(0));
  }

  @Test
  void perishablesAreThrownAwayWithoutATripBackAndTheRestIsPaidFor() {
    String rider = onlineRider();
    OrderState order = changed(order(unique()), Map.of("perishable", true));
    send(order);
    String job = "j-" + order.orderId().value().substring(2);
    eventually(() -> assertThat(status(job)).isEqualTo("OPEN"));
    accept(rider, offerOf(job)).statusCode(200);
    long epoch = epoch(job);
    step(rider, job, epoch, "ARRIVED_STORE").statusCode(200);
    step(rider, job, epoch, "PICKED_UP").statusCode(200);
    undeliverable(rider, job, "CUSTOMER_REFUSED")
        .body("job.status", equalTo("RETURNED"))
        .body("job.goods", equalTo("DISPOSE"))
        .body("job.reason", equalTo("CUSTOMER_REFUSED"))
        .body("job.fault", equalTo("CUSTOMER"))
        .body("job.extraPays", nullValue())
        .body("work.jobs", hasSize(0))
        .body("work.route", hasSize(0));
    undeliverable(rider, job, "CUSTOMER_REFUSED").body("job.status", equalTo("RETURNED"));

    String lasting = aboard(rider);
    undeliverable(rider, lasting, "CUSTOMER_REFUSED")
        .body("job.status", equalTo("RETURNING"))
        .body("job.goods", equalTo("RETURN"));
    step(rider, lasting, epoch(lasting), "RETURNED")
        .statusCode(200)
        .body("job.status", equalTo("RETURNED"))
        .body("job.reason", equalTo("CUSTOMER_REFUSED"))
        .body("job.fault", equalTo("CUSTOMER"))
        .body("job.extraPays[0].kind", equalTo("RETURN"))
        .body("job.extraPays[0].amount", equalTo(400));
    step(rider, lasting, epoch(lasting), "RETURNED").body("job.extraPays", hasSize(1));
  }

  @Test
  void spilledGoodsGoToAnOperatorAndAreNotBroughtBack() {
    String rider = onlineRider();
    String job = aboard(rider);
    undeliverable(rider, job, "SPILLED")
        .body("job.status", equalTo("EXCEPTION"))
        .body("job.goods", equalTo("DISPOSE"))
        .body("job.fault", equalTo("RIDER"));
    long epoch = epoch(job);
    report(rider, job, epoch, "ACCIDENT", null)
        .statusCode(200)
        .body("job.status", equalTo("EXCEPTION"));
    asOperator("dispatcher")
        .body(Map.of("outcome", "RETURNED", "reason", "PLATFORM_FAULT"))
        .post("/v1/jobs/" + job + "/resolve")
        .then()
        .statusCode(200)
        .body("status", equalTo("RETURNED"))
        .body("fault", equalTo("PLATFORM"))
        .body("extraPays", nullValue());
    report(rider, job, epoch, "BREAKDOWN", null)
        .statusCode(409)
        .body("type", containsString("out-of-turn"));
  }

  @Test
  void longWaitAtTheCounterIsPaidAtThePickup() {
    String rider = onlineRider();
    String job = atStore(rider);
    standing(job, 12);
    step(rider, job, epoch(job), "PICKED_UP")
        .statusCode(200)
        .body("job.extraPays[0].kind", equalTo("WAIT"))
        // Effective ready is a minute before the pickup: 11 minutes, 5 unpaid, then two spans.
        .body("job.extraPays[0].amount", equalTo(200));
  }

  private ValidatableResponse undeliverable(String rider, String job, String reason) {
    return asRider(rider)
        .body(
            Map.of(
                "riderId", rider, "epoch", epoch(job), "step", "UNDELIVERABLE", "reason", reason))
        .post("/internal/v1/jobs/" + job + "/steps")
        .then()
        .statusCode(200);
  }
}
