package org.shanpai.rider.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.core.type.TypeReference;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.event.JobState;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.messaging.Json;
import org.shanpai.rider.RiderServiceTestBase;
import org.shanpai.rider.earnings.JobFixture;

/** SM4: who delivers what was stranded with another, fed from the real Kafka. */
@QuarkusTest
class RescueIT extends RiderServiceTestBase {

  private static final Instant NOW = Instant.now().minusSeconds(60);

  /** Delivered on time under epoch 3, having been stranded with somebody under epoch 1. */
  private static JobState rescued(String order, String rider, String stranded, Instant at) {
    return stranded(JobFixture.delivered(order, rider, "a-1", at, at, 650), stranded, 1);
  }

  private static JobState stranded(JobState job, String rider, long epoch) {
    Map<String, Object> all =
        Json.mapper().convertValue(job, new TypeReference<LinkedHashMap<String, Object>>() {});
    all.put(
        "stranded",
        Map.of("riderId", rider, "epoch", epoch, "reason", "BREAKDOWN", "at", job.createdAt()));
    return Json.mapper().convertValue(all, JobState.class);
  }

  private static List<String> rows(String rider) {
    return query(
        "select subject || ' ' || rule || ' ' || points_mp from score_entry where rider_id = ?"
            + " and rule in ('SM1', 'SM4') order by subject, rule",
        rider);
  }

  private static void awaitRows(String rider, String... rows) {
    await()
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(rows(rider)).containsExactlyInAnyOrder(rows));
  }

  @Test
  void whoDeliversAStrandedOrderGetsSm4BesidesTheDeliveryAndOnlyOnce() {
    String rider = newRider();
    String broken = newRider();
    String order = unique();
    JobState job = rescued(order, rider, broken, NOW);
    send(job);
    send(job);
    awaitRows(rider, "o-" + order + " SM1 100", "o-" + order + " SM4 300");
    asRider(rider).get("/v1/rider/score").then().body("scoreMilliPoints", equalTo(70_400));
    assertThat(rows(broken)).as("nothing for, and nothing against, whom it befell").isEmpty();
  }

  @Test
  void theSamePairCountsOnceInSevenDaysAndAnotherPairAtOnce() {
    String rider = newRider();
    String broken = newRider();
    String other = newRider();
    String first = unique();
    String second = unique();
    String later = unique();
    String another = unique();
    Instant start = NOW.minus(Duration.ofDays(8));
    send(rescued(later, rider, broken, start.plus(Duration.ofDays(7))));
    send(rescued(first, rider, broken, start));
    send(rescued(second, rider, broken, start.plus(Duration.ofDays(6))));
    send(rescued(another, rider, other, start.plus(Duration.ofDays(6))));
    awaitRows(
        rider,
        "o-" + first + " SM1 100",
        "o-" + first + " SM4 300",
        "o-" + second + " SM1 100",
        "o-" + second + " SM4 0",
        "o-" + another + " SM1 100",
        "o-" + another + " SM4 300",
        "o-" + later + " SM1 100",
        "o-" + later + " SM4 300");
  }

  @Test
  void onesOwnStrandedOrderAndOneThatCameBackAreNoRescue() {
    String rider = newRider();
    String other = newRider();
    String own = unique();
    String before = unique();
    String returned = unique();
    send(rescued(own, rider, rider, NOW));
    send(stranded(JobFixture.delivered(before, rider, "a-1", NOW, NOW, 650), other, 3));
    send(
        stranded(
            JobFixture.job(returned, rider, "a-1", 9, JobStatus.RETURNED, NOW, NOW, 650L),
            other,
            1));
    String marker = unique();
    send(rescued(marker, rider, other, NOW));
    awaitRows(
        rider,
        "o-" + own + " SM1 100",
        "o-" + before + " SM1 100",
        "o-" + marker + " SM1 100",
        "o-" + marker + " SM4 300");
  }

  @Test
  void eighteenRescuesBringFivePointsAndNoMore() {
    String rider = newRider();
    for (int i = 0; i < 18; i++) {
      send(rescued(unique(), rider, "r-stranded-" + i, NOW.minusSeconds(i)));
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> count("select count(*) from score_entry where rider_id = ?", rider) == 36);
    // 18 × 0.1 for the deliveries, 18 × 0.3 = 5.4 for the rescues, of which 5 count.
    asRider(rider).get("/v1/rider/score").then().body("scoreMilliPoints", equalTo(76_800));
  }
}
