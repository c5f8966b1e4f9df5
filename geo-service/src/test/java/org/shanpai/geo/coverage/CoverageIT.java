package org.shanpai.geo.coverage;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.JobId;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.Money;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.TimeWindow;
import org.shanpai.contracts.event.DemandMissed;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.Fault;
import org.shanpai.contracts.event.JobState;
import org.shanpai.contracts.event.JobStateBuilder;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.geo.GeoServiceTest;

/** From the events of missed and served demand to the map and its suggested places. */
@QuarkusTest
class CoverageIT extends GeoServiceTest {

  /** Far from what other tests do, and still in the city. */
  private static final GeoPoint QUARTER = MIDDLE.offsetMetres(-14_000, 12_000);

  private final String area = unique("a-cover");

  @BeforeEach
  void area() {
    city();
    putArea(area, QUARTER, 3_000);
  }

  private void miss(
      GeoPoint near, DemandMissed.Reason reason, int metres, Integer promiseSeconds, Instant at) {
    String id = unique("d");
    publish(
        event(
            EventType.DEMAND_MISSED,
            id,
            0,
            new DemandMissed(
                id,
                CityId.of("city-1"),
                StoreId.of("s-1"),
                AreaId.of(area),
                near,
                reason,
                metres,
                promiseSeconds,
                at)));
  }

  private void miss(GeoPoint near, DemandMissed.Reason reason, Instant at) {
    miss(near, reason, 3_400, null, at);
  }

  private void job(String id, long version, JobStatus status, GeoPoint door, Instant asked) {
    JobState job =
        JobStateBuilder.builder()
            .jobId(JobId.of("j-" + id))
            .orderId(OrderId.of("o-" + id))
            .cityId(CityId.of("city-1"))
            .areaId(AreaId.of(area))
            .storeId(StoreId.of("s-1"))
            .merchantId(MerchantId.of("m-1"))
            .version(version)
            .status(status)
            .epoch(2)
            .pickup(QUARTER)
            .dropoff(door)
            .loadUnits(1)
            .promise(new TimeWindow(asked, asked.plusSeconds(1_800)))
            .createdAt(asked)
            .expectedReadyAt(asked)
            .reason(status.name())
            .fault(Fault.NONE)
            .basePay(Money.ofFen(500))
            .build();
    publish(event(EventType.JOB_STATE, "j-" + id, version, job));
  }

  private RequestSpecification viewer() {
    return operator(Roles.VIEWER).queryParam("areaId", area);
  }

  private JsonPath coverage(Object... parameters) {
    RequestSpecification request = viewer();
    for (int i = 0; i < parameters.length; i += 2) {
      request.queryParam((String) parameters[i], parameters[i + 1].toString());
    }
    return request.get("/v1/coverage").then().statusCode(200).extract().jsonPath();
  }

  @Test
  void whatWasAskedIsShownByCellAndReasonAndTheNumbersAddUp() {
    Instant now = clock.now();
    miss(QUARTER, DemandMissed.Reason.OUT_OF_RANGE, now);
    miss(QUARTER, DemandMissed.Reason.OUT_OF_RANGE, now);
    miss(QUARTER, DemandMissed.Reason.CLOSED, now);
    miss(QUARTER, DemandMissed.Reason.LATE_PROMISE, now);
    miss(QUARTER.offsetMetres(2_000, 0), DemandMissed.Reason.NO_WAY, now);
    String id = unique("x");
    job(id, 1, JobStatus.OPEN, QUARTER, now);
    job(id, 2, JobStatus.DELIVERED, QUARTER, now);
    job(id, 2, JobStatus.DELIVERED, QUARTER, now);
    job(unique("x"), 1, JobStatus.CANCELLED, QUARTER, now);
    eventually(
        20,
        () -> {
          JsonPath map = coverage();
          assertThat(map.getInt("total.missed")).isEqualTo(4);
          assertThat(map.getInt("total.served")).isEqualTo(1);
          assertThat(map.getInt("total.late")).isEqualTo(1);
        });
    JsonPath map = coverage();
    assertThat(map.getList("cells")).hasSize(2);
    assertThat(map.getInt("cells[0].asked")).isEqualTo(4);
    assertThat(map.getInt("cells[0].served")).isEqualTo(1);
    assertThat(map.getInt("cells[0].missed")).isEqualTo(3);
    assertThat(map.getInt("cells[0].late")).isEqualTo(1);
    assertThat(map.getString("cells[0].missedBy")).contains("OUT_OF_RANGE", "2", "CLOSED", "1");
    assertThat(map.getList("cells[0].boundary")).hasSizeBetween(5, 10);
    GeoPoint centre =
        new GeoPoint(map.getDouble("cells[0].centre.lat"), map.getDouble("cells[0].centre.lon"));
    assertThat(centre.metresTo(QUARTER)).isLessThan(250);
    assertThat(map.getInt("total.asked")).isEqualTo(5);

    JsonPath closed = coverage("reason", "CLOSED");
    assertThat(closed.getInt("total.missed")).isEqualTo(1);
    assertThat(closed.getInt("total.served")).isEqualTo(1);
    JsonPath coarse = coverage("resolution", "7");
    assertThat(coarse.getInt("total.asked")).isEqualTo(5);
    assertThat(coarse.getString("cells[0].cell")).startsWith("87");
  }

  @Test
  void onlyTheHoursAskedForCountAndOldDemandIsForgotten() {
    Instant now = clock.now();
    miss(QUARTER, DemandMissed.Reason.OUT_OF_RANGE, now.minus(Duration.ofHours(30)));
    miss(QUARTER, DemandMissed.Reason.OUT_OF_RANGE, now.minus(Duration.ofDays(40)));
    miss(QUARTER, DemandMissed.Reason.OUT_OF_RANGE, now);
    eventually(20, () -> assertThat(coverage().getInt("total.missed")).isEqualTo(2));
    assertThat(coverage("from", now.minus(Duration.ofHours(20))).getInt("total.missed")).isOne();
    assertThat(
            coverage("from", now.minus(Duration.ofHours(40)), "to", now.minus(Duration.ofHours(20)))
                .getInt("total.missed"))
        .isOne();
    JsonPath all = coverage("from", "2001-01-01T00:00:00Z", "to", "2900-01-01T00:00:00Z");
    assertThat(all.getInt("total.missed")).isEqualTo(2);
    Instant from = Instant.parse(all.getString("from"));
    assertThat(Duration.between(from, now)).isBetween(Duration.ofDays(27), Duration.ofDays(29));
    assertThat(from).isEqualTo(from.truncatedTo(ChronoUnit.HOURS));
  }

  @Test
  void demandWhereThereIsNoCityIsLeftOut() {
    miss(new GeoPoint(45, 90), DemandMissed.Reason.OUT_OF_RANGE, clock.now());
    miss(QUARTER, DemandMissed.Reason.OUT_OF_RANGE, clock.now());
    eventually(20, () -> assertThat(coverage().getInt("total.missed")).isPositive());
    assertThat(coverage().getInt("total.missed")).isEqualTo(1);
  }

  @Test
  void aPlantedHotSpotIsSuggestedWithTheOrdersItWouldAdd() {
    GeoPoint hot = QUARTER.offsetMetres(1_500, 1_000);
    for (int i = 0; i < 12; i++) {
      miss(hot.offsetMetres(40 * i - 240, 30), DemandMissed.Reason.OUT_OF_RANGE, clock.now());
    }
    miss(hot, DemandMissed.Reason.LATE_PROMISE, clock.now());
    miss(QUARTER.offsetMetres(-2_800, -2_800), DemandMissed.Reason.OUT_OF_RANGE, clock.now());
    miss(QUARTER, DemandMissed.Reason.OVERLOADED, clock.now());
    eventually(20, () -> assertThat(coverage().getInt("total.missed")).isEqualTo(14));
    JsonPath found =
        viewer()
            .queryParam("k", 2)
            .queryParam("radiusMetres", 2_000)
            .get("/v1/coverage/suggestions")
            .then()
            .statusCode(200)
            .body("kind", equalTo("STORE"))
            .body("wanted", equalTo(13.5f))
            .body("places.size()", equalTo(2))
            .body("places[0].rank", equalTo(1))
            .body("places[0].adds", equalTo(12.5f))
            .body("places[0].missed", equalTo(12))
            .body("places[0].late", equalTo(1))
            .body("places[1].adds", equalTo(1.0f))
            .body("places[1].together", equalTo(13.5f))
            .extract()
            .jsonPath();
    GeoPoint place =
        new GeoPoint(
            found.getDouble("places[0].place.lat"), found.getDouble("places[0].place.lon"));
    assertThat(place.metresTo(hot)).isLessThan(2_000);
    assertThat(found.getDouble("places[0].addsPerDay")).isBetween(1.6, 1.9);
  }

  @Test
  void whereTheKitchenIsSlowNoPlaceIsSuggested() {
    // 2,500 m are 780 s of riding: without them this promise would be short enough.
    miss(QUARTER, DemandMissed.Reason.LATE_PROMISE, 2_500, 2_400, clock.now());
    miss(QUARTER, DemandMissed.Reason.LATE_PROMISE, 2_500, 2_640, clock.now());
    miss(QUARTER, DemandMissed.Reason.LATE_PROMISE, 400, 2_400, clock.now());
    eventually(20, () -> assertThat(coverage().getInt("total.late")).isEqualTo(3));
    assertThat(coverage("reason", "LATE_KITCHEN").getInt("total.late")).isEqualTo(2);
    viewer()
        .get("/v1/coverage/suggestions")
        .then()
        .statusCode(200)
        .body("wanted", equalTo(0.5f))
        .body("places[0].late", equalTo(1));
  }

  @Test
  void badQuestionsAreRefusedNamingTheParameter() {
    for (Map.Entry<String, String> bad :
        List.of(
            Map.entry("k", "0"),
            Map.entry("k", "21"),
            Map.entry("k", "NaN"),
            Map.entry("radiusMetres", "299"),
            Map.entry("radiusMetres", "1e9"),
            Map.entry("kind", "SHED"),
            Map.entry("from", "yesterday"),
            Map.entry("from", "2999-01-01T00:00:00Z"),
            Map.entry("to", "+1000000-01-01T00:00:00Z"))) {
      operator(Roles.VIEWER)
          .queryParam(bad.getKey(), bad.getValue())
          .get("/v1/coverage/suggestions")
          .then()
          .statusCode(400)
          .contentType("application/problem+json")
          .body("field", equalTo(bad.getKey()));
    }
    for (Map.Entry<String, String> bad :
        List.of(
            Map.entry("reason", "BAD_MOOD"),
            Map.entry("reason", "SERVED"),
            Map.entry("resolution", "6"),
            Map.entry("resolution", "10"))) {
      operator(Roles.VIEWER)
          .queryParam(bad.getKey(), bad.getValue())
          .get("/v1/coverage")
          .then()
          .statusCode(400)
          .body("field", equalTo(bad.getKey()));
    }
    operator(Roles.VIEWER).get("/v1/coverage?areaId=a-none").then().statusCode(404);
  }

  @Test
  void onlyOperatorsAndServicesSeeTheMap() {
    for (String path : List.of("/v1/coverage", "/v1/coverage/suggestions")) {
      given().get(path).then().statusCode(401);
      rider("r-1").get(path).then().statusCode(403);
      merchant().get(path).then().statusCode(403);
      service().get(path).then().statusCode(200);
    }
  }
}
