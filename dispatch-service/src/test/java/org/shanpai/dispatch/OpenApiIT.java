package org.shanpai.dispatch;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.shanpai.chassis.identity.TokenIssuer;
import org.shanpai.messaging.ParkedMessages;
import org.shanpai.openapi.AccessMatrix;
import org.shanpai.openapi.ApiDocument;
import org.shanpai.openapi.DocumentRules;
import org.shanpai.openapi.PlainSender;

/** The service held to its own OpenAPI document. */
@QuarkusTest
class OpenApiIT extends LiveDispatch {

  private static ApiDocument document() {
    return ApiDocument.parse(given().get("/q/openapi?format=json").asString());
  }

  private String user(String issuer, String subject, String role) {
    return new TokenIssuer(issuer, keys, wall)
        .issue(subject, Set.of(role), Duration.ofMinutes(10), Map.of());
  }

  private String serviceFor(String rider) {
    return new TokenIssuer("rider-service", keys, wall)
        .issueForService("dispatch-service", rider, Duration.ofMinutes(10));
  }

  @Test
  void everyOperationIsDocumentedWithExamplesAndErrors() {
    assertThat(DocumentRules.violations(document())).isEmpty();
  }

  /** The examples are what is sent: this is also the test that they are taken. */
  @Test
  void everyOperationLetsInWhomItSaysAndNobodyElse() {
    String rider = onlineRider();
    run(
        "insert into area (area_id, city_id, name, paused) values (?, 'city-1', 'matrix', false)"
            + " on conflict do nothing",
        area);
    String offer = offerOf(openJob());
    String job = openJob();
    String waveId = text("select wave_id from wave_log where area_id = ? limit 1", area);
    AccessMatrix matrix =
        new AccessMatrix(document(), new PlainSender("http://127.0.0.1:" + RestAssured.port))
            .owner("manager", user("control-room", "boss", "manager"))
            .owner("dispatcher", user("control-room", "dee", "dispatcher"))
            .owner("station-manager", user("control-room", "stan", "station-manager"))
            .owner("viewer", user("control-room", "vi", "viewer"))
            .owner("rider", user("rider-service", rider, "rider"))
            .owner("merchant", user("order-service", "m-1", "merchant"))
            .owner("service", serviceFor(rider))
            // A service that calls for another rider does not see this one's desk.
            .peer("service", serviceFor("r-other"))
            .owned("riderId")
            .value("areaId", () -> area)
            .value("riderId", () -> rider)
            .value("jobId", () -> job)
            .value("offerId", () -> offer)
            .value("handOverId", () -> "ho-none")
            .value("waveId", () -> waveId)
            .value("pool", () -> "CROWDSOURCED")
            .value("id", this::parked);
    matrix
        // It is in no hall and nobody has it: nothing to grab, give back, step on or resolve.
        .answers("POST /internal/v1/jobs/{jobId}/release", 404)
        .answers("POST /internal/v1/jobs/{jobId}/steps", 404, 409)
        .answers("POST /internal/v1/jobs/{jobId}/exceptions", 404, 409)
        .answers("POST /internal/v1/jobs/{jobId}/grab", 404)
        .answers("POST /internal/v1/riders/{riderId}/fatigue/confirm", 409)
        .answers("POST /internal/v1/riders/{riderId}/hand-overs", 404)
        .answers("POST /internal/v1/riders/{riderId}/hand-overs/{handOverId}/accept", 404)
        .answers("POST /internal/v1/riders/{riderId}/hand-overs/{handOverId}/decline", 404)
        .answers("POST /internal/v1/riders/{riderId}/hand-overs/{handOverId}/withdraw", 404)
        // It was accepted a line before.
        .answers("POST /internal/v1/offers/{offerId}/decline", 409)
        .answers("POST /v1/jobs/{jobId}/reassign", 409)
        .answers("POST /v1/jobs/{jobId}/resolve", 409);
    List<String> violations = matrix.violations();
    // The examples of rules would hold for every test after this one.
    run("delete from pool_rule");
    run("delete from patience");
    run("delete from area_mode where area_id = ?", area);
    assertThat(violations).isEmpty();
    assertThat(matrix.asked()).isGreaterThan(120);
  }

  /** A message that waits for an operator, and could be taken. */
  private String parked() {
    return text(
        "insert into parked (topic, kafka_partition, kafka_offset, key, type, payload, reason,"
            + " parked_at) values ('shanpai.weather', 0, (select coalesce(max(kafka_offset),"
            + " 0) + 1 from parked), ?, 'weather.alert.v1', ?, 'planted', now()) returning id",
        unique(),
        ParkedMessages.ENVELOPE);
  }
}
