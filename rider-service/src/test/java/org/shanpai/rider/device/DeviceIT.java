package org.shanpai.rider.device;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.rider.RiderServiceTestBase;

/** One phone an account, short sessions that go on, and a way out when a phone died. */
@QuarkusTest
class DeviceIT extends RiderServiceTestBase {

  private static final String OTHER = "another-phone-with-a-key-of-its-own";

  private static String secretOf(String rider) {
    return asManager().post("/v1/riders/" + rider + "/secret").then().extract().path("secret");
  }

  private static ValidatableResponse signIn(String rider, String secret, String key) {
    return given()
        .contentType(ContentType.JSON)
        .body(Map.of("riderId", rider, "secret", secret, "deviceKey", key, "deviceName", "Mi 11"))
        .post("/v1/riders/sessions")
        .then();
  }

  private static ValidatableResponse refresh(String token, String key) {
    return given()
        .contentType(ContentType.JSON)
        .body(Map.of("refreshToken", token, "deviceKey", key))
        .post("/v1/riders/sessions/refresh")
        .then();
  }

  private static List<String> log(String rider) {
    return query(
        "select kind || '/' || actor from device_event where rider_id = ? order by event_no",
        rider);
  }

  @Test
  void anAccountIsBoundToTheFirstPhoneAndAnotherOneIsRefusedEvenWithTheSecret() {
    String rider = newRider();
    String secret = secretOf(rider);
    signIn(rider, secret, PHONE).statusCode(200).body("expiresInSeconds", lessThanOrEqualTo(900));
    signIn(rider, secret, OTHER)
        .statusCode(403)
        .contentType("application/problem+json")
        .body("type", containsString("other-device"))
        .body("field", equalTo("deviceKey"))
        .body("detail", not(containsString("Mi 11")));
    signIn(rider, secret, PHONE).statusCode(200);
    assertThat(log(rider)).containsExactly("BOUND/" + rider, "REFUSED/" + rider);
    assertThat(query("select device_hash from rider_device where rider_id = ?", rider))
        .doesNotContain(PHONE);
  }

  @Test
  void aWrongSecretBindsNoPhone() {
    String rider = newRider();
    signIn(rider, "wrong", OTHER).statusCode(401);
    assertThat(count("select count(*) from rider_device where rider_id = ?", rider)).isZero();
    signIn(rider, secretOf(rider), PHONE).statusCode(200);
  }

  @Test
  void theStationsManagerReleasesADeadPhoneAndTheNextOneIsBound() {
    String rider = newRider();
    String secret = secretOf(rider);
    String token = signIn(rider, secret, PHONE).extract().path("refreshToken");
    Map<String, String> why = Map.of("reason", "手机掉水里了");
    as("control-room", "stranger", Roles.STATION_MANAGER)
        .body(why)
        .post("/v1/riders/" + rider + "/device/release")
        .then()
        .statusCode(404);
    String lead = "lead-" + unique();
    ledBy(rider, lead);
    as("control-room", lead, Roles.STATION_MANAGER)
        .body(why)
        .post("/v1/riders/" + rider + "/device/release")
        .then()
        .statusCode(200)
        .body("bound", equalTo(false))
        .body("log[0].kind", equalTo("RELEASED"))
        .body("log[0].actor", equalTo(lead))
        .body("log[0].reason", equalTo("手机掉水里了"));
    refresh(token, PHONE).statusCode(401);
    signIn(rider, secret, OTHER).statusCode(200);
    signIn(rider, secret, PHONE).statusCode(403);
    assertThat(log(rider))
        .containsExactly(
            "BOUND/" + rider, "RELEASED/" + lead, "BOUND/" + rider, "REFUSED/" + rider);
    as("control-room", lead, Roles.STATION_MANAGER)
        .get("/v1/riders/" + rider + "/device")
        .then()
        .statusCode(200)
        .body("bound", equalTo(true))
        .body("deviceName", equalTo("Mi 11"));
  }

  @Test
  void onePhoneWithTwoAccountsIsShownToPeople() {
    String one = newRider();
    String two = newRider();
    String key = "one-phone-for-two-accounts-" + unique();
    signIn(one, secretOf(one), key).statusCode(200);
    signIn(two, secretOf(two), key).statusCode(200);
    asManager()
        .get("/v1/riders/" + one + "/device")
        .then()
        .body("sharedWith", equalTo(List.of(two)));
  }

  @Test
  void aSessionGoesOnAndItsRefreshTokenIsGoodOnce() throws SQLException {
    String rider = newRider();
    String first = signIn(rider, secretOf(rider), PHONE).extract().path("refreshToken");
    String second = refresh(first, PHONE).statusCode(200).extract().path("refreshToken");
    assertThat(second).isNotEqualTo(first);
    // The answer was lost in a tunnel: the same again within the minute.
    String third = refresh(first, PHONE).statusCode(200).extract().path("refreshToken");
    String access = refresh(third, PHONE).statusCode(200).extract().path("accessToken");
    given()
        .header("Authorization", "Bearer " + access)
        .get("/v1/rider/score")
        .then()
        .statusCode(200);
    execute(
        "update rider_session set former_until = former_until - interval '61 seconds'"
            + " where rider_id = ?",
        rider);
    refresh(third, PHONE).statusCode(401);
    assertThat(query("select ended_why from rider_session where rider_id = ?", rider))
        .containsExactly("REFRESH_REUSED");
  }

  @Test
  void aRefreshTokenIsWorthNothingOnAnotherPhoneAfterSignOutAndInAClosedAccount() {
    String rider = newRider();
    String secret = secretOf(rider);
    String token = signIn(rider, secret, PHONE).extract().path("refreshToken");
    refresh(token, OTHER).statusCode(403).body("type", containsString("other-device"));
    given()
        .contentType(ContentType.JSON)
        .body(Map.of("refreshToken", token))
        .post("/v1/riders/sessions/end")
        .then()
        .statusCode(204);
    refresh(token, PHONE).statusCode(401);
    String again = signIn(rider, secret, PHONE).extract().path("refreshToken");
    Map<String, Object> closed = new HashMap<>(profile());
    closed.put("active", false);
    asManager().body(closed).put("/v1/riders/" + rider).then().statusCode(200);
    refresh(again, PHONE).statusCode(401);
  }

  @Test
  void aClockWrongByHoursIsSeenAtSignIn() {
    String rider = newRider();
    given()
        .contentType(ContentType.JSON)
        .body(
            Map.of(
                "riderId",
                rider,
                "secret",
                secretOf(rider),
                "deviceKey",
                PHONE,
                "deviceTime",
                Instant.now().minusSeconds(3 * 3600).toString()))
        .post("/v1/riders/sessions")
        .then()
        .statusCode(200);
    assertThat(count("select offset_millis from rider_device where rider_id = ?", rider))
        .isBetween(3 * 3_600_000L, 3 * 3_600_000L + 20_000);
  }

  @Test
  void aKeyThatCouldBeGuessedIsNoKey() {
    signIn("r-any", "secret", "short").statusCode(400).body("field", equalTo("deviceKey"));
  }
}
