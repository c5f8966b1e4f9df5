package org.shanpai.geo.area;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.event.AreaState;
import org.shanpai.geo.GeoServiceTest;
import org.shanpai.geo.revision.Revisions;
import org.shanpai.messaging.Envelopes;
import org.shanpai.messaging.Tx;

/** Areas over HTTP with a real database and broker. */
@QuarkusTest
class AreasIT extends GeoServiceTest {

  @Inject Tx tx;
  @Inject Revisions revisions;

  private io.restassured.response.ValidatableResponse at(GeoPoint place) {
    return service()
        .queryParam("lat", place.lat())
        .queryParam("lon", place.lon())
        .get("/internal/v1/areas/at")
        .then();
  }

  @Test
  void areaIsSetUpFoundChangedAndPublishedOnce() {
    String id = unique("a");
    GeoPoint centre = MIDDLE.offsetMetres(17_000, 17_000);
    putArea(id, centre, 400)
        .statusCode(201)
        .body("version", equalTo(1))
        .body("outline", hasSize(4));
    at(centre).statusCode(200).body("areaId", equalTo(id));
    putArea(id, centre, 400).statusCode(200).body("version", equalTo(1));
    putArea(id, centre, 300).statusCode(200).body("version", equalTo(2));
    GeoPoint edge = centre.offsetMetres(350, 0);
    String there =
        at(edge).extract().statusCode() == 404 ? null : at(edge).extract().path("areaId");
    assertThat(there).as("the map answers by the new outline").isNotEqualTo(id);
    operator(Roles.VIEWER)
        .get("/v1/areas/" + id)
        .then()
        .statusCode(200)
        .body("name", equalTo("Area " + id));
    operator(Roles.VIEWER)
        .get("/v1/areas")
        .then()
        .statusCode(200)
        .body("areaId", org.hamcrest.Matchers.hasItem(id));
    List<String> told = published("shanpai.area", id, 2);
    assertThat(told).hasSize(2);
    assertThat(((AreaState) Envelopes.read(told.get(1)).data()).version()).isEqualTo(2);
  }

  @Test
  void whatIsNoAreaIsRefusedByField() {
    String bowTie =
        "{\"name\":\"x\",\"coordinateSystem\":\"WGS-84\",\"outline\":[{\"lat\":31.22,\"lon\":121.46},{\"lat\":31.24,\"lon\":121.48},"
            + "{\"lat\":31.22,\"lon\":121.48},{\"lat\":31.24,\"lon\":121.46}]}";
    refused(bowTie, "outline", "crosses");
    refused(
        "{\"name\":\"x\",\"coordinateSystem\":\"WGS-84\",\"outline\":[{\"lat\":31.22,\"lon\":121.46},{\"lat\":31.24,\"lon\":121.48}]}",
        "outline",
        "at least 3");
    refused(
        "{\"name\":\"x\",\"coordinateSystem\":\"WGS-84\",\"outline\":[{\"lat\":121.46,\"lon\":31.22},{\"lat\":31.24,\"lon\":121.48},"
            + "{\"lat\":31.22,\"lon\":121.48}]}",
        "outline[0].lat",
        "exchanged");
    refused(
        "{\"name\":\"x\",\"coordinateSystem\":\"WGS-84\",\"outline\":[{\"lat\":-80,\"lon\":-90},{\"lat\":-80,\"lon\":90},"
            + "{\"lat\":80,\"lon\":90},{\"lat\":80,\"lon\":-90}]}",
        "outline",
        "km across");
    refused("{\"name\":\"\",\"coordinateSystem\":\"WGS-84\",\"outline\":[]}", "name", "1-100");
    refused("{\"name\":\"x\",\"coordinateSystem\":\"WGS-84\"}", "outline", "missing");
    operator(Roles.MANAGER)
        .body("{\"name\":\"x\",\"coordinateSystem\":\"WGS-84\",\"outline\":[{\"lat\":\"north\"}]}")
        .put("/v1/areas/a-bad")
        .then()
        .statusCode(400)
        .body("field", equalTo("outline[0].lat"));
    operator(Roles.VIEWER).get("/v1/areas/a-bad").then().statusCode(404);
  }

  private void refused(String body, String field, String words) {
    operator(Roles.MANAGER)
        .body(body)
        .put("/v1/areas/a-bad")
        .then()
        .statusCode(422)
        .contentType("application/problem+json")
        .body("field", equalTo(field))
        .body("detail", containsString(words));
  }

  @Test
  void onlyManagersSetAreasUp() {
    Map<String, Object> body = square("x", MIDDLE, 500);
    given().contentType("application/json").body(body).put("/v1/areas/a-x").then().statusCode(401);
    operator(Roles.DISPATCHER).body(body).put("/v1/areas/a-x").then().statusCode(403);
    rider("r-1").body(body).put("/v1/areas/a-x").then().statusCode(403);
    merchant().body(body).post("/v1/areas/import").then().statusCode(403);
    rider("r-1").get("/v1/areas").then().statusCode(403);
    operator(Roles.MANAGER).get("/internal/v1/areas/at?lat=1&lon=1").then().statusCode(403);
  }

  @Test
  void aFileIsTakenAreaByAreaWithTheReasonForTheOthers() {
    String first = unique("a");
    String second = unique("a");
    Map<String, Object> file =
        Map.of(
            "coordinateSystem",
            "WGS-84",
            "areas",
            List.of(
                with(first, square("First", MIDDLE.offsetMetres(-17_000, 0), 300)),
                Map.of("areaId", unique("a"), "name", "No outline"),
                with("not an id!", square("Bad id", MIDDLE, 300)),
                with(second, square("Second", MIDDLE.offsetMetres(-18_000, 0), 300))));
    operator(Roles.MANAGER)
        .body(file)
        .post("/v1/areas/import")
        .then()
        .statusCode(200)
        .body("created", equalTo(2))
        .body("refused.index", equalTo(List.of(1, 2)))
        .body("refused.field", equalTo(List.of("outline", "areaId")));
    operator(Roles.MANAGER)
        .body(file)
        .post("/v1/areas/import")
        .then()
        .statusCode(200)
        .body("created", equalTo(0))
        .body("unchanged", equalTo(2));
    at(MIDDLE.offsetMetres(-18_000, 0)).body("areaId", equalTo(second));
    operator(Roles.MANAGER)
        .body("{\"foo\":1}")
        .post("/v1/areas/import")
        .then()
        .statusCode(400)
        .body("field", equalTo("areas"));
  }

  private static Map<String, Object> with(String areaId, Map<String, Object> area) {
    Map<String, Object> all = new java.util.HashMap<>(area);
    all.put("areaId", areaId);
    return all;
  }

  @Test
  void geoJsonKeepsItsLongitudeFirstAndPolygonsWithHolesAreRefused() {
    String id = unique("a");
    String file =
        """
        {"type":"FeatureCollection","coordinateSystem":"WGS-84","features":[
         {"type":"Feature","properties":{"areaId":"%s","name":"G"},"geometry":{"type":"Polygon",
          "coordinates":[[[121.600,31.100],[121.602,31.100],[121.602,31.102],[121.600,31.100]]]}},
         {"type":"Feature","properties":{"areaId":"a-hole","name":"H"},"geometry":{"type":"Polygon",
          "coordinates":[[[121.60,31.10],[121.62,31.10],[121.62,31.12],[121.60,31.10]],
                         [[121.615,31.105],[121.616,31.105],[121.616,31.106],[121.615,31.105]]]}}]}
        """
            .formatted(id);
    operator(Roles.MANAGER)
        .contentType("application/geo+json")
        .body(file)
        .post("/v1/areas/import")
        .then()
        .statusCode(200)
        .body("created", equalTo(1))
        .body("refused.areaId", equalTo(List.of("a-hole")))
        .body("refused[0].field", equalTo("geometry"))
        .body("refused[0].detail", containsString("no holes"));
    at(new GeoPoint(31.1005, 121.6015)).statusCode(200).body("areaId", equalTo(id));
  }

  @Test
  void riderIsEligibleInEveryAreaWithinOneKilometre() {
    String own = unique("a");
    String next = unique("a");
    String far = unique("a");
    GeoPoint centre = MIDDLE.offsetMetres(40_000, 0);
    putArea(own, centre, 500);
    putArea(next, centre.offsetMetres(0, 1_900), 500);
    putArea(far, centre.offsetMetres(0, -2_600), 500);
    service()
        .queryParam("lat", centre.lat())
        .queryParam("lon", centre.lon())
        .get("/internal/v1/areas/near")
        .then()
        .statusCode(200)
        .body("areaIds", equalTo(List.of(own)));
    GeoPoint east = centre.offsetMetres(0, 450);
    service()
        .queryParam("lat", east.lat())
        .queryParam("lon", east.lon())
        .get("/internal/v1/areas/near")
        .then()
        .body("areaIds", equalTo(List.of(own, next).stream().sorted().toList()));
  }

  @Test
  void aChangeByAnotherReplicaIsSeenWithinSeconds() {
    String id = unique("a");
    GeoPoint centre = MIDDLE.offsetMetres(-40_000, 0);
    putArea(id, centre, 500).statusCode(201);
    at(centre).statusCode(200).body("areaId", equalTo(id));
    // What another replica does: the rows and the revision, without a word to this one.
    tx.await(
        () ->
            tx.write(
                () ->
                    tx.session()
                        .chain(
                            session ->
                                session
                                    .createNativeQuery("delete from area where area_id = :id")
                                    .setParameter("id", id)
                                    .executeUpdate())
                        .chain(() -> revisions.raise(Revisions.Kind.AREA))));
    eventually(5, () -> at(centre).statusCode(404).contentType("application/problem+json"));
  }
}
