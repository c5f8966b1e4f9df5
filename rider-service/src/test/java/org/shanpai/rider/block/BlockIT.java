package org.shanpai.rider.block;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.rider.RiderServiceTestBase;
import org.shanpai.rider.earnings.JobFixture;

/** Riders name a job, dispatch-service hears of it, and nobody learns who the customer is. */
@QuarkusTest
class BlockIT extends RiderServiceTestBase {

  /** A job the rider carried to its end; returns its id. */
  private static String carried(String rider) {
    Instant now = Instant.now();
    String order = unique();
    send(JobFixture.delivered(order, rider, "a-1", now, now.minusSeconds(60), 650));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> count("select count(*) from rider_job where job_id = ?", "j-" + order) == 1);
    return "j-" + order;
  }

  /** Jobs of long ago, without Kafka. */
  private static String known(String rider, Instant at) {
    String order = unique();
    try {
      execute(
          "insert into rider_job (job_id, order_id, rider_id, version, epoch, status, changed_at)"
              + " values (?, ?, ?, 1, 1, 'DELIVERED', cast(? as timestamptz))",
          "j-" + order,
          "o-" + order,
          rider,
          at.toString());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return "j-" + order;
  }

  private static ValidatableResponse block(String rider, String job, String reason) {
    return asRider(rider).body(Map.of("reason", reason)).put("/v1/rider/blocks/" + job).then();
  }

  private static ValidatableResponse list(String rider) {
    return asRider(rider).get("/v1/rider/blocks").then().statusCode(200);
  }

  /** What dispatch-service was told of the rider's blocks, oldest first. */
  private static List<String> told(String rider) {
    return query(
        "select concat_ws('/', cast(payload as jsonb) #>> '{data,jobId}',"
            + " cast(payload as jsonb) #>> '{data,version}',"
            + " case when cast(payload as jsonb) #>> '{data,until}' is null then 'lifted'"
            + " else 'stands' end) from outbox where topic = 'shanpai.rider-block'"
            + " and cast(payload as jsonb) #>> '{data,riderId}' = ? order by seq",
        rider);
  }

  @Test
  void aBlockIsListedByOrderAndDayAndToldToDispatchWithoutTheReason() {
    String rider = newRider();
    String job = carried(rider);
    block(rider, job, "ABUSE")
        .statusCode(200)
        .body("jobId", equalTo(job))
        .body("orderId", equalTo("o-" + job.substring(2)))
        .body("reason", equalTo("ABUSE"));
    block(rider, job, "ABUSE").statusCode(200);
    Map<String, Object> shown = list(rider).extract().path("blocks[0]");
    assertThat(shown.keySet())
        .as("an order and a day, and nothing of the customer")
        .containsExactlyInAnyOrder("jobId", "orderId", "day", "reason", "setAt", "until");
    assertThat(Instant.parse((String) shown.get("until")))
        .isEqualTo(Instant.parse((String) shown.get("setAt")).plus(Duration.ofDays(28)));
    assertThat(told(rider))
        .as("once, however often it is asked")
        .containsExactly(job + "/1/stands");
    assertThat(
            query(
                "select payload from outbox where topic = 'shanpai.rider-block' and"
                    + " cast(payload as jsonb) #>> '{data,riderId}' = ?",
                rider))
        .allSatisfy(payload -> assertThat(payload).doesNotContain("ABUSE"));
    block(rider, job, "THREAT").statusCode(200).body("reason", equalTo("THREAT"));
    assertThat(told(rider)).as("the reason is the rider's own").hasSize(1);
  }

  @Test
  void aLiftedBlockIsGoneAndMayBeSetAgain() {
    String rider = newRider();
    String job = carried(rider);
    block(rider, job, "HARASSMENT").statusCode(200);
    asRider(rider).delete("/v1/rider/blocks/" + job).then().statusCode(204);
    asRider(rider).delete("/v1/rider/blocks/" + job).then().statusCode(204);
    list(rider).body("blocks", empty());
    block(rider, job, "HARASSMENT").statusCode(200);
    list(rider).body("blocks.jobId", contains(job));
    assertThat(told(rider))
        .containsExactly(job + "/1/stands", job + "/2/lifted", job + "/3/stands");
  }

  @Test
  void onlyAJobOfOnesOwnNamesACustomer() {
    String rider = newRider();
    String other = newRider();
    String job = carried(rider);
    block(other, job, "ABUSE").statusCode(404);
    block(rider, "j-nobodys", "ABUSE").statusCode(404);
    asRider(other).delete("/v1/rider/blocks/" + job).then().statusCode(404);
    block(rider, job, "ABUSE").statusCode(200);
    list(other).body("blocks", empty());
    asRider(other).delete("/v1/rider/blocks/" + job).then().statusCode(404);
    list(rider).body("blocks.jobId", contains(job));
    given()
        .contentType("application/json")
        .body(Map.of("reason", "ABUSE"))
        .put("/v1/rider/blocks/" + job)
        .then()
        .statusCode(401);
    asManager()
        .body(Map.of("reason", "ABUSE"))
        .put("/v1/rider/blocks/" + job)
        .then()
        .statusCode(403);
    asRider(rider)
        .body("{}")
        .put("/v1/rider/blocks/" + job)
        .then()
        .statusCode(400)
        .body("field", equalTo("reason"));
    asRider(rider)
        .body(Map.of("reason", "UGLY"))
        .put("/v1/rider/blocks/" + job)
        .then()
        .statusCode(400);
    assertThat(told(other)).isEmpty();
  }

  @Test
  void aJobStillInHandCountsAndOneOfLastWeekDoesNot() {
    String rider = newRider();
    String order = unique();
    send(JobFixture.job(order, rider, "a-1", 3, JobStatus.AT_CUSTOMER, Instant.now(), null, 650L));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> count("select count(*) from rider_job where job_id = ?", "j-" + order) == 1);
    block(rider, "j-" + order, "UNSAFE_PLACE").statusCode(200);
    block(rider, known(rider, Instant.now().minus(Duration.ofDays(6))), "ABUSE").statusCode(200);
    block(rider, known(rider, Instant.now().minus(Duration.ofDays(8))), "ABUSE")
        .statusCode(409)
        .body("type", containsString("too-late"));
  }

  @Test
  void twentyAtOnceAreTheMostAlsoWhenTheyComeTogether() throws Exception {
    String rider = newRider();
    Instant now = Instant.now();
    for (int i = 0; i < 17; i++) {
      block(rider, known(rider, now), "OTHER").statusCode(200);
    }
    List<String> jobs =
        List.of(
            known(rider, now),
            known(rider, now),
            known(rider, now),
            known(rider, now),
            known(rider, now),
            known(rider, now));
    List<CompletableFuture<Integer>> asked =
        jobs.stream()
            .map(
                job ->
                    CompletableFuture.supplyAsync(
                        () -> block(rider, job, "OTHER").extract().statusCode()))
            .toList();
    List<Integer> answers = asked.stream().map(CompletableFuture::join).sorted().toList();
    assertThat(answers).containsExactly(200, 200, 200, 409, 409, 409);
    assertThat(list(rider).extract().<List<?>>path("blocks")).hasSize(20);
    // One that ran out makes room, and is not shown.
    execute(
        "update rider_block set set_at = now() - interval '30 days', until_at = now() - interval"
            + " '2 days' where block_id = (select min(block_id) from rider_block where rider_id = ?)",
        rider);
    assertThat(list(rider).extract().<List<?>>path("blocks")).hasSize(19);
    block(rider, known(rider, now), "OTHER").statusCode(200);
  }
}
