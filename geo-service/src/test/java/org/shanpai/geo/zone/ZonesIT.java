package org.shanpai.geo.zone;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.contracts.CoordinateSystem;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.event.ZoneState;
import org.shanpai.geo.GeoServiceTest;
import org.shanpai.geo.revision.Revisions;
import org.shanpai.messaging.Envelopes;
import org.shanpai.messaging.Json;
import org.shanpai.messaging.Tx;

/** Zones over HTTP with a real database and broker. */
@QuarkusTest
class ZonesIT extends GeoServiceTest {

  @Inject Zones zones;
  @Inject Tx tx;
  @Inject Revisions revisions;

  @BeforeEach
  void cityAndNoZones() {
    city();
    operator(Roles.MANAGER)
        .body(Map.of("type", "FeatureCollection", "features", List.of()))
        .post("/v1/zones/import?swap=true&coordinateSystem=WGS-84")
        .then()
        .statusCode(200);
  }

  private static Map<String, Object> square(GeoPoint centre, double half, CoordinateSystem system) {
    List<List<Double>> ring = new ArrayList<>();
    for (int[] sign : new int[][] {{-1, -1}, {-1, 1}, {1, 1}, {1, -1}, {-1, -1}}) {
      GeoPoint corner = system.fromWgs84(centre.offsetMetres(sign[0] * half, sign[1] * half));
      ring.add(List.of(corner.lon(), corner.lat()));
    }
    return Map.of("type", "Polygon", "coordinates", List.of(ring));
  }

  private static Map<String, Object> zone(String kind, GeoPoint centre, double half) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("kind", kind);
    body.put("name", "Zone");
    body.put("coordinateSystem", "WGS-84");
    body.put("geometry", square(centre, half, CoordinateSystem.WGS_84));
    return body;
  }

  private ValidatableResponse put(String id, Map<String, Object> body) {
    return operator(Roles.MANAGER).body(body).put("/v1/zones/" + id).then();
  }

  private ValidatableResponse serves(String store, GeoPoint place) {
    return service()
        .queryParam("lat", place.lat())
        .queryParam("lon", place.lon())
        .get("/internal/v1/stores/" + store + "/serves")
        .then();
  }

  @Test
  void zoneIsSetUpChangedRemovedPublishedAndRemembered() {
    String id = unique("z");
    put(id, zone("NO_GO", MIDDLE, 300))
        .statusCode(201)
        .body("zone.version", equalTo(1))
        .body("notes", empty());
    assertThat(zones.map().noGo(MIDDLE)).isTrue();
    put(id, zone("NO_GO", MIDDLE, 300)).statusCode(200).body("zone.version", equalTo(1));
    long before = zones.map().version();
    Map<String, Object> slow = zone("SLOW", MIDDLE, 300);
    slow.put("speedFactor", 0.5);
    put(id, slow).statusCode(200).body("zone.version", equalTo(2));
    assertThat(zones.map().version()).isGreaterThan(before);
    assertThat(zones.map().noGo(MIDDLE)).isFalse();
    assertThat(zones.map().speedFactor(MIDDLE)).isEqualTo(0.5);
    operator(Roles.VIEWER).get("/v1/zones").then().body("zoneId", hasItem(id));
    operator(Roles.VIEWER)
        .get("/v1/zones/" + id)
        .then()
        .statusCode(200)
        .body("kind", equalTo("SLOW"))
        .body("polygons[0].border.corners", hasSize(4));
    operator(Roles.MANAGER).delete("/v1/zones/" + id).then().statusCode(204);
    assertThat(zones.map().speedFactor(MIDDLE)).isEqualTo(1);
    operator(Roles.VIEWER).get("/v1/zones/" + id).then().statusCode(404);
    operator(Roles.MANAGER).delete("/v1/zones/" + id).then().statusCode(404);
    operator(Roles.VIEWER)
        .get("/v1/zones/" + id + "/versions")
        .then()
        .statusCode(200)
        .body("zone.version", equalTo(List.of(3, 2, 1)))
        .body("zone.removed", equalTo(List.of(true, false, false)))
        .body("[0].by", equalTo("u-1"));
    put(id, zone("NO_GO", MIDDLE, 100)).statusCode(201).body("zone.version", equalTo(4));
    List<String> told = published("shanpai.zone", id, 4);
    assertThat(told).hasSize(4);
    assertThat(
            told.stream().map(text -> ((ZoneState) Envelopes.read(text).data()).removed()).toList())
        .containsExactly(false, false, true, false);
  }

  @Test
  void deliveryRangeAndNoGoDecideWhatAStoreServes() {
    String store = unique("s");
    GeoPoint inside = MIDDLE.offsetMetres(100, 0);
    serves(store, inside)
        .statusCode(200)
        .body("serves", equalTo(true))
        .body("inRange", nullValue())
        .body("reason", nullValue());
    Map<String, Object> range = zone("DELIVERY_RANGE", MIDDLE, 500);
    range.put("storeId", store);
    put(unique("z"), range).statusCode(201).body("notes[0]", containsString(store));
    serves(store, inside).body("serves", equalTo(true)).body("inRange", equalTo(true));
    serves(store, MIDDLE.offsetMetres(600, 0))
        .body("serves", equalTo(false))
        .body("inRange", equalTo(false))
        .body("reason", equalTo("OUTSIDE_DELIVERY_RANGE"));
    put(unique("z"), zone("NO_GO", inside, 50)).statusCode(201);
    serves(store, inside).body("serves", equalTo(false)).body("reason", equalTo("NO_GO"));
    assertThat(zones.map().inDeliveryRange(StoreId.of(store), inside)).isTrue();
    service().get("/internal/v1/stores/" + store + "/serves?lat=x&lon=1").then().statusCode(400);
    operator(Roles.MANAGER)
        .get("/internal/v1/stores/" + store + "/serves?lat=31&lon=121")
        .then()
        .statusCode(403);
    given().get("/internal/v1/stores/" + store + "/serves").then().statusCode(401);
  }

  @Test
  void zoneDrawnOnAChineseMapLiesOnTheSameGround() {
    for (CoordinateSystem system : CoordinateSystem.values()) {
      Map<String, Object> body = zone("NO_GO", MIDDLE, 200);
      body.put("coordinateSystem", system.text());
      body.put("geometry", square(MIDDLE, 200, system));
      ZoneState kept =
          Json.read(
              Json.write(
                  put(unique("z"), body)
                      .statusCode(201)
                      .extract()
                      .body()
                      .as(Map.class)
                      .get("zone")),
              ZoneState.class);
      GeoPoint corner = kept.polygons().get(0).border().corners().get(0);
      assertThat(corner.metresTo(MIDDLE.offsetMetres(-200, -200)))
          .as(system.text())
          .isLessThan(0.5);
    }
  }

  @Test
  void whatIsNoZoneIsRefusedByField() {
    Map<String, Object> unnamed = zone("NO_GO", MIDDLE, 200);
    unnamed.remove("coordinateSystem");
    refused(unnamed, "coordinateSystem", "WGS-84, GCJ-02 or BD-09");
    Map<String, Object> kindless = zone("NO_GO", MIDDLE, 200);
    kindless.remove("kind");
    refused(kindless, "kind", "NO_GO, SLOW or DELIVERY_RANGE");
    refused(zone("SLOW", MIDDLE, 200), "speedFactor", "0.1..1");
    refused(zone("DELIVERY_RANGE", MIDDLE, 200), "storeId", "needed");
    Map<String, Object> nameless = zone("NO_GO", MIDDLE, 200);
    nameless.put("name", " ");
    refused(nameless, "name", "1-100");
    Map<String, Object> far = zone("NO_GO", new GeoPoint(50, 8), 200);
    refused(far, "geometry", "outside the city");
    Map<String, Object> bowTie = zone("NO_GO", MIDDLE, 200);
    bowTie.put(
        "geometry",
        Json.read(
            "{\"type\":\"Polygon\",\"coordinates\":[[[121.46,31.22],[121.48,31.24],"
                + "[121.48,31.22],[121.46,31.24],[121.46,31.22]]]}",
            Map.class));
    refused(bowTie, "geometry.coordinates[0]", "near lat 31.230000, lon 121.470000");
    put("not%20an%20id", zone("NO_GO", MIDDLE, 200))
        .statusCode(422)
        .body("field", equalTo("zoneId"));
  }

  private void refused(Map<String, Object> body, String field, String words) {
    put(unique("z"), body)
        .statusCode(422)
        .contentType("application/problem+json")
        .body("field", equalTo(field))
        .body("detail", containsString(words));
  }

  @Test
  void onlyManagersDraw() {
    Map<String, Object> body = zone("NO_GO", MIDDLE, 200);
    given().contentType("application/json").body(body).put("/v1/zones/z-x").then().statusCode(401);
    given().get("/v1/zones").then().statusCode(401);
    for (String role : List.of(Roles.DISPATCHER, Roles.VIEWER, Roles.STATION_MANAGER)) {
      operator(role).body(body).put("/v1/zones/z-x").then().statusCode(403);
      operator(role).delete("/v1/zones/z-x").then().statusCode(403);
      operator(role).body(body).post("/v1/zones/import").then().statusCode(403);
    }
    rider("r-1").get("/v1/zones").then().statusCode(403);
    merchant().get("/v1/zones").then().statusCode(403);
  }

  private static Map<String, Object> feature(String id, String kind, Object geometry) {
    return Map.of(
        "type",
        "Feature",
        "properties",
        Map.of("zoneId", id, "kind", kind, "name", "Zone " + id),
        "geometry",
        geometry);
  }

  private static Map<String, Object> collection(Object... features) {
    return Map.of("type", "FeatureCollection", "features", List.of(features));
  }

  @Test
  void fileIsTakenFeatureByFeatureOrWholeOrNotAtAll() {
    String first = unique("z");
    String second = unique("z");
    Object good = square(MIDDLE, 200, CoordinateSystem.WGS_84);
    put(first, zone("NO_GO", MIDDLE.offsetMetres(3_000, 0), 100)).statusCode(201);
    Map<String, Object> file =
        collection(
            feature(second, "NO_GO", good),
            feature(unique("z"), "NO_GO", Map.of("type", "Point", "coordinates", List.of(1, 2))),
            feature(second, "NO_GO", good),
            feature(unique("z"), "WALL", good));
    operator(Roles.MANAGER)
        .body(file)
        .post("/v1/zones/import?swap=true&coordinateSystem=WGS-84")
        .then()
        .statusCode(422)
        .contentType("application/problem+json")
        .body("detail", containsString("3 of 4 features"))
        .body("features.outcome", equalTo(List.of("FINE", "REFUSED", "REFUSED", "REFUSED")))
        .body("features[1].field", equalTo("geometry.type"))
        .body("features[3].field", equalTo("kind"));
    assertThat(zones.map().all()).extracting(ZoneState::zoneId).containsExactly(first);
    operator(Roles.MANAGER)
        .body(file)
        .post("/v1/zones/import?coordinateSystem=WGS-84")
        .then()
        .statusCode(200)
        .body("created", equalTo(1))
        .body("refused", equalTo(3))
        .body("features[0].outcome", equalTo("CREATED"));
    assertThat(zones.map().all()).extracting(ZoneState::zoneId).containsOnly(first, second);
    operator(Roles.MANAGER)
        .body(collection(feature(second, "NO_GO", good)))
        .post("/v1/zones/import?swap=true&coordinateSystem=WGS-84")
        .then()
        .statusCode(200)
        .body("unchanged", equalTo(1))
        .body("removed", equalTo(1));
    assertThat(zones.map().all()).extracting(ZoneState::zoneId).containsExactly(second);
  }

  @Test
  void exportIsAFileTheImportTakesUnchanged() {
    String slow = unique("z");
    Map<String, Object> body = zone("SLOW", MIDDLE, 200);
    body.put("speedFactor", 0.5);
    put(slow, body).statusCode(201);
    String file =
        operator(Roles.VIEWER)
            .accept("application/geo+json")
            .get("/v1/zones/export")
            .then()
            .statusCode(200)
            .contentType("application/geo+json")
            .body("type", equalTo("FeatureCollection"))
            .body("features[0].properties.speedFactor", equalTo(0.5f))
            .extract()
            .asString();
    operator(Roles.MANAGER)
        .contentType("application/geo+json")
        .body(file)
        .post("/v1/zones/import?swap=true")
        .then()
        .statusCode(200)
        .body("unchanged", equalTo(1))
        .body("removed", equalTo(0));
  }

  @Test
  void fileMustNameItsSystemOnceAndBeOne() {
    operator(Roles.MANAGER)
        .body(collection())
        .post("/v1/zones/import")
        .then()
        .statusCode(400)
        .body("field", equalTo("coordinateSystem"));
    operator(Roles.MANAGER)
        .body(
            Map.of(
                "type", "FeatureCollection", "coordinateSystem", "GCJ-02", "features", List.of()))
        .post("/v1/zones/import?coordinateSystem=BD-09")
        .then()
        .statusCode(400)
        .body("detail", containsString("GCJ-02"));
    operator(Roles.MANAGER)
        .body("{\"type\":\"Topology\"}")
        .post("/v1/zones/import?coordinateSystem=BD-09")
        .then()
        .statusCode(400)
        .body("field", equalTo("type"));
  }

  @Test
  void changeByAnotherReplicaIsSeenWithinSeconds() {
    String id = unique("z");
    put(id, zone("NO_GO", MIDDLE, 200)).statusCode(201);
    tx.await(
        () ->
            tx.write(
                () ->
                    tx.session()
                        .chain(
                            session ->
                                session
                                    .createNativeQuery(
                                        "update zone set state = jsonb_set(state, '{removed}',"
                                            + " 'true') where zone_id = :id")
                                    .setParameter("id", id)
                                    .executeUpdate())
                        .chain(() -> revisions.raise(Revisions.Kind.ZONE))));
    eventually(5, () -> assertThat(zones.map().noGo(MIDDLE)).isFalse());
    operator(Roles.VIEWER).get("/v1/zones").then().body("zoneId", not(hasItem(id)));
  }
}
