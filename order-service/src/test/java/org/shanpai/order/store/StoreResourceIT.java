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
}
