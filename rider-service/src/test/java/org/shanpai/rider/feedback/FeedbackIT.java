package org.shanpai.rider.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.FraudSignal;
import org.shanpai.contracts.event.OrderFeedback.Kind;
import org.shanpai.rider.RiderServiceTestBase;

/** What customers say, from the event to the rider, the desk and the ledger. */
@QuarkusTest
class FeedbackIT extends RiderServiceTestBase {

  private static final Duration SOON = Duration.ofSeconds(30);

  private static int score(String rider) {
    return asRider(rider).get("/v1/rider/score").then().extract().path("scoreMilliPoints");
  }

  private static ValidatableResponse decide(
      String who, String complaint, String outcome, String finding, String excuse) {
    Map<String, Object> body = new HashMap<>();
    body.put("outcome", outcome);
    body.put("finding", finding);
    body.put("excuse", excuse);
    body.put("reasons", "The picture shows it plainly");
    return as("control-room", who, Roles.MANAGER)
        .body(body)
        .put("/v1/complaints/" + complaint + "/decision")
        .then();
  }

  private static void kept(String feedbackId, long revision) {
    await()
        .atMost(SOON)
        .until(
            () ->
                count(
                        "select count(*) from rider_feedback where feedback_id = ?"
                            + " and revision = ?",
                        feedbackId,
                        revision)
                    == 1);
  }

  private static void dayGoesBy(String feedbackId) throws SQLException {
    execute(
        "update rider_feedback set shown_at = now() - interval '1 second' where feedback_id = ?",
        feedbackId);
  }

  private static List<String> rules(String rider) {
    return query("select rule from score_entry where rider_id = ? order by entry_no", rider);
  }

  @Test
  void example5AnUpheldComplaintAboutTheLatenessTakesNothingMore() {
    String rider = newRider();
    String order = "e5" + unique();
    FeedbackFixture.delivered(rider, order, 45 * 60);
    String complaint = FeedbackFixture.say(rider, order, 1, Kind.COMPLAINT, null, true, "LATE");
    kept(complaint, 1);
    assertThat(score(rider)).isEqualTo(68_000);
    decide("li.na", complaint, "UPHOLD", "LATENESS", null)
        .statusCode(200)
        .body("state", equalTo("UPHELD"))
        .body("decidedBy", equalTo("li.na"));
    assertThat(score(rider)).isEqualTo(68_000);
    assertThat(rules(rider)).containsExactly("OT2");
  }

  @Test
  void aComplaintTakesNothingUntilAPersonUpholdsIt() {
    String rider = newRider();
    String complaint = FeedbackFixture.complaint(rider, "SPILLED");
    assertThat(score(rider)).isEqualTo(70_100);
    asManager()
        .get("/v1/complaints?limit=500")
        .then()
        .body("complaints.complaintId", hasItem(complaint));
    assertThatThrownBy(
            () ->
                execute(
                    "update complaint set state = 'UPHELD', finding = 'CX1' where complaint_id = ?",
                    complaint))
        .hasMessageContaining("complaint_decision_has_a_name");
    decide("li.na", complaint, "UPHOLD", null, null)
        .statusCode(422)
        .body("field", equalTo("finding"));
    decide("li.na", complaint, "UPHOLD", "CX1", null).statusCode(200);
    assertThat(score(rider)).isEqualTo(68_000);
    decide("li.na", complaint, "UPHOLD", "CX1", null).statusCode(200);
    decide("zhou.min", complaint, "DISMISS", null, null)
        .statusCode(409)
        .body("type", containsString("complaint-decided"));
    assertThat(score(rider)).isEqualTo(68_000);
    assertThat(query("select actor from score_entry where rider_id = ? and rule = 'CX1'", rider))
        .containsExactly("li.na");
  }

  @Test
  void packagingAndWhatIsDismissedTakeNothing() {
    String rider = newRider();
    String packed = FeedbackFixture.complaint(rider, "SPILLED");
    String unproven = FeedbackFixture.complaint(rider, "RUDE");
    decide("li.na", packed, "UPHOLD", "CX1", "PACKAGING").statusCode(200);
    decide("li.na", unproven, "DISMISS", null, null).statusCode(200);
    assertThat(score(rider)).isEqualTo(70_200);
    assertThat(rules(rider)).containsExactly("SM1", "SM1");
  }

  @Test
  void ratingsAreShownLaterWithoutTheCustomerAndALowOneCostsNothing() throws SQLException {
    String rider = newRider();
    String order = "rt" + unique();
    FeedbackFixture.delivered(rider, order, 0);
    String rating = FeedbackFixture.say(rider, order, 1, Kind.RATING, 1, true, "RUDE");
    kept(rating, 1);
    asRider(rider).get("/v1/rider/feedback").then().body("feedback.size()", equalTo(0));
    assertThat(
            query(
                "select (shown_at > said_at + interval '9 hours')::text from rider_feedback"
                    + " where feedback_id = ?",
                rating))
        .containsExactly("true");
    dayGoesBy(rating);
    await()
        .atMost(SOON)
        .until(
            () ->
                asRider(rider)
                        .get("/v1/rider/feedback")
                        .then()
                        .extract()
                        .<List<Object>>path("feedback")
                        .size()
                    == 1);
    String shown = asRider(rider).get("/v1/rider/feedback").asString();
    assertThat(shown).contains("\"stars\":1").doesNotContain(order).doesNotContain("saidAt");
    assertThat(
            query("select body from rider_message where rider_id = ? and type = 'feedback'", rider))
        .singleElement()
        .asString()
        .doesNotContain(order);
    assertThat(score(rider)).as("a low rating alone").isEqualTo(70_100);
    assertThat(rules(rider)).containsExactly("SM1");
  }

  @Test
  void praiseGainsOnceAndOnlyWhenItIsTheCustomers() throws SQLException {
    String rider = newRider();
    String sure = "pr" + unique();
    String unsure = "pr" + unique();
    FeedbackFixture.delivered(rider, sure, 0);
    FeedbackFixture.delivered(rider, unsure, 0);
    String praise = FeedbackFixture.say(rider, sure, 1, Kind.PRAISE, null, true, "FRIENDLY");
    String doubtful = FeedbackFixture.say(rider, unsure, 1, Kind.PRAISE, null, false, "FAST");
    kept(praise, 1);
    kept(doubtful, 1);
    assertThat(score(rider)).as("not before it is shown").isEqualTo(70_200);
    dayGoesBy(praise);
    dayGoesBy(doubtful);
    await().atMost(SOON).until(() -> score(rider) == 70_400);
    FeedbackFixture.say(rider, sure, 2, Kind.PRAISE, null, true, "FRIENDLY", "FAST");
    kept(praise, 2);
    dayGoesBy(praise);
    await()
        .atMost(SOON)
        .until(
            () ->
                count(
                        "select count(*) from rider_feedback where feedback_id in (?, ?) and shown",
                        praise,
                        doubtful)
                    == 2);
    assertThat(score(rider)).isEqualTo(70_400);
  }

  @Test
  void aSignalOfFraudIsReadByPeopleAndTakesNothing() {
    String rider = newRider();
    String complaint = FeedbackFixture.complaint(rider, "NOT_RECEIVED");
    String order = query("select order_id from complaint where complaint_id = ?", complaint).get(0);
    String signal = "fs-" + unique();
    send(
        EventType.FRAUD_SIGNAL,
        signal,
        0,
        new FraudSignal(
            signal,
            1,
            CityId.of("city-1"),
            FraudSignal.Kind.NOT_RECEIVED_AGAIN,
            List.of(OrderId.of(order)),
            null,
            RiderId.of(rider),
            90,
            List.of("claims=4/5"),
            Instant.now()));
    await()
        .atMost(SOON)
        .until(() -> count("select count(*) from fraud_note where signal_id = ?", signal) == 1);
    asManager()
        .get("/v1/complaints/" + complaint)
        .then()
        .body("signals[0].kind", equalTo("NOT_RECEIVED_AGAIN"))
        .body("signals[0].weight", equalTo(90));
    assertThat(score(rider)).isEqualTo(70_100);
    assertThat(rules(rider)).containsExactly("SM1");
  }
}
