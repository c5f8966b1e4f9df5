package org.shanpai.geo.weather;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.event.WeatherAlert;
import org.shanpai.geo.GeoServiceTest;
import org.shanpai.messaging.Envelopes;
import org.shanpai.messaging.Tx;

/** The weather set by operators, and the travel times that follow it. */
@QuarkusTest
class WeatherIT extends GeoServiceTest {

  @Inject WeatherRegister register;
  @Inject Tx tx;

  private int[] matrix(String areaId, List<GeoPoint> origins, List<GeoPoint> destinations) {
    Map<String, Object> question = new HashMap<>();
    question.put("areaId", areaId);
    question.put("origins", origins.stream().map(GeoServiceTest::corner).toList());
    question.put("destinations", destinations.stream().map(GeoServiceTest::corner).toList());
    byte[] bytes =
        service()
            .body(question)
            .post("/internal/v1/travel-times")
            .then()
            .statusCode(200)
            .contentType("application/octet-stream")
            .extract()
            .asByteArray();
    int[] cells = new int[bytes.length / 4];
    ByteBuffer.wrap(bytes).asIntBuffer().get(cells);
    return cells;
  }

  @Test
  void weatherChangesTheMatrixOfItsAreaAndIsPublished() {
    String area = unique("a");
    putArea(area, MIDDLE, 2_000).statusCode(201);
    List<GeoPoint> from = List.of(new GeoPoint(31.23, 121.47));
    List<GeoPoint> to = List.of(new GeoPoint(31.24, 121.47), new GeoPoint(31.23, 121.47));
    // 0.01° = 1,111.95 m × 1.3 ÷ 15 km/h = 346.93 s.
    assertThat(matrix(area, from, to)).containsExactly(347, 0);
    operator(Roles.VIEWER)
        .get("/v1/areas/" + area + "/weather")
        .then()
        .statusCode(200)
        .body("level", equalTo("NONE"))
        .body("version", equalTo(0));

    operator(Roles.DISPATCHER)
        .body(Map.of("level", "ORANGE", "travelFactor", 1.5))
        .put("/v1/areas/" + area + "/weather")
        .then()
        .statusCode(200)
        .body("version", equalTo(1))
        .body("promiseExtraSeconds", equalTo(600))
        .body("setBy", equalTo("u-1"));
    // 346.93 s × 1.5 = 520.39 s.
    assertThat(matrix(area, from, to)).containsExactly(521, 0);
    assertThat(matrix(null, from, to)).containsExactly(347, 0);
    List<String> told = published("shanpai.weather", area, 1);
    WeatherAlert alert = (WeatherAlert) Envelopes.read(told.get(0)).data();
    assertThat(alert.level()).isEqualTo(WeatherAlert.Level.ORANGE);
    assertThat(alert.travelFactor()).isEqualTo(1.5);

    operator(Roles.MANAGER)
        .body(Map.of("level", "NONE"))
        .put("/v1/areas/" + area + "/weather")
        .then()
        .statusCode(200)
        .body("version", equalTo(2))
        .body("travelFactor", equalTo(1.0f));
    assertThat(matrix(area, from, to)).containsExactly(347, 0);
  }

  @Test
  void weatherThatCannotBeIsRefusedByField() {
    String area = unique("a");
    putArea(area, MIDDLE, 2_000).statusCode(201);
    refused(area, "{}", 422, "level");
    refused(area, "{\"level\":\"RED\",\"travelFactor\":0.5}", 422, "travelFactor");
    refused(area, "{\"level\":\"RED\",\"travelFactor\":\"NaN\"}", 422, "travelFactor");
    refused(area, "{\"level\":\"RED\",\"promiseExtraSeconds\":-1}", 422, "promiseExtraSeconds");
    refused(area, "{\"level\":\"NONE\",\"travelFactor\":2}", 422, "level");
    refused(area, "{\"level\":\"HAIL\"}", 400, "level");
    operator(Roles.MANAGER)
        .body("{\"level\":\"RED\"}")
        .put("/v1/areas/" + unique("a") + "/weather")
        .then()
        .statusCode(404);
  }

  private void refused(String area, String body, int status, String field) {
    operator(Roles.DISPATCHER)
        .body(body)
        .put("/v1/areas/" + area + "/weather")
        .then()
        .statusCode(status)
        .contentType("application/problem+json")
        .body("field", equalTo(field));
  }

  private String level(String area) {
    return operator(Roles.VIEWER)
        .get("/v1/areas/" + area + "/weather")
        .then()
        .statusCode(200)
        .extract()
        .path("level");
  }

  @Test
  void operatorsWordWinsOverTheFeedUntilItEndsOrIsTakenBack() {
    String area = unique("a");
    putArea(area, MIDDLE, 2_000).statusCode(201);
    Instant now = clock.now();
    WeatherSetting fed =
        new WeatherSetting(
            AreaId.of(area),
            WeatherAlert.Level.ORANGE,
            1.25,
            600,
            now.minusSeconds(60),
            null,
            "feed:met office");
    tx.await(() -> register.feed(List.of(fed)));
    operator(Roles.VIEWER)
        .get("/v1/areas/" + area + "/weather")
        .then()
        .body("level", equalTo("ORANGE"))
        .body("setBy", equalTo("feed:met office"));
    operator(Roles.DISPATCHER)
        .body(Map.of("level", "NONE", "until", now.plusSeconds(4).toString()))
        .put("/v1/areas/" + area + "/weather")
        .then()
        .statusCode(200)
        .body("level", equalTo("NONE"))
        .body("until", org.hamcrest.Matchers.notNullValue());
    eventually(15, () -> assertThat(level(area)).as("the word has ended").isEqualTo("ORANGE"));
    operator(Roles.DISPATCHER)
        .body(Map.of("level", "RED"))
        .put("/v1/areas/" + area + "/weather")
        .then()
        .body("level", equalTo("RED"));
    operator(Roles.DISPATCHER)
        .delete("/v1/areas/" + area + "/weather")
        .then()
        .statusCode(200)
        .body("level", equalTo("ORANGE"));
    tx.await(() -> register.feed(List.of()));
    assertThat(level(area)).isEqualTo("NONE");
    operator(Roles.VIEWER)
        .get("/v1/areas/" + area + "/weather/history")
        .then()
        .statusCode(200)
        .body("level", equalTo(List.of("NONE", "ORANGE", "RED", "ORANGE", "NONE", "ORANGE")))
        .body("version", equalTo(List.of(6, 5, 4, 3, 2, 1)));
    List<String> told = published("shanpai.weather", area, 6);
    assertThat(told).hasSize(6);
    assertThat(((WeatherAlert) Envelopes.read(told.get(3)).data()).level())
        .isEqualTo(WeatherAlert.Level.RED);
  }

  @Test
  void weatherThatEndsInThePastIsRefusedAndHistoryIsOfAnArea() {
    String area = unique("a");
    putArea(area, MIDDLE, 2_000).statusCode(201);
    refused(area, "{\"level\":\"RED\",\"until\":\"2020-01-01T00:00:00Z\"}", 422, "until");
    refused(area, "{\"level\":\"RED\",\"until\":\"2099-01-01T00:00:00Z\"}", 422, "until");
    operator(Roles.VIEWER)
        .get("/v1/areas/" + unique("a") + "/weather/history")
        .then()
        .statusCode(404);
    operator(Roles.MANAGER).delete("/v1/areas/" + unique("a") + "/weather").then().statusCode(404);
    operator(Roles.VIEWER).delete("/v1/areas/" + area + "/weather").then().statusCode(403);
    given().get("/v1/areas/" + area + "/weather/history").then().statusCode(401);
  }

  @Test
  void onlyDispatchersAndManagersSetTheWeather() {
    String path = "/v1/areas/a-whole-city/weather";
    city();
    String body = "{\"level\":\"NONE\"}";
    given().contentType("application/json").body(body).put(path).then().statusCode(401);
    operator(Roles.VIEWER).body(body).put(path).then().statusCode(403);
    rider("r-1").body(body).put(path).then().statusCode(403);
    operator(Roles.MANAGER).body("{}").post("/internal/v1/travel-times").then().statusCode(403);
  }

  @Test
  void aLargeMatrixIsAnsweredAndATooLargeOneRefused() {
    List<GeoPoint> places = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      places.add(MIDDLE.offsetMetres(i * 10, i * 7));
    }
    int[] cells = matrix(null, places, places);
    assertThat(cells).hasSize(90_000);
    for (int i = 0; i < 300; i++) {
      assertThat(cells[i * 300 + i]).isZero();
    }
    assertThat(cells[299])
        .isEqualTo((int) Math.ceil(places.get(0).metresTo(places.get(299)) * 1.3 / (15 / 3.6)));
    List<Map<String, Object>> many = new ArrayList<>();
    for (int i = 0; i < 1_500; i++) {
      many.add(corner(MIDDLE));
    }
    service()
        .body(Map.of("origins", many, "destinations", many))
        .post("/internal/v1/travel-times")
        .then()
        .statusCode(422)
        .body("field", equalTo("origins"));
  }

  @Test
  void questionsThatCannotBeAnsweredNameTheField() {
    question("{\"origins\":[]}", 400, "destinations");
    question("{\"origins\":[{\"lat\":91,\"lon\":1}],\"destinations\":[]}", 400, "origins[0]");
    question("{\"origins\":[{\"lat\":31}],\"destinations\":[]}", 400, "origins[0].lon");
    question("{\"areaId\":\"a-nowhere\",\"origins\":[],\"destinations\":[]}", 422, "areaId");
    service()
        .body("{\"origins\":[],\"destinations\":[]}")
        .post("/internal/v1/travel-times")
        .then()
        .statusCode(200);
  }

  private void question(String body, int status, String field) {
    service()
        .body(body)
        .post("/internal/v1/travel-times")
        .then()
        .statusCode(status)
        .contentType("application/problem+json")
        .body("field", equalTo(field));
  }
}
