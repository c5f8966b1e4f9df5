package org.shanpai.dispatch;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import org.junit.jupiter.api.Test;

/** How busy an area is, as order-service asks it. */
@QuarkusTest
class LoadIT extends LiveDispatch {

  @Test
  void loadIsReckonedFromOpenJobsRidersAndTheLastHoursAcceptances() throws InterruptedException {
    String rider = onlineRider();
    openJobs(2);
    asRider(rider)
        .get("/internal/v1/areas/" + area + "/load")
        .then()
        .statusCode(200)
        .body("areaId", equalTo(area))
        .body("openJobs", equalTo(2))
        .body("ridersOnline", equalTo(1))
        .body("acceptP50Seconds", nullValue())
        .body("samples", equalTo(0));

    run(
        "update job set status = 'ASSIGNED', rider_id = 'r-x', offer_id = 'f-x', epoch = 1,"
            + " accepted_at = created_at + interval '100 seconds', version = version + 1"
            + " where id = (select min(id) from job where area_id = ?)",
        area);
    assertThat(load(rider).getInt("openJobs")).as("kept for a second").isEqualTo(2);
    Thread.sleep(1_100);
    JsonPath later = load(rider);
    assertThat(later.getInt("openJobs")).isEqualTo(1);
    assertThat(later.getInt("samples")).isEqualTo(1);
    assertThat(later.getInt("acceptP50Seconds")).isEqualTo(100);
    assertThat(later.getInt("acceptP80Seconds")).isEqualTo(100);
    // One job of 300 s approach, 240 s of stops and a ride of some six minutes; one free rider.
    assertThat(later.getDouble("load")).isBetween(0.45, 0.55);
  }

  @Test
  void ridersElsewhereDoNotCount() {
    onlineRider(STORE.offsetMetres(20_000, 0));
    openJob();
    JsonPath load = load("r-any");
    assertThat(load.getInt("ridersOnline")).isZero();
    assertThat(load.getDouble("load")).isEqualTo(99);
  }

  @Test
  void onlyServicesGetInAndAnUnknownAreaIsNone() {
    given().get("/internal/v1/areas/" + area + "/load").then().statusCode(401);
    asOperator("manager").get("/internal/v1/areas/" + area + "/load").then().statusCode(403);
    asRider("r-1").get("/internal/v1/areas/a-nowhere/load").then().statusCode(404);
  }

  private JsonPath load(String rider) {
    return asRider(rider)
        .get("/internal/v1/areas/" + area + "/load")
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }
}
