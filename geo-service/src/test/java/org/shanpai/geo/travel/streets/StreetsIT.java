package org.shanpai.geo.travel.streets;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasEntry;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.contracts.CoordinateSystem;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.geo.GeoServiceTest;

/** Streets over HTTP; elsewhere in the same program the detour model answers. */
@QuarkusTest
class StreetsIT extends GeoServiceTest {

  private static final GeoPoint SW = StreetFileResource.place(0, 0);
  private static final GeoPoint SE = StreetFileResource.place(0, 500);
  private static final GeoPoint ISLAND = StreetFileResource.place(3_500, 200);

  @BeforeEach
  void streetsAreReady() {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> health().contains("\"adapter\": \"STREETS\""));
  }

  private static String health() {
    return given().get("/q/health/ready").asString();
  }

  private static String text(GeoPoint place) {
    return place.lat() + "," + place.lon();
  }

  private Response matrix(List<GeoPoint> places) {
    List<Map<String, Object>> all = places.stream().map(GeoServiceTest::corner).toList();
    return service()
        .body(Map.of("origins", all, "destinations", all))
        .post("/internal/v1/travel-times");
  }

  private static int[] cells(Response response) {
    byte[] bytes = response.then().statusCode(200).extract().asByteArray();
    int[] cells = new int[bytes.length / 4];
    ByteBuffer.wrap(bytes).asIntBuffer().get(cells);
    return cells;
  }

  @Test
  void theMatrixFollowsOneWayStreetsAndKnowsNoWayToAnIsland() {
    Response response = matrix(List.of(SW, SE, ISLAND));
    assertThat(cells(response)).containsExactly(0, 120, -1, 360, 0, -1, -1, -1, 0);
    assertThat(response.header("X-Shanpai-Off-Streets")).isEqualTo("0");
    // 600 m west of the block: 1.3 × 600 m ÷ 15 km/h to its corner; counted for both lists.
    Response field = matrix(List.of(StreetFileResource.place(0, -600), SE));
    assertThat(cells(field)[1]).isEqualTo(188 + 120);
    assertThat(field.header("X-Shanpai-Off-Streets")).isEqualTo("2");
    // Where no street file reaches, as without one.
    assertThat(cells(matrix(List.of(MIDDLE, new GeoPoint(31.24, 121.47))))[1]).isEqualTo(347);
  }

  @Test
  void theWayBackLeadsAroundTheBlockWhateverSystemThePlacesAreToldIn() {
    rider("r-1")
        .get("/v1/route?coordinateSystem=WGS-84&from=" + text(SE) + "&to=" + text(SW))
        .then()
        .statusCode(200)
        .body("onStreets", equalTo(true))
        .body("metres", equalTo(1_500))
        .body("seconds", equalTo(360))
        .body("points", hasSize(6))
        .body("points[0].lat", equalTo((float) SE.lat()));
    GeoPoint from = CoordinateSystem.GCJ_02.fromWgs84(SE);
    GeoPoint to = CoordinateSystem.GCJ_02.fromWgs84(SW);
    operator(Roles.VIEWER)
        .get("/v1/route?coordinateSystem=GCJ-02&from=" + text(from) + "&to=" + text(to))
        .then()
        .statusCode(200)
        .body("metres", equalTo(1_500));
    // Straight where there are no streets.
    operator(Roles.VIEWER)
        .get("/v1/route?coordinateSystem=WGS-84&from=31.23,121.47&to=31.24,121.47")
        .then()
        .statusCode(200)
        .body("onStreets", equalTo(false))
        .body("points", hasSize(2))
        .body("seconds", equalTo(347));
  }

  @Test
  void routesThatCannotBeAreRefusedByName() {
    String places = "from=" + text(SW) + "&to=" + text(SE);
    given().get("/v1/route?coordinateSystem=WGS-84&" + places).then().statusCode(401);
    merchant().get("/v1/route?coordinateSystem=WGS-84&" + places).then().statusCode(403);
    problem("/v1/route?" + places, 400, "coordinateSystem");
    problem("/v1/route?coordinateSystem=MARS&" + places, 400, "coordinateSystem");
    problem("/v1/route?coordinateSystem=WGS-84&to=" + text(SE), 400, "from");
    problem("/v1/route?coordinateSystem=WGS-84&from=31.6&to=" + text(SE), 400, "from");
    problem("/v1/route?coordinateSystem=WGS-84&from=" + text(SW) + "&to=121.4,31.6", 400, "to");
    problem("/v1/route?coordinateSystem=WGS-84&from=" + text(SW) + "&to=NaN,121", 400, "to");
    operator(Roles.VIEWER)
        .get("/v1/route?coordinateSystem=WGS-84&from=" + text(SW) + "&to=" + text(ISLAND))
        .then()
        .statusCode(404)
        .contentType("application/problem+json")
        .body("detail", containsString("way from"));
  }

  private void problem(String path, int status, String field) {
    operator(Roles.VIEWER)
        .get(path)
        .then()
        .statusCode(status)
        .contentType("application/problem+json")
        .body("field", equalTo(field));
  }

  @Test
  void streetsAreDrawnMainRoadsFirstAndOnlyWhenTheyChanged() {
    String block =
        "/v1/streets?coordinateSystem=WGS-84&south=31.599&west=121.46&north=31.61&east=121.49";
    Response first = operator(Roles.VIEWER).header("Accept-Encoding", "gzip").get(block);
    first
        .then()
        .statusCode(200)
        .header("Content-Encoding", "gzip")
        .body("complete", equalTo(true))
        .body("streets", hasSize(2))
        .body("streets[0].kind", equalTo("tertiary"))
        .body("streets[0].oneWay", equalTo(true))
        .body("streets[0].line", hasSize(4))
        .body("streets[1].oneWay", nullValue())
        .body("streets[1].line", hasSize(8));
    operator(Roles.VIEWER)
        .header("If-None-Match", first.header("ETag"))
        .get(block)
        .then()
        .statusCode(304);
    operator(Roles.VIEWER)
        .header("If-None-Match", first.header("ETag"))
        .get(block + "&limit=1")
        .then()
        .statusCode(200)
        .body("complete", equalTo(false))
        .body("streets.kind", everyItem(equalTo("tertiary")));
    operator(Roles.VIEWER)
        .get("/v1/streets?coordinateSystem=WGS-84&south=31.2&west=121.4&north=31.3&east=121.5")
        .then()
        .statusCode(200)
        .body("streets", hasSize(0));
    given().get(block).then().statusCode(401);
    rider("r-1").get(block).then().statusCode(403);
    problem(block.replace("coordinateSystem=WGS-84&", ""), 400, "coordinateSystem");
    problem(block.replace("north=31.61", "north=31.5"), 400, "north");
    problem(block.replace("west=121.46&", ""), 400, "west");
    problem(block + "&limit=0", 400, "limit");
  }

  @Test
  void readinessSaysWhichAdapterAnswers() {
    given()
        .get("/q/health/ready")
        .then()
        .statusCode(200)
        .body("checks.find { it.name == 'travel times' }.data", hasEntry("streetFile", "READY"))
        .body("checks.name", hasItem("travel times"));
  }
}
