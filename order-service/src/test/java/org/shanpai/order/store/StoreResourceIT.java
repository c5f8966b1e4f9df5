package org.shanpai.order.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.CoordinateSystem;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.messaging.Json;
import org.shanpai.order.OrderServiceScenario;
import org.shanpai.order.store.http.StoreResource.StoreAnswer;

@QuarkusTest
class StoreResourceIT extends OrderServiceScenario {

  private static Response put(Shop shop, String storeId, Map<String, Object> store) {
    return as(shop.token()).body(store).put("/v1/stores/" + storeId);
  }

  @Test
  void areaFollowsFromThePlaceAndEveryChangeIsToldOnce() {
    Shop shop = shop();
    Response read = as(shop.token()).get("/v1/stores/" + shop.storeId());
    assertThat(read.<String>path("areaId")).isEqualTo("a-312");
    assertThat(read.<Integer>path("version")).isEqualTo(1);
    assertThat(put(shop, shop.storeId(), store(LAT, true)).<Integer>path("version")).isEqualTo(1);
    Response moved = put(shop, shop.storeId(), store(31.65, true));
    assertThat(moved.statusCode()).isEqualTo(200);
    assertThat(moved.<String>path("areaId")).isEqualTo("a-316");
    assertThat(moved.<Integer>path("version")).isEqualTo(2);
    assertThat(
            column(
                "select payload from outbox where topic = 'shanpai.store' and key = ? order by seq",
                shop.storeId()))
        .hasSize(2)
        .last()
        .asString()
        .contains("a-316", "store.state.v1", shop.merchantId());
  }

  @Test
  void placeOutsideEveryAreaIsRefused() {
    Shop shop = shop();
    problem(put(shop, "s-" + unique(), store(20, true)), 422, "place");
  }

  @Test
  void systemOfThePlaceMustBeNamed() {
    Shop shop = shop();
    Map<String, Object> body = new HashMap<>(store(LAT, true));
    body.remove("coordinateSystem");
    Response unnamed = put(shop, shop.storeId(), body);
    problem(unnamed, 400, "coordinateSystem");
    assertThat(unnamed.<String>path("detail")).contains("WGS-84", "GCJ-02", "BD-09");
    body.put("coordinateSystem", "Mars");
    problem(put(shop, shop.storeId(), body), 400, "coordinateSystem");
    body.put("coordinateSystem", "GCJ-02");
    body.put("place", Map.of("lat", LON, "lon", LAT));
    Response exchanged = put(shop, shop.storeId(), body);
    problem(exchanged, 400, "place");
    assertThat(exchanged.<String>path("detail")).contains("exchanged");
    body.put("place", Map.of("lat", LAT));
    problem(put(shop, shop.storeId(), body), 400, "place");
  }

  @Test
  void placeComesBackInWgs84WhateverSystemItWasToldIn() {
    Shop shop = shop();
    Random random = new Random(20261122);
    for (int i = 0; i < 20; i++) {
      GeoPoint place =
          new GeoPoint(31.05 + random.nextDouble() * 0.9, 121 + random.nextDouble() * 0.9);
      for (CoordinateSystem system : CoordinateSystem.values()) {
        GeoPoint told = system.fromWgs84(place);
        Map<String, Object> body = new HashMap<>(store(LAT, true));
        body.put("coordinateSystem", system.text());
        body.put("place", Map.of("lat", told.lat(), "lon", told.lon()));
        // Not by path: that would read the numbers with the precision of a float, a metre here.
        GeoPoint back =
            Json.read(put(shop, shop.storeId(), body).asString(), StoreAnswer.class).place();
        assertThat(back.metresTo(place)).as("%s %s", system, place).isLessThan(0.5);
      }
    }
  }

  @Test
  void placeThatFitsInAnotherSystemIsToldSo() {
    Shop shop = shop();
    // The stub's city ends at 31 degrees north; what BD-09 calls 31.003 lies beyond.
    Map<String, Object> body = new HashMap<>(store(31.003, true));
    body.put("coordinateSystem", "BD-09");
    Response refused = put(shop, "s-" + unique(), body);
    problem(refused, 422, "place");
    assertThat(refused.<String>path("detail")).contains("when it is read as WGS-84");
  }

  @Test
  void geoServiceInTroubleIsToldAsTryAgain() {
    Shop shop = shop();
    String storeId = "s-" + unique();
    for (double lat : List.of(40.5, 41.5)) {
      Response refused = put(shop, storeId, store(lat, true));
      problem(refused, 503, null);
      assertThat(Integer.parseInt(refused.header("Retry-After"))).isPositive();
    }
    assertThat(count("select count(*) from store where store_id = ?", storeId)).isZero();
  }

  @Test
  void storeThatDoesNotMoveCanBeClosedWhileGeoServiceIsAway() {
    Shop shop = shop();
    execute("update store set lat = 40.5 where store_id = '" + shop.storeId() + "'");
    Response closed = put(shop, shop.storeId(), store(40.5, false));
    assertThat(closed.statusCode()).isEqualTo(200);
    assertThat(closed.<Boolean>path("open")).isFalse();
    assertThat(closed.<String>path("areaId")).isEqualTo("a-312");
  }

  @Test
  void somebodyElsesStoreIsAsGoodAsNone() {
    Shop mine = shop();
    Shop theirs = shop();
    problem(as(mine.token()).get("/v1/stores/" + theirs.storeId()), 404, "storeId");
    problem(put(mine, theirs.storeId(), store(LAT, false)), 404, "storeId");
    assertThat(as(theirs.token()).get("/v1/stores/" + theirs.storeId()).<Boolean>path("open"))
        .isTrue();
    assertThat(as(mine.token()).get("/v1/stores").<List<String>>path("stores.storeId"))
        .containsExactly(mine.storeId());
  }

  @Test
  void impossibleValuesAreNamed() {
    Shop shop = shop();
    Map<String, Object> body = new HashMap<>(store(LAT, true));
    body.put("rangeMetres", 99);
    problem(put(shop, "s-" + unique(), body), 400, "rangeMetres");
    body = new HashMap<>(store(LAT, true));
    body.remove("place");
    problem(put(shop, "s-" + unique(), body), 400, "place");
    body = new HashMap<>(store(LAT, true));
    body.put("name", "two\nlines");
    problem(put(shop, "s-" + unique(), body), 400, "name");
    assertThat(put(shop, "s%20x", store(LAT, true)).statusCode()).isEqualTo(404);
  }

  @Test
  void listIsReadPageByPage() {
    Shop shop = shop();
    put(shop, "s-zz" + unique(), store(LAT, true));
    Response first = as(shop.token()).queryParam("limit", 1).get("/v1/stores");
    assertThat(first.<List<Object>>path("stores")).hasSize(1);
    Response second =
        as(shop.token())
            .queryParam("limit", 1)
            .queryParam("cursor", first.<String>path("nextCursor"))
            .get("/v1/stores");
    assertThat(second.<List<Object>>path("stores")).hasSize(1);
    assertThat(second.<String>path("nextCursor")).isNull();
    assertThat(second.<List<String>>path("stores.storeId"))
        .doesNotContainAnyElementsOf(first.<List<String>>path("stores.storeId"));
  }

  private static final String HEADING =
      "storeId,name,lat,lon,rangeMetres,preparationSeconds,open,hours\n";

  private static Response importFile(Shop shop, String system, String file) {
    return as(shop.token())
        .contentType("text/csv")
        .body(file)
        .post("/v1/stores/import" + (system == null ? "" : "?coordinateSystem=" + system));
  }

  @Test
  void aFileTakesEveryGoodLineAndReportsEveryBadOne() {
    Shop shop = shop();
    Shop other = shop();
    String id = "s-" + unique();
    String file =
        HEADING
            + id
            + ",\"Tea, \"\"and\"\" more\",31.2304,121.4737,3000,600,true,"
            + "\"Mo-Fr 08:00-12:00,13:00-22:00; Sa 10:00-02:00; 2027-02-06 off\"\n"
            + id
            + ",Twice,31.2304,121.4737,3000,600,true,\n"
            + "s-far-"
            + unique()
            + ",Far,20.0,121.4737,3000,600,true,\n"
            + "no such/id,Name,31.2304,121.4737,3000,600,true,\n"
            + "s-a,Name,121.4737,31.2304,3000,600,true,\n"
            + "s-b,Name,31.2304,121.4737,99,600,true,\n"
            + "s-c,Name,31.2304,121.4737,3000,600,maybe,\n"
            + "s-d,Name,31.2304,121.4737,3000,600,true,Mo 08:00-07\n"
            + other.storeId()
            + ",Stolen,31.2304,121.4737,3000,600,true,\n"
            + "s-e,\"Open\n"
            + "\n";
    Response report = importFile(shop, "WGS-84", file);
    assertThat(report.statusCode()).as(report.asString()).isEqualTo(200);
    assertThat(report.<Integer>path("created")).isEqualTo(1);
    assertThat(report.<Integer>path("refused")).isEqualTo(9);
    assertThat(report.<List<Integer>>path("lines.line"))
        .containsExactly(2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    assertThat(report.<List<String>>path("lines.reason"))
        .satisfies(
            reasons -> {
              assertThat(reasons.get(0)).isNull();
              assertThat(reasons.get(1)).contains("came before");
              assertThat(reasons.get(2)).contains("outside every area");
              assertThat(reasons.get(4)).contains("exchanged");
              assertThat(reasons.get(5)).contains("rangeMetres");
              assertThat(reasons.get(6)).contains("open");
              assertThat(reasons.get(7)).contains("HH:mm");
              assertThat(reasons.get(8)).contains("There is no store");
              assertThat(reasons.get(9)).contains("quote");
            });
    assertThat(as(other.token()).get("/v1/stores/" + other.storeId()).<String>path("name"))
        .isEqualTo("Store");
    Response read = as(shop.token()).get("/v1/stores/" + id);
    assertThat(read.<String>path("name")).isEqualTo("Tea, \"and\" more");
    assertThat(read.<String>path("hours.weekly.SATURDAY[0].closes")).isEqualTo("02:00");
    assertThat(read.<List<Object>>path("hours.special[0].spans")).isEmpty();
    problem(importFile(shop, "Mars", file), 422, "coordinateSystem");
    problem(importFile(shop, null, file), 422, "coordinateSystem");
    problem(importFile(shop, "WGS-84", "a,b\n1,2\n"), 422, "body");
  }

  @Test
  void whatIsExportedCanBeImportedAndChangesNothing() {
    Shop shop = shop();
    as(shop.token())
        .body("{\"weekly\":{\"FRIDAY\":[{\"opens\":\"17:00\",\"closes\":\"02:00\"}]}}")
        .put("/v1/stores/" + shop.storeId() + "/hours")
        .then()
        .statusCode(200);
    Response file = as(shop.token()).get("/v1/stores/export?coordinateSystem=WGS-84");
    assertThat(file.statusCode()).isEqualTo(200);
    assertThat(file.contentType()).startsWith("text/csv");
    assertThat(file.asString()).startsWith(HEADING.strip()).contains("Fr 17:00-02:00");
    Response report = importFile(shop, "WGS-84", file.asString());
    assertThat(report.<Integer>path("updated")).isEqualTo(1);
    assertThat(as(shop.token()).get("/v1/stores/" + shop.storeId()).<Integer>path("version"))
        .isEqualTo(2);
  }

  @Test
  void hoursAreSetReadKeptAndRefusedNamingThem() {
    Shop shop = shop();
    String hours = "/v1/stores/" + shop.storeId() + "/hours";
    Response set =
        as(shop.token())
            .body(
                "{\"weekly\":{\"MONDAY\":[{\"opens\":\"13:00\",\"closes\":\"24:00\"},"
                    + "{\"opens\":\"08:00\",\"closes\":\"12:00\"}]},"
                    + "\"special\":[{\"date\":\"2027-02-06\",\"spans\":[]}]}")
            .put(hours);
    assertThat(set.statusCode()).as(set.asString()).isEqualTo(200);
    assertThat(set.<Integer>path("version")).isEqualTo(2);
    assertThat(set.<List<String>>path("hours.weekly.MONDAY.opens"))
        .containsExactly("08:00", "13:00");
    // Whoever does not speak of hours leaves them alone.
    Response kept = put(shop, shop.storeId(), store(LAT, true));
    assertThat(kept.<Integer>path("version")).isEqualTo(2);
    assertThat(kept.<String>path("hours.special[0].date")).isEqualTo("2027-02-06");
    problem(
        as(shop.token())
            .body(
                "{\"weekly\":{\"MONDAY\":[{\"opens\":\"08:00\",\"closes\":\"12:00\"},"
                    + "{\"opens\":\"11:00\",\"closes\":\"13:00\"}]}}")
            .put(hours),
        422,
        "hours");
    assertThat(
            as(shop.token())
                .body("{\"weekly\":{\"MONDAY\":[{\"opens\":\"8\",\"closes\":\"12:00\"}]}}")
                .put(hours)
                .statusCode())
        .isEqualTo(400);
    assertThat(as(shop.token()).body("{\"weekly\":{\"FUNDAY\":[]}}").put(hours).statusCode())
        .isEqualTo(400);
    problem(as(shop().token()).body("{\"weekly\":{}}").put(hours), 404, "storeId");
  }

  @Test
  void theSwitchIsThrownByHand() {
    Shop shop = shop();
    String open = "/v1/stores/" + shop.storeId() + "/open";
    Response closed = as(shop.token()).body("{\"open\":false}").put(open);
    assertThat(closed.<Boolean>path("open")).isFalse();
    assertThat(closed.<Boolean>path("openNow")).isFalse();
    problem(as(shop().token()).body("{\"open\":true}").put(open), 404, "storeId");
    problem(as(shop.token()).body("{}").put(open), 400, "open");
    assertThat(
            column(
                "select payload from outbox where topic = 'shanpai.store' and key = ? order by seq",
                shop.storeId()))
        .hasSize(2)
        .last()
        .asString()
        .contains("\"open\":false");
  }
}
