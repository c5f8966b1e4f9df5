package org.shanpai.order.intake;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.shanpai.chassis.identity.TokenIssuer;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.CoordinateSystem;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.WeatherAlert;
import org.shanpai.messaging.Json;
import org.shanpai.openapi.AnswerContract;
import org.shanpai.order.OrderServiceScenario;

@QuarkusTest
class IntakeResourceIT extends OrderServiceScenario {

  @Test
  void goodOrderIsTakenInWithPromiseFeeAndCodes() {
    Shop shop = shop();
    Response response = create(shop, unique(), order(shop));
    assertThat(response.statusCode()).isEqualTo(201);
    String id = response.path("orderId");
    assertThat(id).startsWith("o-");
    assertThat(response.header("Location")).endsWith("/v1/orders/" + id);
    assertThat(response.<String>path("status")).isEqualTo("CREATED");
    assertThat(response.<String>path("areaId")).isEqualTo("a-312");
    assertThat(response.<Integer>path("distanceMetres")).isBetween(1110, 1115);
    assertThat(response.<Integer>path("feeParts.baseFen")).isEqualTo(400);
    assertThat(response.<Integer>path("feeParts.distanceFen")).isEqualTo(60);
    assertThat(response.<Integer>path("roadMetres")).isEqualTo(1500);
    assertThat(response.<Map<String, Integer>>path("feeParts").values())
        .as("the parts of the fee, whatever the time of day")
        .hasSize(6);
    assertThat(response.<Integer>path("deliveryFeeFen"))
        .isEqualTo(
            response.<Map<String, Integer>>path("feeParts").values().stream()
                .mapToInt(Integer::intValue)
                .sum());
    assertThat(response.<Integer>path("goodsValueFen")).isEqualTo(2580);
    assertThat(response.<Integer>path("loadUnits")).isEqualTo(1);
    assertThat(response.<String>path("pickupCode")).matches("[0-9]{4}");
    assertThat(response.<String>path("deliveryCode")).matches("[0-9]{6}");
    Instant start = Instant.parse(response.path("promise.start"));
    assertThat(Instant.parse(response.path("promise.end")))
        .isEqualTo(start.plus(Duration.ofMinutes(30)));
    assertThat(Instant.parse(response.path("expectedReadyAt")))
        .isEqualTo(start.plus(Duration.ofMinutes(10)));
    assertThat(Json.read(get(shop, id).asString(), JsonNode.class))
        .isEqualTo(Json.read(response.asString(), JsonNode.class));
  }

  @Test
  void eventForTheOtherServicesCarriesNoPersonalDataAndNoCode() {
    Shop shop = shop();
    Response response = create(shop, unique(), order(shop));
    String id = response.path("orderId");
    List<String> payloads =
        column("select payload from outbox where topic = 'shanpai.order' and key = ?", id);
    assertThat(payloads).hasSize(1);
    JsonNode event = Json.read(payloads.get(0), JsonNode.class);
    assertThat(event.path("type").asText()).isEqualTo("order.state.v1");
    assertThat(event.path("version").asLong()).isEqualTo(1);
    assertThat(event.path("data").path("orderId").asText()).isEqualTo(id);
    assertThat(event.path("data").path("areaId").asText()).isEqualTo("a-312");
    assertThat(payloads.get(0))
        .doesNotContain("Hidden", "13912345678", "Secret Lane")
        .doesNotContain("\"" + response.<String>path("pickupCode") + "\"")
        .doesNotContain(response.<String>path("deliveryCode"));
    eventually(
        () ->
            assertThat(
                    count("select count(*) from outbox where key = ? and sent_at is not null", id))
                .isEqualTo(1));
  }

  @Test
  void sameKeyTwiceGivesOneOrderAndTheSameAnswer() {
    Shop shop = shop();
    String key = unique();
    Response first = create(shop, key, order(shop));
    Response second = create(shop, key, order(shop));
    assertThat(second.statusCode()).isEqualTo(201);
    assertThat(second.asString()).isEqualTo(first.asString());
    assertThat(second.header("Location")).isEqualTo(first.header("Location"));
    assertThat(ordersOf(shop)).isEqualTo(1);
  }

  @Test
  void sameKeyOfAnotherMerchantIsAnotherKey() {
    Shop one = shop();
    Shop other = shop();
    String key = unique();
    String first = create(one, key, order(one)).path("orderId");
    String second = create(other, key, order(other)).path("orderId");
    assertThat(second).startsWith("o-").isNotEqualTo(first);
  }

  @Test
  void sameKeyWithAnotherBodyIsRefused() {
    Shop shop = shop();
    String key = unique();
    create(shop, key, order(shop));
    ObjectNode other = order(shop);
    other.put("promiseSeconds", 2400);
    problem(create(shop, key, other), 422, "Idempotency-Key");
    assertThat(ordersOf(shop)).isEqualTo(1);
  }

  @Test
  void sameKeyWhileTheFirstIsUnderWayIsToldToTryAgain() throws Exception {
    Shop shop = shop();
    String key = unique();
    try (Connection first = database.getConnection()) {
      first.setAutoCommit(false);
      try (PreparedStatement lock =
          first.prepareStatement("select pg_advisory_xact_lock(hashtextextended(?, 0))")) {
        lock.setString(1, shop.merchantId() + "/orders\n" + key);
        lock.execute();
      }
      Response refused = create(shop, key, order(shop));
      problem(refused, 409, null);
      assertThat(refused.<String>path("type")).endsWith("in-progress");
      assertThat(Integer.parseInt(refused.header("Retry-After"))).isPositive();
      first.rollback();
    }
    assertThat(ordersOf(shop)).isZero();
    assertThat(create(shop, key, order(shop)).statusCode()).isEqualTo(201);
  }

  @Test
  void manyAtOnceWithTheSameKeyMakeOneOrder() {
    Shop shop = shop();
    String key = unique();
    List<CompletableFuture<Response>> calls = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      calls.add(CompletableFuture.supplyAsync(() -> create(shop, key, order(shop))));
    }
    List<Response> answers = calls.stream().map(CompletableFuture::join).toList();
    assertThat(answers).extracting(Response::statusCode).contains(201).isSubsetOf(201, 409);
    assertThat(
            answers.stream()
                .filter(answer -> answer.statusCode() == 201)
                .map(answer -> answer.<String>path("orderId"))
                .distinct())
        .hasSize(1);
    assertThat(ordersOf(shop)).isEqualTo(1);
  }

  @Test
  void powerCutBetweenOrderAndEventLeavesNothingBehind() {
    Shop shop = shop();
    String number = "cut-" + unique();
    String key = unique();
    execute(
        "create or replace function power_cut() returns trigger as $$ begin"
            + " raise exception 'power cut'; end $$ language plpgsql");
    execute(
        "create trigger power_cut before insert on outbox for each row"
            + " when (new.payload like '%"
            + number
            + "%') execute function power_cut()");
    ObjectNode body = order(shop);
    body.put("merchantOrderNo", number);
    try {
      Response cut =
          as(shop.token())
              .noFiltersOfType(AnswerContract.class)
              .header("Idempotency-Key", key)
              .body(Json.write(body))
              .post("/v1/orders");
      assertThat(cut.statusCode()).isGreaterThanOrEqualTo(500);
    } finally {
      execute("drop trigger power_cut on outbox");
    }
    assertThat(ordersOf(shop)).isZero();
    assertThat(
            count(
                "select count(*) from order_contact c where not exists"
                    + " (select 1 from orders o where o.order_id = c.order_id)"))
        .isZero();
    assertThat(count("select count(*) from idempotency where key = ?", key)).isZero();
    assertThat(count("select count(*) from outbox where payload like ?", "%" + number + "%"))
        .isZero();
    assertThat(create(shop, key, body).statusCode()).isEqualTo(201);
    assertThat(ordersOf(shop)).isEqualTo(1);
  }

  @Test
  void ownNumberIsTakenOnce() {
    Shop shop = shop();
    ObjectNode body = order(shop);
    body.put("merchantOrderNo", "no-1");
    assertThat(create(shop, unique(), body).statusCode()).isEqualTo(201);
    problem(create(shop, unique(), body), 409, "merchantOrderNo");
    Shop other = shop();
    ObjectNode theirs = order(other);
    theirs.put("merchantOrderNo", "no-1");
    assertThat(create(other, unique(), theirs).statusCode()).isEqualTo(201);
    Response found = as(shop.token()).queryParam("merchantOrderNo", "no-1").get("/v1/orders");
    assertThat(found.<List<Object>>path("orders")).hasSize(1);
    assertThat(ordersOf(shop)).isEqualTo(1);
  }

  @Test
  void keyIsNeededAndMustBePlain() {
    Shop shop = shop();
    problem(
        as(shop.token()).body(Json.write(order(shop))).post("/v1/orders"), 400, "Idempotency-Key");
    problem(create(shop, "with space", order(shop)), 400, "Idempotency-Key");
    problem(create(shop, "k".repeat(129), order(shop)), 400, "Idempotency-Key");
  }

  @Test
  void malformedJsonIsRefusedAsSuch() {
    Shop shop = shop();
    Response broken =
        as(shop.token())
            .header("Idempotency-Key", unique())
            .body("{\"storeId\": \"s-1\", ")
            .post("/v1/orders");
    assertThat(broken.statusCode()).isEqualTo(400);
    assertThat(broken.contentType()).startsWith("application/problem+json");
    Response empty =
        as(shop.token()).header("Idempotency-Key", unique()).body("").post("/v1/orders");
    assertThat(empty.statusCode()).isEqualTo(400);
    assertThat(ordersOf(shop)).isZero();
  }

  @ParameterizedTest(name = "{0} = {1} is refused naming {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "storeId | 'no such/id' | storeId",
        "promiseTier | 'FLYING' | promiseTier",
        "loadUnits | 'many' | loadUnits",
        "loadUnits | 0 | loadUnits",
        "expectedReadySeconds | -1 | expectedReadySeconds",
        "merchantOrderNo | 'a\u0000b' | merchantOrderNo",
        "items | [] | items",
        "items | 7 | items",
        "dropoff | null | dropoff",
      })
  void malformedFieldIsNamed(String field, String value, String named) {
    Shop shop = shop();
    ObjectNode body = order(shop);
    body.set(
        field,
        value.startsWith("[") || value.equals("null") || value.matches("-?[0-9]+")
            ? Json.read(value, JsonNode.class)
            : Json.mapper().getNodeFactory().textNode(value));
    problem(create(shop, unique(), body), 400, named);
    assertThat(ordersOf(shop)).isZero();
  }

  @Test
  void malformedPartOfAnItemIsNamedWithItsPlace() {
    Shop shop = shop();
    ObjectNode body = order(shop);
    ((ObjectNode) body.path("items").get(0)).put("quantity", 0);
    problem(create(shop, unique(), body), 400, "items[0].quantity");
    body = order(shop);
    ((ObjectNode) body.path("dropoff").path("place")).put("lat", 91);
    problem(create(shop, unique(), body), 400, "dropoff.place");
    body = order(shop);
    ((ObjectNode) body.path("dropoff")).put("contactPhone", "call me");
    Response refused = create(shop, unique(), body);
    problem(refused, 400, "dropoff.contactPhone");
    assertThat(refused.asString()).doesNotContain("call me");
  }

  @Test
  void unknownAndSomebodyElsesStoreAreBothUnknown() {
    Shop shop = shop();
    ObjectNode body = order(shop);
    body.put("storeId", "s-nowhere");
    problem(create(shop, unique(), body), 404, "storeId");
    body.put("storeId", shop().storeId());
    problem(create(shop, unique(), body), 404, "storeId");
    assertThat(ordersOf(shop)).isZero();
  }

  @Test
  void placeOutOfRangeIsRefusedNamingIt() {
    Shop shop = shop();
    ObjectNode body = order(shop);
    ((ObjectNode) body.path("dropoff").path("place")).put("lat", LAT + 0.0269);
    assertThat(create(shop, unique(), body).statusCode()).isEqualTo(201);
    ((ObjectNode) body.path("dropoff").path("place")).put("lat", LAT + 0.0271);
    Response refused = create(shop, unique(), body);
    problem(refused, 422, "dropoff.place");
    assertThat(refused.<String>path("type")).endsWith("out-of-range");
  }

  @Test
  void systemOfTheDropoffMustBeNamed() {
    Shop shop = shop();
    ObjectNode body = order(shop);
    ((ObjectNode) body.path("dropoff")).remove("coordinateSystem");
    Response refused = create(shop, unique(), body);
    problem(refused, 400, "dropoff.coordinateSystem");
    assertThat(refused.<String>path("detail")).contains("WGS-84", "GCJ-02", "BD-09");
    ((ObjectNode) body.path("dropoff")).put("coordinateSystem", "wgs84");
    problem(create(shop, unique(), body), 400, "dropoff.coordinateSystem");
    assertThat(ordersOf(shop)).isZero();
  }

  @Test
  void dropoffIsConvertedFromTheSystemItIsToldIn() {
    Shop shop = shop();
    GeoPoint door = new GeoPoint(LAT + 0.01, LON);
    for (CoordinateSystem system : CoordinateSystem.values()) {
      GeoPoint told = system.fromWgs84(door);
      ObjectNode body = order(shop);
      ((ObjectNode) body.path("dropoff")).put("coordinateSystem", system.text());
      ((ObjectNode) body.path("dropoff").path("place"))
          .put("lat", told.lat())
          .put("lon", told.lon());
      String id = create(shop, unique(), body).path("orderId");
      JsonNode kept =
          Json.read(column("select payload from outbox where key = ?", id).get(0), JsonNode.class)
              .path("data")
              .path("dropoff");
      GeoPoint back = new GeoPoint(kept.path("lat").asDouble(), kept.path("lon").asDouble());
      assertThat(back.metresTo(door)).as(system.text()).isLessThan(0.5);
    }
  }

  @Test
  void dropoffInRangeWhenReadOtherwiseIsToldSo() {
    Shop shop = shop();
    ObjectNode body = order(shop);
    // 2.9 km away on the ground; called BD-09 it lies some hundred metres further off.
    ((ObjectNode) body.path("dropoff")).put("coordinateSystem", "BD-09");
    ((ObjectNode) body.path("dropoff").path("place"))
        .put("lat", LAT - 0.0225)
        .put("lon", LON - 0.0150);
    Response refused = create(shop, unique(), body);
    problem(refused, 422, "dropoff.place");
    assertThat(refused.<String>path("detail")).contains("when it is read as WGS-84");
  }

  @Test
  void closedStoreTakesNoOrder() {
    Shop shop = shop();
    as(shop.token()).body(store(LAT, false)).put("/v1/stores/" + shop.storeId());
    Response refused = create(shop, unique(), order(shop));
    problem(refused, 422, "storeId");
    assertThat(refused.<String>path("type")).endsWith("store-closed");
  }

  @Test
  void moreThanTheRoomToldIsRefused() {
    Shop shop = shop();
    ObjectNode body = order(shop);
    body.put("loadUnits", 9);
    problem(create(shop, unique(), body), 422, "loadUnits");
    body = order(shop);
    ((ObjectNode) body.path("items").get(0)).put("quantity", 81).put("weightGrams", 1);
    body.put("loadUnits", 8);
    assertThat(create(shop, unique(), body).<Integer>path("loadUnits")).isEqualTo(8);
    ((ObjectNode) body.path("items").get(0)).put("quantity", 999).put("weightGrams", 50_000);
    body.put("loadUnits", 1);
    problem(create(shop, unique(), body), 422, "items");
  }

  @Test
  void promiseIsAskedForWithinItsRange() {
    Shop shop = shop();
    ObjectNode body = order(shop);
    body.put("promiseSeconds", 599);
    problem(create(shop, unique(), body), 422, "promiseSeconds");
    body.put("promiseSeconds", 5401);
    problem(create(shop, unique(), body), 422, "promiseSeconds");
    body.put("promiseSeconds", 5400);
    Response response = create(shop, unique(), body);
    assertThat(
            Duration.between(
                Instant.parse(response.path("promise.start")),
                Instant.parse(response.path("promise.end"))))
        .isEqualTo(Duration.ofMinutes(90));
  }

  @Test
  void weatherStretchesPromisesAndRedAlertPausesOrders() {
    Shop shop = shop(31.7504);
    ObjectNode body = order(shop);
    ((ObjectNode) body.path("dropoff").path("place")).put("lat", 31.7514);
    sendWeather("a-317", 1, WeatherAlert.Level.ORANGE, 420);
    eventually(
        () -> {
          Response response = create(shop, unique(), body);
          assertThat(
                  Duration.between(
                      Instant.parse(response.path("promise.start")),
                      Instant.parse(response.path("promise.end"))))
              .isEqualTo(Duration.ofMinutes(37));
        });
    sendWeather("a-317", 2, WeatherAlert.Level.RED, 420);
    eventually(
        () -> {
          Response refused = create(shop, unique(), body);
          assertThat(refused.statusCode()).isEqualTo(503);
          assertThat(refused.<String>path("type")).endsWith("red-alert");
          assertThat(refused.header("Retry-After")).isEqualTo("300");
        });
    sendWeather("a-317", 3, WeatherAlert.Level.NONE, 0);
    eventually(() -> assertThat(create(shop, unique(), body).statusCode()).isEqualTo(201));
  }

  private void sendWeather(String area, long version, WeatherAlert.Level level, int extra) {
    send(
        event(
            EventType.WEATHER_ALERT,
            area,
            version,
            new WeatherAlert(
                new AreaId(area),
                new CityId("city-1"),
                version,
                level,
                1,
                extra,
                clock.now(),
                "op")));
  }

  @Test
  void onlyMerchantsOfThisIssuerHandOrdersIn(@TempDir Path elsewhere) {
    Shop shop = shop();
    String body = Json.write(order(shop));
    given().contentType(ContentType.JSON).body(body).post("/v1/orders").then().statusCode(401);
    // A role counts only from its issuer: of this token none is left.
    problem(tryWith(token("rider-service", shop.merchantId(), "merchant"), body), 403, null);
    assertThat(tryWith(token("somebody-else", shop.merchantId(), "merchant"), body).statusCode())
        .isEqualTo(401);
    String forged =
        new TokenIssuer("order-service", elsewhere, wall)
            .issue(shop.merchantId(), Set.of("merchant"), Duration.ofMinutes(5), Map.of());
    assertThat(tryWith(forged, body).statusCode()).isEqualTo(401);
    String expired =
        new TokenIssuer("order-service", Path.of(keys), wall)
            .issue(shop.merchantId(), Set.of("merchant"), Duration.ofMinutes(-1), Map.of());
    assertThat(tryWith(expired, body).statusCode()).isEqualTo(401);
    as("not.a.token").body(body).post("/v1/orders").then().statusCode(401);
    problem(tryWith(token("rider-service", "r-1", "rider"), body), 403, null);
    problem(tryWith(token("control-room", "boss", "manager"), body), 403, null);
    assertThat(ordersOf(shop)).isZero();
  }

  private static Response tryWith(String token, String body) {
    return as(token).header("Idempotency-Key", unique()).body(body).post("/v1/orders");
  }

  @Test
  void pagesFollowEachOtherWithoutGapOrRepeat() {
    Shop shop = shop();
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      made.add(0, created(shop));
    }
    List<String> read = new ArrayList<>();
    String cursor = null;
    int pages = 0;
    do {
      Response page =
          as(shop.token())
              .queryParams(cursor == null ? Map.of() : Map.of("cursor", cursor))
              .queryParam("limit", 2)
              .get("/v1/orders");
      assertThat(page.statusCode()).isEqualTo(200);
      read.addAll(page.path("orders.orderId"));
      cursor = page.path("nextCursor");
      pages++;
    } while (cursor != null);
    assertThat(pages).isEqualTo(3);
    assertThat(read).containsExactlyInAnyOrderElementsOf(made).doesNotHaveDuplicates();
    problem(as(shop.token()).queryParam("limit", 0).get("/v1/orders"), 400, "limit");
    problem(as(shop.token()).queryParam("status", "FLYING").get("/v1/orders"), 400, "status");
    problem(as(shop.token()).queryParam("cursor", "a b").get("/v1/orders"), 400, "cursor");
  }

  private long ordersOf(Shop shop) {
    return count("select count(*) from orders where merchant_id = ?", shop.merchantId());
  }
}
