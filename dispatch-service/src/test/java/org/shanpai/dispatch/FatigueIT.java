package org.shanpai.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.shanpai.dispatch.work.FatigueWatch;

/** Working time is counted from acceptance to completion, and limits offers where they are made. */
@QuarkusTest
class FatigueIT extends LiveDispatch {

  @Inject FatigueWatch watch;

  private ValidatableResponse fatigue(String rider) {
    return asRider(rider).get("/internal/v1/riders/" + rider + "/fatigue").then().statusCode(200);
  }

  private ValidatableResponse confirm(String rider) {
    return asRider(rider).post("/internal/v1/riders/" + rider + "/fatigue/confirm").then();
  }

  private void deliver(String rider, String job) {
    for (String step : List.of("ARRIVED_STORE", "PICKED_UP", "ARRIVED_CUSTOMER", "DELIVERED")) {
      step(rider, job, 1, step).statusCode(200);
    }
  }

  /** The rider's job was accepted so long ago. */
  private void acceptedBefore(String job, Duration ago) {
    run(
        "update assignment set accepted_at = ? where job_id = ?",
        OffsetDateTime.ofInstant(clock.now().minus(ago), ZoneOffset.UTC),
        job);
  }

  /** So much worked today as the day has room for, all of it over for half an hour. */
  private void worked(String rider, Duration worked) {
    Instant now = clock.now();
    run(
        "update rider_work set worked_day = ?, worked_millis = ?, busy_since = null,"
            + " streak_since = ?, shift_since = ?, worked_until = ? where rider_id = ?",
        java.sql.Date.valueOf(now.atZone(ZoneId.of("Asia/Shanghai")).toLocalDate()),
        worked.toMillis(),
        OffsetDateTime.ofInstant(now.minus(Duration.ofHours(1)), ZoneOffset.UTC),
        OffsetDateTime.ofInstant(now.minus(Duration.ofHours(1)), ZoneOffset.UTC),
        OffsetDateTime.ofInstant(now.minus(Duration.ofMinutes(30)), ZoneOffset.UTC),
        rider);
  }

  @Test
  void hoursAreTheUnionOfTheJobsAndTheFirstRiderToldIsTheRider() {
    String rider = onlineRider();
    String one = assignedJob(rider);
    String two = assignedJob(rider);
    acceptedBefore(one, Duration.ofMinutes(50));
    acceptedBefore(two, Duration.ofMinutes(30));
    deliver(rider, one);
    deliver(rider, two);
    long minutes =
        fatigue(rider)
                .body("state", equalTo("FIT"))
                .body("next", notNullValue())
                .body("limits.streakSeconds", equalTo(14_400))
                .extract()
                .jsonPath()
                .getLong("workedSeconds")
            / 60;
    LocalTime local = LocalTime.ofInstant(clock.now(), ZoneId.of("Asia/Shanghai"));
    long today = Math.min(50, local.toSecondOfDay() / 60);
    assertThat(minutes).isBetween(today - 1, today + 2);
    assertThat(
            text(
                "select cast(payload as jsonb) #>> '{data,fatigue,state}' from outbox"
                    + " where topic = 'shanpai.rider-work' and key = ? order by seq desc limit 1",
                rider))
        .isEqualTo("FIT");
  }

  @Test
  void afterFourHoursThereIsNoOfferAndNothingToGrabUntilTwentyMinutesOfRest() {
    String rider = onlineRider();
    String job = assignedJob(rider);
    acceptedBefore(job, Duration.ofHours(4));
    deliver(rider, job);
    fatigue(rider).body("state", equalTo("REST")).body("offersFrom", notNullValue());
    String next = openJob();
    wave();
    assertThat(status(next)).isEqualTo("OPEN");
    run(
        "update rider_work set worked_until = worked_until - interval '1199 seconds'"
            + " where rider_id = ?",
        rider);
    run(
        "update rider_work set worked_until = worked_until - interval '2 seconds'"
            + " where rider_id = ?",
        rider);
    accept(rider, offerOf(next)).statusCode(200);
  }

  @Test
  void noOfferWhosePlanWouldCrossALimit() {
    String rider = onlineRider();
    String job = assignedJob(rider);
    // Fifty seconds are left, and a way to the door takes longer.
    acceptedBefore(job, Duration.ofHours(4).minusSeconds(50));
    deliver(rider, job);
    fatigue(rider).body("state", equalTo("FIT"));
    String next = openJob();
    wave();
    assertThat(status(next)).isEqualTo("OPEN");
  }

  @Test
  void afterEightHoursTheRiderHasToSayThatTheyGoOn() {
    String rider = onlineRider();
    confirm(rider).statusCode(409).body("type", containsString("too-early"));
    worked(rider, Duration.ofHours(8));
    fatigue(rider).body("state", equalTo("CONFIRM")).body("confirmed", equalTo(false));
    String job = openJob();
    wave();
    assertThat(status(job)).isEqualTo("OPEN");
    confirm(rider).statusCode(200).body("state", equalTo("FIT")).body("confirmed", equalTo(true));
    confirm(rider).statusCode(200);
    accept(rider, offerOf(job)).statusCode(200);
    asRider("r-other").get("/internal/v1/riders/" + rider + "/fatigue").then().statusCode(404);
  }

  @Test
  void whoHasMinutesLeftBeforeTheyAreAskedSaysSoAtOnceAndGetsOffersAgain() {
    String rider = onlineRider();
    worked(rider, Duration.ofHours(8).minusSeconds(50));
    // Fifty seconds are left, no way is that short: without the word there would be no offer ever.
    fatigue(rider).body("state", equalTo("FIT")).body("next", equalTo("CONFIRM"));
    String job = openJob();
    wave();
    assertThat(status(job)).isEqualTo("OPEN");
    confirm(rider).statusCode(200).body("confirmed", equalTo(true));
    accept(rider, offerOf(job)).statusCode(200);
    String fresh = onlineRider();
    worked(fresh, Duration.ofHours(7).minusSeconds(5));
    confirm(fresh).statusCode(409).body("type", containsString("too-early"));
  }

  @Test
  void afterTwelveHoursTheOrdersInHandAreFinishedThenTheRiderIsOfflineForTheDay() {
    String rider = onlineRider();
    String job = assignedJob(rider);
    run(
        "update rider_work set worked_millis = ?, worked_day = ?, fatigue_due = now() - interval"
            + " '1 hour' where rider_id = ?",
        Duration.ofHours(12).toMillis(),
        java.sql.Date.valueOf(clock.now().atZone(ZoneId.of("Asia/Shanghai")).toLocalDate()),
        rider);
    tx.await(watch::sweep);
    assertThat(
            text("select online || '/' || fatigue_state from rider_work where rider_id = ?", rider))
        .as("what is in hand is finished first")
        .isEqualTo("true/DAY_OVER");
    deliver(rider, job);
    worked(rider, Duration.ofHours(12));
    run("update rider_work set fatigue_due = now() - interval '1 hour' where rider_id = ?", rider);
    assertThat(tx.await(watch::sweep)).isGreaterThanOrEqualTo(1);
    assertThat(text("select online from rider_work where rider_id = ?", rider)).isEqualTo("f");
    asRider(rider)
        .body(java.util.Map.of("online", true))
        .put("/internal/v1/riders/" + rider + "/online")
        .then()
        .statusCode(409)
        .body("type", containsString("day-limit"));
    fatigue(rider).body("limitAt", nullValue()).body("offersFrom", notNullValue());
  }
}
