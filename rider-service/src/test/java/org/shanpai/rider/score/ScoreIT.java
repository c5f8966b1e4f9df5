package org.shanpai.rider.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.health.Readiness;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.JobState;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.contracts.event.WeatherAlert;
import org.shanpai.messaging.Tx;
import org.shanpai.rider.RiderServiceTestBase;
import org.shanpai.rider.earnings.JobFixture;

/** The score ledger against the real database, fed from the real Kafka. */
@QuarkusTest
class ScoreIT extends RiderServiceTestBase {

  @Inject @Readiness ScoreBalance balance;
  @Inject Tx tx;
  @Inject AccountRows accounts;

  private static JobState late(String order, String rider, String area, Instant at, long seconds) {
    return JobFixture.delivered(order, rider, area, at.minusSeconds(seconds), at, 650);
  }

  private static Instant justNow() {
    return Instant.now().minusSeconds(60);
  }

  private static void awaitEntries(String rider, long expected) {
    await()
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptions()
        .untilAsserted(
            () ->
                assertThat(count("select count(*) from score_entry where rider_id = ?", rider))
                    .isEqualTo(expected));
  }

  /** Everything sent before is taken when this rider's own delivery is judged. */
  private static void drain() {
    String marker = newRider();
    // One message into each partition, so that none is still waiting.
    int sent = 0;
    for (int i = 0; i < 24; i++) {
      send(late("drain-" + unique(), marker, "a-drain", justNow(), 0));
      sent++;
    }
    awaitEntries(marker, sent);
  }

  @Test
  void example6TheSameDeliveryTenTimesAndReorderedIsOneRowAndOnePay() {
    String rider = newRider();
    String order = unique();
    JobState delivered = late(order, rider, "a-1", justNow(), 200);
    JobState earlier =
        JobFixture.job(
            order, rider, "a-1", 5, JobStatus.PICKED_UP, delivered.riderDeadline(), null, 650L);
    send(delivered);
    send(earlier);
    for (int i = 0; i < 9; i++) {
      send(delivered);
    }
    // As if another version of the same end came: a replay by operators, a mended event.
    send(EventType.JOB_STATE, "j-" + order, 10, delivered);
    drain();
    awaitEntries(rider, 1);
    assertThat(count("select count(*) from earnings_line where rider_id = ?", rider)).isEqualTo(1);
    asRider(rider)
        .get("/v1/rider/score")
        .then()
        .statusCode(200)
        .body("scoreMilliPoints", equalTo(69_000))
        .body("reward", equalTo(false))
        .body("inputs.losses[0].overtimeMilliPoints", equalTo(1_000));
    asRider(rider)
        .get("/v1/rider/score/ledger")
        .then()
        .body("entries", hasSize(1))
        .body("entries[0].rule", equalTo("OT1"))
        .body("entries[0].zh", equalTo("超时5分钟以内"))
        .body("entries[0].facts.orderId", equalTo("o-" + order))
        .body("nextBefore", nullValue());
    asRider(rider)
        .get("/v1/rider/earnings")
        .then()
        .body("balanceFen", equalTo(650))
        .body("lines", hasSize(1));
    asRider(newRider()).get("/v1/rider/score/ledger").then().body("entries", hasSize(0));
  }

  @Test
  void example4OnTheRealLedgerAndPayIsUnchanged() {
    String rider = newRider();
    Instant yesterday = justNow().minus(Duration.ofDays(1));
    for (int i = 0; i < 20; i++) {
      send(late(unique(), rider, "a-1", yesterday.plusSeconds(i), 0));
    }
    awaitEntries(rider, 20);
    asRider(rider).get("/v1/rider/score").then().body("scoreMilliPoints", equalTo(72_000));
    send(late(unique(), rider, "a-1", justNow(), 300));
    awaitEntries(rider, 21);
    asRider(rider).get("/v1/rider/score").then().body("scoreMilliPoints", equalTo(71_000));
    send(late(unique(), rider, "a-1", justNow(), 301));
    awaitEntries(rider, 22);
    asRider(rider).get("/v1/rider/score").then().body("scoreMilliPoints", equalTo(69_000));
    assertThat(query("select distinct amount_fen from earnings_line where rider_id = ?", rider))
        .containsExactly("650");
    assertThat(count("select balance_fen from earnings_account where rider_id = ?", rider))
        .isEqualTo(22 * 650);
  }

  @Test
  void example12TheRuleSetInForceAtAcceptanceJudges() throws Exception {
    String milder =
        RuleSetFixture.v1Document()
            .replace("\"version\": \"v1\"", "\"version\": \"v2\"")
            .replace("-1000, \"lateUpTo", "-500, \"lateUpTo");
    Instant from = Instant.parse("2021-06-01T16:00:00Z");
    execute(
        "insert into score_rule_set (version, effective_from, document)"
            + " values ('v2', ?, cast(? as json)) on conflict do nothing",
        java.sql.Timestamp.from(from),
        milder);
    execute(
        "insert into score_rule_set (version, effective_from, document)"
            + " values ('v3', ?, cast(? as json)) on conflict do nothing",
        java.sql.Timestamp.from(from.plus(Duration.ofDays(1))),
        RuleSetFixture.v1Document().replace("\"version\": \"v1\"", "\"version\": \"v3\""));
    String rider = newRider();
    // JobFixture accepts 29 minutes before the deadline: once before, once after the change.
    Instant before = from.plus(Duration.ofMinutes(27));
    Instant after = from.plus(Duration.ofMinutes(31));
    // A loss older than 72 hours is no longer taken, so the ledger is asked, not the score.
    DeliveryFacts underV1 = DeliveryFacts.of(late("x", rider, "a-1", before.plusSeconds(180), 180));
    DeliveryFacts underV2 = DeliveryFacts.of(late("y", rider, "a-1", after.plusSeconds(180), 180));
    assertThat(ruleSetFor(underV1)).isEqualTo("v1");
    assertThat(ruleSetFor(underV2)).isEqualTo("v2");
    assertThat(DeliveryJudge.judge(rules("v1"), underV1).rule().milliPoints()).isEqualTo(-1_000);
    assertThat(DeliveryJudge.judge(rules("v2"), underV2).rule().milliPoints()).isEqualTo(-500);
  }

  @Inject RuleSets ruleSets;

  private String ruleSetFor(DeliveryFacts facts) {
    return tx.await(() -> tx.read(() -> ruleSets.getInForceAt(facts.acceptedAt()))).version();
  }

  private RuleSet rules(String version) {
    return tx.await(() -> tx.read(() -> ruleSets.getVersion(version)));
  }

  @Test
  void nothingIsTakenMoreThan72HoursAfterDelivery() {
    String rider = newRider();
    Instant old = Instant.now().minus(Duration.ofHours(73));
    send(late(unique(), rider, "a-1", old, 600));
    send(late(unique(), rider, "a-1", old.plusSeconds(1), 0));
    awaitEntries(rider, 1);
    drain();
    assertThat(query("select rule from score_entry where rider_id = ?", rider))
        .containsExactly("SM1");
    assertThat(count("select count(*) from earnings_line where rider_id = ?", rider)).isEqualTo(2);
  }

  @Test
  void weatherExemptsWhetherItsNewsComesBeforeOrAfterTheDelivery() {
    String rider = newRider();
    Instant from = Instant.now().minus(Duration.ofHours(2));
    String before = "a-" + unique();
    send(EventType.WEATHER_ALERT, before, 1, weather(before, 1, WeatherAlert.Level.RED, from));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> count("select count(*) from area_weather where area_id = ?", before) == 1);
    send(late(unique(), rider, before, justNow(), 1_200));
    awaitEntries(rider, 1);
    String after = "a-" + unique();
    String order = unique();
    send(late(order, rider, after, justNow(), 1_200));
    awaitEntries(rider, 2);
    asRider(rider).get("/v1/rider/score").then().body("scoreMilliPoints", equalTo(68_100));
    send(EventType.WEATHER_ALERT, after, 1, weather(after, 1, WeatherAlert.Level.ORANGE, from));
    awaitEntries(rider, 4);
    asRider(rider).get("/v1/rider/score").then().body("scoreMilliPoints", equalTo(70_200));
    asRider(rider)
        .get("/v1/rider/score/ledger?limit=3")
        .then()
        .body("entries.rule", contains("SM1", "OT2", "OT2"))
        .body("entries.milliPoints", contains(100, 2_000, -2_000))
        .body("entries.exemption", contains("E2", null, null));
  }

  @Test
  void aNewcomersFirstLateOrdersTakeNothing() {
    String rider = "r-" + unique();
    Map<String, Object> newcomer = new HashMap<>(profile());
    newcomer.remove("priorOrders");
    asManager().body(newcomer).put("/v1/riders/" + rider).then().statusCode(201);
    for (int i = 0; i < 4; i++) {
      send(late(unique(), rider, "a-1", justNow().plusSeconds(i), 600));
    }
    awaitEntries(rider, 4);
    asRider(rider)
        .get("/v1/rider/score")
        .then()
        .body("scoreMilliPoints", equalTo(68_000))
        .body("inputs.newcomerWaived", equalTo(3));
  }

  @Test
  void poisonIsParkedAndTheNextRidersEventStillWorks() {
    String rider = newRider();
    String bad = unique();
    JobState noPay =
        JobFixture.job(bad, rider, "a-1", 9, JobStatus.DELIVERED, justNow(), justNow(), null);
    send(noPay);
    String unknown = unique();
    send(late(unknown, "r-never-onboarded", "a-1", justNow(), 0));
    sendRaw("shanpai.job", "j-garbage-" + bad, "{not json");
    String next = newRider();
    send(late(unique(), next, "a-1", justNow(), 0));
    awaitEntries(next, 1);
    drain();
    assertThat(query("select reason from parked where key = ?", "j-" + bad))
        .singleElement()
        .asString()
        .contains("without rider, time or pay");
    assertThat(query("select reason from parked where key = ?", "j-" + unknown))
        .singleElement()
        .asString()
        .contains("unknown rider r-never-onboarded");
    assertThat(count("select count(*) from parked where key = ?", "j-garbage-" + bad)).isEqualTo(1);
    // Score and pay are one with the inbox: neither is there for the parked one.
    awaitEntries(rider, 0);
    assertThat(count("select count(*) from earnings_line where rider_id = ?", rider)).isZero();
  }

  @Test
  void aDeliveryInTheFutureIsParked() {
    String rider = newRider();
    String order = unique();
    send(late(order, rider, "a-1", Instant.now().plus(Duration.ofHours(2)), 0));
    drain();
    assertThat(query("select reason from parked where key = ?", "j-" + order))
        .singleElement()
        .asString()
        .contains("in the future");
  }

  @Test
  void theDatabaseItselfRefusesASecondRowForTheSameOrder() {
    String rider = newRider();
    String order = unique();
    send(late(order, rider, "a-1", justNow(), 200));
    awaitEntries(rider, 1);
    String copy =
        "insert into score_entry select ?, entry_no + 1, rider_id, account, subject, subject_kind,"
            + " 'OT2', kind, grp, revision, -2000, rule_set, business_date, occurred_at,"
            + " recorded_at, facts, facts_hash, exemption, actor, refers_to from score_entry"
            + " where rider_id = ?";
    assertThatThrownBy(() -> execute(copy, "se-" + order, rider))
        .hasMessageContaining("score_entry_once");
    String pay =
        "insert into earnings_line select ?, line_no + 1, rider_id, subject, kind, amount_fen,"
            + " business_date, occurred_at, recorded_at, revision from earnings_line"
            + " where rider_id = ?";
    assertThatThrownBy(() -> execute(pay, "el-" + order, rider))
        .hasMessageContaining("earnings_line_once");
  }

  @Test
  void theDatabaseItselfRefusesToTakeARowBackTwice() {
    String rider = newRider();
    String order = unique();
    send(late(order, rider, "a-1", justNow(), 200));
    awaitEntries(rider, 1);
    String twice =
        "insert into score_entry select ? || n, entry_no + n, rider_id, account, subject,"
            + " subject_kind, rule, kind, grp, revision + n, -points_mp, rule_set, business_date,"
            + " occurred_at, recorded_at, facts, facts_hash, exemption, actor, entry_id"
            + " from score_entry, generate_series(1, 2) n where rider_id = ?";
    assertThatThrownBy(() -> execute(twice, "se-" + order, rider))
        .hasMessageContaining("score_entry_taken_back_once");
    awaitEntries(rider, 1);
  }

  @Test
  void aDayIsClosedForWhoeverIsBehindAndForNobodyElse() {
    String rider = newRider();
    send(late(unique(), rider, "a-1", justNow().minus(Duration.ofDays(2)), 0));
    awaitEntries(rider, 1);
    LocalDate today = Instant.now().atZone(LedgerFixture.ZONE).toLocalDate();
    assertThat(unclosed(today.minusDays(1))).doesNotContain(rider);
    assertThat(unclosed(today)).contains(rider);
    tx.await(() -> tx.write(() -> accounts.closed(List.of(rider), today)));
    assertThat(unclosed(today)).doesNotContain(rider);
    assertThat(unclosed(today.plusDays(1))).contains(rider);
  }

  private List<String> unclosed(LocalDate day) {
    return tx.await(() -> tx.read(() -> accounts.unclosed(day, 100_000)));
  }

  @Test
  void theDatabaseRefusesToChangeOrRemoveARow() {
    String rider = newRider();
    send(late(unique(), rider, "a-1", justNow(), 200));
    awaitEntries(rider, 1);
    for (String sql :
        List.of(
            "update score_entry set points_mp = 0 where rider_id = ?",
            "delete from score_entry where rider_id = ?",
            "update earnings_line set amount_fen = 0 where rider_id = ?",
            "delete from earnings_line where rider_id = ?")) {
      assertThatThrownBy(() -> execute(sql, rider)).as(sql).hasMessageContaining("append-only");
    }
    for (String sql :
        List.of(
            "truncate score_entry cascade",
            "truncate earnings_line",
            "update score_rule_set set document = '{}'",
            "delete from score_rule_set where version = 'v1'")) {
      assertThatThrownBy(() -> execute(sql)).as(sql).hasMessageContaining("append-only");
    }
    assertThatThrownBy(
            () ->
                execute(
                    "insert into earnings_line values ('el-neg', 99, ?, 'x', 'BASE', -1,"
                        + " current_date, now(), now())",
                    rider))
        .hasMessageContaining("amount_fen");
  }

  @Test
  void anAccountThatIsNotTheSumOfItsEntriesIsFound() throws Exception {
    String rider = newRider();
    send(late(unique(), rider, "a-1", justNow(), 200));
    awaitEntries(rider, 1);
    tx.await(balance::checkSome);
    assertThat(balance.unbalanced()).doesNotContain(rider);
    execute("update score_account set sum_mp = sum_mp + 1 where rider_id = ?", rider);
    tx.await(balance::checkSome);
    assertThat(balance.unbalanced()).contains(rider);
    execute("update score_account set sum_mp = sum_mp - 1 where rider_id = ?", rider);
    tx.await(balance::checkSome);
    assertThat(balance.unbalanced()).doesNotContain(rider);
  }

  @Test
  void badPagingNamesItsField() {
    asRider("r-1")
        .get("/v1/rider/score/ledger?limit=0")
        .then()
        .statusCode(400)
        .body("field", equalTo("limit"));
  }
}
