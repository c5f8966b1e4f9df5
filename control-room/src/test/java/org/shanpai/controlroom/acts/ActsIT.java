package org.shanpai.controlroom.acts;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.shanpai.controlroom.fixture.Operator;
import org.shanpai.messaging.Tx;

@QuarkusTest
class ActsIT {

  @Inject Tx tx;

  private final String token = Operator.token("lin", "dispatcher");
  private final String key = UUID.randomUUID().toString();

  private Response act(String path, String key, Object body) {
    return given()
        .header("Authorization", "Bearer " + token)
        .header("Idempotency-Key", key)
        .contentType(ContentType.JSON)
        .body(body)
        .post(path);
  }

  private List<Map<String, String>> seen(String key) {
    String base = ConfigProvider.getConfig().getValue("test.neighbourhood", String.class);
    List<Map<String, String>> all = given().baseUri(base).get("/_seen").jsonPath().getList("$");
    return all.stream().filter(one -> key.equals(one.get("key"))).toList();
  }

  private Object[] audit(String key) {
    return tx.await(
        () ->
            tx.read(
                () ->
                    tx.session()
                        .flatMap(
                            session ->
                                session
                                    .createNativeQuery(
                                        "select operator, kind, subject, reason, status"
                                            + " from operator_act where request_key = :key",
                                        Object[].class)
                                    .setParameter("key", key)
                                    .getSingleResult())));
  }

  @Test
  void actGoesToItsOwnerWithTheOperatorsOwnTokenAndIsKept() {
    act("/v1/jobs/j-1/reassign", key, Map.of("reason", "车辆故障"))
        .then()
        .statusCode(200)
        .body("done", equalTo(true));
    assertThat(seen(key))
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.get("method")).isEqualTo("POST");
              assertThat(request.get("path")).isEqualTo("/dispatch/v1/jobs/j-1/reassign");
              assertThat(request.get("authorization")).isEqualTo("Bearer " + token);
              assertThat(request.get("body")).isEqualTo("{\"reason\":\"车辆故障\"}");
            });
    assertThat(audit(key)).containsExactly("lin", "REASSIGN", "j-1", "车辆故障", 200);
  }

  @Test
  void sameKeyActsOnceAndAnotherBodyUnderItIsRefused() {
    act("/v1/jobs/j-2/cancel", key, Map.of("reason", "sold out")).then().statusCode(200);
    act("/v1/jobs/j-2/cancel", key, Map.of("reason", "sold out")).then().statusCode(200);
    assertThat(seen(key)).hasSize(1);
    act("/v1/jobs/j-3/cancel", key, Map.of("reason", "sold out"))
        .then()
        .statusCode(422)
        .body("field", equalTo("Idempotency-Key"));
    assertThat(seen(key)).hasSize(1);
  }

  @Test
  void refusalOfTheOwnerIsPassedOnAndKept() {
    act("/v1/jobs/j-refused/cancel", key, Map.of("reason", "sold out"))
        .then()
        .statusCode(409)
        .contentType("application/problem+json")
        .body("detail", equalTo("It was picked up already."));
    assertThat(audit(key)[4]).isEqualTo(409);
  }

  @Test
  void ownerThatDoesNotAnswerIs503AndTheActMayBeTriedAgain() {
    act("/v1/jobs/j-dead/reassign", key, Map.of("reason", "silent")).then().statusCode(503);
    assertThat(audit(key)[4]).isEqualTo(503);
    int before = seen(key).size();
    act("/v1/jobs/j-dead/reassign", key, Map.of("reason", "silent")).then().statusCode(503);
    assertThat(seen(key).size()).isGreaterThan(before);
  }

  @Test
  void weatherIsSetThroughGeoServiceWithoutItsReason() {
    act(
            "/v1/areas/a-1/weather",
            key,
            Map.of(
                "level",
                "ORANGE",
                "travelFactor",
                1.25,
                "promiseExtraSeconds",
                600,
                "reason",
                "heavy rain"))
        .then()
        .statusCode(200);
    assertThat(seen(key))
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.get("method")).isEqualTo("PUT");
              assertThat(request.get("path")).isEqualTo("/geo/v1/areas/a-1/weather");
              assertThat(request.get("body"))
                  .isEqualTo(
                      "{\"level\":\"ORANGE\",\"promiseExtraSeconds\":600,\"travelFactor\":1.25}");
            });
    assertThat(audit(key)).containsExactly("lin", "WEATHER", "a-1", "heavy rain", 200);
  }

  @Test
  void actWithoutReasonOrKeyIsRefusedBeforeAnythingHappens() {
    act("/v1/jobs/j-1/cancel", key, Map.of("reason", " "))
        .then()
        .statusCode(400)
        .body("field", equalTo("reason"));
    given()
        .header("Authorization", "Bearer " + token)
        .contentType(ContentType.JSON)
        .body(Map.of("reason", "sold out"))
        .post("/v1/jobs/j-1/cancel")
        .then()
        .statusCode(400)
        .body("field", equalTo("Idempotency-Key"));
    act("/v1/areas/a-1/weather", key, Map.of("level", "ORANGE", "travelFactor", 9, "reason", "x"))
        .then()
        .statusCode(400)
        .body("field", equalTo("travelFactor"));
    assertThat(seen(key)).isEmpty();
  }

  @Test
  void deadAndUnwellServicesAreToldApart() {
    Response health = given().header("Authorization", "Bearer " + token).get("/v1/health/services");
    health
        .then()
        .statusCode(200)
        .body("find { it.service == 'order-service' }.state", equalTo("UP"))
        .body("find { it.service == 'geo-service' }.state", equalTo("DOWN"))
        .body("find { it.service == 'rider-service' }.state", equalTo("UNREACHABLE"));
  }
}
