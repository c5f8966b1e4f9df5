package org.shanpai.rider.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.Money;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.Settlement;

/** The campaign checks of the score rules, by name, against real PostgreSQL and Kafka. */
@QuarkusTest
class CampaignIT extends CampaignFixture {

  @Test
  void hundredAndFortyOrdersDoNotQualifyAndHundredAndFortyOneDo() throws Exception {
    String campaign = presetA("a-" + unique(), 10);
    String rider = person();
    Enrolment reserved = signUp(campaign, rider, null, IN_TIME);
    handIn(campaign, rider, 140);
    assertThatThrownBy(
            () ->
                in(
                    () ->
                        proofs.decide(
                            reserved.enrolmentId(),
                            new Proofs.Decision(true, 140, "140 counted"),
                            "boss",
                            IN_TIME)))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.slug()).isEqualTo("not-enough-orders"));
    assertThat(state(reserved.enrolmentId())).isEqualTo("RESERVED");
    in(
        () ->
            proofs.decide(
                reserved.enrolmentId(),
                new Proofs.Decision(true, 141, "141 counted"),
                "boss",
                IN_TIME));
    assertThat(state(reserved.enrolmentId())).isEqualTo("VERIFIED");
    assertThat(
            query(
                "select cast(document is null as text) || decided_by from campaign_proof"
                    + " where enrolment_id = ?",
                reserved.enrolmentId()))
        .containsExactly("trueboss");
  }

  @Test
  void signUpAt28December235959999IsInAnd29December0000IsOut() throws Exception {
    String campaign = presetA("a-" + unique(), 10);
    assertThat(signUp(campaign, person(), null, IN_TIME).state())
        .isEqualTo(Enrolment.State.RESERVED);
    String late = person();
    assertThatThrownBy(() -> signUp(campaign, late, null, TOO_LATE))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.slug()).isEqualTo("sign-up-closed"));
    assertThatThrownBy(() -> signUp(campaign, late, null, time("2025-12-25T23:59:59.999+08:00")))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.slug()).isEqualTo("not-open-yet"));
    assertThat(signUp(campaign, late, null, time("2025-12-26T00:00:00+08:00")).state())
        .isEqualTo(Enrolment.State.RESERVED);
  }

  @Test
  void quotaOneWithTwoAtOnceOneIsReservedAndOneWaitsAndARejectedProofPromotes() throws Exception {
    String campaign = presetA("a-" + unique(), 1);
    List<String> riders = List.of(person(), person());
    List<Enrolment> both = atOnce(campaign, riders);
    assertThat(both.stream().map(Enrolment::state))
        .containsExactlyInAnyOrder(Enrolment.State.RESERVED, Enrolment.State.APPLIED);
    Enrolment first =
        both.stream().filter(e -> e.state() == Enrolment.State.RESERVED).findFirst().orElseThrow();
    Enrolment second =
        both.stream().filter(e -> e.state() == Enrolment.State.APPLIED).findFirst().orElseThrow();
    handIn(campaign, first.riderId(), 90);
    in(
        () ->
            proofs.decide(
                first.enrolmentId(), new Proofs.Decision(false, 90, "too few"), "boss", IN_TIME));
    assertThat(state(first.enrolmentId())).isEqualTo("REJECTED");
    assertThat(state(second.enrolmentId())).isEqualTo("RESERVED");
    assertThat(
            query(
                "select used || '/' || waiting from campaign_places where campaign_id = ?",
                campaign))
        .containsExactly("1/0");
  }

  @Test
  void fiveHundredAtOnceForFiftyPlacesAreExactlyFifty() throws Exception {
    String campaign = presetA("a-" + unique(), 50);
    String mark = unique();
    execute(
        "insert into rider (rider_id, city_id, version, label, name, phone, pool, capacity_units,"
            + " equipment, prior_orders, level_mp, active, secret_hash, created_at)"
            + " select 'r-' || ? || '-' || n, 'city-1', 1, 'x', 'x', '137' || (10000000 + n),"
            + " 'CROWDSOURCED', 8, '', 0, 70000, true, 'x', now() from generate_series(1, 500) n",
        mark);
    execute(
        "insert into rider_device (rider_id, device_hash, bound_at) select 'r-' || ? || '-' || n,"
            + " ? || n, now() from generate_series(1, 500) n",
        mark,
        mark);
    List<String> riders = new ArrayList<>();
    for (int n = 1; n <= 500; n++) {
      riders.add("r-" + mark + "-" + n);
    }
    Collections.shuffle(riders, new java.util.Random(7));
    List<Enrolment> all = atOnce(campaign, riders);
    assertThat(all.stream().filter(e -> e.state() == Enrolment.State.RESERVED)).hasSize(50);
    assertThat(all.stream().filter(e -> e.state() == Enrolment.State.APPLIED)).hasSize(450);
    assertThat(
            query(
                "select used || '/' || waiting from campaign_places where campaign_id = ?",
                campaign))
        .containsExactly("50/450");
  }

  @Test
  void onePersonTakesPartOnceWhateverAccountTheyUse() throws Exception {
    String campaign = presetA("a-" + unique(), 10);
    String rider = person();
    Enrolment first = signUp(campaign, rider, null, IN_TIME);
    assertThat(signUp(campaign, rider, null, IN_TIME).enrolmentId()).isEqualTo(first.enrolmentId());
    String samePayout = person();
    assertThatThrownBy(
            () ->
                in(
                    () ->
                        enrolments.signUp(
                            campaign,
                            samePayout,
                            new Enrolments.SignUp("ACCOUNT" + rider, null),
                            IN_TIME)))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.slug()).isEqualTo("person-signed-up"));
    String samePhone = "r-" + unique();
    Map<String, Object> profile = new HashMap<>(profile());
    profile.put("phone", query("select phone from rider where rider_id = ?", rider).get(0));
    asManager().body(profile).put("/v1/riders/" + samePhone).then().statusCode(201);
    phone(samePhone, "a device of " + samePhone);
    assertThatThrownBy(() -> signUp(campaign, samePhone, null, IN_TIME))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.slug()).isEqualTo("person-signed-up"));
    assertThat(query("select used from campaign_places where campaign_id = ?", campaign))
        .containsExactly("1");
  }

  @Test
  void theInviterIsFixedAtSignUpAndIsNotTheRider() throws Exception {
    String campaign = presetA("a-" + unique(), 10);
    String rider = person();
    assertThatThrownBy(() -> signUp(campaign, rider, rider, IN_TIME))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.slug()).isEqualTo("inviter-is-rider"));
    String inviter = person();
    signUp(campaign, rider, inviter, IN_TIME);
    assertThat(signUp(campaign, rider, person(), IN_TIME).inviterId()).isEqualTo(inviter);
  }

  @Test
  void settlementReplayedThreeTimesPays3000And1000OnceAfterAHoldOfSevenDays() throws Exception {
    String area = "a-" + unique();
    String campaign = presetA(area, 10);
    String rider = person();
    String inviter = person();
    Enrolment enrolment = verified(campaign, rider, inviter);
    LocalDate monday = firstMonday();
    assertThat(enrolment.nextMonday()).isEqualTo(monday).isEqualTo("2025-12-29");
    for (int week = 0; week < 4; week++) {
      ride(rider, area, monday.plusWeeks(week), 24);
    }
    LocalDate end = monday.plusWeeks(4);
    in(() -> weeks.advance(start(end).plus(Duration.ofHours(25))));
    assertThat(state(enrolment.enrolmentId())).isEqualTo("COMPLETED");
    in(() -> milestones.post(start(end.plusDays(7)).minusMillis(1), 1_000));
    assertThat(paid(rider)).isEmpty();
    for (int replay = 0; replay < 3; replay++) {
      in(() -> weeks.advance(start(end.plusDays(7))));
    }
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              assertThat(paid(rider)).containsExactly("300000");
              assertThat(paid(inviter)).containsExactly("100000");
            });
    assertThat(state(enrolment.enrolmentId())).isEqualTo("SETTLED");
    for (int replay = 0; replay < 3; replay++) {
      send(
          EventType.SETTLEMENT,
          rider,
          0,
          new Settlement(
              "cs-again-" + replay,
              CityId.of("city-1"),
              RiderId.of(rider),
              Settlement.Kind.CAMPAIGN,
              enrolment.enrolmentId() + "#COMPLETED",
              Money.ofFen(300_000),
              end,
              Instant.now()));
    }
    send(
        EventType.SETTLEMENT,
        rider,
        0,
        new Settlement(
            "cs-last",
            CityId.of("city-1"),
            RiderId.of(rider),
            Settlement.Kind.WELFARE,
            "last",
            Money.ofFen(1),
            end,
            Instant.now()));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                count(
                        "select count(*) from earnings_line where rider_id = ? and kind = 'WELFARE'",
                        rider)
                    == 1);
    assertThat(paid(rider)).containsExactly("300000");
    asRider(rider)
        .get("/v1/rider/campaigns/" + campaign + "/enrolment")
        .then()
        .statusCode(200)
        .body("state", equalTo("SETTLED"))
        .body("weeksRidden.outcome", equalTo(List.of("MET", "MET", "MET", "MET")))
        .body("payments.amountFen", equalTo(List.of(300_000)));
    assertThatThrownBy(
            () ->
                execute(
                    "insert into campaign_settlement select 'cs-x' || ?, enrolment_id, milestone,"
                        + " payee, amount_fen, due_at, null from campaign_settlement"
                        + " where enrolment_id = ?",
                    unique(),
                    enrolment.enrolmentId()))
        .hasMessageContaining("campaign_settlement_once");
  }

  @Test
  void leaveAndRedWeatherFreezeTheStreakAndAMissedWeekEndsIt() throws Exception {
    String area = "a-" + unique();
    String campaign = presetA(area, 10);
    String rider = person();
    Enrolment enrolment = verified(campaign, rider, null);
    LocalDate monday = firstMonday();
    ride(rider, area, monday, 24);
    execute(
        "insert into rider_leave (leave_id, rider_id, kind, first_day, last_day, state, asked_at,"
            + " decided_at, decided_by, reasons) values (?, ?, 'FAMILY', cast(? as date),"
            + " cast(? as date), 'GRANTED', now(), now(), 'boss', 'of course')",
        unique(),
        rider,
        monday.plusDays(7).toString(),
        monday.plusDays(9).toString());
    execute(
        "insert into area_weather (area_id, version, level, from_at) values (?, 1, 'RED', ?),"
            + " (?, 2, 'NONE', ?)",
        area,
        java.sql.Timestamp.from(start(monday.plusDays(15))),
        area,
        java.sql.Timestamp.from(start(monday.plusDays(16))));
    ride(rider, area, monday.plusWeeks(3), 23);
    in(() -> weeks.advance(start(monday.plusWeeks(4)).plus(Duration.ofHours(25))));
    assertThat(
            query(
                "select outcome || coalesce(' ' || why, '') from campaign_week"
                    + " where enrolment_id = ? order by monday",
                enrolment.enrolmentId()))
        .containsExactly("MET", "FROZEN LEAVE", "FROZEN RED_WEATHER", "MISSED");
    assertThat(state(enrolment.enrolmentId())).isEqualTo("FAILED");
    assertThat(
            count(
                "select count(*) from campaign_settlement where enrolment_id = ?",
                enrolment.enrolmentId()))
        .isZero();
  }

  @Test
  void redWeatherFreezesAWeekToItsFirstMomentAndNotAMomentBefore() throws Exception {
    LocalDate monday = firstMonday();
    String touching = "a-" + unique();
    String reaching = "a-" + unique();
    for (String area : List.of(touching, reaching)) {
      execute(
          "insert into area_weather (area_id, version, level, from_at) values (?, 1, 'RED', ?),"
              + " (?, 2, 'NONE', ?)",
          area,
          java.sql.Timestamp.from(start(monday.minusDays(1))),
          area,
          java.sql.Timestamp.from(start(monday).plusMillis(area.equals(reaching) ? 1 : 0)));
    }
    assertThat(oneEmptyWeek(touching)).isEqualTo("MISSED");
    assertThat(oneEmptyWeek(reaching)).isEqualTo("FROZEN");
  }

  private String oneEmptyWeek(String area) throws Exception {
    String campaign = presetA(area, 10);
    Enrolment enrolment = verified(campaign, person(), null);
    in(() -> weeks.advance(start(firstMonday().plusWeeks(1)).plus(Duration.ofHours(25))));
    return query(
            "select outcome from campaign_week where enrolment_id = ?", enrolment.enrolmentId())
        .get(0);
  }

  @Test
  void weeksBeginWithTheFirstMondayAfterTheVerificationEvenOnAMonday() {
    LocalDate monday = firstMonday();
    assertThat(proofs.firstMonday(start(monday).minusMillis(1))).isEqualTo(monday);
    assertThat(proofs.firstMonday(start(monday))).isEqualTo(monday.plusWeeks(1));
    assertThat(proofs.firstMonday(start(monday.plusDays(6)))).isEqualTo(monday.plusWeeks(1));
  }

  @Test
  void aWeekWaitsADayForOrdersToldLate() throws Exception {
    String area = "a-" + unique();
    String campaign = presetA(area, 10);
    String rider = person();
    Enrolment enrolment = verified(campaign, rider, null);
    Instant end = start(firstMonday().plusWeeks(1));
    in(() -> weeks.advance(end.plus(Duration.ofHours(24)).minusMillis(1)));
    assertThat(state(enrolment.enrolmentId())).isEqualTo("WEEK");
    ride(rider, area, firstMonday(), 24);
    in(() -> weeks.advance(end.plus(Duration.ofHours(24))));
    assertThat(
            query(
                "select outcome from campaign_week where enrolment_id = ?",
                enrolment.enrolmentId()))
        .containsExactly("MET");
  }

  /** The moment between finding no place and joining the queue, in which one was given back. */
  @Test
  void theQueueIsJoinedOnlyWhileThereIsNoPlace() throws Exception {
    String campaign = presetA("a-" + unique(), 1);
    assertThat(in(() -> tx.write(() -> rows.queue(campaign)))).isFalse();
    assertThat(in(() -> tx.write(() -> rows.takePlace(campaign)))).isTrue();
    assertThat(in(() -> tx.write(() -> rows.takePlace(campaign)))).isFalse();
    assertThat(in(() -> tx.write(() -> rows.queue(campaign)))).isTrue();
  }

  @Test
  void nobodyWaitsBesideAFreePlaceHoweverOneLeavesAndAnotherComes() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < 25; round++) {
        String campaign = presetA("a-" + unique(), 1);
        String leaver = person();
        String comer = person();
        signUp(campaign, leaver, null, IN_TIME);
        Future<?> leaves =
            pool.submit(() -> in(() -> enrolments.withdraw(campaign, leaver, IN_TIME)));
        Future<?> comes = pool.submit(() -> signUp(campaign, comer, null, IN_TIME));
        leaves.get();
        comes.get();
        assertThat(in(() -> enrolments.get(campaign, comer)).enrolment().state())
            .as("round " + round)
            .isEqualTo(Enrolment.State.RESERVED);
        assertThat(
                query(
                    "select used || '/' || waiting from campaign_places where campaign_id = ?",
                    campaign))
            .containsExactly("1/0");
      }
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void aPlaceWithoutAProofGoesToTheNextOne() throws Exception {
    String campaign = presetA("a-" + unique(), 1);
    Enrolment first = signUp(campaign, person(), null, time("2025-12-26T00:00:00+08:00"));
    Enrolment second = signUp(campaign, person(), null, time("2025-12-26T00:00:01+08:00"));
    in(() -> enrolments.expire(time("2026-01-02T00:00:00+08:00"), 1_000));
    assertThat(state(first.enrolmentId())).isEqualTo("FAILED");
    assertThat(state(second.enrolmentId())).isEqualTo("RESERVED");
  }

  @Test
  void aManagerPublishesARiderSignsUpAndHandsInAndANamedPersonDecides() {
    String campaign = "c-" + unique();
    Map<String, Object> terms = openNow("a-1");
    asManager().body(terms).put("/v1/campaigns/" + campaign).then().statusCode(201);
    asManager().body(terms).put("/v1/campaigns/" + campaign).then().statusCode(200);
    terms.put("rewardFen", 1);
    asManager()
        .body(terms)
        .put("/v1/campaigns/" + campaign)
        .then()
        .statusCode(409)
        .body("type", org.hamcrest.Matchers.containsString("campaign-taken"));
    terms.put("rewardFen", -1);
    asManager()
        .body(terms)
        .put("/v1/campaigns/c-" + unique())
        .then()
        .statusCode(400)
        .body("field", equalTo("rewardFen"));
    String rider = person();
    String mine = "/v1/rider/campaigns/" + campaign;
    asRider(rider).get(mine + "/enrolment").then().statusCode(404);
    asRider(rider)
        .get("/v1/rider/campaigns")
        .then()
        .body("campaigns.campaignId", hasItem(campaign));
    String enrolment =
        asRider(rider)
            .body(Map.of("payoutAccount", "account-" + rider))
            .put(mine + "/enrolment")
            .then()
            .statusCode(201)
            .body("state", equalTo("RESERVED"))
            .extract()
            .path("enrolmentId");
    asRider(rider)
        .body(Map.of("payoutAccount", "account-" + rider))
        .put(mine + "/enrolment")
        .then()
        .statusCode(200);
    String proof = mine + "/proof?orders=141&consent=";
    csv(rider, "date,orders\n2025-12-15,141").put(proof + "false").then().statusCode(400);
    csv(rider, "date,orders,password\n2025-12-15,141,x")
        .put(proof + "true")
        .then()
        .statusCode(422)
        .body("type", org.hamcrest.Matchers.containsString("credentials"));
    csv(rider, "date,customer,orders\n2025-12-15,李雷,141")
        .put(proof + "true")
        .then()
        .statusCode(200);
    String desk = "/v1/campaign-proofs/" + enrolment;
    asManager().get("/v1/campaign-proofs").then().body("proofs.enrolmentId", hasItem(enrolment));
    assertThat(asManager().accept("text/csv").get(desk + "/document").asString())
        .isEqualTo("date,orders\n2025-12-15,141");
    Map<String, Object> decision =
        Map.of("accepted", true, "countedOrders", 141, "reasons", "141 counted");
    asRider(rider).body(decision).put(desk + "/decision").then().statusCode(403);
    asManager()
        .body(decision)
        .put(desk + "/decision")
        .then()
        .statusCode(200)
        .body("state", equalTo("VERIFIED"))
        .body("decidedBy", equalTo("boss"));
    asManager().body(decision).put(desk + "/decision").then().statusCode(200);
    asManager()
        .body(Map.of("accepted", false, "countedOrders", 141, "reasons", "no"))
        .put(desk + "/decision")
        .then()
        .statusCode(409);
    asManager().accept("text/csv").get(desk + "/document").then().statusCode(404);
    asRider(rider)
        .get(mine + "/enrolment")
        .then()
        .body("state", equalTo("VERIFIED"))
        .body("proofUntil", nullValue())
        .body("payments", hasSize(0));
  }

  private static io.restassured.specification.RequestSpecification csv(String rider, String body) {
    return io.restassured.RestAssured.given()
        .header("Authorization", "Bearer " + token("rider-service", rider, "rider"))
        .contentType("text/csv; charset=UTF-8")
        .body(body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }
}
