package org.shanpai.order;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.core.ThrowingRunnable;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.shanpai.chassis.identity.TokenIssuer;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.messaging.Envelopes;
import org.shanpai.messaging.Event;
import org.shanpai.messaging.EventProducer;
import org.shanpai.messaging.Json;
import org.shanpai.servers.ServersTestResource;

/** What the tests against the real servers share: a merchant, a store, orders, events, rows. */
@QuarkusTestResource(
    value = ServersTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "order-service"))
@QuarkusTestResource(GeoStub.class)
@QuarkusTestResource(DispatchStub.class)
@QuarkusTestResource(RiderStub.class)
public abstract class OrderServiceScenario {

  protected static final double LAT = 31.2304;
  protected static final double LON = 121.4737;

  @Inject protected AgroalDataSource database;
  @Inject protected CityClock clock;
  @Inject protected WallClock wall;
  @Inject EventProducer producer;

  @ConfigProperty(name = "shanpai.keys.dir")
  protected String keys;

  /** A merchant that signed in, with one open store at LAT, LON that delivers 3 km. */
  protected record Shop(String merchantId, String storeId, String token) {}

  protected static Shop shopOf(String merchantId, String storeId, String token) {
    return new Shop(merchantId, storeId, token);
  }

  protected static String unique() {
    return UUID.randomUUID().toString().substring(0, 13);
  }

  protected String token(String issuer, String subject, String role) {
    return new TokenIssuer(issuer, Path.of(keys), wall)
        .issue(subject, Set.of(role), Duration.ofMinutes(5), Map.of());
  }

  protected String riderServiceToken(String rider) {
    return new TokenIssuer("rider-service", Path.of(keys), wall)
        .issueForService("order-service", rider, Duration.ofMinutes(5));
  }

  protected static RequestSpecification as(String token) {
    return given().auth().oauth2(token).contentType(ContentType.JSON);
  }

  /** Taken in, signed in and equipped through the public API. */
  protected Shop shop() {
    return shop(LAT);
  }

  protected Shop shop(double lat) {
    String merchantId = "m-" + unique();
    Response taken =
        as(token("control-room", "boss", "manager"))
            .body(Map.of("name", "Shop " + merchantId))
            .put("/v1/merchants/" + merchantId);
    assertThat(taken.statusCode()).isEqualTo(201);
    Response signedIn =
        given()
            .contentType(ContentType.JSON)
            .body(
                Map.of(
                    "clientId", taken.path("clientId"), "clientSecret", taken.path("clientSecret")))
            .post("/v1/tokens");
    assertThat(signedIn.statusCode()).isEqualTo(200);
    String token = signedIn.path("accessToken");
    String storeId = "s-" + unique();
    as(token).body(store(lat, true)).put("/v1/stores/" + storeId).then().statusCode(201);
    return new Shop(merchantId, storeId, token);
  }

  protected static Map<String, Object> store(double lat, boolean open) {
    return Map.of(
        "name",
        "Store",
        "coordinateSystem",
        "WGS-84",
        "place",
        Map.of("lat", lat, "lon", LON),
        "rangeMetres",
        3000,
        "preparationSeconds",
        600,
        "open",
        open);
  }

  /** A good order, 1.1 km or so from the store. */
  protected static ObjectNode order(Shop shop) {
    ObjectNode body = Json.mapper().createObjectNode();
    body.put("storeId", shop.storeId());
    ObjectNode dropoff = body.putObject("dropoff");
    dropoff
        .put("coordinateSystem", "WGS-84")
        .putObject("place")
        .put("lat", LAT + 0.01)
        .put("lon", LON);
    dropoff.put("address", "Secret Lane 7").put("contactName", "Ms Hidden");
    dropoff.put("contactPhone", "13912345678");
    body.putArray("items")
        .addObject()
        .put("name", "milk")
        .put("quantity", 2)
        .put("valueFen", 1290)
        .put("weightGrams", 1050);
    return body;
  }

  protected static Response create(Shop shop, String key, JsonNode body) {
    return as(shop.token())
        .header("Idempotency-Key", key)
        .body(Json.write(body))
        .post("/v1/orders");
  }

  protected static String created(Shop shop) {
    Response response = create(shop, unique(), order(shop));
    assertThat(response.statusCode()).as(response.asString()).isEqualTo(201);
    return response.path("orderId");
  }

  protected static Response get(Shop shop, String orderId) {
    return as(shop.token()).get("/v1/orders/" + orderId);
  }

  protected static void problem(Response response, int status, String field) {
    assertThat(response.statusCode()).as(response.asString()).isEqualTo(status);
    assertThat(response.contentType()).startsWith("application/problem+json");
    assertThat(response.<String>path("field")).as(response.asString()).isEqualTo(field);
    assertThat(response.<String>path("detail")).isNotBlank();
  }

  protected void send(JobFixture job) {
    send(event(EventType.JOB_STATE, "j-" + job.orderId().substring(2), job.version(), job.state()));
  }

  protected <T> Event<T> event(EventType<T> type, String key, long version, T data) {
    return new Event<>(
        UUID.randomUUID(),
        type,
        new CityId("city-1"),
        key,
        version,
        clock.now(),
        wall.now(),
        null,
        null,
        data);
  }

  protected void send(Event<?> event) {
    send(event.type().topic().text(), event.key(), Envelopes.write(event));
  }

  protected void send(String topic, String key, String text) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    producer.send(
        new ProducerRecord<>(topic, key, text),
        failure -> {
          if (failure == null) {
            done.complete(null);
          } else {
            done.completeExceptionally(failure);
          }
        });
    done.orTimeout(20, TimeUnit.SECONDS).join();
  }

  protected static void eventually(ThrowingRunnable assertion) {
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptions()
        .untilAsserted(assertion);
  }

  protected long count(String sql, Object... arguments) {
    return Long.parseLong(column(sql, arguments).get(0));
  }

  /** The first column of every row, as text. */
  protected List<String> column(String sql, Object... arguments) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < arguments.length; i++) {
        statement.setObject(i + 1, arguments[i]);
      }
      List<String> values = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          values.add(rows.getString(1));
        }
      }
      return values;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  protected void execute(String sql) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.execute();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
