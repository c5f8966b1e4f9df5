package org.shanpai.chassis.problem;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.shanpai.chassis.ShanpaiConfig;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.chassis.identity.TokenIssuer;
import org.shanpai.contracts.time.WallClock;

/** Every way to fail answers one kind of body and names the field to blame. */
@QuarkusTest
class ProblemIT {

  private static final String PROBLEM = "application/problem+json";

  @Inject ShanpaiConfig config;
  @Inject WallClock wall;

  private ValidatableResponse box(String body) {
    return given().contentType(ContentType.JSON).body(body).post("/doors/box").then();
  }

  private TokenIssuer issuer(String name) {
    return new TokenIssuer(name, config.keys().dir(), wall);
  }

  @Test
  void goodBodyPasses() {
    box("{\"storeId\":\"s-1\",\"place\":{\"lat\":31,\"lon\":121},\"units\":3}").statusCode(200);
  }

  @Test
  void malformedJsonSaysWhere() {
    box("{\"storeId\":\n nope")
        .statusCode(400)
        .contentType(PROBLEM)
        .body("detail", containsString("line 2"));
  }

  @Test
  void emptyBodyIsABadRequest() {
    box("").statusCode(400).contentType(PROBLEM);
  }

  @Test
  void brokenRuleNamesItsField() {
    box("{\"storeId\":\"s-1\",\"units\":9}")
        .statusCode(400)
        .contentType(PROBLEM)
        .body("field", equalTo("units"))
        .body("type", equalTo("urn:shanpai:problem:bad-request"));
    box("{\"units\":1}").statusCode(400).body("field", equalTo("storeId"));
  }

  /** As the service itself reads them: Jackson's own times must not be asked instead. */
  @Test
  void timesThatNoDatabaseHoldsNameTheirField() {
    for (String times :
        List.of(
            "\"at\":\"+1000000000-12-31T23:59:59.999999999Z\"",
            "\"at\":\"-999999999-01-01T00:00:00Z\"",
            "\"at\":\"0000-12-31T23:59:59Z\"",
            "\"at\":9223372036854775",
            "\"day\":\"+999999999-12-31\"",
            "\"day\":\"0000-12-31\"",
            "\"day\":[-5,1,1]")) {
      times("{" + times + "}")
          .statusCode(400)
          .contentType(PROBLEM)
          .body("field", equalTo(times.split("\"")[1]));
    }
    times("{\"at\":\"9999-12-31T23:59:59Z\",\"day\":\"0001-01-01\"}")
        .statusCode(200)
        .body("at", equalTo("9999-12-31T23:59:59Z"))
        .body("day", equalTo("0001-01-01"));
  }

  private static ValidatableResponse times(String body) {
    return given().contentType(ContentType.JSON).body(body).post("/doors/times").then();
  }

  @Test
  void impossibleValueNamesItsFieldAndRule() {
    box("{\"storeId\":\"s 1\",\"units\":1}")
        .statusCode(400)
        .contentType(PROBLEM)
        .body("field", equalTo("storeId"))
        .body("detail", containsString("A-Za-z0-9"));
    box("{\"storeId\":\"s-1\",\"place\":{\"lat\":310,\"lon\":121},\"units\":1}")
        .statusCode(400)
        .body("field", equalTo("place"))
        .body("detail", containsString("lat must be within"));
    box("{\"storeId\":\"s-1\",\"units\":\"many\"}").statusCode(400).body("field", equalTo("units"));
  }

  @Test
  void refusalKeepsItsSlugAndRetryAfter() {
    given()
        .get("/doors/problem")
        .then()
        .statusCode(409)
        .contentType(PROBLEM)
        .header("Retry-After", "3")
        .body("type", equalTo("urn:shanpai:problem:in-progress"));
  }

  @Test
  void bugKeepsItsDetailToItselfAndGivesTheTrace() {
    given()
        .get("/doors/bug")
        .then()
        .statusCode(500)
        .contentType(PROBLEM)
        .body(not(containsString("secret")))
        .body("traceId", org.hamcrest.Matchers.hasLength(32));
  }

  @Test
  void frameworkErrorsAreProblemsToo() {
    given().get("/nowhere").then().statusCode(404);
    given().delete("/doors/box").then().statusCode(405).contentType(PROBLEM);
    given()
        .contentType("text/plain")
        .body("x")
        .post("/doors/box")
        .then()
        .statusCode(415)
        .contentType(PROBLEM);
  }

  @Test
  void anonymousWrongRoleAndWrongIssuerAreToldApart() {
    given().get("/doors/managers").then().statusCode(401).contentType(PROBLEM);
    given()
        .header("Authorization", "Bearer nonsense")
        .get("/doors/managers")
        .then()
        .statusCode(401)
        .contentType(PROBLEM);
    String riderWhoSaysManager =
        issuer("rider-service")
            .issue("r-1", Set.of(Roles.MANAGER), Duration.ofMinutes(1), Map.of());
    given()
        .header("Authorization", "Bearer " + riderWhoSaysManager)
        .get("/doors/managers")
        .then()
        .statusCode(403)
        .contentType(PROBLEM);
    String manager =
        issuer("control-room")
            .issue("boss", Set.of(Roles.MANAGER), Duration.ofMinutes(1), Map.of());
    given()
        .header("Authorization", "Bearer " + manager)
        .get("/doors/managers")
        .then()
        .statusCode(200)
        .body(equalTo("boss"));
  }

  @Test
  void serviceTokenIsTakenOnlyAtItsAudienceAndNamesItsActor() {
    Duration life = Duration.ofMinutes(1);
    given()
        .header(
            "Authorization",
            "Bearer " + issuer("rider-service").issueForService("geo-service", "r-7", life))
        .get("/doors/services")
        .then()
        .statusCode(200)
        .body(equalTo("r-7"));
    given()
        .header(
            "Authorization",
            "Bearer " + issuer("rider-service").issueForService("order-service", "r-7", life))
        .get("/doors/services")
        .then()
        .statusCode(401);
  }

  @Test
  void cookieChangesNothingWithoutTheCsrfHeader() {
    String token =
        issuer("control-room")
            .issue("boss", Set.of(Roles.MANAGER), Duration.ofMinutes(1), Map.of("csrf", "c-1"));
    given().cookie("shanpai_session", token).get("/doors/managers").then().statusCode(200);
    given().cookie("shanpai_session", token).post("/doors/managers").then().statusCode(401);
    given()
        .cookie("shanpai_session", token)
        .header("X-Shanpai-Csrf", "c-1")
        .post("/doors/managers")
        .then()
        .statusCode(200);
  }

  /** What a client's library would not send. */
  private static String raw(String target, String header) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", RestAssured.port)) {
      socket.setSoTimeout(10_000);
      String request =
          "GET %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n%s\r\n\r\n".formatted(target, header);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void addressWithNulIsAProblem() throws IOException {
    for (String target : List.of("/doors/a%00b", "/doors/box?name=%00")) {
      assertThat(raw(target, "Accept: */*"))
          .as(target)
          .startsWith("HTTP/1.1 400")
          .contains(PROBLEM, "urn:shanpai:problem:bad-request");
    }
  }

  @Test
  void bodyOverTheLimitIsAProblem() {
    box("{\"storeId\":\"" + "x".repeat(1_100_000) + "\"}")
        .statusCode(413)
        .contentType(PROBLEM)
        .body("type", equalTo("urn:shanpai:problem:too-large"));
  }
}
