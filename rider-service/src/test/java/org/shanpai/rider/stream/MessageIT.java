package org.shanpai.rider.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.JobId;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.event.RiderWorkState;
import org.shanpai.contracts.event.RiderWorkState.FatigueState;
import org.shanpai.contracts.event.RouteStop;
import org.shanpai.rider.RiderServiceTestBase;

/** What else comes down the line: messages, other routes, limits of working time, hand-overs. */
@QuarkusTest
class MessageIT extends RiderServiceTestBase {

  private static ValidatableResponse tell(
      String operator, String role, String audience, String whom, String key) {
    Map<String, Object> wish = new HashMap<>();
    wish.put("audience", audience);
    wish.put("text", "文三路施工，请绕行。");
    if (whom != null) {
      wish.put("whom", whom);
    }
    return as("control-room", operator, role)
        .header("Idempotency-Key", key)
        .body(wish)
        .post("/v1/rider-messages")
        .then();
  }

  private PhoneLine line(String rider) {
    return PhoneLine.open(base.toString(), token("rider-service", rider, "rider"), null);
  }

  private static void waitFor(PhoneLine line, String name, int times) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> line.received.stream().filter(one -> one.name().equals(name)).count() == times);
  }

  private static List<String> names(PhoneLine line) {
    return line.received.stream().map(PhoneLine.Received::name).toList();
  }

  @Test
  void theControlRoomTellsOneRiderAndTheSameKeyTellsOnce() {
    String rider = newRider();
    try (PhoneLine line = line(rider)) {
      String key = unique();
      tell("dee", Roles.DISPATCHER, "RIDER", rider, key).statusCode(200).body("riders", equalTo(1));
      tell("dee", Roles.DISPATCHER, "RIDER", rider, key).statusCode(200);
      waitFor(line, "message", 1);
      assertThat(line.received.get(0).data()).contains("文三路施工", "\"from\":\"dee\"");
    }
    tell("dee", Roles.DISPATCHER, "RIDER", "r-nobody", unique()).statusCode(404);
    assertThat(count("select count(*) from told_message where audience = ?", "RIDER " + rider))
        .isOne();
  }

  @Test
  void aStationsManagerTellsTheirOwnRidersAndNobodyElses() {
    String mine = newRider();
    String other = newRider();
    String lead = "lead-" + unique();
    ledBy(mine, lead);
    String station = query("select station_id from station_rider where rider_id = ?", mine).get(0);
    try (PhoneLine line = line(mine);
        PhoneLine others = line(other)) {
      tell(lead, Roles.STATION_MANAGER, "STATION", station, unique())
          .statusCode(200)
          .body("riders", equalTo(1));
      tell(lead, Roles.STATION_MANAGER, "RIDER", mine, unique()).statusCode(200);
      tell(lead, Roles.STATION_MANAGER, "RIDER", other, unique()).statusCode(404);
      tell(lead, Roles.STATION_MANAGER, "ALL", null, unique()).statusCode(404);
      tell("stranger", Roles.STATION_MANAGER, "STATION", station, unique()).statusCode(404);
      waitFor(line, "message", 2);
      assertThat(names(others)).doesNotContain("message");
    }
  }

  @Test
  void aBroadcastReachesEverybodyOnceEvenWhoComesBackLater() {
    String here = newRider();
    String away = newRider();
    String begin = "r-" + unique();
    assertThat(begin).isNotBlank();
    try (PhoneLine line = line(here)) {
      tell("boss", Roles.MANAGER, "ALL", null, unique()).statusCode(200);
      waitFor(line, "message", 1);
    }
    try (PhoneLine back =
        PhoneLine.open(base.toString(), token("rider-service", away, "rider"), 0L)) {
      waitFor(back, "message", 1);
    }
  }

  @Test
  void anotherRouteAndALimitOfWorkingTimeComeAsMessagesOfTheirOwn() {
    String rider = newRider();
    try (PhoneLine line = line(rider)) {
      send(work(rider, 1, List.of(), FatigueState.FIT));
      send(work(rider, 2, List.of(stop("j-1", 5)), FatigueState.FIT));
      // The same stops at other times are no other route.
      send(work(rider, 3, List.of(stop("j-1", 9)), FatigueState.FIT));
      send(work(rider, 4, List.of(stop("j-1", 9)), FatigueState.REST));
      send(work(rider, 5, List.of(), FatigueState.REST));
      waitFor(line, "work", 5);
      waitFor(line, "route", 2);
      waitFor(line, "fatigue", 1);
      assertThat(names(line))
          .containsExactly("work", "work", "route", "work", "work", "fatigue", "work", "route");
    }
  }

  private static List<String> handOvers(String rider) {
    return query(
        "select (body::json->>'state') || ' ' || coalesce(body::json->>'code', '-')"
            + " from rider_message where rider_id = ? and type = 'hand-over' order by seq",
        rider);
  }

  @Test
  void theOtherRiderHearsOfAHandOverWithoutTheCodeThatTheGiverShows() {
    String giver = newRider();
    String taker = newRider();
    asRider(giver)
        .header("Idempotency-Key", unique())
        .body(Map.of("jobId", "j-1", "epoch", 3, "toRiderId", taker))
        .post("/v1/rider/hand-overs")
        .then()
        .statusCode(200)
        .body("code", equalTo("481516"));
    assertThat(handOvers(taker)).containsExactly("ASKED -");
    assertThat(handOvers(giver)).as("who asks knows").isEmpty();
    String name = "/v1/rider/hand-overs/ho-" + giver + ".." + taker;
    asRider(taker).body(Map.of("code", "481516")).post(name + "/accept").then().statusCode(200);
    asRider(taker).post(name + "/decline").then().statusCode(200);
    assertThat(handOvers(giver)).containsExactly("ACCEPTED -", "DECLINED -");
    asRider(giver).post(name + "/withdraw").then().statusCode(200);
    assertThat(handOvers(taker)).hasSize(2);
    assertThat(handOvers(giver)).hasSize(2);
  }

  private static RouteStop stop(String job, int minutes) {
    Instant at = Instant.parse("2026-03-02T04:00:00Z").plusSeconds(minutes * 60L);
    return new RouteStop(JobId.of(job), RouteStop.Kind.PICKUP, new GeoPoint(30.28, 120.13), at, at);
  }

  private static RiderWorkState work(
      String rider, long version, List<RouteStop> route, FatigueState state) {
    return new RiderWorkState(
        RiderId.of(rider),
        CityId.of("city-1"),
        version,
        true,
        8,
        0,
        List.of(),
        route,
        Instant.parse("2026-03-02T04:00:00Z"),
        null,
        new RiderWorkState.Fatigue(state, 14_400, null, null, null));
  }
}
