package org.shanpai.order.address.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.event.Fault;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.messaging.Json;
import org.shanpai.order.JobFixture;
import org.shanpai.order.OrderServiceScenario;

@QuarkusTest
class AddressIT extends OrderServiceScenario {

  private static final String HEADING = "district,estate,road,number,building,lat,lon\n";

  /** A name no other test has. */
  private static String estate() {
    StringBuilder name = new StringBuilder();
    for (char c : unique().replace("-", "").substring(0, 8).toCharArray()) {
      name.append("松柏梅兰竹菊荷桃李杏柳枫桐樟槐桂".charAt(Character.digit(c, 16)));
    }
    return name + "花园";
  }

  private static Response recognise(String token, String text, String storeId) {
    Map<String, Object> body = new HashMap<>();
    body.put("text", text);
    body.put("storeId", storeId);
    return as(token).body(Json.write(body)).post("/v1/addresses/recognise");
  }

  private Response importCsv(String rows, String system) {
    return given()
        .config(
            RestAssuredConfig.config()
                .encoderConfig(EncoderConfig.encoderConfig().defaultContentCharset("UTF-8")))
        .auth()
        .oauth2(token("control-room", "boss", "manager"))
        .contentType("text/csv; charset=UTF-8")
        .queryParam("coordinateSystem", system)
        .body(HEADING + rows)
        .post("/v1/known-buildings/import");
  }

  private void delivered(Shop shop, String address, double lat) {
    ObjectNode order = order(shop);
    ((ObjectNode) order.path("dropoff")).put("address", address);
    ((ObjectNode) order.path("dropoff").path("place")).put("lat", lat);
    Response response = create(shop, unique(), order);
    assertThat(response.statusCode()).as(response.asString()).isEqualTo(201);
    String id = response.path("orderId");
    send(JobFixture.of(id, 1, JobStatus.OPEN, null));
    send(JobFixture.of(id, 2, JobStatus.ASSIGNED, "r-1").because("ACCEPTED", Fault.NONE));
    send(JobFixture.of(id, 3, JobStatus.AT_STORE, "r-1"));
    send(JobFixture.of(id, 4, JobStatus.PICKED_UP, "r-1"));
    send(JobFixture.of(id, 5, JobStatus.AT_CUSTOMER, "r-1"));
    send(JobFixture.of(id, 6, JobStatus.DELIVERED, "r-1").because("HANDED_OVER", Fault.NONE));
    eventually(
        () -> {
          assertThat(get(shop, id).<String>path("status")).isEqualTo("DELIVERED");
          assertThat(count("select count(*) from building_lesson where order_id = ?", id)).isZero();
        });
  }

  @Test
  void pastedTextComesBackInPartsWithTheirPlaceInTheText() {
    Shop shop = shop();
    String text = "收件人：林晓雨 电话：138-0000-2606 上海市长宁区仙霞路321号虹仙公寓3号楼2单元601室，放门口鞋柜";
    Response read = recognise(shop.token(), text, null);
    assertThat(read.statusCode()).as(read.asString()).isEqualTo(200);
    assertThat(read.<String>path("name")).isEqualTo("林晓雨");
    assertThat(read.<String>path("phone")).isEqualTo("13800002606");
    assertThat(read.<List<String>>path("parts.part"))
        .contains("province", "city", "district", "road", "number", "estate", "building", "room");
    List<Map<String, Object>> parts = read.path("parts");
    for (Map<String, Object> part : parts) {
      if (part.get("text") != null) {
        assertThat(text.substring((int) part.get("start"), (int) part.get("end")))
            .isEqualTo(part.get("text"));
      }
    }
    assertThat(read.<Object>path("place")).isNull();
    assertThat(read.<List<Object>>path("missing")).isEmpty();
    assertThat(read.<Integer>path("confidence")).isGreaterThan(70);
  }

  @Test
  void missingPartIsAskedForInTwoLanguages() {
    Response read = recognise(shop().token(), "上海市长宁区虹仙公寓601室", null);
    assertThat(read.<List<String>>path("missing")).containsExactly("building");
    assertThat(read.<String>path("questions[0].zh")).contains("几栋");
    assertThat(read.<String>path("questions[0].en")).contains("building");
  }

  @Test
  void importedBuildingIsFoundFromTheStore() {
    Shop shop = shop();
    String estate = estate();
    Response report =
        importCsv("静安区,%s,,,3号楼,%s,%s\n静安区,,,,,1,1\n".formatted(estate, LAT + 0.01, LON), "WGS-84");
    assertThat(report.statusCode()).as(report.asString()).isEqualTo(200);
    assertThat(report.<Integer>path("created")).isEqualTo(1);
    assertThat(report.<Integer>path("refused")).isEqualTo(1);
    assertThat(report.<String>path("lines[1].reason")).isNotBlank();

    Response found = recognise(shop.token(), "静安区" + estate + "三幢1单元502", shop.storeId());
    assertThat(found.<String>path("place.precision")).as(found.asString()).isEqualTo("BUILDING");
    assertThat(found.<Integer>path("place.metresFromStore")).isBetween(1100, 1125);
    assertThat(found.<Boolean>path("place.inRange")).isTrue();

    Response estateOnly = recognise(shop.token(), "静安区" + estate + "9幢502", shop.storeId());
    assertThat(estateOnly.<String>path("place.precision")).isEqualTo("ESTATE");
  }

  @Test
  void fileSentTwiceUpdatesAndKeepsOneRow() {
    String estate = estate();
    String row = "静安区,%s,,,1栋,%s,%s\n".formatted(estate, LAT, LON);
    assertThat(importCsv(row, "GCJ-02").<Integer>path("created")).isEqualTo(1);
    assertThat(importCsv(row, "GCJ-02").<Integer>path("updated")).isEqualTo(1);
    assertThat(count("select count(*) from known_building where estate = ?", estate)).isEqualTo(1);
    // GCJ-02 in Shanghai lies some 500 m off.
    double lat =
        Double.parseDouble(
            column("select lat from known_building where estate = ?", estate).get(0));
    assertThat(Math.abs(lat - LAT)).isGreaterThan(0.001);
  }

  @Test
  void geoJsonIsTakenAndUnnamedCoordinatesAreRefused() {
    String estate = estate();
    String body =
        ("{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"geometry\":"
                + "{\"type\":\"Point\",\"coordinates\":[%s,%s]},\"properties\":{\"estate\":\"%s\"}}]}")
            .formatted(LON, LAT, estate);
    String manager = token("control-room", "boss", "manager");
    Response taken =
        as(manager)
            .queryParam("coordinateSystem", "WGS-84")
            .body(body)
            .post("/v1/known-buildings/import");
    assertThat(taken.<Integer>path("created")).as(taken.asString()).isEqualTo(1);
    problem(as(manager).body(body).post("/v1/known-buildings/import"), 422, "coordinateSystem");
    problem(
        as(manager)
            .queryParam("coordinateSystem", "WGS-84")
            .body("{}")
            .post("/v1/known-buildings/import"),
        422,
        "body");
  }

  @Test
  void deliveredOrdersTeachWhereABuildingIsAndNothingPersonal() {
    Shop shop = shop();
    String estate = estate();
    delivered(shop, "静安区" + estate + "5栋2单元1101室 转南宫先生", LAT + 0.0100);
    Response once = recognise(shop.token(), estate + "5栋", shop.storeId());
    assertThat(once.<Object>path("place")).as("one order is not enough").isNull();
    delivered(shop, estate + "五号楼3单元702", LAT + 0.0104);
    Response twice = recognise(shop.token(), estate + "5栋", shop.storeId());
    assertThat(twice.<String>path("place.precision")).as(twice.asString()).isEqualTo("BUILDING");
    assertThat(twice.<Integer>path("place.metresFromStore")).isBetween(1120, 1150);
    assertThat(
            column(
                "select cast(known_building as text) from known_building where estate = ?", estate))
        .hasSize(1)
        .allSatisfy(row -> assertThat(row).doesNotContain("1101", "702", "南宫", "单元"));
  }

  @Test
  void badTextIsRefusedByNameOrReadWithLowConfidence() {
    String token = shop().token();
    problem(recognise(token, "", null), 422, "text");
    problem(recognise(token, " \n\t", null), 422, "text");
    problem(recognise(token, "路".repeat(10_000), null), 422, "text");
    // What no field can hold is refused where it is read.
    problem(recognise(token, "中山路\u00008号", null), 400, "text");
    problem(as(token).body("{}").post("/v1/addresses/recognise"), 400, "text");
    problem(as(token).body("{\"text\":\"\\ud83d\"}").post("/v1/addresses/recognise"), 400, "text");
    for (String text :
        List.of(
            "😀🎉😀",
            "just some words",
            "<script>alert(1)</script>",
            "𠮷".repeat(400),
            "1".repeat(1000))) {
      Response read = recognise(token, text, null);
      assertThat(read.statusCode()).as(text).isEqualTo(200);
      assertThat(read.<Integer>path("confidence")).as(text).isLessThan(40);
      assertThat(read.<List<Object>>path("missing")).as(text).isNotEmpty();
    }
  }

  @Test
  void onlyMerchantsRecogniseAndOnlyByTheirOwnStores() {
    Shop mine = shop();
    Shop theirs = shop();
    assertThat(recognise(mine.token(), "中山路8号", mine.storeId()).statusCode()).isEqualTo(200);
    problem(recognise(mine.token(), "中山路8号", theirs.storeId()), 404, "storeId");
    problem(
        recognise(token("control-room", "boss", "manager"), "中山路8号", mine.storeId()), 403, null);
    problem(
        given()
            .contentType(ContentType.JSON)
            .body("{\"text\":\"中山路8号\"}")
            .post("/v1/addresses/recognise"),
        401,
        null);
  }

  @Test
  void onlyManagersTellBuildings() {
    String path = "/v1/known-buildings/import?coordinateSystem=WGS-84";
    problem(as(shop().token()).body("{\"features\":[]}").post(path), 403, null);
    problem(
        as(token("control-room", "d", "dispatcher")).body("{\"features\":[]}").post(path),
        403,
        null);
    problem(given().contentType(ContentType.JSON).body("{\"features\":[]}").post(path), 401, null);
  }
}
