package org.shanpai.geo.track;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.geo.GeoServiceTest;
import org.shanpai.geo.position.Sighting;

/** Tracks from the ping to the row, and how they age. */
@QuarkusTest
class TracksIT extends GeoServiceTest {

  @Inject Tracks tracks;

  private JsonPath track(String riderId, Instant from, Instant to) {
    return operator(Roles.STATION_MANAGER)
        .queryParam("from", from.toString())
        .queryParam("to", to.toString())
        .get("/v1/riders/" + riderId + "/track")
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  @Test
  void everyBelievedReadingIsInTheTrackAtOnceAlsoTheLateOnes() {
    city();
    String id = unique("r");
    Map<String, Object> late = ping(-20_000, MIDDLE.lat(), MIDDLE.lon());
    Map<String, Object> early = ping(-30_000, MIDDLE.offsetMetres(40, 0).lat(), MIDDLE.lon());
    Map<String, Object> now = ping(0, MIDDLE.offsetMetres(90, 0).lat(), MIDDLE.lon());
    Map<String, Object> faked = ping(0, MIDDLE.offsetMetres(9_000, 0).lat(), MIDDLE.lon());
    send(id, List.of(early, now, faked)).statusCode(202);
    send(id, List.of(late)).statusCode(202);
    send(id, List.of(now)).statusCode(202);
    JsonPath track = operator(Roles.DISPATCHER).get("/v1/riders/" + id + "/track").jsonPath();
    assertThat(track.getList("points.at"))
        .containsExactly(early.get("at"), late.get("at"), now.get("at"));
    assertThat(track.getList("points.trust", Integer.class)).allMatch(trust -> trust >= 80);
    assertThat(track.getList("points.deviceAt")).isEqualTo(track.getList("points.at"));
    assertThat(Instant.parse(track.getString("points[0].receivedAt")))
        .isAfter(Instant.parse(track.getString("points[0].at")).plusSeconds(29));
    assertThat(track.getDouble("points[2].accuracyMetres")).isEqualTo(8);
    assertThat(track.getBoolean("complete")).isTrue();
    assertThat(track.getList("stays")).isEmpty();
  }

  /** An hour of riding north, 5 m/s. */
  private List<Sighting> ride(long from) {
    List<Sighting> ride = new ArrayList<>();
    for (int i = 0; i < 360; i++) {
      long at = from + i * 10_000L;
      ride.add(new Sighting(MIDDLE.offsetMetres(i * 50.0, 0), at, 5, 90, at - 3_000, at + 800));
    }
    return ride;
  }

  @Test
  void tracksAreRawThenCellsThenGone() {
    String id = unique("r");
    String other = unique("r");
    long start = clock.millis() / 3_600_000 * 3_600_000 - 7_200_000;
    tracks.saw(id, ride(start));
    tracks.saw(other, ride(start + 86_400_000));
    tracks.flush(Long.MAX_VALUE).await().atMost(Duration.ofSeconds(10));
    Instant from = Instant.ofEpochMilli(start);
    Instant to = from.plus(Duration.ofHours(1));

    age(start + Duration.ofHours(72).toMillis());
    JsonPath raw = track(id, from, to);
    assertThat(raw.getList("points")).as("not old enough").hasSize(360);
    assertThat(raw.getInt("points[7].trust")).isEqualTo(90);
    assertThat(raw.getString("points[7].deviceAt"))
        .isEqualTo(Instant.ofEpochMilli(start + 67_000).toString());
    assertThat(raw.getList("stays")).isEmpty();

    age(start + Duration.ofHours(73).toMillis() + 60_000);
    JsonPath coarse = track(id, from, to);
    assertThat(coarse.getList("points")).isEmpty();
    List<Integer> counts = coarse.getList("stays.points", Integer.class);
    assertThat(counts).as("cells on 18 km").hasSizeBetween(15, 40);
    assertThat(counts.stream().mapToInt(count -> count).sum()).isEqualTo(360);
    assertThat(coarse.getString("stays[0].from")).isEqualTo(from.toString());
    GeoPoint centre =
        new GeoPoint(
            coarse.getDouble("stays[0].centre.lat"), coarse.getDouble("stays[0].centre.lon"));
    assertThat(centre.metresTo(MIDDLE)).isLessThan(600);
    assertThat(coarse.getString("stays[0].cell")).matches("[0-9a-f]{15}");
    Instant day = from.plus(Duration.ofDays(1));
    assertThat(track(other, day, day.plus(Duration.ofHours(1))).getList("points"))
        .as("a day younger")
        .hasSize(360);

    age(start + Duration.ofDays(30).toMillis() - 60_000);
    assertThat(track(id, from, to).getList("stays")).hasSameSizeAs(counts);
    age(start + Duration.ofDays(30).toMillis() + 3_600_000);
    assertThat(track(id, from, to).getList("stays")).isEmpty();
  }

  private void age(long now) {
    tracks.age(now).await().atMost(Duration.ofSeconds(20));
  }

  @Test
  void onlyWhoMustKnowSeesATrackAndQuestionsAreChecked() {
    String id = unique("r");
    String path = "/v1/riders/" + id + "/track";
    given().get(path).then().statusCode(401);
    rider(id).get(path).then().statusCode(403);
    merchant().get(path).then().statusCode(403);
    operator(Roles.VIEWER).get(path).then().statusCode(403);
    operator(Roles.MANAGER).get(path).then().statusCode(200).body("points", hasSize(0));
    service().get(path).then().statusCode(200);
    operator(Roles.MANAGER)
        .get(path + "?from=yesterday")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("field", equalTo("from"));
    operator(Roles.MANAGER)
        .get(path + "?from=2026-11-20T04:00:00Z&to=2026-11-22T04:00:00Z")
        .then()
        .statusCode(400)
        .body("field", equalTo("from"));
    operator(Roles.MANAGER)
        .get(path + "?to=2026-11-20T04:00:00Z&from=2026-11-22T04:00:00Z")
        .then()
        .statusCode(400);
    operator(Roles.MANAGER)
        .get(path + "?to=%2B1000000000-12-31T23:59:59Z")
        .then()
        .statusCode(400)
        .body("field", equalTo("to"));
  }
}
