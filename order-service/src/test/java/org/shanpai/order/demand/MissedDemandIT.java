package org.shanpai.order.demand;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.Fault;
import org.shanpai.contracts.event.JobState;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.contracts.event.WeatherAlert;
import org.shanpai.messaging.Json;
import org.shanpai.order.GeoStub.Door;
import org.shanpai.order.JobFixture;
import org.shanpai.order.OrderServiceScenario;

/** What is quoted, who is sent away, and what the city hears of it. */
@QuarkusTest
class MissedDemandIT extends OrderServiceScenario {

  private static ObjectNode orderTo(Shop shop, double lat, double lon) {
    ObjectNode body = order(shop);
    ((ObjectNode) body.path("dropoff").path("place")).put("lat", lat).put("lon", lon);
    return body;
  }

  private static ObjectNode orderTo(Shop shop, Door door) {
    return orderTo(shop, LAT + 0.01, door.lon());
  }

  private List<JsonNode> missed(Shop shop) {
    return column(
            "select payload from outbox where topic = 'shanpai.demand' and key = ? order by seq",
            shop.storeId())
        .stream()
        .map(payload -> Json.read(payload, JsonNode.class).path("data"))
        .toList();
  }

  private JsonNode onlyMiss(Shop shop) {
    List<JsonNode> missed = missed(shop);
    assertThat(missed).hasSize(1);
    return missed.get(0);
  }

  private static Duration promised(Response order) {
    assertThat(order.statusCode()).as(order.asString()).isEqualTo(201);
    return Duration.between(
        Instant.parse(order.path("promise.start")), Instant.parse(order.path("promise.end")));
  }

  @Test
  void aDoorBeyondTheRangeIsRefusedAndToldWithoutSayingWho() {
    Shop shop = shop();
    ObjectNode body = orderTo(shop, LAT + 0.03, LON);
    problem(create(shop, unique(), body), 422, "dropoff.place");
    JsonNode miss = onlyMiss(shop);
    assertThat(miss.path("reason").asText()).isEqualTo("OUT_OF_RANGE");
    assertThat(miss.path("near").path("lat").asDouble()).isEqualTo(31.26);
    assertThat(miss.path("near").path("lon").asDouble()).isEqualTo(121.474);
    assertThat(miss.path("metres").asInt()).isBetween(3_330, 3_340);
    assertThat(miss.path("promiseSeconds").isNull()).isTrue();
    assertThat(miss.path("areaId").asText()).isEqualTo("a-312");
    assertThat(miss.toString()).doesNotContain("Hidden", "13912345678", "Secret");
  }

  @Test
  void aPolygonDrawnForTheStoreCountsInsteadOfItsRadius() {
    Shop shop = shop();
    problem(create(shop, unique(), orderTo(shop, LAT + 0.03, LON)), 422, "dropoff.place");
    Response taken = create(shop, unique(), orderTo(shop, LAT + 0.03, Door.DRAWN.lon()));
    assertThat(taken.statusCode()).as(taken.asString()).isEqualTo(201);
    assertThat(taken.<Integer>path("distanceMetres")).isGreaterThan(3_300);
  }

  @ParameterizedTest(name = "{0}: {1}, {2}")
  @CsvSource({
    "UNREACHABLE, no-way, NO_WAY",
    "NO_GO, no-go-zone, NO_WAY",
    "OUTSIDE, out-of-range, OUT_OF_RANGE",
  })
  void aDoorThatGeoServiceRulesOutIsRefusedAndTold(Door door, String slug, String reason) {
    Shop shop = shop();
    Response refused = create(shop, unique(), orderTo(shop, door));
    problem(refused, 422, "dropoff.place");
    assertThat(refused.<String>path("type")).endsWith(slug);
    assertThat(onlyMiss(shop).path("reason").asText()).isEqualTo(reason);
    assertThat(count("select count(*) from orders where merchant_id = ?", shop.merchantId()))
        .isZero();
  }

  @Test
  void closedStoreAndRedAlertAreTold() {
    Shop shop = shop(31.8504);
    ObjectNode body = orderTo(shop, 31.8514, LON);
    as(shop.token()).body(store(31.8504, false)).put("/v1/stores/" + shop.storeId());
    problem(create(shop, unique(), body), 422, "storeId");
    assertThat(onlyMiss(shop).path("reason").asText()).isEqualTo("CLOSED");
    as(shop.token()).body(store(31.8504, true)).put("/v1/stores/" + shop.storeId());
    send(
        event(
            EventType.WEATHER_ALERT,
            "a-318",
            1,
            new WeatherAlert(
                new AreaId("a-318"),
                new CityId("city-1"),
                1,
                WeatherAlert.Level.RED,
                1,
                0,
                clock.now(),
                "op")));
    eventually(
        () -> {
          // A door of its own, so that the closed store's mark of this minute does not hide it.
          Response refused = create(shop, unique(), orderTo(shop, 31.8534, LON));
          assertThat(refused.statusCode()).isEqualTo(503);
        });
    assertThat(missed(shop)).extracting(miss -> miss.path("reason").asText()).contains("RED_ALERT");
  }

  @Test
  void anOrderNobodyTookIsToldAsOverload() {
    Shop shop = shop();
    String id = created(shop);
    JobState job =
        JobFixture.of(id, 2, JobStatus.CANCELLED, null)
            .because("MERCHANT_CANCELLED", Fault.PLATFORM)
            .unclaimed("FREE_CANCEL");
    send(event(EventType.JOB_STATE, job.jobId().value(), 2, job));
    eventually(() -> assertThat(missed(shop)).hasSize(1));
    assertThat(onlyMiss(shop).path("reason").asText()).isEqualTo("OVERLOADED");
  }

  @Test
  void anOrderItsMerchantTookBackIsNoMissedDemand() {
    Shop shop = shop();
    String id = created(shop);
    send(JobFixture.of(id, 2, JobStatus.CANCELLED, null));
    eventually(() -> assertThat(get(shop, id).<String>path("status")).isEqualTo("CANCELLED"));
    assertThat(missed(shop)).isEmpty();
  }

  @Test
  void thirtyMinutesArePromisedOnlyWhereTheyFit() {
    Shop shop = shop();
    assertThat(promised(create(shop, unique(), orderTo(shop, Door.NEAR))))
        .isEqualTo(Duration.ofMinutes(30));
    assertThat(missed(shop)).isEmpty();
    assertThat(promised(create(shop, unique(), orderTo(shop, Door.FAR))))
        .isEqualTo(Duration.ofMinutes(39));
    JsonNode miss = onlyMiss(shop);
    assertThat(miss.path("reason").asText()).isEqualTo("LATE_PROMISE");
    assertThat(miss.path("promiseSeconds").asInt()).isEqualTo(39 * 60);
  }

  @Test
  void whoAsksForAPromiseGetsItWhereItCanBeKept() {
    Shop shop = shop();
    ObjectNode body = orderTo(shop, Door.FAR).put("promiseSeconds", 2_300);
    Response tooShort = create(shop, unique(), body);
    problem(tooShort, 422, "promiseSeconds");
    assertThat(tooShort.<String>path("type")).endsWith("promise-not-offered");
    assertThat(tooShort.<String>path("detail")).contains("2301");
    assertThat(promised(create(shop, unique(), body.put("promiseSeconds", 2_301))))
        .isEqualTo(Duration.ofSeconds(2_301));
    body.put("promiseSeconds", 2_700);
    assertThat(promised(create(shop, unique(), body))).isEqualTo(Duration.ofMinutes(45));
    assertThat(missed(shop)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Door.class,
      names = {"SLOW", "BROKEN", "NONSENSE", "UNHEARD"})
  void withoutAnAnswerOfGeoServiceTheUsualIsPromisedAtOnce(Door door) {
    Shop shop = shop();
    create(shop, unique(), orderTo(shop, Door.NEAR)).then().statusCode(201);
    long before = wall.millis();
    assertThat(promised(create(shop, unique(), orderTo(shop, door))))
        .isEqualTo(Duration.ofMinutes(30));
    assertThat(wall.millis() - before).isLessThan(1_500);
  }

  @Test
  void aFloodOfOneRefusedWishIsOneMissedOrder() {
    Shop shop = shop();
    ObjectNode body = orderTo(shop, LAT + 0.03, LON);
    long minute = clock.now().getEpochSecond() / 60;
    String key = unique();
    for (int i = 0; i < 6; i++) {
      problem(create(shop, i < 3 ? key : unique(), body), 422, "dropoff.place");
    }
    // New keys: only the minute tells them apart, and it may have turned meanwhile.
    long minutes = clock.now().getEpochSecond() / 60 - minute + 1;
    assertThat(missed(shop)).hasSizeBetween(1, (int) minutes);
    Shop other = shop();
    ObjectNode numbered = orderTo(other, LAT + 0.03, LON).put("merchantOrderNo", "no-7");
    for (int i = 0; i < 4; i++) {
      problem(create(other, unique(), numbered), 422, "dropoff.place");
    }
    numbered.put("merchantOrderNo", "no-8");
    problem(create(other, unique(), numbered), 422, "dropoff.place");
    assertThat(missed(other))
        .hasSize(2)
        .extracting(miss -> miss.path("missId").asText())
        .doesNotHaveDuplicates();
  }

  @Test
  void whoIsRefusedHearsSoEvenWhenItCannotBeNoted() {
    Shop shop = shop();
    execute("alter table missed_demand rename to missed_demand_away");
    try {
      problem(create(shop, unique(), orderTo(shop, LAT + 0.03, LON)), 422, "dropoff.place");
    } finally {
      execute("alter table missed_demand_away rename to missed_demand");
    }
    assertThat(missed(shop)).isEmpty();
    problem(create(shop, unique(), orderTo(shop, LAT + 0.03, LON)), 422, "dropoff.place");
    assertThat(missed(shop)).hasSize(1);
  }

  @Test
  void aKeyThatWasAnsweredRepeatsItsAnswerThoughTheStoreHasClosed() {
    Shop shop = shop();
    String key = unique();
    Response first = create(shop, key, order(shop));
    as(shop.token()).body(store(LAT, false)).put("/v1/stores/" + shop.storeId());
    Response again = create(shop, key, order(shop));
    assertThat(again.statusCode()).isEqualTo(201);
    assertThat(again.asString()).isEqualTo(first.asString());
    assertThat(missed(shop)).isEmpty();
  }
}
