package org.shanpai.rider.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.shanpai.messaging.Tx;
import org.shanpai.rider.RiderServiceTestBase;
import org.shanpai.rider.score.Ruling;
import org.shanpai.rider.score.Rulings;

/** Training gives points back, and low scores are for people to look at. */
@QuarkusTest
class TrainingIT extends RiderServiceTestBase {

  @Inject Tx tx;
  @Inject Rulings rulings;

  /** Takes 20 points, as a named person confirmed. */
  private static void severe(Tx tx, Rulings rulings, String rider) {
    String incident = "case-" + unique();
    tx.await(
        () ->
            rulings.record(
                new Ruling(
                    incident,
                    1,
                    rider,
                    "SV2",
                    null,
                    incident,
                    Ruling.Status.CONFIRMED,
                    "li.na",
                    true,
                    Instant.now().minusSeconds(30),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    "seen by two")));
  }

  private static int score(String rider) {
    return asRider(rider).get("/v1/rider/score").then().extract().path("scoreMilliPoints");
  }

  private static ValidatableResponse attempt(String rider, List<Integer> answers) {
    return asRider(rider)
        .header("Idempotency-Key", "k-" + unique())
        .body(Map.of("answers", answers))
        .post("/v1/rider/courses/handing-over/attempts")
        .then();
  }

  @Test
  void aRiderBelow60PassesATrainingAndGains3OnceIn7Days() {
    String rider = newRider();
    severe(tx, rulings, rider);
    assertThat(score(rider)).isEqualTo(50_000);
    asRider(rider)
        .get("/v1/rider/courses")
        .then()
        .body("open", equalTo(true))
        .body("courses.courseId", hasItem("handing-over"))
        .body("courses[0].questions[0].right", equalTo(null));
    attempt(rider, List.of(0, 0, 0, 1)).statusCode(200).body("passed", equalTo(false));
    assertThat(score(rider)).isEqualTo(50_000);
    attempt(rider, List.of(1)).statusCode(422).body("field", equalTo("answers"));
    attempt(rider, List.of(1, 0, 1, 0))
        .statusCode(200)
        .body("passed", equalTo(true))
        .body("milliPoints", equalTo(3_000));
    assertThat(score(rider)).isEqualTo(53_000);
    attempt(rider, List.of(1, 0, 1, 0)).statusCode(409).body("type", containsString("too-soon"));
    asRider(rider)
        .get("/v1/rider/courses")
        .then()
        .body("open", equalTo(false))
        .body("nextAt", notNullValue());
    assertThat(score(rider)).isEqualTo(53_000);
  }

  @Test
  void whoIsNotBelowTheLineGainsNothing() {
    String rider = newRider();
    attempt(rider, List.of(1, 0, 1, 0))
        .statusCode(409)
        .body("type", containsString("not-below-the-line"));
    assertThat(score(rider)).isEqualTo(70_000);
  }

  @Test
  void tryingOverAndOverIsStopped() {
    String rider = newRider();
    severe(tx, rulings, rider);
    for (int i = 0; i < Training.TRIES_A_DAY; i++) {
      attempt(rider, List.of(0, 0, 0, 1)).statusCode(200);
    }
    attempt(rider, List.of(1, 0, 1, 0))
        .statusCode(409)
        .body("type", containsString("too-many-tries"));
  }

  @Test
  void aLowLevelIsListedForPeopleAndSuspendsNobody() throws SQLException {
    String rider = newRider();
    String fine = newRider();
    execute("update rider set level_mp = 39999 where rider_id = ?", rider);
    execute("update rider set level_mp = 40000 where rider_id = ?", fine);
    asManager()
        .get("/v1/score-reviews?limit=500")
        .then()
        .body("riders.riderId", hasItem(rider))
        .body("riders.riderId", not(hasItem(fine)));
    asManager()
        .header("Idempotency-Key", "k-" + unique())
        .body(Map.of("outcome", "TALKED", "note", "short"))
        .post("/v1/score-reviews/" + rider)
        .then()
        .statusCode(422)
        .body("field", equalTo("note"));
    asManager()
        .header("Idempotency-Key", "k-" + unique())
        .body(Map.of("outcome", "TALKED", "note", "Broken brake for a week"))
        .post("/v1/score-reviews/" + rider)
        .then()
        .statusCode(201);
    asManager()
        .get("/v1/score-reviews?limit=500")
        .then()
        .body("riders.find { it.riderId == '" + rider + "' }.reviewedBy", equalTo("boss"));
    assertThat(query("select active::text from rider where rider_id = ?", rider))
        .containsExactly("true");
    asRider(rider).get("/v1/rider/score").then().statusCode(200);
  }
}
