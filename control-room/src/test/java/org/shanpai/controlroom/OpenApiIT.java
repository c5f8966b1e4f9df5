package org.shanpai.controlroom;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.shanpai.chassis.identity.TokenIssuer;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.controlroom.fixture.Operator;
import org.shanpai.messaging.ParkedMessages;
import org.shanpai.openapi.AccessMatrix;
import org.shanpai.openapi.ApiDocument;
import org.shanpai.openapi.DocumentRules;
import org.shanpai.openapi.PlainSender;

/** The service held to its own OpenAPI document. */
@QuarkusTest
class OpenApiIT {

  private static ApiDocument document() {
    return ApiDocument.parse(given().get("/q/openapi?format=json").asString());
  }

  private static String unique() {
    return UUID.randomUUID().toString().substring(0, 13);
  }

  @Test
  void everyOperationIsDocumentedWithExamplesAndErrors() {
    assertThat(DocumentRules.violations(document())).isEmpty();
  }

  /** The examples are what is sent: this is also the test that they are taken. */
  @Test
  void everyOperationLetsInWhomItSaysAndNobodyElse() {
    Config config = ConfigProvider.getConfig();
    AccessMatrix matrix =
        new AccessMatrix(document(), new PlainSender("http://127.0.0.1:" + RestAssured.port))
            .open("POST /v1/operators/first", "POST /v1/operators/sessions")
            .owner("manager", Operator.token("boss", "manager"))
            .owner("dispatcher", Operator.token("dee", "dispatcher"))
            .owner("station-manager", Operator.token("stan", "station-manager"))
            .owner("viewer", Operator.token("vi", "viewer"))
            .owner("rider", Operator.issuedBy("rider-service", "r-1", "rider"))
            .owner("merchant", Operator.issuedBy("order-service", "m-1", "merchant"))
            .owner(
                "service",
                new TokenIssuer(
                        "order-service",
                        Path.of(config.getValue("shanpai.keys.dir", String.class)),
                        WallClock.system())
                    .issueForService("control-room", null, Duration.ofMinutes(5)))
            .value("jobId", () -> "j-" + unique())
            .value("areaId", () -> "a-1")
            .value("orderId", () -> "o-" + unique())
            .value("riderId", () -> "r-" + unique())
            .value("storeId", () -> "s-" + unique())
            .value("username", () -> "op" + unique())
            .value("id", OpenApiIT::parked);
    matrix
        .tokens(
            "DELETE /v1/operators/sessions/current",
            role -> Operator.token("leaving-" + unique(), role))
        // The credentials shown are nobody's.
        .answers("POST /v1/operators/first", 401, 409)
        .answers("POST /v1/operators/sessions", 401)
        // The message is of a later day than the city of the tests.
        .answers("POST /v1/ops/parked/{id}/replay", 422)
        // Nothing was told of these.
        .answers("GET /v1/orders/{orderId}/story", 404)
        .answers("GET /v1/riders/{riderId}", 404)
        .answers("GET /v1/stores/{storeId}", 404);
    assertThat(matrix.violations()).isEmpty();
    assertThat(matrix.asked()).isGreaterThan(100);
  }

  /** A message that waits for an operator, and could be taken. */
  private static String parked() {
    Config config = ConfigProvider.getConfig();
    try (Connection connection =
            DriverManager.getConnection(
                config.getValue("quarkus.datasource.jdbc.url", String.class),
                config.getValue("quarkus.datasource.username", String.class),
                config.getValue("quarkus.datasource.password", String.class));
        PreparedStatement statement =
            connection.prepareStatement(
                "insert into parked (topic, kafka_partition, kafka_offset, key, type, payload,"
                    + " reason, parked_at) values ('shanpai.weather', 0, (select"
                    + " coalesce(max(kafka_offset), 0) + 1 from parked), ?, 'weather.alert.v1', ?,"
                    + " 'planted', now()) returning id")) {
      statement.setString(1, unique());
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
