package org.shanpai.geo.eta;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.geo.GeoServiceTest;
import org.shanpai.messaging.Tx;

/** What other services ask before they promise or plan, where nothing was learned yet. */
@QuarkusTest
class PromiseIT extends GeoServiceTest {

  @Inject Windows windows;
  @Inject Tx tx;

  /** What other tests' deliveries taught must not widen what is assumed here. */
  @BeforeEach
  void nothingLearned() {
    tx.await(
        () ->
            tx.write(
                () ->
                    tx.session()
                        .chain(
                            session ->
                                session
                                    .createNativeQuery("delete from eta_window")
                                    .executeUpdate())));
    windows.learn();
  }

  private static final GeoPoint STORE = MIDDLE.offsetMetres(-9_000, 9_000);

  private Map<String, Object> question(double metresNorth) {
    Map<String, Object> question = new HashMap<>();
    question.put("storeId", unique("s"));
    question.put("pickup", corner(STORE));
    question.put("dropoff", corner(STORE.offsetMetres(metresNorth, 0)));
    question.put("preparationSeconds", 600);
    return question;
  }

  private JsonPath ask(Map<String, Object> question) {
    return service()
        .body(question)
        .post("/internal/v1/promise")
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  @Test
  void theFloorIsTheOneOfTheOperationsBook() {
    JsonPath near = ask(question(1_000));
    assertThat(near.getBoolean("reachable")).isTrue();
    // 1,000 m × 1.3, at 15 km/h 312 s.
    assertThat(near.getInt("metres")).isBetween(1_299, 1_301);
    assertThat(near.getInt("travelSeconds")).isBetween(312, 313);
    int sum =
        (int)
            Math.ceil(
                near.getInt("kitchenP80Seconds")
                    + near.getInt("metres") / (15 / 3.6)
                    + near.getInt("handoverP80Seconds")
                    + 300);
    assertThat(near.getInt("floorSeconds"))
        .isEqualTo(Math.max(sum, near.getInt("plannedP85Seconds")));
    assertThat(near.getInt("plannedP85Seconds")).isGreaterThan(near.getInt("plannedSeconds"));
    // Half an hour fits at one kilometre and does not at three.
    assertThat(near.getInt("floorSeconds")).isLessThan(1_800);
    assertThat(ask(question(3_000)).getInt("floorSeconds")).isGreaterThan(1_800);
  }

  @Test
  void theWeatherOfTheAreaSlowsTheRideAndAddsItsExtra() {
    String area = unique("a");
    putArea(area, STORE, 2_000).statusCode(201);
    Map<String, Object> question = question(1_500);
    question.put("areaId", area);
    JsonPath before = ask(question);
    operator(Roles.DISPATCHER)
        .body(Map.of("level", "ORANGE", "travelFactor", 2))
        .put("/v1/areas/" + area + "/weather")
        .then()
        .statusCode(200);
    JsonPath after = ask(question);
    assertThat(after.getInt("travelSeconds")).isBetween(935, 940);
    assertThat(after.getInt("travelSeconds")).isGreaterThan(before.getInt("travelSeconds"));
    assertThat(before.getInt("weatherExtraSeconds")).isZero();
    assertThat(after.getInt("weatherExtraSeconds")).isEqualTo(600);
    assertThat(after.getInt("metres")).isEqualTo(before.getInt("metres"));
  }

  @Test
  void stopTimesAnswerEveryStopInItsPlace() {
    JsonPath times =
        service()
            .body(
                Map.of(
                    "stops",
                    List.of(
                        Map.of("kind", "PICKUP", "place", corner(STORE), "storeId", "s-none"),
                        Map.of("kind", "DROPOFF", "place", corner(STORE)))))
            .post("/internal/v1/stop-times")
            .then()
            .statusCode(200)
            .extract()
            .jsonPath();
    assertThat(times.getList("stops")).hasSize(2);
    assertThat(times.getInt("stops[0].samples")).isZero();
    assertThat(times.getInt("stops[0].seconds")).isPositive();
    assertThat(times.getInt("stops[1].p80Seconds")).isGreaterThan(times.getInt("stops[1].seconds"));
  }

  @Test
  void questionsThatCannotBeAnsweredNameTheField() {
    refused("promise", Map.of("dropoff", corner(STORE)), 400, "storeId");
    refused("promise", Map.of("storeId", "s-1"), 400, "dropoff");
    refused("promise", Map.of("storeId", unique("s"), "dropoff", corner(STORE)), 422, "storeId");
    Map<String, Object> wrong = question(100);
    wrong.put("preparationSeconds", -1);
    refused("promise", wrong, 422, "preparationSeconds");
    wrong.put("preparationSeconds", 1);
    wrong.put("areaId", "a-nowhere");
    refused("promise", wrong, 422, "areaId");
    refused("stop-times", Map.of(), 400, "stops");
    refused(
        "stop-times", Map.of("stops", List.of(Map.of("kind", "PICKUP"))), 400, "stops[0].place");
    operator(Roles.MANAGER).body(question(100)).post("/internal/v1/promise").then().statusCode(403);
    given()
        .contentType("application/json")
        .body("{}")
        .post("/internal/v1/promise")
        .then()
        .statusCode(401);
  }

  private void refused(String path, Map<String, Object> body, int status, String field) {
    service()
        .body(body)
        .post("/internal/v1/" + path)
        .then()
        .statusCode(status)
        .contentType("application/problem+json")
        .body("field", equalTo(field));
  }
}
