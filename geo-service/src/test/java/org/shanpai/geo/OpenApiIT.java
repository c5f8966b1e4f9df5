package org.shanpai.geo;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.shanpai.messaging.ParkedMessages;
import org.shanpai.openapi.AccessMatrix;
import org.shanpai.openapi.ApiDocument;
import org.shanpai.openapi.DocumentRules;
import org.shanpai.openapi.PlainSender;

/** The service held to its own OpenAPI document. */
@QuarkusTest
class OpenApiIT extends GeoServiceTest {

  @Inject AgroalDataSource database;

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
    city();
    List<String> areas = ids("/v1/areas", "areaId");
    List<String> zones = ids("/v1/zones", "zoneId");
    try {
      ask();
    } finally {
      // The examples lie where the other tests have their streets and riders.
      for (String area : ids("/v1/areas", "areaId")) {
        operator("manager").delete("/v1/areas/" + area + "/weather");
        if (!areas.contains(area)) {
          putArea(area, MIDDLE.offsetMetres(90_000, 90_000), 50);
        }
      }
      ids("/v1/zones", "zoneId").stream()
          .filter(zone -> !zones.contains(zone))
          .forEach(zone -> operator("manager").delete("/v1/zones/" + zone));
    }
  }

  private List<String> ids(String path, String name) {
    List<String> found = new ArrayList<>();
    Matcher matcher =
        Pattern.compile("\"" + name + "\":\"([^\"]+)\"")
            .matcher(operator("manager").get(path).then().statusCode(200).extract().asString());
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  private void ask() {
    String rider = unique("r");
    send(rider, MIDDLE);
    String zone = unique("z");
    AccessMatrix matrix =
        new AccessMatrix(document(), new PlainSender("http://127.0.0.1:" + RestAssured.port))
            .owner("manager", token("control-room", "boss", "manager"))
            .owner("dispatcher", token("control-room", "dee", "dispatcher"))
            .owner("station-manager", token("control-room", "stan", "station-manager"))
            .owner("viewer", token("control-room", "vi", "viewer"))
            .owner("rider", riderToken(rider))
            .owner("merchant", token("order-service", "m-1", "merchant"))
            .owner("service", serviceToken())
            .value("areaId", () -> "a-whole-city")
            .value("PUT /v1/areas/{areaId}", "areaId", () -> unique("a-matrix"))
            .value("riderId", () -> rider)
            .value("zoneId", () -> zone(zone))
            .value("id", this::parked)
            .value("storeId", () -> "s-nobody")
            .value("jobId", () -> "j-nobody");
    matrix
        .value("plannedAt", () -> clock.now().plusSeconds(1_200).toString())
        // The store shown has not been heard of here: its place is told instead.
        .body(
            "POST /internal/v1/promise",
            () ->
                "{\"storeId\": \"s-nobody\", \"areaId\": \"a-whole-city\","
                    + " \"pickup\": {\"lat\": 31.23, \"lon\": 121.47},"
                    + " \"dropoff\": {\"lat\": 31.24, \"lon\": 121.48}}")
        // Nothing was told of these yet.
        .answers("GET /v1/jobs/{jobId}/evidence", 404)
        .answers("GET /internal/v1/stores/{storeId}/serves", 200, 404)
        .answers("GET /v1/stores/{storeId}/learned", 200, 404)
        // The phone's clock of the example is of another day.
        .answers("POST /v1/positions", 202, 400);
    assertThat(matrix.violations()).isEmpty();
    assertThat(matrix.asked()).isGreaterThan(200);
  }

  /** There is always one to look at, and to remove. */
  private String zone(String zoneId) {
    operator("manager")
        .body(
            java.util.Map.of(
                "kind", "SLOW",
                "name", "matrix",
                "coordinateSystem", "WGS-84",
                "speedFactor", 0.9,
                "geometry",
                    java.util.Map.of(
                        "type",
                        "Polygon",
                        "coordinates",
                        List.of(
                            List.of(
                                List.of(121.30, 31.10),
                                List.of(121.31, 31.10),
                                List.of(121.31, 31.11),
                                List.of(121.30, 31.10))))))
        .put("/v1/zones/" + zoneId)
        .then()
        .statusCode(org.hamcrest.Matchers.oneOf(200, 201));
    return zoneId;
  }

  /** A message that waits for an operator, and could be taken. */
  private String parked() {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "insert into parked (topic, kafka_partition, kafka_offset, key, type, payload,"
                    + " reason, parked_at) values ('shanpai.weather', 0, (select"
                    + " coalesce(max(kafka_offset), 0) + 1 from parked), ?, 'weather.alert.v1', ?,"
                    + " 'planted', now()) returning id")) {
      statement.setString(1, unique("p"));
      statement.setString(2, ParkedMessages.ENVELOPE);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
