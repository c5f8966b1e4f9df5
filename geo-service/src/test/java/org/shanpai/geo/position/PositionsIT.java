package org.shanpai.geo.position;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.contracts.CoordinateSystem;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.event.RiderPosition;
import org.shanpai.geo.GeoServiceTest;
import org.shanpai.geo.cell.Cells;
import org.shanpai.geo.redis.RedisKeys;
import org.shanpai.messaging.Envelopes;

/** Pings and the questions about them, over HTTP, with a real Redis. */
@QuarkusTest
class PositionsIT extends GeoServiceTest {

  @Inject LastKnown known;
  @Inject PositionSettings settings;
  @Inject SharedPositions shared;
  @Inject Redis redis;
  @Inject RedisKeys keys;

  @BeforeEach
  void ready() {
    city();
    awaitRedisGood();
  }

  @Test
  void pingsMakeARiderTheNearest() {
    GeoPoint place = MIDDLE.offsetMetres(9_000, 9_000);
    String close = unique("r");
    String further = unique("r");
    send(close, place.offsetMetres(50, 0));
    send(further, place.offsetMetres(400, 0));
    eventually(5, () -> assertThat(near(place, 1_000, 10)).containsExactly(close, further));
    assertThat(near(place, 100, 10)).containsExactly(close);
    // The rider rides by: the newest ping counts.
    send(close, List.of(ping(1_000, place.lat(), place.lon()))).statusCode(202);
    send(close, List.of(ping(-30_000, place.offsetMetres(300, 0).lat(), place.lon())))
        .statusCode(202)
        .body("accepted", equalTo(1));
    eventually(5, () -> assertThat(near(place, 30, 10)).containsExactly(close));
  }

  @Test
  void eachPingIsJudgedAloneAndTheReasonNamed() {
    String id = unique("r");
    double lat = MIDDLE.lat();
    double lon = MIDDLE.lon();
    List<Map<String, Object>> pings = new ArrayList<>();
    pings.add(ping(-20_000, lat, lon));
    pings.add(ping(3_600_000, lat, lon));
    pings.add(ping(-3_600_000, lat, lon));
    pings.add(ping(-15_000, "NaN", lon));
    pings.add(ping(-15_000, lon, lat));
    pings.add(ping(-15_000, 90, lon));
    pings.add(ping(-15_000, 39.9, 116.4));
    pings.add(ping(-10_000, MIDDLE.offsetMetres(5_000, 0).lat(), lon));
    pings.add(ping(-15_000, null, lon));
    Map<String, Object> mocked = ping(-15_000, lat, lon);
    mocked.put("mock", true);
    pings.add(mocked);
    Map<String, Object> vague = ping(-15_000, lat, lon);
    vague.put("accuracyMetres", 5_000);
    pings.add(vague);
    pings.add(ping(0, MIDDLE.offsetMetres(60, 0).lat(), lon));
    send(id, pings)
        .statusCode(202)
        .body("accepted", equalTo(3))
        .body("rejected.index", equalTo(List.of(1, 2, 3, 4, 5, 6, 7, 8, 10)))
        .body(
            "rejected.reason",
            equalTo(
                List.of(
                    "FUTURE",
                    "TOO_OLD",
                    "NOT_A_NUMBER",
                    "SWAPPED",
                    "OUT_OF_RANGE",
                    "OUT_OF_CITY",
                    "TELEPORT",
                    "MISSING",
                    "INACCURATE")));
    String metrics = given().get("/q/metrics").asString();
    assertThat(metrics).contains("shanpai_geo_pings_total{outcome=\"TELEPORT\"}");
  }

  private ValidatableResponse post(String riderId, String body) {
    return rider(riderId).body(body).post("/v1/positions").then();
  }

  private static String body(String pings) {
    return "{\"sessionId\":\"s-1\",\"coordinateSystem\":\"WGS-84\",\"pings\":" + pings + "}";
  }

  @Test
  void unreadableBatchesAreRefusedByField() {
    String id = unique("r");
    post(id, "{\"pings\":[{").statusCode(400).contentType("application/problem+json");
    post(id, "").statusCode(400).contentType("application/problem+json");
    post(id, "[]").statusCode(400);
    post(id, body("[]") + "{}").statusCode(400);
    post(id, body("[]")).statusCode(400).body("field", equalTo("pings"));
    post(id, body("null")).statusCode(400).body("field", equalTo("pings"));
    post(id, body("{}")).statusCode(400).body("field", equalTo("pings"));
    post(id, body("[7]")).statusCode(400).body("field", equalTo("pings[0]"));
    post(id, body("[{\"at\":\"yesterday\"}]"))
        .statusCode(400)
        .body("field", equalTo("pings[0].at"));
    post(id, body("[{},{\"at\":17}]")).statusCode(400).body("field", equalTo("pings[1].at"));
    post(id, body("[{\"lat\":\"north\"}]")).statusCode(400).body("field", equalTo("pings[0].lat"));
    post(id, body("[{\"lon\":[]}]")).statusCode(400).body("field", equalTo("pings[0].lon"));
    post(id, body("[{\"seq\":-1}]")).statusCode(400).body("field", equalTo("pings[0].seq"));
    post(id, body("[{\"seq\":99999999999999999999}]"))
        .statusCode(400)
        .body("field", equalTo("pings[0].seq"));
    post(id, body("[{\"mock\":\"no\"}]")).statusCode(400).body("field", equalTo("pings[0].mock"));
    post(id, "{\"sessionId\":\"s\",\"coordinateSystem\":\"WGS-84\",\"batteryPercent\":101}")
        .statusCode(400)
        .body("field", equalTo("batteryPercent"));
    post(id, "{\"coordinateSystem\":\"WGS-84\",\"pings\":[{}]}")
        .statusCode(400)
        .body("field", equalTo("sessionId"));
    post(id, "{\"sessionId\":{},\"coordinateSystem\":\"WGS-84\",\"pings\":[{}]}")
        .statusCode(400)
        .body("field", equalTo("sessionId"));
    List<Map<String, Object>> many = new ArrayList<>();
    for (int i = 0; i < 101; i++) {
      many.add(ping(MIDDLE));
    }
    send(id, many).statusCode(400).body("field", equalTo("pings"));
    post(id, body("[" + " ".repeat(70_000) + "]"))
        .statusCode(413)
        .contentType("application/problem+json");
    operator(Roles.VIEWER).get("/v1/riders/" + id + "/trust").then().statusCode(404);
  }

  @Test
  void aBatchThatDoesNotNameItsCoordinateSystemIsRefusedNamingTheThree() {
    for (String system :
        List.of("", "\"coordinateSystem\":\"wgs84\",", "\"coordinateSystem\":7,")) {
      post(unique("r"), "{\"sessionId\":\"s\"," + system + "\"pings\":[{}]}")
          .statusCode(400)
          .contentType("application/problem+json")
          .body("field", equalTo("coordinateSystem"))
          .body("detail", containsString("WGS-84, GCJ-02 or BD-09"));
    }
  }

  @Test
  void placesOfChineseMapsAreConvertedAtTheDoor() {
    for (CoordinateSystem system : CoordinateSystem.values()) {
      String id = unique("r");
      GeoPoint told = system.fromWgs84(MIDDLE);
      rider(id)
          .body(
              Map.of(
                  "sessionId",
                  "s-1",
                  "coordinateSystem",
                  system.text(),
                  "batteryPercent",
                  9,
                  "pings",
                  List.of(ping(0, told.lat(), told.lon()))))
          .post("/v1/positions")
          .then()
          .statusCode(202)
          .body("accepted", equalTo(1));
      JsonPath position = rider(id).get("/v1/riders/" + id + "/position").jsonPath();
      GeoPoint shown =
          new GeoPoint(position.getDouble("place.lat"), position.getDouble("place.lon"));
      assertThat(shown.metresTo(MIDDLE)).as("metres off in %s", system).isLessThan(0.5);
      assertThat(position.getInt("batteryPercent")).isEqualTo(9);
      assertThat(position.getInt("trust")).isEqualTo(100);
    }
  }

  @Test
  void numbersThatAreNoneAreJudgedByTheirPing() {
    String id = unique("r");
    String at = "\"at\":\"" + clock.now() + "\",\"accuracyMetres\":5,";
    post(
            id,
            body(
                "[{\"seq\":1,%s\"lat\":NaN,\"lon\":1},{\"seq\":2,%s\"lat\":1e999,\"lon\":1},null,"
                        .formatted(at, at)
                    + "{\"seq\":3,%s\"lat\":31.23,\"lon\":121.47,\"speedMps\":\"NaN\"}]"
                        .formatted(at)))
        .statusCode(202)
        .body("accepted", equalTo(1))
        .body("rejected.reason", equalTo(List.of("NOT_A_NUMBER", "NOT_A_NUMBER", "MISSING")));
  }

  @Test
  void trustFallsWithWhatLooksOddAndOperatorsSeeWhy() {
    String id = unique("r");
    Map<String, Object> mocked = ping(-20_000, MIDDLE.lat(), MIDDLE.lon());
    mocked.put("mock", true);
    Map<String, Object> jump = ping(-10_000, MIDDLE.offsetMetres(9_000, 0).lat(), MIDDLE.lon());
    send(id, List.of(mocked, jump))
        .statusCode(202)
        .body("accepted", equalTo(1))
        .body("rejected.reason", equalTo(List.of("TELEPORT")));
    JsonPath trust =
        operator(Roles.DISPATCHER).get("/v1/riders/" + id + "/trust").then().extract().jsonPath();
    assertThat(trust.getInt("trust")).isZero();
    assertThat(trust.getLong("readings")).isEqualTo(1);
    assertThat(trust.getList("signals.signal")).isEqualTo(List.of("MOCK", "TELEPORT"));
    assertThat(trust.getList("signals.count")).isEqualTo(List.of(1, 1));
    assertThat(trust.getList("signals.points")).isEqualTo(List.of(80, 20));
    assertThat(trust.getList("signals.mostPoints")).isEqualTo(List.of(80, 50));
    service()
        .get("/internal/v1/areas/a-whole-city/riders")
        .then()
        .body("find { it.riderId == '" + id + "' }.trust", equalTo(0));
    eventually(
        5,
        () ->
            assertThat(published("shanpai.position", id, 1))
                .anySatisfy(
                    sample ->
                        assertThat(((RiderPosition) Envelopes.read(sample).data()).trust())
                            .isZero()));
    rider(id).get("/v1/riders/" + id + "/trust").then().statusCode(403);
    merchant().get("/v1/riders/" + id + "/trust").then().statusCode(403);
    given().get("/v1/riders/" + id + "/trust").then().statusCode(401);
    service().get("/v1/riders/" + id + "/trust").then().statusCode(200);
  }

  @Test
  void aFloodOfOneRiderIsSlowedDownAndTheOthersAreNot() throws Exception {
    String id = unique("r");
    send(id, MIDDLE);
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + RestAssured.port + "/v1/positions"))
            .header("Authorization", "Bearer " + riderToken(id))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body("[{}]")))
            .build();
    List<CompletableFuture<HttpResponse<String>>> flood =
        IntStream.range(0, 300)
            .mapToObj(i -> client.sendAsync(request, BodyHandlers.ofString()))
            .toList();
    Map<Integer, Integer> statuses = new HashMap<>();
    for (CompletableFuture<HttpResponse<String>> one : flood) {
      HttpResponse<String> answer = one.get();
      statuses.merge(answer.statusCode(), 1, Integer::sum);
      if (answer.statusCode() == 429) {
        assertThat(answer.headers().firstValueAsLong("Retry-After")).hasValue(1);
        assertThat(answer.headers().firstValue("Content-Type"))
            .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
      }
    }
    assertThat(statuses).containsOnlyKeys(202, 429);
    assertThat(statuses.get(202)).isGreaterThanOrEqualTo(settings.requestsAtOnce() - 1);
    send(unique("r"), MIDDLE);
    eventually(3, () -> send(id, List.of(ping(MIDDLE.offsetMetres(5, 0)))).statusCode(202));
  }

  @Test
  void onlyRidersPingAndOnlyOperatorsAndServicesLookAround() {
    given()
        .contentType("application/json")
        .body("{\"pings\":[]}")
        .post("/v1/positions")
        .then()
        .statusCode(401);
    operator(Roles.MANAGER)
        .body(batch(List.of(ping(MIDDLE))))
        .post("/v1/positions")
        .then()
        .statusCode(403);
    given().get("/v1/riders/near?lat=31&lon=121").then().statusCode(401);
    rider("r-x").get("/v1/riders/near?lat=31&lon=121").then().statusCode(403);
    merchant().get("/v1/riders/near?lat=31&lon=121").then().statusCode(403);
    operator(Roles.MANAGER).get("/internal/v1/areas/a-whole-city/riders").then().statusCode(403);
    given().get("/internal/v1/areas/a-whole-city/riders").then().statusCode(401);
  }

  @Test
  void riderSeesOwnPositionAndNobodyElses() {
    String own = unique("r");
    String other = unique("r");
    send(own, MIDDLE);
    send(other, MIDDLE);
    rider(own)
        .get("/v1/riders/" + own + "/position")
        .then()
        .statusCode(200)
        .body("riderId", equalTo(own))
        .body("areaIds", org.hamcrest.Matchers.hasItem("a-whole-city"));
    rider(own).get("/v1/riders/" + other + "/position").then().statusCode(404);
    operator(Roles.DISPATCHER).get("/v1/riders/" + other + "/position").then().statusCode(200);
    merchant().get("/v1/riders/" + other + "/position").then().statusCode(403);
    operator(Roles.DISPATCHER)
        .get("/v1/riders/" + unique("r") + "/position")
        .then()
        .statusCode(404)
        .contentType("application/problem+json");
  }

  @Test
  void questionsOutOfRangeNameTheParameter() {
    operator(Roles.VIEWER)
        .get("/v1/riders/near?lat=91&lon=121&coordinateSystem=WGS-84")
        .then()
        .statusCode(400)
        .body("field", equalTo("lat"));
    operator(Roles.VIEWER)
        .get("/v1/riders/near?lat=31&coordinateSystem=WGS-84")
        .then()
        .statusCode(400)
        .body("field", equalTo("lon"));
    operator(Roles.VIEWER)
        .get("/v1/riders/near?lat=31&lon=121&coordinateSystem=WGS-84&radiusMetres=1e9")
        .then()
        .statusCode(400)
        .body("field", equalTo("radiusMetres"))
        .body("detail", containsString("20000"));
    operator(Roles.VIEWER)
        .get("/v1/riders/near?lat=31&lon=121&coordinateSystem=WGS-84&limit=abc")
        .then()
        .statusCode(400)
        .body("field", equalTo("limit"));
  }

  @Test
  void areaListsRidersInsideAndUpToOneKilometreAround() {
    String area = unique("a");
    GeoPoint centre = MIDDLE.offsetMetres(-12_000, 12_000);
    putArea(area, centre, 500).statusCode(201);
    String inside = unique("r");
    String close = unique("r");
    String far = unique("r");
    send(inside, centre.offsetMetres(100, 100));
    send(close, centre.offsetMetres(1_450, 0));
    send(far, centre.offsetMetres(0, -1_550));
    eventually(
        5,
        () ->
            service()
                .get("/internal/v1/areas/" + area + "/riders?withinMetres=1000")
                .then()
                .statusCode(200)
                .body("riderId", equalTo(List.of(inside, close).stream().sorted().toList()))
                .body("ageSeconds", hasSize(2)));
    service()
        .get("/internal/v1/areas/" + area + "/riders?withinMetres=0")
        .then()
        .body("riderId", equalTo(List.of(inside)));
    service()
        .get("/internal/v1/areas/" + unique("a") + "/riders")
        .then()
        .statusCode(404)
        .contentType("application/problem+json");
  }

  @Test
  void nearestAcrossCellBordersAgreeWithBruteForce() {
    Random random = new Random(20261122);
    Cells cells = new Cells();
    Map<String, GeoPoint> places = new HashMap<>();
    java.util.Set<Long> used = new java.util.HashSet<>();
    String run = unique("bf");
    long at = clock.millis();
    for (int i = 0; i < 3_000; i++) {
      GeoPoint place =
          MIDDLE.offsetMetres(
              random.nextDouble() * 24_000 - 12_000, random.nextDouble() * 24_000 - 12_000);
      String id = run + "-" + i;
      place = RiderIndex.rounded(place);
      places.put(id, place);
      used.add(cells.of(place));
      known.take(
          id, new Phone("s-1", null), List.of(new Reading(0, i, place, at, 5, 4, false)), at);
    }
    assertThat(used).as("cells the riders stand in").hasSizeGreaterThan(10);
    shared.wake();
    long oldest = clock.millis() - settings.expireAfter().toMillis();
    eventually(
        10,
        () ->
            assertThat(
                    shared.around(MIDDLE, 20_000, oldest).await().indefinitely().stream()
                        .filter(fix -> fix.riderId().startsWith(run))
                        .count())
                .isEqualTo(3_000));
    for (int round = 0; round < 60; round++) {
      GeoPoint centre =
          MIDDLE.offsetMetres(
              random.nextDouble() * 24_000 - 12_000, random.nextDouble() * 24_000 - 12_000);
      double radius = 200 + random.nextDouble() * 8_000;
      int limit = 1 + random.nextInt(40);
      List<String> expected =
          places.entrySet().stream()
              .map(
                  entry ->
                      new NearFix(
                          new Fix(entry.getKey(), entry.getValue(), at, 100, null),
                          centre.metresTo(entry.getValue())))
              .filter(near -> near.metres() <= radius)
              .sorted(RiderIndex.NEAREST_FIRST)
              .limit(limit)
              .map(near -> near.fix().riderId())
              .toList();
      List<String> found =
          shared.near(centre, radius, 200, oldest).await().indefinitely().stream()
              .map(near -> near.fix().riderId())
              .filter(id -> id.startsWith(run))
              .limit(limit)
              .toList();
      if (expected.size() < 100) {
        assertThat(found).as("seed 20261122, round %d", round).isEqualTo(expected);
      }
      long within =
          places.values().stream().filter(place -> centre.metresTo(place) <= radius).count();
      assertThat(
              shared.around(centre, radius, oldest).await().indefinitely().stream()
                  .filter(fix -> fix.riderId().startsWith(run))
                  .count())
          .as("round %d, all within %.0f m", round, radius)
          .isEqualTo(within);
    }
  }

  @Test
  void riderWhoCrossesACellBorderIsFoundOnceAndOnlyThere() {
    String id = unique("r");
    GeoPoint start = MIDDLE.offsetMetres(-9_000, -15_000);
    Cells cells = new Cells();
    long startCell = cells.of(start);
    GeoPoint end = start;
    while (cells.of(end) == startCell) {
      end = end.offsetMetres(0, 500);
    }
    GeoPoint there = end;
    send(id, List.of(ping(-590_000, start.lat(), start.lon()))).statusCode(202);
    eventually(5, () -> assertThat(near(start, 20, 10)).containsExactly(id));
    send(id, List.of(ping(0, there.lat(), there.lon())))
        .statusCode(202)
        .body("accepted", equalTo(1));
    // Asked behind the service's back: a search would mend what a write left undone.
    eventually(5, () -> assertThat(standsIn(cells.of(there), id)).isTrue());
    assertThat(standsIn(startCell, id)).as("in the cell left behind").isFalse();
    assertThat(near(there, 20, 10)).containsExactly(id);
    assertThat(near(start, 20, 10)).isEmpty();
    assertThat(near(start, 9_000, 200)).containsOnlyOnce(id);
  }

  private boolean standsIn(long cell, String riderId) {
    return redis
            .send(Request.cmd(Command.ZSCORE).arg(keys.riderCell(cell)).arg(riderId))
            .await()
            .atMost(Duration.ofSeconds(5))
        != null;
  }

  @Test
  void aRiderInTwoCellsIsFoundOnceWhereTheValueSaysAndTheOtherCellForgets() {
    String id = unique("r");
    GeoPoint place = MIDDLE.offsetMetres(-15_000, -9_000);
    send(id, place);
    Cells cells = new Cells();
    eventually(5, () -> assertThat(standsIn(cells.of(place), id)).isTrue());
    GeoPoint ghost = place;
    while (cells.of(ghost) == cells.of(place)) {
      ghost = ghost.offsetMetres(500, 0);
    }
    GeoPoint wrong = ghost;
    redis
        .send(
            Request.cmd(Command.GEOADD)
                .arg(keys.riderCell(cells.of(wrong)))
                .arg(Double.toString(wrong.lon()))
                .arg(Double.toString(wrong.lat()))
                .arg(id))
        .await()
        .atMost(Duration.ofSeconds(5));
    long oldest = clock.millis() - settings.expireAfter().toMillis();
    assertThat(shared.near(wrong, 20, 10, oldest).await().indefinitely()).isEmpty();
    eventually(5, () -> assertThat(standsIn(cells.of(wrong), id)).isFalse());
    assertThat(standsIn(cells.of(place), id)).isTrue();
    assertThat(near(place, 20, 10)).containsExactly(id);
  }

  @Test
  void positionsReachKafkaSampledOncePerRiderAndRound() {
    String id = unique("r");
    long begin = wall.millis();
    for (int i = 0; i < 40; i++) {
      send(id, MIDDLE.offsetMetres(i, 0));
    }
    long seconds = (wall.millis() - begin) / 1000;
    List<String> samples = published("shanpai.position", id, 1);
    assertThat(samples).as("after %d s of pings", seconds).hasSizeBetween(1, (int) seconds + 3);
    var event = Envelopes.read(samples.get(samples.size() - 1));
    assertThat(event.type().text()).isEqualTo("rider.position.v1");
    assertThat(event.key()).isEqualTo(id);
  }

  @Test
  void openApiShowsEveryAddressWithItsExample() {
    String api = given().accept("application/json").get("/q/openapi?format=json").asString();
    assertThat(api)
        .contains(
            "/v1/positions",
            "/v1/riders/near",
            "/v1/riders/{riderId}/position",
            "/v1/riders/{riderId}/trust",
            "/v1/areas/{areaId}",
            "/v1/areas/import",
            "/v1/areas/{areaId}/weather",
            "/v1/stores/near",
            "/internal/v1/areas/{areaId}/riders",
            "/internal/v1/areas/at",
            "/internal/v1/travel-times",
            "TELEPORT");
  }
}
