package org.shanpai.rider.appeal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.shanpai.chassis.City;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.messaging.Tx;
import org.shanpai.rider.RiderServiceTestBase;
import org.shanpai.rider.score.Ruling;
import org.shanpai.rider.score.Rulings;

/** Appeals through the API, on the real ledger. */
@QuarkusTest
class AppealIT extends RiderServiceTestBase {

  @Inject City city;
  @Inject Tx tx;
  @Inject Rulings rulings;
  @Inject AppealPictures pictures;

  private static RequestSpecification manager(String name) {
    return as("control-room", name, Roles.MANAGER);
  }

  private static ValidatableResponse decide(
      String who, String appeal, String outcome, String reasons) {
    return manager(who)
        .body(Map.of("outcome", outcome, "reasons", reasons))
        .put("/v1/appeals/" + appeal + "/decision")
        .then();
  }

  private static ValidatableResponse file(String rider, String entry) {
    return asRider(rider)
        .header("Idempotency-Key", "k-" + unique())
        .body(Map.of("entryId", entry, "grounds", "The gate was shut"))
        .post("/v1/rider/appeals")
        .then();
  }

  private static int score(String rider) {
    return asRider(rider).get("/v1/rider/score").then().extract().path("scoreMilliPoints");
  }

  private static void replayAddsNothing(String rider) {
    asManager()
        .post("/v1/riders/" + rider + "/score/replay")
        .then()
        .statusCode(200)
        .body("corrections.size()", equalTo(0));
  }

  private static List<String> standing(String rider) {
    return query(
        "select rule || ' ' || points_mp || ' ' || business_date from score_entry e"
            + " where rider_id = ? and refers_to is null and not exists"
            + " (select 1 from score_entry b where b.refers_to = e.entry_id)"
            + " order by occurred_at, rule",
        rider);
  }

  private static void vote(String rider, String appeal, String vote, int status) {
    asRider(rider)
        .body(Map.of("vote", vote, "reasons", "The picture says enough"))
        .put("/v1/rider/appeal-seats/" + appeal + "/vote")
        .then()
        .statusCode(status);
  }

  private static String state(String appeal) {
    return query(
            "select state || ' ' || coalesce(decided_how, '') from appeal where appeal_id = ?",
            appeal)
        .get(0)
        .strip();
  }

  private static void timeIsOver(String appeal) throws SQLException {
    execute(
        "update appeal set due_at = now() - interval '1 millisecond' where appeal_id = ?", appeal);
  }

  @Test
  void example8ADeductionIsStayedAndTakenBackByAPerson() {
    String rider = newRider();
    String twin = newRider();
    Instant yesterday = Instant.now().minus(Duration.ofHours(25));
    AppealFixture.deliver(rider, "e8" + unique(), 400, yesterday);
    AppealFixture.deliver(twin, "e8" + unique(), 0, yesterday);
    await().atMost(Duration.ofSeconds(20)).until(() -> score(rider) == 68_000);
    await().atMost(Duration.ofSeconds(20)).until(() -> score(twin) == 70_100);
    String entry = query("select entry_id from score_entry where rider_id = ?", rider).get(0);
    String appeal = AppealFixture.filed(rider, entry);
    asRider(rider)
        .get("/v1/rider/score")
        .then()
        .body("scoreMilliPoints", equalTo(68_000))
        .body("levelScoreMilliPoints", equalTo(70_000));
    decide("li.na", appeal, "ACCEPT", "The gate was shut")
        .statusCode(200)
        .body("appeal.state", equalTo("ACCEPTED"))
        .body("appeal.decision.by", equalTo("li.na"));
    assertThat(score(rider)).isEqualTo(70_100);
    assertThat(query("select rule from score_entry where rider_id = ? order by entry_no", rider))
        .containsExactly("OT2", "OT2", "SM1");
    assertThat(standing(rider))
        .as("what a replay with the corrected facts gives, on the day itself")
        .isEqualTo(standing(twin));
    assertThat(level(rider)).as("yesterday's closing is raised too").isEqualTo(level(twin));
    replayAddsNothing(rider);
    decide("li.na", appeal, "ACCEPT", "The gate was shut").statusCode(200);
    assertThat(count("select count(*) from score_entry where rider_id = ?", rider)).isEqualTo(3);
    assertThat(
            query(
                "select body::json->>'state' from rider_message where rider_id = ?"
                    + " and type = 'appeal' order by seq",
                rider))
        .containsExactly("FILED", "ACCEPTED");
  }

  @Test
  void anUpheldAppealTopsUpTheRewardOfTheDayAfter() {
    String rider = newRider();
    Instant dayBefore = Instant.now().minus(Duration.ofHours(49));
    AppealFixture.deliver(rider, "tu" + unique(), 400, dayBefore);
    await().atMost(Duration.ofSeconds(20)).until(() -> score(rider) == 68_000);
    for (int i = 0; i < 51; i++) {
      AppealFixture.deliver(rider, "tu" + unique(), 0, dayBefore.plusSeconds(i + 1));
    }
    await().atMost(Duration.ofSeconds(30)).until(() -> score(rider) == 73_100);
    AppealFixture.deliver(rider, "tu" + unique(), 0, Instant.now().minus(Duration.ofHours(25)));
    await().atMost(Duration.ofSeconds(30)).until(() -> score(rider) == 73_200);
    await().atMost(Duration.ofSeconds(30)).until(() -> earned(rider, "BASE").size() == 53);
    assertThat(earned(rider, "LEVEL_REWARD")).isEmpty();
    String entry =
        query("select entry_id from score_entry where rider_id = ? and rule = 'OT2'", rider).get(0);
    decide("li.na", AppealFixture.filed(rider, entry), "ACCEPT", "The gate was shut")
        .statusCode(200);
    // 75.2 held on the day after, with one order.
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(earned(rider, "LEVEL_REWARD")).containsExactly(10));
    assertThat(earned(rider, "BASE")).hasSize(53).containsOnly(500);
  }

  private static List<Integer> earned(String rider, String kind) {
    return asRider(rider)
        .get("/v1/rider/earnings?limit=200")
        .then()
        .extract()
        .path("lines.findAll { it.kind == '" + kind + "' }.amountFen");
  }

  private static int level(String rider) {
    return asRider(rider).get("/v1/rider/score").then().extract().path("level.milliPoints");
  }

  @Test
  void example9OneOfFourLateOrdersOfADayIsTakenBack() {
    String rider = newRider();
    List<String> late = AppealFixture.late(rider, 4);
    String order = "e9" + unique();
    Instant at = Instant.now().minusSeconds(30);
    AppealFixture.deliver(rider, order, 0, at);
    tx.await(
        () ->
            rulings.record(
                new Ruling(
                    "cx-" + order,
                    1,
                    rider,
                    "CX1",
                    "o-" + order,
                    "o-" + order,
                    Ruling.Status.CONFIRMED,
                    "li.na",
                    true,
                    at,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    "spilled")));
    await().atMost(Duration.ofSeconds(20)).until(() -> score(rider) == 62_000);
    decide("li.na", AppealFixture.filed(rider, late.get(0)), "ACCEPT", "Wrong clock")
        .statusCode(200);
    assertThat(score(rider)).isEqualTo(62_100);
    replayAddsNothing(rider);
  }

  @Test
  void aComplaintsDeductionIsTakenBackAndNotJudgedByWhoTookIt() {
    String rider = newRider();
    String order = "cx" + unique();
    Instant at = Instant.now().minusSeconds(30);
    AppealFixture.deliver(rider, order, 0, at);
    tx.await(
        () ->
            rulings.record(
                new Ruling(
                    "cx-" + order,
                    1,
                    rider,
                    "CX2",
                    "o-" + order,
                    "o-" + order,
                    Ruling.Status.CONFIRMED,
                    "li.na",
                    true,
                    at,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    "rude at the door")));
    await().atMost(Duration.ofSeconds(20)).until(() -> score(rider) == 68_000);
    String entry =
        query("select entry_id from score_entry where rider_id = ? and rule = 'CX2'", rider).get(0);
    String appeal = AppealFixture.filed(rider, entry);
    decide("li.na", appeal, "ACCEPT", "I was wrong")
        .statusCode(409)
        .body("type", containsString("own-ruling"));
    decide("zhou.min", appeal, "ACCEPT", "The door's camera").statusCode(200);
    assertThat(score(rider)).isEqualTo(70_100);
    replayAddsNothing(rider);
  }

  @Test
  void whatIsNotOnesOwnIsNotThereAndARowIsAppealedOnce() {
    String rider = newRider();
    String other = newRider();
    String entry = AppealFixture.late(rider, 1).get(0);
    file(other, entry).statusCode(404);
    file(rider, "se-none").statusCode(404);
    RequestSpecification request =
        asRider(rider)
            .header("Idempotency-Key", "same")
            .body(Map.of("entryId", entry, "grounds", "x"));
    String appeal =
        request.post("/v1/rider/appeals").then().statusCode(201).extract().path("appealId");
    request.post("/v1/rider/appeals").then().statusCode(201).body("appealId", equalTo(appeal));
    file(rider, entry).statusCode(409).body("type", containsString("appeal-exists"));
    asRider(other).get("/v1/rider/appeals/" + appeal).then().statusCode(404);
    asRider(other)
        .header("Idempotency-Key", "e1")
        .body(Map.of("words", "mine"))
        .post("/v1/rider/appeals/" + appeal + "/evidence")
        .then()
        .statusCode(404);
    asRider(rider)
        .header("Idempotency-Key", "e1")
        .body(Map.of("words", "the guard saw it"))
        .post("/v1/rider/appeals/" + appeal + "/evidence")
        .then()
        .statusCode(200)
        .body("evidence.words", hasItem("the guard saw it"));
    asManager()
        .get("/v1/appeals?limit=500")
        .then()
        .body("appeals.find { it.appealId == '" + appeal + "' }.secondsLeft", greaterThan(172_000));
    decide("li.na", appeal, "ACCEPT", "The gate was shut").statusCode(200);
    String back = query("select entry_id from score_entry where refers_to = ?", entry).get(0);
    file(rider, back).statusCode(422);
  }

  private static void handedIn(String rider, String proof) throws SQLException {
    execute("insert into rider_proof values (?, ?, 'o-1', now())", proof, rider);
  }

  private static ValidatableResponse picture(RequestSpecification who, String path) {
    return who.accept("image/jpeg").get(path).then();
  }

  @Test
  void onlyThePicturesARiderHandedInSpeakForThemAndTheDeskReadsThem() throws SQLException {
    String rider = newRider();
    String other = newRider();
    String mine = "p-" + unique();
    String others = "p-" + unique();
    String erased = "p-erased-" + unique();
    handedIn(rider, mine);
    handedIn(rider, erased);
    handedIn(other, others);
    List<String> late = AppealFixture.late(rider, 2);
    for (String unknown : List.of("p-none", others)) {
      asRider(rider)
          .header("Idempotency-Key", "k-" + unique())
          .body(Map.of("entryId", late.get(0), "grounds", "x", "proofId", unknown))
          .post("/v1/rider/appeals")
          .then()
          .statusCode(422)
          .body("type", containsString("proof-unknown"))
          .body("field", equalTo("proofId"));
    }
    String appeal =
        asRider(rider)
            .header("Idempotency-Key", "k-" + unique())
            .body(Map.of("entryId", late.get(0), "grounds", "The gate", "proofId", mine))
            .post("/v1/rider/appeals")
            .then()
            .statusCode(201)
            .extract()
            .path("appealId");
    for (Map<String, String> piece :
        List.of(Map.of("proofId", others), Map.of("proofId", erased))) {
      asRider(rider)
          .header("Idempotency-Key", "k-" + unique())
          .body(piece)
          .post("/v1/rider/appeals/" + appeal + "/evidence")
          .then()
          .statusCode(piece.containsValue(others) ? 422 : 200);
    }
    String desk = "/v1/appeals/" + appeal + "/evidence/";
    assertThat(picture(asManager(), desk + mine).statusCode(200).extract().asString())
        .isEqualTo("picture of " + rider + "@order-service");
    picture(asManager(), desk + erased).statusCode(404);
    picture(asManager(), desk + others).statusCode(404);
    handedIn(rider, "p-later-" + appeal);
    picture(asManager(), desk + "p-later-" + appeal).statusCode(404);
    picture(as("control-room", "dee", Roles.DISPATCHER), desk + mine).statusCode(404);
    String elsewhere = AppealFixture.filed(rider, late.get(1));
    picture(asManager(), "/v1/appeals/" + elsewhere + "/evidence/" + mine).statusCode(404);
    String seat = "/v1/rider/appeal-seats/" + appeal + "/evidence/" + mine;
    picture(asRider(other), seat).statusCode(404);
    AppealFixture.seat(appeal, "RIDER", other);
    assertThat(picture(asRider(other), seat).statusCode(200).extract().header("Cache-Control"))
        .contains("no-store");
  }

  private static byte[] screenshot() {
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
    try {
      javax.imageio.ImageIO.write(
          new java.awt.image.BufferedImage(40, 30, java.awt.image.BufferedImage.TYPE_INT_RGB),
          "png",
          out);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static ValidatableResponse send(String rider, String appeal, String key, byte[] body) {
    return asRider(rider)
        .contentType("image/png")
        .header("Idempotency-Key", key)
        .body(body)
        .post("/v1/rider/appeals/" + appeal + "/pictures")
        .then();
  }

  @Test
  void aPictureSentForTheAppealIsSeenByTheDeskAndErasedAfterTheLastWord() throws SQLException {
    String rider = newRider();
    String appeal = AppealFixture.filed(rider, AppealFixture.late(rider, 1).get(0));
    send(newRider(), appeal, "k", screenshot()).statusCode(404);
    send(rider, appeal, "k", "no picture".getBytes()).statusCode(422);
    String proof =
        send(rider, appeal, "k", screenshot())
            .statusCode(200)
            .extract()
            .path("evidence[0].proofId");
    send(rider, appeal, "k", screenshot()).statusCode(200).body("evidence.size()", equalTo(1));
    String desk = "/v1/appeals/" + appeal + "/evidence/" + proof;
    assertThat(
            asManager()
                .accept("image/png")
                .get(desk)
                .then()
                .statusCode(200)
                .extract()
                .asByteArray())
        .startsWith(0x89, 'P', 'N', 'G');
    decide("li.na", appeal, "ACCEPT", "The screen shows it").statusCode(200);
    send(rider, appeal, "k2", screenshot())
        .statusCode(409)
        .body("type", containsString("appeal-decided"));
    Instant decided = Instant.now();
    tx.await(() -> pictures.erase(decided.plus(Duration.ofDays(30)).minusSeconds(60)));
    asManager().accept("image/png").get(desk).then().statusCode(200);
    tx.await(() -> pictures.erase(decided.plus(Duration.ofDays(30)).plusSeconds(1)));
    asManager().accept("image/png").get(desk).then().statusCode(404);
  }

  @Test
  void anAppealAfter72HoursIsRefusedWithTheReason() throws SQLException {
    String rider = newRider();
    List<String> late = AppealFixture.late(rider, 2);
    noticed(late.get(0), "72 hours 1 second");
    noticed(late.get(1), "71 hours 59 minutes");
    file(rider, late.get(0))
        .statusCode(409)
        .body("type", containsString("appeal-too-late"))
        .body("detail", containsString("had to be filed by"));
    file(rider, late.get(1)).statusCode(201);
  }

  /**
   * The rider was told so long ago. Ledger rows cannot be changed, so the guard is off meanwhile.
   */
  private static void noticed(String entry, String ago) throws SQLException {
    execute(
        "alter table score_entry disable trigger score_entry_append_only; update score_entry set"
            + " recorded_at = now() - interval '"
            + ago
            + "' where entry_id = '"
            + entry
            + "'; alter table score_entry enable trigger score_entry_append_only");
  }

  @Test
  void whatNobodyDecidedIn48HoursIsAccepted() throws SQLException {
    String rider = newRider();
    String appeal = AppealFixture.filed(rider, AppealFixture.late(rider, 1).get(0));
    assertThat(
            count(
                "select extract(epoch from due_at - filed_at)::bigint from appeal"
                    + " where appeal_id = ?",
                appeal))
        .isEqualTo(48 * 3600);
    timeIsOver(appeal);
    await().atMost(Duration.ofSeconds(20)).until(() -> state(appeal).equals("ACCEPTED OVERDUE"));
    assertThat(score(rider)).isEqualTo(70_100);
    decide("li.na", appeal, "REJECT", "The gate was open at noon")
        .statusCode(409)
        .body("type", containsString("appeal-decided"));
    replayAddsNothing(rider);
  }

  @Test
  void aRejectionNeedsReasonsAndAName() {
    String rider = newRider();
    String appeal = AppealFixture.filed(rider, AppealFixture.late(rider, 1).get(0));
    decide("li.na", appeal, "REJECT", "no").statusCode(422).body("field", equalTo("reasons"));
    asRider(rider)
        .body(Map.of("outcome", "ACCEPT", "reasons", "I say so myself"))
        .put("/v1/appeals/" + appeal + "/decision")
        .then()
        .statusCode(403);
    assertThatThrownBy(
            () -> execute("update appeal set state = 'REJECTED' where appeal_id = ?", appeal))
        .as("not even past the service")
        .hasMessageContaining("appeal_rejection_has_a_name");
    assertThatThrownBy(
            () ->
                execute(
                    "update appeal set state = 'DISMISSED', first_by = 'x', first_at = now(),"
                        + " first_reasons = 'long enough', decided_how = 'OVERDUE',"
                        + " decided_at = now(), due_at = null where appeal_id = ?",
                    appeal))
        .hasMessageContaining("appeal_dismissal_is_the_panels_or_the_riders");
    decide("li.na", appeal, "REJECT", "The gate was open at noon")
        .statusCode(200)
        .body("appeal.stayed", equalTo(true));
    asRider(rider)
        .get("/v1/rider/appeals/" + appeal)
        .then()
        .body("firstInstance.by", equalTo("li.na"))
        .body("firstInstance.reasons", equalTo("The gate was open at noon"))
        .body("state", equalTo("REJECTED"));
    assertThat(score(rider)).isEqualTo(68_000);
  }

  @Test
  void aRejectionThatTheRiderLeavesAtThatEndsTheStay() throws SQLException {
    String rider = newRider();
    String appeal = AppealFixture.rejected(rider, AppealFixture.late(rider, 1).get(0));
    timeIsOver(appeal);
    asRider(rider)
        .header("Idempotency-Key", "late")
        .body(Map.of("grounds", "It was not"))
        .post("/v1/rider/appeals/" + appeal + "/escalation")
        .then()
        .statusCode(409)
        .body("type", containsString("appeal-too-late"))
        .body("detail", containsString("had to be asked for by 20"));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> state(appeal).equals("DISMISSED NOT_ESCALATED"));
    asRider(rider)
        .get("/v1/rider/score")
        .then()
        .body("scoreMilliPoints", equalTo(68_000))
        .body("levelScoreMilliPoints", equalTo(68_000));
  }

  @Test
  void aPanelIsThreeWithARiderOfAnotherStationAndItsMajorityDecides() {
    String rider = newRider();
    String mate = newRider();
    ledBy(rider, "st.lead");
    String station = query("select station_id from station_rider where rider_id = ?", rider).get(0);
    asManager().put("/v1/stations/" + station + "/riders/" + mate).then().statusCode(204);
    newRider();
    newRider();
    String appeal = AppealFixture.escalated(rider, AppealFixture.late(rider, 1).get(0));
    // Whom the lot would pick first, were they not of the same station.
    String first =
        query(
                "select rider_id from rider r where active and rider_id <> ? order by"
                    + " (select count(*) from appeal_seat s join appeal a using (appeal_id)"
                    + " where s.kind = 'RIDER' and s.person = r.rider_id and a.state = 'PANEL'),"
                    + " md5(? || rider_id) limit 1",
                rider,
                appeal)
            .get(0);
    asManager().put("/v1/stations/" + station + "/riders/" + first).then().statusCode(204);
    seat(appeal, List.of("li.na")).statusCode(422).body("field", equalTo("operators"));
    seat(appeal, List.of("a", "b", "c")).statusCode(400);
    seat(appeal, List.of("zhou.min")).statusCode(200).body("appeal.panel.size()", equalTo(3));
    seat(appeal, List.of("zhou.min")).statusCode(200);
    seat(appeal, List.of("other")).statusCode(409).body("type", containsString("panel-seated"));
    List<String> jurors =
        query("select person from appeal_seat where appeal_id = ? and kind = 'RIDER'", appeal);
    assertThat(jurors).hasSize(2).doesNotContain(rider, mate, first);
    asRider(rider)
        .get("/v1/rider/appeals/" + appeal)
        .then()
        .body("panel.size()", equalTo(3))
        .body("panel[0].person", nullValue());
    vote(rider, appeal, "UPHOLD", 404);
    vote(mate, appeal, "UPHOLD", 404);
    asRider(jurors.get(0))
        .get("/v1/rider/appeal-seats")
        .then()
        .body("cases.find { it.appeal.appealId == '" + appeal + "' }.appeal.riderId", nullValue())
        .body("cases.find { it.appeal.appealId == '" + appeal + "' }.facts.riderId", nullValue())
        .body("cases.find { it.appeal.appealId == '" + appeal + "' }.facts.orderId", nullValue());
    vote(jurors.get(0), appeal, "REJECT", 200);
    vote(jurors.get(0), appeal, "REJECT", 200);
    vote(jurors.get(0), appeal, "UPHOLD", 409);
    assertThat(state(appeal)).isEqualTo("PANEL");
    vote(jurors.get(1), appeal, "UPHOLD", 200);
    assertThat(state(appeal)).isEqualTo("PANEL");
    as("control-room", "zhou.min", Roles.DISPATCHER)
        .body(Map.of("vote", "UPHOLD"))
        .put("/v1/appeals/" + appeal + "/vote")
        .then()
        .statusCode(200)
        .body("appeal.state", equalTo("ACCEPTED"));
    assertThat(state(appeal)).isEqualTo("ACCEPTED PANEL");
    assertThat(score(rider)).isEqualTo(70_100);
    replayAddsNothing(rider);
  }

  private static ValidatableResponse seat(String appeal, List<String> operators) {
    return manager("boss")
        .body(Map.of("operators", operators))
        .put("/v1/appeals/" + appeal + "/panel")
        .then();
  }

  @Test
  void twoVotesAgainstEndItAndAPanelThatDoesNotDecideLosesToTheRider() throws SQLException {
    String rider = newRider();
    newRider();
    newRider();
    newRider();
    List<String> late = AppealFixture.late(rider, 2);
    String lost = AppealFixture.escalated(rider, late.get(0));
    String forgotten = AppealFixture.escalated(rider, late.get(1));
    seat(lost, List.of()).statusCode(200);
    List<String> jurors = query("select person from appeal_seat where appeal_id = ?", lost);
    vote(jurors.get(0), lost, "REJECT", 200);
    vote(jurors.get(2), lost, "REJECT", 200);
    assertThat(state(lost)).isEqualTo("DISMISSED PANEL");
    vote(jurors.get(1), lost, "UPHOLD", 409);
    timeIsOver(forgotten);
    await().atMost(Duration.ofSeconds(20)).until(() -> state(forgotten).equals("ACCEPTED OVERDUE"));
    assertThat(score(rider)).isEqualTo(68_100);
  }
}
