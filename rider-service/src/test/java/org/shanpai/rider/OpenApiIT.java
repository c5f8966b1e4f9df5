package org.shanpai.rider;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.shanpai.chassis.identity.TokenIssuer;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.messaging.ParkedMessages;
import org.shanpai.openapi.AccessMatrix;
import org.shanpai.openapi.ApiDocument;
import org.shanpai.openapi.DocumentRules;
import org.shanpai.openapi.PlainSender;
import org.shanpai.rider.appeal.AppealFixture;
import org.shanpai.rider.feedback.FeedbackFixture;

/** The service held to its own OpenAPI document. */
@QuarkusTest
class OpenApiIT extends RiderServiceTestBase {

  private static ApiDocument document() {
    return ApiDocument.parse(given().get("/q/openapi?format=json").asString());
  }

  @Test
  void everyOperationIsDocumentedWithExamplesAndErrors() {
    assertThat(DocumentRules.violations(document())).isEmpty();
  }

  /** The examples are what is sent: this is also the test that they are taken. */
  @Test
  void everyOperationLetsInWhomItSaysAndNobodyElse() {
    String owner = newRider();
    String peer = newRider();
    String station = "st-" + unique();
    String slot = slotAhead();
    List<String> late = AppealFixture.late(owner, 6);
    handedIn(owner, "p-5f0e");
    String filed = AppealFixture.filed(owner, late.get(1));
    String judged = newRider();
    String judging = AppealFixture.escalated(judged, AppealFixture.late(judged, 1).get(0));
    AppealFixture.seat(judging, "RIDER", owner);
    AccessMatrix matrix =
        new AccessMatrix(document(), new PlainSender(base.toString()))
            .open(
                "GET /rider",
                "POST /v1/riders/sessions",
                "POST /v1/riders/sessions/refresh",
                "POST /v1/riders/sessions/end")
            .owner("rider", token("rider-service", owner, "rider"))
            .peer("rider", token("rider-service", peer, "rider"))
            .owner("manager", token("control-room", "boss", "manager"))
            .owner("dispatcher", token("control-room", "dee", "dispatcher"))
            .owner("station-manager", token("control-room", "stan", "station-manager"))
            .owner("viewer", token("control-room", "vi", "viewer"))
            .owner("merchant", token("order-service", "m-1", "merchant"))
            .owner(
                "service",
                new TokenIssuer(
                        "dispatch-service",
                        Path.of(setting("shanpai.keys.dir")),
                        WallClock.system())
                    .issueForService("rider-service", owner, Duration.ofMinutes(10)))
            .owned("riderId", "appealId", "leaveId")
            .value("riderId", () -> owner)
            .value("PUT /v1/riders/{riderId}", "riderId", () -> "r-" + unique())
            .value("stationId", () -> station)
            .value("GET /v1/score/rule-sets/{version}", "version", () -> "v1")
            .value("entryId", () -> late.get(0))
            .value("appealId", () -> filed)
            .value("campaignId", () -> campaign(owner)[0])
            .value("PUT /v1/campaigns/{campaignId}", "campaignId", () -> "c-" + unique())
            .value("enrolmentId", () -> campaign(owner)[1])
            .value("PUT /v1/campaigns/presets/{preset}", "preset", () -> "p-" + unique())
            .value("settlementId", () -> payment(owner))
            .value("PUT /v1/welfare-schemes/{schemeId}", "schemeId", () -> "si-" + unique())
            .value("leaveId", () -> leave(owner))
            .value("handOverId", () -> "ho-1")
            .value("DELETE /v1/rider/blocks/{jobId}", "jobId", () -> block(owner))
            .value("slotId", () -> slot)
            .value("PUT /v1/slots/{slotId}", "slotId", () -> "slot-" + unique())
            .value("whom", () -> owner)
            .value("sosId", () -> alarmOf(owner))
            .value("offerId", () -> "of-" + unique())
            // Its neighbours' stand-in says that the owner has this one in hand.
            .value("jobId", () -> "j-just-accepted-" + owner)
            .value("id", OpenApiIT::parked);
    String decided = AppealFixture.filed(owner, late.get(2));
    String rejected = AppealFixture.rejected(owner, late.get(3));
    String unseated = AppealFixture.escalated(owner, late.get(4));
    String seated = AppealFixture.escalated(owner, late.get(5));
    AppealFixture.seat(seated, "OPERATOR", "boss");
    String complaint = FeedbackFixture.complaint(owner, "SPILLED");
    matrix
        .value("PUT /v1/appeals/{appealId}/decision", "appealId", () -> decided)
        .value("POST /v1/rider/appeals/{appealId}/escalation", "appealId", () -> rejected)
        .value("PUT /v1/appeals/{appealId}/panel", "appealId", () -> unseated)
        .value("PUT /v1/appeals/{appealId}/vote", "appealId", () -> seated)
        .value("complaintId", () -> complaint)
        .value("courseId", () -> "handing-over")
        .value("PUT /v1/courses/{courseId}", "courseId", () -> "course-" + unique())
        // What could be published was published by the operation before it.
        .answers("POST /v1/score/rule-sets/validation", 200, 409)
        // Who stands at 70 has nothing to win back.
        .answers("POST /v1/rider/courses/{courseId}/attempts", 409)
        .value("PUT /v1/rider/appeal-seats/{appealId}/vote", "appealId", () -> judging)
        // The neighbours' stand-in takes an epoch of nought for a stale one.
        .body("POST /v1/rider/jobs/{jobId}/grab", () -> "{\"epoch\": 3}")
        .body(
            "POST /v1/rider/actions",
            () ->
                "{\"actions\": [{\"key\": \"a-"
                    + unique()
                    + "\", \"kind\": \"ARRIVED_STORE\", \"jobId\": \"j-just-accepted-"
                    + owner
                    + "\", \"epoch\": 3, \"at\": \"2026-11-22T04:05:06Z\"}]}")
        .body("PUT /v1/slots/{slotId}", () -> SLOT)
        .query("POST /v1/rider/jobs/{jobId}/proof", "epoch=3")
        // Which of its examples is sent is not the document's to say; a text is no screenshot.
        .answers("PUT /v1/rider/campaigns/{campaignId}/proof", 200, 422)
        .value("proofId", () -> "p-5f0e")
        // A text is no picture.
        .answers("POST /v1/rider/appeals/{appealId}/pictures", 200, 422)
        // Nothing is attached to these.
        .answers("GET /v1/appeals/{appealId}/evidence/{proofId}", 404)
        .answers("GET /v1/rider/appeal-seats/{appealId}/evidence/{proofId}", 404)
        // One scheme holds at a time.
        .answers("PUT /v1/welfare-schemes/{schemeId}", 201, 409)
        // The credentials shown are nobody's.
        .answers("POST /v1/riders/sessions", 401)
        .answers("POST /v1/riders/sessions/refresh", 401);
    assertThat(matrix.violations()).isEmpty();
    assertThat(matrix.asked()).isGreaterThan(120);
  }

  /** A slot lies ahead, which no example can promise for good. */
  private static final String SLOT =
      "{\"areaId\":\"a-1\",\"pool\":\"CROWDSOURCED\",\"startsAt\":\"2099-11-22T03:00:00Z\","
          + "\"endsAt\":\"2099-11-22T05:00:00Z\",\"places\":40,\"peak\":true}";

  private static String slotAhead() {
    String slot = "slot-" + unique();
    asManager().body(SLOT).put("/v1/slots/" + slot).then().statusCode(200);
    return slot;
  }

  private static String alarmOf(String rider) {
    return asRider(rider).body("{}").post("/v1/rider/sos").then().extract().path("sosId");
  }

  /** A campaign that is open and the rider's enrolment in it, with a proof to decide. */
  private static String[] campaign(String rider) {
    String campaign = "c-" + unique();
    String enrolment = "ce-" + unique();
    try {
      execute(
          "insert into campaign (campaign_id, document, sign_up_from, sign_up_until, salt,"
              + " published_at, published_by) select ?, document, now() - interval '1 day',"
              + " now() + interval '1 day', 'salt', now(), 'boss' from campaign_preset"
              + " where preset = 'A'",
          campaign);
      execute("insert into campaign_places values (?, 5, 1, 0)", campaign);
      execute(
          "insert into campaign_enrolment (enrolment_id, campaign_id, rider_id, person,"
              + " payout_hash, state, applied_at, reserved_at) values (?, ?, ?, 'p', 'h',"
              + " 'RESERVED', now(), now())",
          enrolment,
          campaign,
          rider);
      execute(
          "insert into campaign_proof (enrolment_id, media_type, document, claimed_orders,"
              + " handed_in_at) values (?, 'text/csv', 'date,orders', 141, now())",
          enrolment);
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
    return new String[] {campaign, enrolment};
  }

  /** A job whose customer the rider blocks. */
  private static String block(String rider) {
    String job = "j-" + unique();
    try {
      execute(
          "insert into rider_block (block_id, rider_id, version, job_id, order_id, day, reason,"
              + " set_at, until_at) values (?, ?, 1, ?, 'o-1', current_date, 'ABUSE', now(),"
              + " now() + interval '1 day')",
          "rb-" + unique(),
          rider,
          job);
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
    return job;
  }

  /** A picture that the rider handed in: the one the examples name. */
  private static void handedIn(String rider, String proof) {
    try {
      execute("insert into rider_proof values (?, ?, 'o-1', now())", proof, rider);
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A payment of a campaign that is held. */
  private static String payment(String rider) {
    String payment = "cs-" + unique();
    try {
      execute(
          "insert into campaign_settlement (settlement_id, enrolment_id, milestone, payee,"
              + " amount_fen, due_at) values (?, ?, 'COMPLETED', ?, 1, now() + interval '7 days')",
          payment,
          campaign(rider)[1],
          rider);
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
    return payment;
  }

  /** Leave that was asked for. */
  private static String leave(String rider) {
    String leave = "lv-" + unique();
    try {
      // Nobody may have asked too often.
      execute(
          "update rider_leave set state = 'WITHDRAWN' where rider_id = ? and state = 'ASKED'",
          rider);
      execute(
          "insert into rider_leave (leave_id, rider_id, kind, first_day, last_day, state, asked_at)"
              + " values (?, ?, 'FAMILY', '2098-01-01', '2098-01-02', 'ASKED', now())",
          leave,
          rider);
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
    return leave;
  }

  /** A message that waits for an operator, and could be taken. */
  private static String parked() {
    return query(
            "insert into parked (topic, kafka_partition, kafka_offset, key, type, payload, reason,"
                + " parked_at) values ('shanpai.weather', 0, (select coalesce(max(kafka_offset),"
                + " 0) + 1 from parked), ?, 'weather.alert.v1', ?, 'planted', now()) returning id",
            unique(),
            ParkedMessages.ENVELOPE)
        .get(0);
  }
}
