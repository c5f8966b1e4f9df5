package org.shanpai.rider.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.microprofile.health.Readiness;
import org.junit.jupiter.api.Test;
import org.shanpai.chassis.City;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.event.Fault;
import org.shanpai.contracts.event.JobState.NoFaultDelay;
import org.shanpai.contracts.event.WeatherAlert;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.messaging.Tx;
import org.shanpai.rider.RiderServiceTestBase;

/** The worked examples of the score rules, by number, on the real ledger. */
@QuarkusTest
class WorkedExamplesIT extends RiderServiceTestBase {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Inject Tx tx;
  @Inject Intake intake;
  @Inject Rulings rulings;
  @Inject ScoreAsOf scores;
  @Inject Replay replay;
  @Inject AccountRows accounts;
  @Inject RuleSets ruleSets;
  @Inject Levels levels;
  @Inject @Readiness ScoreBalance balance;
  @Inject CityClock clock;
  @Inject City city;

  private <T> T in(Supplier<Uni<T>> work) {
    return tx.await(() -> tx.write(work));
  }

  /** The first moment of a business date; a delivery may lie ahead of the clock here. */
  private Instant day(int offset) {
    LocalDate date = city.businessDate(clock.now()).plusDays(offset);
    return date.atStartOfDay(city.zone()).toInstant().plusMillis(1);
  }

  private static DeliveryFacts facts(String rider, Instant at, long lateSeconds) {
    Instant due = at.minusSeconds(lateSeconds);
    return facts(rider, "o-" + unique(), at, due, null, null);
  }

  private static DeliveryFacts facts(
      String rider,
      String order,
      Instant at,
      Instant due,
      Instant plannedAtOffer,
      List<NoFaultDelay> delays) {
    return new DeliveryFacts(
        order,
        "j-" + order,
        rider,
        "a-" + rider,
        1,
        at.minus(Duration.ofMinutes(40)),
        at,
        due,
        due,
        plannedAtOffer,
        delays,
        0,
        null,
        WeatherAlert.Level.NONE,
        Fault.NONE,
        null,
        null);
  }

  private void deliver(DeliveryFacts... all) {
    String rider = all[0].riderId();
    in(
        () -> {
          Uni<Void> kept = Uni.createFrom().voidItem();
          for (DeliveryFacts facts : all) {
            kept = kept.chain(() -> intake.delivered(facts));
          }
          return kept;
        });
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> count("select count(*) from score_due where rider_id = ?", rider) == 0);
  }

  private void smooth(String rider, int times, Instant from) {
    List<DeliveryFacts> all = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      all.add(facts(rider, from.plusMillis(i), 0));
    }
    deliver(all.toArray(new DeliveryFacts[0]));
  }

  private double points(String rider) {
    return in(() -> scores.now(rider)).score().milliPoints() / 1000.0;
  }

  /** By the window kept beside the account, on another day. */
  private double pointsOn(String rider, LocalDate date) {
    return in(
            () ->
                accounts
                    .read(rider)
                    .chain(
                        account ->
                            ruleSets
                                .getInForceAt(clock.now())
                                .map(
                                    rules ->
                                        ServiceScore.on(date, rules, account.window())
                                            .milliPoints())))
        / 1000.0;
  }

  private Level level(String rider) {
    return in(() -> levels.on(rider, city.businessDate(clock.now())));
  }

  private List<String> rows(String rider) {
    return query(
        "select rule || ' ' || revision || ' ' || points_mp from score_entry"
            + " where rider_id = ? order by entry_no",
        rider);
  }

  /** And the window kept beside the account is the one the ledger gives. */
  private void replayAddsNothing(String rider) {
    assertThat(in(() -> replay.rider(rider)).added()).isEmpty();
    tx.await(() -> balance.checkWindow(rider));
    assertThat(balance.wrongWindows()).doesNotContain(rider);
  }

  private Ruling ruling(
      String rider, String rule, String order, String excuse, boolean person, Instant at) {
    String subject = order != null ? order : rule + "-" + unique();
    return new Ruling(
        rule + "-" + subject,
        1,
        rider,
        rule,
        order,
        subject,
        Ruling.Status.CONFIRMED,
        person ? "li.na" : "rules",
        person,
        at,
        null,
        null,
        null,
        excuse,
        null,
        "photo-1",
        "seen");
  }

  @Test
  void example1FifteenSmoothAndFortyFiveSmooth() {
    String rider = newRider();
    smooth(rider, 15, day(0));
    assertThat(points(rider)).isEqualTo(71.5);
    smooth(rider, 30, day(0).plusMillis(100));
    assertThat(points(rider)).isEqualTo(74.5);
    replayAddsNothing(rider);
  }

  @Test
  void example2ThreeHundredSmoothThenOneVeryLate() {
    String rider = newRider();
    smooth(rider, 300, day(0));
    assertThat(points(rider)).isEqualTo(100.0);
    deliver(facts(rider, day(0).plusSeconds(10), 301));
    assertThat(points(rider)).isEqualTo(97.9);
    replayAddsNothing(rider);
  }

  @Test
  void example3TheRewardBeginsStrictlyAbove75AndTomorrow() {
    String rider = newRider();
    smooth(rider, 50, day(-1));
    assertThat(points(rider)).isEqualTo(75.0);
    assertThat(level(rider).rewardFen()).isZero();
    asRider(rider).get("/v1/rider/score").then().body("reward", equalTo(false));
    smooth(rider, 1, day(-1).plusSeconds(10));
    assertThat(points(rider)).isEqualTo(75.1);
    assertThat(level(rider).rewardFen()).isEqualTo(10);
    assertThat(level(rider).milliPoints()).isEqualTo(75_100);
    String today = newRider();
    smooth(today, 51, day(0));
    assertThat(points(today)).isEqualTo(75.1);
    assertThat(level(today).rewardFen()).as("from tomorrow on").isZero();
    assertThat(query("select level_mp from rider where rider_id = ?", rider))
        .as("what dispatch is told")
        .containsExactly("75100");
  }

  @Test
  void example4FiveMinutesTakeOneAndASecondMoreTakesTwo() {
    String rider = newRider();
    smooth(rider, 20, day(-1));
    assertThat(points(rider)).isEqualTo(72.0);
    deliver(facts(rider, day(0), 300));
    assertThat(points(rider)).isEqualTo(71.0);
    deliver(facts(rider, day(0).plusSeconds(1), 301));
    assertThat(points(rider)).isEqualTo(69.0);
    replayAddsNothing(rider);
  }

  @Test
  void example5AComplaintAboutTheLatenessIsTheSameLateness() {
    String rider = newRider();
    DeliveryFacts late = facts(rider, day(0), 45 * 60);
    deliver(late);
    in(
        () ->
            rulings.record(
                ruling(rider, "CX2", late.orderId(), "LATENESS", true, late.deliveredAt())));
    assertThat(points(rider)).isEqualTo(68.0);
    assertThat(rows(rider)).containsExactly("OT2 1 -2000");
    replayAddsNothing(rider);
  }

  @Test
  void example6EvaluatedThreeTimesAndReorderedIsOneRow() {
    String rider = newRider();
    DeliveryFacts late = facts(rider, day(0), 200);
    deliver(late);
    deliver(late, late);
    execute2("insert into score_due (rider_id, about) values (?, ?), (?, ?)", rider, late);
    replayAddsNothing(rider);
    assertThat(rows(rider)).containsExactly("OT1 1 -1000");
    assertThat(points(rider)).isEqualTo(69.0);
  }

  private static void execute2(String sql, String rider, DeliveryFacts facts) {
    try {
      execute(sql, rider, facts.orderId(), rider, facts.orderId());
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void example7AMerchantTwelveMinutesLateCoversNineMinutes() {
    String rider = newRider();
    Instant at = day(0).plus(Duration.ofHours(1));
    Instant due = at.minus(Duration.ofMinutes(9));
    Instant atStore = at.minus(Duration.ofMinutes(30));
    deliver(
        facts(
            rider,
            "o-" + unique(),
            at,
            due,
            null,
            List.of(new NoFaultDelay("E1", atStore, atStore.plus(Duration.ofMinutes(12))))));
    assertThat(points(rider)).isEqualTo(70.1);
    assertThat(query("select exemption from score_entry where rider_id = ?", rider))
        .containsExactly("E1");
  }

  @Test
  void example8AnAppealStaysTheDeductionAndIsUpheldByAPerson() {
    String rider = newRider();
    DeliveryFacts late = facts(rider, day(-1), 400);
    deliver(late);
    String entry = query("select entry_id from score_entry where rider_id = ?", rider).get(0);
    assertThat(points(rider)).isEqualTo(68.0);
    assertThat(level(rider).milliPoints()).isEqualTo(68_000);
    in(() -> rulings.beginStay(rider, entry));
    ScoreAsOf.Standing stayed = in(() -> scores.now(rider));
    assertThat(stayed.score().milliPoints()).isEqualTo(68_000);
    assertThat(stayed.levelScoreMilliPoints()).isEqualTo(70_000);
    Instant before = clock.now();
    in(() -> rulings.overturn(rider, entry, "li.na", "the gate was shut"));
    in(() -> rulings.endStay(rider, entry));
    assertThat(points(rider)).isEqualTo(70.1);
    assertThat(rows(rider)).containsExactly("OT2 1 -2000", "OT2 2 2000", "SM1 1 100");
    assertThat(
            query(
                "select distinct cast(business_date as text) from score_entry where rider_id = ?",
                rider))
        .as("the original business date")
        .containsExactly(city.businessDate(late.deliveredAt()).toString());
    assertThat(
            query(
                "select distinct actor from score_entry where rider_id = ? and entry_no > 1",
                rider))
        .containsExactly("li.na");
    assertThat(level(rider).milliPoints()).as("topped up").isEqualTo(70_100);
    assertThat(in(() -> scores.at(rider, before.minusMillis(1))).score().milliPoints())
        .as("as of before the decision")
        .isEqualTo(68_000);
    replayAddsNothing(rider);
  }

  @Test
  void example9TheDaysLatenessIsCappedAlsoAfterAnAppeal() {
    String rider = newRider();
    DeliveryFacts[] late = new DeliveryFacts[4];
    for (int i = 0; i < 4; i++) {
      late[i] = facts(rider, day(0).plusSeconds(i), 600);
    }
    deliver(late);
    DeliveryFacts spilled = facts(rider, day(0).plusSeconds(9), 0);
    deliver(spilled);
    in(
        () ->
            rulings.record(
                ruling(rider, "CX1", spilled.orderId(), null, true, spilled.deliveredAt())));
    assertThat(points(rider)).isEqualTo(62.0);
    String entry =
        query(
                "select entry_id from score_entry where rider_id = ? and rule = 'OT2'"
                    + " order by entry_no limit 1",
                rider)
            .get(0);
    in(() -> rulings.overturn(rider, entry, "li.na", "wrong clock"));
    assertThat(points(rider)).isEqualTo(62.1);
    replayAddsNothing(rider);
  }

  @Test
  void example10ARedAlertExemptsFiveOrders() {
    String rider = newRider();
    String area = "a-" + rider;
    in(() -> intake.weatherChanged(weather(area, 1, WeatherAlert.Level.RED, day(-1))));
    DeliveryFacts[] late = new DeliveryFacts[5];
    for (int i = 0; i < 5; i++) {
      late[i] = facts(rider, day(0).plusSeconds(i), (20 + 5 * i) * 60L);
    }
    deliver(late);
    assertThat(points(rider)).isEqualTo(70.5);
    assertThat(query("select distinct exemption from score_entry where rider_id = ?", rider))
        .containsExactly("E2");
  }

  @Test
  void example11ALateOrderLeavesTheWindowByOrdersAndByDays() {
    String rider = newRider();
    deliver(facts(rider, day(0), 400));
    smooth(rider, 299, day(0).plusSeconds(1));
    assertThat(points(rider)).isEqualTo(97.9);
    smooth(rider, 1, day(0).plusSeconds(10));
    assertThat(points(rider)).isEqualTo(100.0);
    String idle = newRider();
    deliver(facts(idle, day(0), 400));
    LocalDate today = city.businessDate(clock.now());
    assertThat(pointsOn(idle, today.plusDays(60))).isEqualTo(68.0);
    assertThat(pointsOn(idle, today.plusDays(61))).isEqualTo(70.0);
  }

  @Test
  void example12TheRulesOfTheAcceptanceJudge() throws Exception {
    Instant midnight = Instant.parse("2030-12-31T16:00:00Z");
    execute(
        "insert into score_rule_set (version, effective_from, document)"
            + " values ('example-12', ?, cast(? as json)) on conflict do nothing",
        java.sql.Timestamp.from(midnight),
        RuleSetFixture.v1Document()
            .replace("\"version\": \"v1\"", "\"version\": \"example-12\"")
            .replace("-1000, \"lateUpTo", "-500, \"lateUpTo"));
    String rider = newRider();
    Instant at = midnight.plus(MINUTE.multipliedBy(20));
    DeliveryFacts before = accepted(facts(rider, at, 180), midnight.minus(MINUTE.multipliedBy(2)));
    deliver(before);
    LocalDate newYear = LocalDate.parse("2031-01-01");
    assertThat(pointsOn(rider, newYear)).isEqualTo(69.0);
    deliver(accepted(facts(rider, at.plusSeconds(1), 180), midnight));
    assertThat(pointsOn(rider, newYear)).isEqualTo(68.5);
    assertThat(
            query("select rule_set from score_entry where rider_id = ? order by entry_no", rider))
        .last()
        .isEqualTo("example-12");
  }

  private static DeliveryFacts accepted(DeliveryFacts f, Instant at) {
    return new DeliveryFacts(
        f.orderId(),
        f.jobId(),
        f.riderId(),
        f.areaId(),
        f.version(),
        at,
        f.deliveredAt(),
        f.promiseEnd(),
        f.riderDeadline(),
        null,
        null,
        0,
        null,
        f.worstWeather(),
        f.fault(),
        null,
        null);
  }

  @Test
  void example13OneSlowKitchenCountsForEveryOrderAboard() {
    String rider = newRider();
    Instant at = day(0).plus(Duration.ofHours(2));
    Instant kitchen = at.minus(Duration.ofMinutes(35));
    NoFaultDelay ofA = new NoFaultDelay("E1", kitchen, kitchen.plus(Duration.ofMinutes(12)));
    NoFaultDelay same =
        new NoFaultDelay("E1", kitchen.plus(MINUTE), kitchen.plus(Duration.ofMinutes(12)));
    DeliveryFacts b =
        facts(
            rider, "o-" + unique(), at, at.minus(Duration.ofMinutes(9)), null, List.of(ofA, same));
    assertThat(b.compensation()).isEqualTo(Duration.ofMinutes(12).toMillis());
    deliver(b);
    assertThat(points(rider)).isEqualTo(70.1);
  }

  @Test
  void aSevereViolationDoesNothingUntilANamedPersonConfirmsIt() {
    String rider = newRider();
    Ruling confirmed = ruling(rider, "SV2", null, null, true, day(0));
    Ruling proposed =
        new Ruling(
            confirmed.rulingId(),
            1,
            rider,
            "SV2",
            null,
            confirmed.subject(),
            Ruling.Status.PROPOSED,
            "rules",
            false,
            day(0),
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    in(() -> rulings.record(proposed));
    assertThat(points(rider)).isEqualTo(70.0);
    Ruling byNobody = ruling(rider, "SV2", null, null, false, day(0));
    assertThatThrownBy(() -> in(() -> rulings.record(byNobody)))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("named person");
    in(() -> rulings.record(revised(confirmed, 2)));
    assertThat(points(rider)).isEqualTo(50.0);
    in(() -> rulings.record(revised(confirmed, 2)));
    assertThat(rows(rider)).containsExactly("SV2 1 -20000");
    replayAddsNothing(rider);
  }

  private static Ruling revised(Ruling r, long revision) {
    return new Ruling(
        r.rulingId(),
        revision,
        r.riderId(),
        r.rule(),
        r.orderId(),
        r.subject(),
        r.status(),
        r.actor(),
        r.person(),
        r.occurredAt(),
        r.judgedBy(),
        r.endedAt(),
        r.areaId(),
        r.excuse(),
        r.counterpart(),
        r.evidence(),
        r.reasons());
  }

  @Test
  void aPlanThatWasLateWhenOfferedIsThePlatformsLateness() {
    String rider = newRider();
    Instant at = day(0).plus(Duration.ofHours(1));
    Instant due = at.minus(Duration.ofMinutes(30));
    deliver(facts(rider, "o-" + unique(), at, due, due.plusMillis(1), null));
    assertThat(rows(rider)).containsExactly("SM1 1 100");
    assertThat(query("select exemption from score_entry where rider_id = ?", rider))
        .containsExactly("E6");
  }

  @Test
  void theExplanationTellsEveryRowTheWeightsAndTheWayUp() {
    String rider = newRider();
    smooth(rider, 20, day(0));
    deliver(facts(rider, day(0).plusSeconds(5), 200));
    asRider(rider)
        .get("/v1/rider/score/explanation")
        .then()
        .statusCode(200)
        .body("score.scoreMilliPoints", equalTo(71_000))
        .body("smoothOrders", equalTo(20))
        .body("entries.size()", equalTo(1))
        .body("entries[0].effect", equalTo("COUNTS"))
        .body("entries[0].entry.rule", equalTo("OT1"))
        .body("entries[0].entry.facts.riderId", equalTo(rider))
        .body(
            "entries[0].leavesOn", equalTo(city.businessDate(clock.now()).plusDays(61).toString()))
        .body("entries[0].leavesAfterOrders", equalTo(300))
        .body("next.band", equalTo("GOOD"))
        .body("next.goodDeliveries", equalTo(41))
        .body("weights.dispatchShareMillis", equalTo(30));
    smooth(rider, 41, day(0).plusSeconds(10));
    assertThat(points(rider)).isGreaterThan(75.0);
    asManager()
        .get("/v1/riders/" + rider + "/score?at=2020-01-01T00:00:00Z")
        .then()
        .statusCode(200)
        .body("score.scoreMilliPoints", equalTo(70_000))
        .body("entries.size()", equalTo(0));
    asManager()
        .get("/v1/riders/" + rider + "/score?at=2090-01-01T00:00:00Z")
        .then()
        .statusCode(422)
        .body("field", equalTo("at"));
    asRider(newRider()).get("/v1/riders/" + rider + "/score").then().statusCode(403);
  }
}
