package org.shanpai.rider.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Date;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.JobState;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.contracts.event.WeatherAlert;
import org.shanpai.messaging.Tx;
import org.shanpai.rider.RiderServiceTestBase;
import org.shanpai.rider.earnings.JobFixture;

/** What levels and weather add, on the real ledgers. */
@QuarkusTest
class RewardIT extends RiderServiceTestBase {

  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  @Inject LevelRewards rewards;
  @Inject Tx tx;

  /** Accepted now and delivered at once, so that its day is today's. */
  private static JobState today(String order, String rider, String area, long lateSeconds) {
    Instant now = Instant.now();
    JobState job = JobFixture.job(order, rider, area, 9, JobStatus.DELIVERED, now, now, 650L);
    Instant accepted = now.minusSeconds(lateSeconds).minusSeconds(1);
    return JobFixture.between(job, accepted, now, now.minusSeconds(lateSeconds));
  }

  private static LocalDate todaysDate() {
    return Instant.now().atZone(ZONE).toLocalDate();
  }

  /** So many smooth orders of yesterday, closed. */
  private static void rode(String rider, int orders) {
    Instant yesterday = Instant.now().minus(Duration.ofHours(24));
    for (int i = 0; i < orders; i++) {
      Instant at = yesterday.plusMillis(i);
      send(JobFixture.delivered(unique(), rider, "a-" + rider, at, at, 650));
    }
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                count("select count(*) from score_entry where rider_id = ?", rider) == orders
                    && count(
                            "select count(*) from score_account where rider_id = ?"
                                + " and closed_on = ?",
                            rider,
                            Date.valueOf(todaysDate().minusDays(1)))
                        == 1);
  }

  private static List<String> lines(String rider, String kind) {
    return query(
        "select amount_fen || ' ' || revision from earnings_line where rider_id = ? and kind = ?"
            + " order by line_no",
        rider,
        kind);
  }

  private static void awaitLines(String rider, String kind, String... expected) {
    await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(lines(rider, kind)).containsExactly(expected));
  }

  private static void raise(String rider, int levelMilliPoints) throws Exception {
    execute(
        "insert into score_level (rider_id, business_date, revision, level_mp, score_mp, rule_set,"
            + " recorded_at) select ?, ?, coalesce(max(revision), 0) + 1, ?, ?, 'v1', now()"
            + " from score_level where rider_id = ? and business_date = ?",
        rider,
        Date.valueOf(todaysDate().minusDays(1)),
        levelMilliPoints,
        levelMilliPoints,
        rider,
        Date.valueOf(todaysDate().minusDays(1)));
  }

  @Test
  void fiftyOneSmoothOrdersBringTenFenAnOrderTheNextDayAndAnUpheldAppealTopsItUp()
      throws Exception {
    String rider = newRider();
    rode(rider, 51);
    assertThat(lines(rider, "LEVEL_REWARD")).isEmpty();
    String order = unique();
    send(today(order, rider, "a-" + rider, 0));
    awaitLines(rider, "LEVEL_REWARD", "10 0");
    send(today(order, rider, "a-" + rider, 0));
    raise(rider, 86_000);
    awaitLines(rider, "LEVEL_REWARD", "10 0", "10 1");
    raise(rider, 70_000);
    tx.await(() -> rewards.reconsider(rider, todaysDate()));
    tx.await(() -> rewards.reconsider(rider, todaysDate().minusDays(1)));
    assertThat(lines(rider, "LEVEL_REWARD")).containsExactly("10 0", "10 1");
    asRider(rider)
        .get("/v1/rider/earnings")
        .then()
        .body("lines.kind", hasItem("LEVEL_REWARD"))
        .body("balanceFen", equalTo(52 * 650 + 20));
  }

  @Test
  void fiftySmoothOrdersBringNothingTheNextDay() {
    String rider = newRider();
    rode(rider, 50);
    send(today(unique(), rider, "a-" + rider, 0));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                count(
                        "select count(*) from carried_order where rider_id = ?"
                            + " and rewards_at is null",
                        rider)
                    == 51);
    assertThat(lines(rider, "LEVEL_REWARD")).isEmpty();
  }

  @Test
  void aLateOrderBringsTheVerySameLinesAndNothingEarnedChanges() {
    String onTime = newRider();
    String late = newRider();
    rode(onTime, 51);
    rode(late, 51);
    List<String> before = all(late);
    send(today(unique(), onTime, "a-" + onTime, 0));
    send(today(unique(), late, "a-" + late, 600));
    awaitLines(onTime, "LEVEL_REWARD", "10 0");
    awaitLines(late, "LEVEL_REWARD", "10 0");
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                count("select count(*) from score_entry where rider_id = ? and rule = 'OT2'", late)
                    == 1);
    assertThat(amounts(late)).isEqualTo(amounts(onTime));
    assertThat(all(late)).startsWith(before.toArray(new String[0]));
  }

  private static List<String> all(String rider) {
    return query(
        "select line_id || amount_fen from earnings_line where rider_id = ? order by line_no",
        rider);
  }

  private static List<String> amounts(String rider) {
    return query(
        "select kind || amount_fen from earnings_line where rider_id = ? order by kind, amount_fen",
        rider);
  }

  @Test
  void redWeatherAtTheAcceptancePaysMoreAlsoWhenItIsToldLater() {
    String rider = newRider();
    String area = "a-" + unique();
    send(today(unique(), rider, area, 0));
    awaitLines(rider, "BASE", "650 0");
    Instant from = Instant.now().minus(Duration.ofHours(1));
    send(EventType.WEATHER_ALERT, area, 1, weather(area, 1, WeatherAlert.Level.RED, from));
    awaitLines(rider, "WEATHER", "200 0");
  }

  @Test
  void theDatabaseRefusesANegativeLineOfEveryKind() {
    String rider = newRider();
    for (String kind : List.of("LEVEL_REWARD", "CAMPAIGN", "WELFARE", "WEATHER", "DISTANCE")) {
      org.assertj.core.api.Assertions.assertThatThrownBy(
              () ->
                  execute(
                      "insert into earnings_line values (?, 99, ?, 'x', ?, -1,"
                          + " current_date, now(), now())",
                      unique(),
                      rider,
                      kind))
          .hasMessageContaining("amount_fen");
    }
  }
}
