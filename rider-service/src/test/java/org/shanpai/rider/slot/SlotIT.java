package org.shanpai.rider.slot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.shanpai.messaging.Tx;
import org.shanpai.rider.RiderServiceTestBase;

/** Slots are published, signed up for while there are places, and closed with who worked them. */
@QuarkusTest
class SlotIT extends RiderServiceTestBase {

  @Inject Slots slots;
  @Inject Tx tx;

  private static Map<String, Object> slot(int places) {
    Instant start = Instant.now().plus(2, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);
    Map<String, Object> slot = new HashMap<>();
    slot.put("areaId", "a-1");
    slot.put("pool", "CROWDSOURCED");
    slot.put("startsAt", start.toString());
    slot.put("endsAt", start.plus(2, ChronoUnit.HOURS).toString());
    slot.put("places", places);
    slot.put("peak", true);
    return slot;
  }

  private static String published(Map<String, Object> slot) {
    String id = "slot-" + unique();
    asManager().body(slot).put("/v1/slots/" + id).then().statusCode(200);
    return id;
  }

  private static ValidatableResponse signUp(String rider, String slot) {
    return asRider(rider).post("/v1/rider/slots/" + slot + "/sign-up").then();
  }

  @Test
  void ofManyWhoReachForTheLastPlacesAsManyAsThereAreGetOne() {
    String slot = published(slot(3));
    List<String> riders = IntStream.range(0, 12).mapToObj(i -> newRider()).toList();
    List<CompletableFuture<Integer>> all =
        riders.stream()
            .map(
                rider ->
                    CompletableFuture.supplyAsync(() -> signUp(rider, slot).extract().statusCode()))
            .toList();
    List<Integer> statuses = all.stream().map(CompletableFuture::join).toList();
    assertThat(statuses.stream().filter(status -> status == 200)).hasSize(3);
    assertThat(statuses.stream().filter(status -> status == 409)).hasSize(9);
    assertThat(count("select taken from slot where slot_id = ?", slot)).isEqualTo(3);
    assertThat(count("select count(*) from slot_signup where slot_id = ?", slot)).isEqualTo(3);
  }

  @Test
  void signingUpTwiceTakesOnePlaceAndTakingItBackGivesItToSomebodyElse() {
    String slot = published(slot(1));
    String rider = newRider();
    signUp(rider, slot).statusCode(200).body("mine", equalTo(true)).body("taken", equalTo(1));
    signUp(rider, slot).statusCode(200).body("taken", equalTo(1));
    String other = newRider();
    signUp(other, slot).statusCode(409).body("type", containsString("slot-full"));
    asRider(rider)
        .post("/v1/rider/slots/" + slot + "/cancel")
        .then()
        .statusCode(200)
        .body("mine", equalTo(false));
    asRider(rider).post("/v1/rider/slots/" + slot + "/cancel").then().statusCode(200);
    signUp(other, slot).statusCode(200);
    asRider(other).get("/v1/rider/slots").then().body("slots.slotId", hasItem(slot));
  }

  @Test
  void aSlotIsForItsPoolAndStationOnlyAndIsNotChangedOncePublished() {
    String mine = newRider();
    ledBy(mine, "lead-" + unique());
    String station = query("select station_id from station_rider where rider_id = ?", mine).get(0);
    Map<String, Object> ofStation = slot(5);
    ofStation.put("stationId", station);
    String slot = published(ofStation);
    String other = newRider();
    signUp(other, slot).statusCode(404);
    asRider(other).get("/v1/rider/slots").then().body("slots.slotId", not(hasItem(slot)));
    signUp(mine, slot).statusCode(200);
    Map<String, Object> pool = slot(5);
    pool.put("pool", "DEDICATED");
    signUp(mine, published(pool)).statusCode(404);
    asManager().body(ofStation).put("/v1/slots/" + slot).then().statusCode(200);
    ofStation.put("places", 6);
    asManager()
        .body(ofStation)
        .put("/v1/slots/" + slot)
        .then()
        .statusCode(409)
        .body("type", containsString("slot-published"));
    Map<String, Object> past = slot(1);
    past.put("startsAt", "2020-01-01T00:00:00Z");
    past.put("endsAt", "2020-01-01T01:00:00Z");
    asManager()
        .body(past)
        .put("/v1/slots/slot-" + unique())
        .then()
        .statusCode(422)
        .body("field", equalTo("startsAt"));
  }

  @Test
  void onceASlotHasBegunNobodyComesInAndNobodyBacksOut() throws SQLException {
    String slot = published(slot(5));
    String rider = newRider();
    signUp(rider, slot).statusCode(200);
    execute("update slot set starts_at = now() where slot_id = ?", slot);
    signUp(newRider(), slot).statusCode(409).body("type", containsString("slot-begun"));
    signUp(rider, slot).statusCode(200).body("mine", equalTo(true));
    asRider(rider)
        .post("/v1/rider/slots/" + slot + "/cancel")
        .then()
        .statusCode(409)
        .body("type", containsString("slot-begun"));
    assertThat(count("select taken from slot where slot_id = ?", slot)).isOne();
  }

  @Test
  void whoWasOnlineForFourFifthsOfItHasWorkedItToTheSecond() throws SQLException {
    String slot = published(slot(5));
    String just = newRider();
    String almost = newRider();
    String twice = newRider();
    String absent = newRider();
    for (String rider : List.of(just, almost, twice, absent)) {
      signUp(rider, slot).statusCode(200);
    }
    // Over for ten minutes: it lasted from three hours to one hour before then.
    execute(
        "update slot set starts_at = now() - interval '130 minutes', ends_at = now() - interval"
            + " '10 minutes' where slot_id = ?",
        slot);
    String shift =
        "insert into rider_shift (rider_id, started_at, ended_at) select ?, starts_at + cast(? as"
            + " interval), starts_at + cast(? as interval) from slot where slot_id = ?";
    execute(shift, just, "24 minutes", "121 minutes", slot);
    execute(shift, almost, "24 minutes 1 second", "121 minutes", slot);
    execute(shift, twice, "-30 minutes", "50 minutes", slot);
    execute(shift, twice, "60 minutes", "110 minutes", slot);
    assertThat(tx.await(slots::close)).isGreaterThanOrEqualTo(1);
    assertThat(
            query(
                "select rider_id || '/' || online_seconds || '/' || worked from slot_signup"
                    + " where slot_id = ?",
                slot))
        .containsExactlyInAnyOrder(
            just + "/5760/true", almost + "/5759/false", twice + "/6000/true", absent + "/0/false");
    asManager()
        .get("/v1/slots/" + slot + "/sign-ups")
        .then()
        .statusCode(200)
        .body("signUps.find { it.riderId == '" + just + "' }.worked", equalTo(true));
    assertThat(count("select count(*) from slot where slot_id = ? and closed_at is not null", slot))
        .isOne();
  }
}
