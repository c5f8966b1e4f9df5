package org.shanpai.rider.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.rider.RiderServiceTestBase;

/**
 * A call for help is at the control room at once, is answered by name, and ends with an outcome.
 */
@QuarkusTest
class SosIT extends RiderServiceTestBase {

  private static String raise(String rider, Map<String, Object> call) {
    return asRider(rider)
        .body(call)
        .post("/v1/rider/sos")
        .then()
        .statusCode(200)
        .body("status", equalTo("OPEN"))
        .extract()
        .path("sosId");
  }

  private static List<String> told(String sosId) {
    return query(
        "select (cast(payload as jsonb) #>> '{data,status}') || '/' || coalesce("
            + "cast(payload as jsonb) #>> '{data,by}', '') from outbox"
            + " where topic = 'shanpai.sos' and key = ? order by seq",
        sosId);
  }

  @Test
  void pressingTheButtonIsEnoughAndPressingItAgainIsTheSameAlarm() {
    String rider = newRider();
    String sos = raise(rider, Map.of());
    String again =
        raise(
            rider,
            Map.of(
                "coordinateSystem",
                "WGS-84",
                "place",
                Map.of("lat", 30.28, "lon", 120.13),
                "words",
                "摔车了"));
    assertThat(again).isEqualTo(sos);
    asRider(rider)
        .get("/v1/rider/sos")
        .then()
        .body("alarm.words", equalTo("摔车了"))
        .body("alarm.place.lat", equalTo(30.28f))
        .body("alarm.placeTrusted", equalTo(false));
    asRider(newRider()).get("/v1/rider/sos").then().body("alarm", nullValue());
    assertThat(told(sos)).containsExactly("OPEN/", "OPEN/");
  }

  @Test
  void theLastPlaceKnownForCertainGoesBeforeWhatThePhoneTells() {
    String rider = "r-trusted-" + unique();
    asManager().body(profile()).put("/v1/riders/" + rider).then().statusCode(201);
    asRider(rider)
        .body(Map.of("coordinateSystem", "WGS-84", "place", Map.of("lat", 10.0, "lon", 10.0)))
        .post("/v1/rider/sos")
        .then()
        .body("place.lat", equalTo(30.5f))
        .body("placeTrusted", equalTo(true))
        .body("jobs", equalTo(List.of("j-9")));
  }

  @Test
  void theFirstWhoAnswersIsNamedAndTheRiderHearsItAtOnce() {
    String rider = newRider();
    String sos = raise(rider, Map.of("words", "救命"));
    try (PhoneLine line =
        PhoneLine.open(base.toString(), token("rider-service", rider, "rider"), null)) {
      await().atMost(Duration.ofSeconds(10)).until(() -> !line.comments.isEmpty());
      as("control-room", "dee", Roles.DISPATCHER)
          .post("/v1/sos-alarms/" + sos + "/acknowledge")
          .then()
          .statusCode(200)
          .body("acknowledgedBy", equalTo("dee"));
      as("control-room", "late", Roles.DISPATCHER)
          .post("/v1/sos-alarms/" + sos + "/acknowledge")
          .then()
          .body("acknowledgedBy", equalTo("dee"));
      await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> line.received.stream().anyMatch(one -> one.name().equals("sos")));
    }
    asManager()
        .body(Map.of("outcome", "救护车已到"))
        .post("/v1/sos-alarms/" + sos + "/close")
        .then()
        .statusCode(200)
        .body("status", equalTo("CLOSED"));
    assertThat(told(sos)).containsExactly("OPEN/", "ACKNOWLEDGED/dee", "CLOSED/boss");
    assertThat(raise(rider, Map.of())).isNotEqualTo(sos);
  }

  @Test
  void aStationSeesTheCallsOfItsOwnRidersOnly() {
    String mine = newRider();
    String other = newRider();
    String lead = "lead-" + unique();
    ledBy(mine, lead);
    String sos = raise(mine, Map.of());
    String theirs = raise(other, Map.of());
    as("control-room", lead, Roles.STATION_MANAGER)
        .get("/v1/sos-alarms")
        .then()
        .body("alarms.sosId", hasItem(sos))
        .body("alarms.sosId", not(hasItem(theirs)));
    as("control-room", lead, Roles.STATION_MANAGER)
        .post("/v1/sos-alarms/" + theirs + "/acknowledge")
        .then()
        .statusCode(404);
    as("control-room", "vi", Roles.VIEWER).get("/v1/sos-alarms").then().statusCode(403);
  }
}
