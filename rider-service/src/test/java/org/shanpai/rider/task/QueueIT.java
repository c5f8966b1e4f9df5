package org.shanpai.rider.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.rider.RiderServiceTestBase;
import org.shanpai.rider.earnings.JobFixture;

/** What was done without a line comes late, mixed up, twice, and by a clock that is wrong. */
@QuarkusTest
class QueueIT extends RiderServiceTestBase {

  /** Three hours behind. */
  private static final Duration WRONG = Duration.ofHours(-3);

  private static Map<String, Object> action(String key, String kind, String job, Instant at) {
    Map<String, Object> action = new HashMap<>();
    action.put("key", key);
    action.put("kind", kind);
    action.put("jobId", "j-" + job);
    action.put("epoch", 3);
    action.put("at", at.plus(WRONG).toString());
    return action;
  }

  private static Map<String, Object> with(Map<String, Object> action, String name, Object value) {
    action.put(name, value);
    return action;
  }

  private static ValidatableResponse handIn(String rider, List<Map<String, Object>> actions) {
    return asRider(rider)
        .body(Map.of("sentAt", Instant.now().plus(WRONG).toString(), "actions", actions))
        .post("/v1/rider/actions")
        .then();
  }

  private static String jobOf(String rider, JobStatus status) {
    String order = unique();
    send(
        JobFixture.job(
            order, rider, "a-1", 3, status, Instant.parse("2026-03-02T05:00:00Z"), null, 650L));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> count("select count(*) from rider_job where job_id = ?", "j-" + order) == 1);
    return order;
  }

  private static List<String> stepsAsked(String order) {
    return askedOfNeighbours().stream()
        .filter(asked -> asked.contains("/jobs/j-" + order + "/steps"))
        .map(asked -> asked.replaceFirst(".*\"step\":\"([A-Z_]+)\".*", "$1"))
        .toList();
  }

  @Test
  void aQueueMixedUpAndByAWrongClockIsTakenInItsTurnAndDatedRightly() {
    String rider = newRider();
    String job = jobOf(rider, JobStatus.ASSIGNED);
    Instant now = Instant.now();
    List<Map<String, Object>> queue = new ArrayList<>();
    queue.add(with(action("d", "DELIVERED", job, now.minusSeconds(60)), "code", "081542"));
    queue.add(with(action("p", "PICKED_UP", job, now.minusSeconds(400)), "code", "4711"));
    queue.add(action("c", "ARRIVED_CUSTOMER", job, now.minusSeconds(90)));
    queue.add(action("s", "ARRIVED_STORE", job, now.minusSeconds(600)));
    handIn(rider, queue)
        .statusCode(200)
        .body("results.key", equalTo(List.of("d", "p", "c", "s")))
        .body("results.outcome", equalTo(List.of("DONE", "DONE", "DONE", "DONE")))
        .body("work.riderId", equalTo(rider));
    assertThat(stepsAsked(job))
        .containsExactly("ARRIVED_STORE", "PICKED_UP", "ARRIVED_CUSTOMER", "DELIVERED");
    assertThat(
            count(
                "select count(*) from rider_action where rider_id = ? and clock_by = 'SENT_AT'"
                    + " and abs(extract(epoch from happened_at - device_at) - 10800) < 20"
                    + " and received_at >= happened_at",
                rider))
        .as("all four are dated by our clock, and the phone's time is kept beside it")
        .isEqualTo(4);
    asRider(rider)
        .get("/v1/rider/jobs/j-" + job + "/actions")
        .then()
        .statusCode(200)
        .body(
            "actions.kind",
            equalTo(List.of("ARRIVED_STORE", "PICKED_UP", "ARRIVED_CUSTOMER", "DELIVERED")))
        .body("actions[0].deviceAt", notNullValue())
        .body("actions[0].outcome", equalTo("DONE"));
    asRider(newRider())
        .get("/v1/rider/jobs/j-" + job + "/actions")
        .then()
        .body("actions", hasSize(0));
  }

  @Test
  void theSameQueueAgainMeansTheSameMomentsAndAsksDispatchTheSame() {
    String rider = newRider();
    String job = jobOf(rider, JobStatus.AT_STORE);
    Map<String, Object> picked =
        with(action("again", "PICKED_UP", job, Instant.now().minusSeconds(120)), "code", "4711");
    String first =
        handIn(rider, List.of(picked))
            .body("results[0].repeated", equalTo(false))
            .extract()
            .path("results[0].happenedAt");
    handIn(rider, List.of(picked, picked))
        .body("results[0].outcome", equalTo("DONE"))
        .body("results[0].repeated", equalTo(true))
        .body("results[1].happenedAt", equalTo(first));
    List<String> asked =
        askedOfNeighbours().stream()
            .filter(line -> line.contains("/jobs/j-" + job + "/steps"))
            .distinct()
            .toList();
    assertThat(asked).as("the very same request every time").hasSize(1);
    assertThat(
            askedOfNeighbours().stream()
                .filter(line -> line.contains("/orders/o-" + job + "/codes/check")))
        .as("the code is not tried again")
        .hasSize(1);
    // The single way and the queue are one.
    asRider(rider)
        .header("Idempotency-Key", "again")
        .body(Map.of("epoch", 3, "code", "0815"))
        .post("/v1/rider/jobs/j-" + job + "/picked-up")
        .then()
        .statusCode(422)
        .body("type", equalTo("urn:shanpai:problem:idempotency-key-reused"));
  }

  @Test
  void aJobTakenAwayMeanwhileAnswersForItsOwnActionsOnly() {
    String rider = newRider();
    String gone = jobOf(rider, JobStatus.ASSIGNED);
    String kept = jobOf(rider, JobStatus.ASSIGNED);
    Instant now = Instant.now();
    handIn(
            rider,
            List.of(
                with(action("g", "ARRIVED_STORE", gone, now.minusSeconds(50)), "epoch", 0),
                action("k", "ARRIVED_STORE", kept, now.minusSeconds(40))))
        .statusCode(200)
        .body("results[0].outcome", equalTo("REFUSED"))
        .body("results[0].problem.type", equalTo("urn:shanpai:problem:stale-epoch"))
        .body("results[0].problem.field", equalTo("epoch"))
        .body("results[1].outcome", equalTo("DONE"))
        .body("results[1].problem", nullValue());
    assertThat(
            query(
                "select problem from rider_action where rider_id = ? and action_key = 'g'", rider))
        .containsExactly("stale-epoch");
  }

  @Test
  void aStepWhoseTurnHasNotComeWaitsAndOneThatIsOverIsRefused() {
    String rider = newRider();
    String early = "early-" + unique();
    send(
        JobFixture.job(
            early,
            rider,
            "a-1",
            3,
            JobStatus.ASSIGNED,
            Instant.parse("2026-03-02T05:00:00Z"),
            null,
            650L));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> count("select count(*) from rider_job where job_id = ?", "j-" + early) == 1);
    handIn(rider, List.of(with(action("e", "DELIVERED", early, Instant.now()), "code", "081542")))
        .body("results[0].outcome", equalTo("LATER"))
        .body("results[0].retryAfterSeconds", notNullValue())
        .body("results[0].problem.type", equalTo("urn:shanpai:problem:out-of-turn"));
    Map<String, Object> offer = new HashMap<>();
    offer.put("key", "o");
    offer.put("kind", "ACCEPT");
    offer.put("offerId", "of-broken");
    Map<String, Object> lost = new HashMap<>(offer);
    lost.put("key", "o2");
    lost.put("offerId", "of-gone");
    handIn(rider, List.of(offer, lost))
        .body("results[0].outcome", equalTo("LATER"))
        .body("results[1].outcome", equalTo("REFUSED"))
        .body("results[1].problem.type", equalTo("urn:shanpai:problem:offer-gone"));
  }

  @Test
  void aStepSentAtOnceByAPhoneWhoseClockIsHoursOffIsDatedNow() {
    String rider = newRider();
    String job = jobOf(rider, JobStatus.ASSIGNED);
    String phone = Instant.now().plus(WRONG).toString();
    asRider(rider)
        .header("Idempotency-Key", "single")
        .header("Device-Time", phone)
        .body(Map.of("epoch", 3, "at", phone))
        .post("/v1/rider/jobs/j-" + job + "/arrived-store")
        .then()
        .statusCode(200);
    assertThat(
            count(
                "select count(*) from rider_action where rider_id = ? and received_at - happened_at"
                    + " < interval '5 seconds' and happened_at - device_at > interval '2 hours'",
                rider))
        .isOne();
    asRider(rider)
        .header("Idempotency-Key", "bad")
        .header("Device-Time", "noon")
        .body(Map.of("epoch", 3))
        .post("/v1/rider/jobs/j-" + job + "/arrived-store")
        .then()
        .statusCode(400)
        .body("field", equalTo("Device-Time"));
  }

  /** No database holds them, and the phone that sends them learns which field is wrong. */
  @Test
  void timesAtTheEndOfTheCalendarAreRefusedAndNothingIsWrittenDown() {
    String rider = newRider();
    String job = jobOf(rider, JobStatus.AT_CUSTOMER);
    asRider(rider)
        .header("Idempotency-Key", "far")
        .body(Map.of("epoch", 3, "code", "081542", "at", Instant.MAX.toString()))
        .post("/v1/rider/jobs/j-" + job + "/delivered")
        .then()
        .statusCode(400)
        .body("field", equalTo("at"));
    asRider(rider)
        .header("Idempotency-Key", "far")
        .header("Device-Time", Instant.MAX.toString())
        .body(Map.of("epoch", 3, "code", "081542"))
        .post("/v1/rider/jobs/j-" + job + "/delivered")
        .then()
        .statusCode(400)
        .body("field", equalTo("Device-Time"));
    assertThat(count("select count(*) from rider_action where rider_id = ?", rider)).isZero();
  }

  @Test
  void badActionsAreNamedByTheirPlace() {
    String rider = newRider();
    Map<String, Object> noCode = action("x", "PICKED_UP", "1", Instant.now());
    handIn(rider, List.of(noCode)).statusCode(400).body("field", equalTo("actions[0].code"));
    handIn(rider, List.of()).statusCode(400).body("field", equalTo("actions"));
    Map<String, Object> noJob = action("x", "RETURNED", "1", Instant.now());
    noJob.remove("jobId");
    handIn(rider, List.of(noJob)).statusCode(400).body("field", equalTo("actions[0].jobId"));
  }
}
