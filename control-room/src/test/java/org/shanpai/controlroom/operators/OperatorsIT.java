package org.shanpai.controlroom.operators;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.shanpai.chassis.identity.Secrets;
import org.shanpai.controlroom.fixture.NoonClock;
import org.shanpai.controlroom.fixture.Operator;

@QuarkusTest
class OperatorsIT {

  private static final String PASSWORD = "tea at 3 in the rain";

  @BeforeEach
  void nobodyYet() throws SQLException {
    Config config = ConfigProvider.getConfig();
    try (Connection database =
        DriverManager.getConnection(
            config.getValue("quarkus.datasource.jdbc.url", String.class),
            config.getValue("quarkus.datasource.username", String.class),
            config.getValue("quarkus.datasource.password", String.class))) {
      database.createStatement().execute("delete from operator");
      database.createStatement().execute("delete from sign_in_failure");
      database.createStatement().execute("delete from idempotency");
      database.createStatement().execute("delete from first_operator_code");
      database
          .createStatement()
          .execute(
              "insert into first_operator_code values ('"
                  + Secrets.hash(NoonClock.FIRST_CODE)
                  + "', now())");
    }
  }

  private static RequestSpecification json() {
    return given().contentType(ContentType.JSON);
  }

  private static RequestSpecification manager() {
    return json().header("Authorization", "Bearer " + Operator.token("boss", "manager"));
  }

  private static Response first(String code, String name) {
    return json()
        .body(Map.of("code", code, "username", name, "password", PASSWORD))
        .post("/v1/operators/first");
  }

  private static Response signIn(String name, String password) {
    return json()
        .body(Map.of("username", name, "password", password))
        .post("/v1/operators/sessions");
  }

  @Test
  void firstOperatorComesInByTheCodeOnceAndIsAManager() {
    first("000000000000", "lin").then().statusCode(401);
    first(NoonClock.FIRST_CODE, "lin").then().statusCode(201).body("roles", contains("manager"));
    first(NoonClock.FIRST_CODE, "wei")
        .then()
        .statusCode(409)
        .body("type", equalTo("urn:shanpai:problem:first-operator-exists"));
    signIn("lin", PASSWORD).then().statusCode(200).body("accessToken", notNullValue());
  }

  @Test
  void cookieSignsInButChangesNothingWithoutTheCsrfHeader() {
    Response session = first(NoonClock.FIRST_CODE, "lin");
    String cookie = session.getCookie("shanpai_session");
    assertThat(session.getDetailedCookie("shanpai_session").isHttpOnly()).isTrue();
    assertThat(session.getHeader("Set-Cookie")).containsIgnoringCase("SameSite=Strict");
    RequestSpecification page = json().cookie("shanpai_session", cookie);
    page.get("/v1/operators/me").then().statusCode(200).body("username", equalTo("lin"));
    Map<String, Object> streets =
        Map.of(
            "coordinateSystem",
            "WGS-84",
            "streets",
            List.of(
                List.of(Map.of("lat", 31.2, "lon", 121.4), Map.of("lat", 31.21, "lon", 121.41))));
    json()
        .cookie("shanpai_session", cookie)
        .body(streets)
        .put("/v1/map/streets")
        .then()
        .statusCode(401);
    json()
        .cookie("shanpai_session", cookie)
        .header("X-Shanpai-Csrf", "guessed")
        .body(streets)
        .put("/v1/map/streets")
        .then()
        .statusCode(401);
    json()
        .cookie("shanpai_session", cookie)
        .header("X-Shanpai-Csrf", session.path("csrf").toString())
        .body(streets)
        .put("/v1/map/streets")
        .then()
        .statusCode(200);
  }

  @Test
  void anonymousIs401AndWrongRoleOrIssuerIsRefused() {
    for (String path :
        List.of(
            "/v1/snapshot",
            "/v1/live",
            "/v1/city",
            "/v1/orders/o-1/story",
            "/v1/map/streets",
            "/v1/health/services",
            "/v1/operators/me")) {
      given().get(path).then().statusCode(401);
    }
    String viewer = "Bearer " + Operator.token("vi", "viewer");
    given().header("Authorization", viewer).get("/v1/snapshot").then().statusCode(200);
    given().header("Authorization", viewer).get("/v1/operators").then().statusCode(403);
    json()
        .header("Authorization", viewer)
        .body(Map.of("coordinateSystem", "WGS-84", "streets", List.of()))
        .put("/v1/map/streets")
        .then()
        .statusCode(403);
    json()
        .header("Authorization", viewer)
        .header("Idempotency-Key", "k1")
        .body(Map.of("reason", "x"))
        .post("/v1/jobs/j-1/cancel")
        .then()
        .statusCode(403);
    // A role counts only from its issuer: the rider-service cannot make managers.
    given()
        .header("Authorization", "Bearer " + Operator.issuedBy("rider-service", "r-1", "manager"))
        .get("/v1/snapshot")
        .then()
        .statusCode(403);
  }

  @Test
  void guessingIsStoppedByNameWithoutSayingWhichNamesExist() {
    first(NoonClock.FIRST_CODE, "lin").then().statusCode(201);
    String known = signIn("lin", "wrong password").then().statusCode(401).extract().asString();
    String unknown = signIn("who", "wrong password").then().statusCode(401).extract().asString();
    assertThat(known.replaceAll("\"traceId\":\"[^\"]*\"", ""))
        .isEqualTo(unknown.replaceAll("\"traceId\":\"[^\"]*\"", ""));
    for (int i = 0; i < 4; i++) {
      signIn("lin", "wrong password").then().statusCode(401);
    }
    Response blocked = signIn("lin", PASSWORD);
    blocked.then().statusCode(429);
    assertThat(Integer.parseInt(blocked.getHeader("Retry-After"))).isPositive();
    // Somebody else still gets in.
    addOperator("wei", "k-wei", "dispatcher").then().statusCode(201);
    signIn("wei", PASSWORD).then().statusCode(200);
  }

  @Test
  void signedOutSessionIsNoLongerGood() {
    Response session = first(NoonClock.FIRST_CODE, "lin");
    String bearer = "Bearer " + session.path("accessToken");
    given().header("Authorization", bearer).get("/v1/snapshot").then().statusCode(200);
    given()
        .header("Authorization", bearer)
        .delete("/v1/operators/sessions/current")
        .then()
        .statusCode(204);
    given().header("Authorization", bearer).get("/v1/snapshot").then().statusCode(401);
    String again = "Bearer " + signIn("lin", PASSWORD).path("accessToken");
    given().header("Authorization", again).get("/v1/snapshot").then().statusCode(200);
  }

  private static Response addOperator(String name, String key, String role) {
    return manager()
        .header("Idempotency-Key", key)
        .body(Map.of("username", name, "password", PASSWORD, "roles", List.of(role)))
        .post("/v1/operators");
  }

  @Test
  void managerAddsOperatorsOnceEach() {
    addOperator("wei", "k-1", "dispatcher").then().statusCode(201);
    addOperator("wei", "k-1", "dispatcher").then().statusCode(201);
    addOperator("wei", "k-2", "dispatcher")
        .then()
        .statusCode(409)
        .body("field", equalTo("username"));
    addOperator("mei", "k-3", "emperor").then().statusCode(422).body("field", equalTo("roles"));
    manager().get("/v1/operators").then().body("username", contains("wei"));
  }

  @Test
  void badInputIsAnsweredWithTheFieldToBlame() {
    json()
        .body("{\"code\":\"1\",\"username\":\"X\",\"password\":\"short\"}")
        .post("/v1/operators/first")
        .then()
        .statusCode(greaterThan(399))
        .contentType("application/problem+json")
        .body("field", notNullValue());
    json().body("{not json").post("/v1/operators/sessions").then().statusCode(400);
    manager()
        .body("{\"coordinateSystem\":\"WGS-84\",\"streets\":[[{\"lat\":31.2,\"lon\":121.4}]]}")
        .put("/v1/map/streets")
        .then()
        .statusCode(422)
        .body("field", equalTo("streets[0]"));
    manager()
        .body("{\"streets\":[]}")
        .put("/v1/map/streets")
        .then()
        .statusCode(400)
        .body("field", equalTo("coordinateSystem"))
        .body("detail", containsString("WGS-84, GCJ-02 or BD-09"));
    manager()
        .body(
            "{\"coordinateSystem\":\"GCJ-02\",\"streets\":"
                + "[[{\"lat\":31.2285,\"lon\":121.4782},{\"lat\":31.23,\"lon\":121.48}]]}")
        .put("/v1/map/streets")
        .then()
        .statusCode(200);
    // 31.2285, 121.4782 on a Chinese map stands 0.5 km south-east of there in WGS-84.
    io.restassured.path.json.JsonPath drawn = manager().get("/v1/map/streets").jsonPath();
    assertThat(drawn.getDouble("streets[0][0].lat")).isCloseTo(31.23044, within(0.00001));
    assertThat(drawn.getDouble("streets[0][0].lon")).isCloseTo(121.47368, within(0.00001));
    manager()
        .body(
            "{\"coordinateSystem\":\"WGS-84\",\"streets\":[[{\"lat\":131.2,\"lon\":121.4},{\"lat\":31.2,\"lon\":121.4}]]}")
        .put("/v1/map/streets")
        .then()
        .statusCode(400);
  }
}
