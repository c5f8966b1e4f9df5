package org.shanpai.geo.store;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.StoreState;
import org.shanpai.geo.GeoServiceTest;
import org.shanpai.servers.ServersTestResource;

/** Stores as order-service tells them, asked by place. */
@QuarkusTest
class StoresIT extends GeoServiceTest {

  private StoreState store(String id, long version, GeoPoint place, boolean open) {
    return new StoreState(
        StoreId.of(id),
        CityId.of("city-1"),
        MerchantId.of("m-1"),
        AreaId.of("a-1"),
        version,
        "Store " + id,
        place,
        3_000,
        600,
        open);
  }

  private void tell(StoreState store) {
    publish(event(EventType.STORE_STATE, store.storeId().value(), store.version(), store));
  }

  private List<String> storesNear(GeoPoint place, int radiusMetres) {
    return operator(Roles.VIEWER)
        .queryParam("lat", place.lat())
        .queryParam("lon", place.lon())
        .queryParam("coordinateSystem", "WGS-84")
        .queryParam("radiusMetres", radiusMetres)
        .get("/v1/stores/near")
        .then()
        .statusCode(200)
        .extract()
        .jsonPath()
        .getList("storeId", String.class);
  }

  @Test
  void storesAreFoundWhereTheyAreNowAlsoWithoutRedis() {
    GeoPoint place = MIDDLE.offsetMetres(2_000, 2_000);
    String close = unique("s");
    String moving = unique("s");
    tell(store(close, 1, place.offsetMetres(100, 0), true));
    tell(store(moving, 1, place.offsetMetres(300, 0), true));
    eventually(10, () -> assertThat(storesNear(place, 500)).containsExactly(close, moving));
    tell(store(moving, 2, place.offsetMetres(9_000, 0), false));
    eventually(10, () -> assertThat(storesNear(place, 500)).containsExactly(close));
    assertThat(storesNear(place.offsetMetres(9_000, 0), 100)).containsExactly(moving);
    ServersTestResource.redis().kill();
    try {
      assertThat(storesNear(place, 500)).containsExactly(close);
    } finally {
      ServersTestResource.redis().start();
    }
    awaitRedisGood();
    assertThat(storesNear(place, 500)).containsExactly(close);
    assertThat(storesNear(place.offsetMetres(9_000, 0), 100)).containsExactly(moving);
  }

  @Test
  void aPoisonStoreIsParkedAndTheOthersGoOn() {
    String poison = unique("s");
    String good = unique("s");
    GeoPoint place = MIDDLE.offsetMetres(-3_000, 2_000);
    publish(
        "shanpai.store",
        poison,
        "{\"type\":\"store.state.v1\",\"data\":{\"place\":{\"lat\":999}}}");
    tell(store(good, 1, place, true));
    eventually(10, () -> assertThat(storesNear(place, 50)).containsExactly(good));
    eventually(
        10,
        () -> {
          List<Map<String, Object>> parked =
              operator(Roles.MANAGER).get("/v1/ops/parked").jsonPath().getList("");
          assertThat(parked)
              .anySatisfy(
                  message -> {
                    assertThat(message).containsEntry("key", poison);
                    assertThat(message.get("reason").toString()).contains("schema");
                  });
        });
  }

  @Test
  void aStoreAtThePoleIsParkedByTheHandler() {
    String id = unique("s");
    tell(store(id, 1, new GeoPoint(89, 0), true));
    eventually(
        15,
        () ->
            assertThat(
                    operator(Roles.MANAGER)
                        .get("/v1/ops/parked")
                        .jsonPath()
                        .getList("reason", String.class))
                .anyMatch(reason -> reason.contains(id) && reason.contains("pole")));
  }

  @Test
  void onlyOperatorsAndServicesAskForStores() {
    given().get("/v1/stores/near?lat=31&lon=121").then().statusCode(401);
    rider("r-1").get("/v1/stores/near?lat=31&lon=121").then().statusCode(403);
    operator(Roles.VIEWER)
        .get("/v1/stores/near?lat=31&lon=x&coordinateSystem=WGS-84")
        .then()
        .statusCode(400)
        .body("field", equalTo("lon"));
    operator(Roles.VIEWER)
        .get("/v1/stores/near?lat=31&lon=121")
        .then()
        .statusCode(400)
        .body("field", equalTo("coordinateSystem"))
        .body("detail", containsString("WGS-84, GCJ-02 or BD-09"));
    operator(Roles.VIEWER)
        .get("/v1/stores/near?lat=31&lon=121&coordinateSystem=Mars")
        .then()
        .statusCode(400)
        .body("field", equalTo("coordinateSystem"))
        .body("detail", containsString("Mars"));
  }
}
