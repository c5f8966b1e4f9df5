package org.shanpai.rider.earnings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;

import com.fasterxml.jackson.core.type.TypeReference;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.JobState;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.messaging.Json;
import org.shanpai.rider.RiderServiceTestBase;

/** Tips and extra pay: each fen once, however often and in whatever order jobs are told. */
@QuarkusTest
class ExtraEarningsIT extends RiderServiceTestBase {

  private static final Instant AT = Instant.parse("2026-03-02T04:00:00Z");

  private static JobState with(JobState job, Map<String, Object> fields) {
    Map<String, Object> all =
        Json.mapper().convertValue(job, new TypeReference<LinkedHashMap<String, Object>>() {});
    all.putAll(fields);
    return Json.mapper().convertValue(all, JobState.class);
  }

  private static JobState delivered(String order, String rider, long version, long tip) {
    return with(
        JobFixture.job(order, rider, "a-1", version, JobStatus.DELIVERED, AT, AT, 650L),
        Map.of("tip", tip));
  }

  private static List<String> lines(String rider) {
    return query(
        "select kind || ' ' || amount_fen from earnings_line where rider_id = ? order by line_no",
        rider);
  }

  private static void awaitLines(String rider, String... lines) {
    await()
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(lines(rider)).containsExactlyInAnyOrder(lines));
  }

  /** What comes on the same partition after everything else has been taken. */
  private static void afterAll(String key, String rider, long before) {
    String last = unique();
    send(
        EventType.JOB_STATE,
        key,
        1_000,
        with(
            JobFixture.job(last, rider, "a-1", 1_000, JobStatus.CANCELLED, AT, AT, 650L),
            Map.of("extraPays", List.of(pay(rider, 77, "WAIT", 1)))));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                count("select count(*) from earnings_line where rider_id = ?", rider)
                    == before + 1);
  }

  private static Map<String, Object> pay(String rider, long epoch, String kind, long fen) {
    return Map.of("riderId", rider, "epoch", epoch, "kind", kind, "amount", fen);
  }

  @Test
  void allOfTheTipIsTheRidersOnceAlsoWhenItRisesAfterTheDelivery() {
    String rider = newRider();
    String order = unique();
    send(delivered(order, rider, 9, 200));
    send(delivered(order, rider, 9, 200));
    awaitLines(rider, "BASE 650", "TIP 200");
    send(delivered(order, rider, 10, 500));
    awaitLines(rider, "BASE 650", "TIP 200", "TIP 300");
    send(delivered(order, rider, 11, 500));
    send(delivered(order, rider, 12, 400));
    send(delivered(order, rider, 10, 500));
    afterAll("j-" + order, rider, 3);
    assertThat(lines(rider)).containsExactlyInAnyOrder("BASE 650", "TIP 200", "TIP 300", "WAIT 1");
    asRider(rider)
        .get("/v1/rider/earnings")
        .then()
        .body("balanceFen", equalTo(650 + 500 + 1))
        .body("lineCount", equalTo(4))
        .body("lines.jobId", hasItems("j-" + order));
  }

  @Test
  void theWayIsALineOfItsOwnAndTheSumIsWhatTheOfferSaid() {
    String rider = newRider();
    String order = unique();
    JobState job = with(delivered(order, rider, 9, 200), Map.of("distancePay", 250));
    send(job);
    send(job);
    awaitLines(rider, "BASE 400", "DISTANCE 250", "TIP 200");
    send(with(delivered(order, rider, 10, 300), Map.of("distancePay", 250)));
    awaitLines(rider, "BASE 400", "DISTANCE 250", "TIP 200", "TIP 100");
    asRider(rider)
        .get("/v1/rider/earnings")
        .then()
        .body("balanceFen", equalTo(650 + 300))
        .body("lineCount", equalTo(4));
  }

  @Test
  void whatWasPaidAsOneSumStaysPaidHoweverItIsToldLater() {
    String rider = newRider();
    String order = unique();
    send(delivered(order, rider, 9, 200));
    awaitLines(rider, "BASE 650", "TIP 200");
    send(with(delivered(order, rider, 10, 300), Map.of("distancePay", 250)));
    awaitLines(rider, "BASE 650", "TIP 200", "TIP 100");
    afterAll("j-" + order, rider, 3);
    assertThat(lines(rider)).doesNotContain("DISTANCE 250");
    assertThat(count("select balance_fen from earnings_account where rider_id = ?", rider))
        .isEqualTo(650 + 300 + 1);
  }

  @Test
  void tipOfAJobThatNobodyDeliveredIsNobodys() {
    String rider = newRider();
    String order = unique();
    send(
        with(
            JobFixture.job(order, rider, "a-1", 5, JobStatus.AT_STORE, AT, null, 650L),
            Map.of("tip", 300)));
    afterAll("j-" + order, rider, 0);
    assertThat(lines(rider)).containsExactly("WAIT 1");
  }

  @Test
  void extraPayGoesToWhoeverIsOwedItHoweverOftenItIsTold() {
    String lost = newRider();
    String waited = newRider();
    String order = unique();
    Map<String, Object> pays =
        Map.of(
            "extraPays",
            List.of(
                pay(lost, 1, "WASTED_TRIP", 300),
                pay(waited, 3, "WASTED_TRIP", 300),
                pay(waited, 3, "WAIT", 200)));
    for (long version = 6; version < 9; version++) {
      send(
          with(
              JobFixture.job(order, null, "a-1", version, JobStatus.CANCELLED, AT, AT, 650L),
              pays));
    }
    awaitLines(lost, "WASTED_TRIP 300");
    awaitLines(waited, "WASTED_TRIP 300", "WAIT 200");
    afterAll("j-" + order, lost, 1);
    assertThat(lines(waited)).hasSize(2);
    assertThat(count("select balance_fen from earnings_account where rider_id = ?", waited))
        .isEqualTo(500);
  }

  @Test
  void whoBroughtGoodsBackIsPaidAsTheTableSays() {
    String rider = newRider();
    String refused = unique();
    send(
        with(
            JobFixture.job(refused, rider, "a-1", 9, JobStatus.RETURNED, AT, AT, 650L),
            Map.of(
                "reason", "CUSTOMER_REFUSED", "extraPays", List.of(pay(rider, 3, "RETURN", 400)))));
    awaitLines(rider, "BASE 650", "RETURN 400");
    String spilled = unique();
    send(
        with(
            JobFixture.job(spilled, rider, "a-1", 9, JobStatus.RETURNED, AT, AT, 650L),
            Map.of("reason", "SPILLED")));
    afterAll("j-" + spilled, rider, 2);
    assertThat(lines(rider)).containsExactlyInAnyOrder("BASE 650", "RETURN 400", "WAIT 1");
  }
}
