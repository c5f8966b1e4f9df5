package org.shanpai.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.JobId;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.GeofenceEvent;
import org.shanpai.contracts.event.OrderState;
import org.shanpai.contracts.event.StoreLearned;
import org.shanpai.contracts.event.ZoneState;
import org.shanpai.dispatch.work.Silence;

/** What geo-service knows, and what becomes of it in waves and jobs. */
@QuarkusTest
class GeoFactsIT extends LiveDispatch {

  @Inject Silence silence;

  private String rejected(String job, String rule) {
    return text(
        "select cast(body as jsonb) #>> array['rejected', ?] from receipt where job_id = ?"
            + " order by seq desc limit 1",
        rule,
        job);
  }

  private void reject(String job) {
    run("delete from receipt where job_id = ?", job);
    wave();
    assertThat(status(job)).isEqualTo("OPEN");
  }

  @Test
  void phoneThatIsNearlyEmptyGetsNoOffersUntilItIsCharged() {
    String rider = onlineRider();
    geo.put(area, rider, STORE, clock.now(), 100, 9);
    String job = openJob();
    reject(job);
    assertThat(rejected(job, "LOW_BATTERY")).isEqualTo("1");
    assertThat(rejected(job, "NOT_ACCEPTING")).isNull();
    tx.await(silence::sweep);
    asOperator("viewer")
        .get("/v1/riders/without-offers")
        .then()
        .statusCode(200)
        .body("find { it.riderId == '" + rider + "' }.reason", equalTo("LOW_BATTERY"))
        .body("find { it.riderId == '" + rider + "' }.batteryPercent", equalTo(9));
    geo.put(area, rider, STORE, clock.now(), 100, 10);
    offerOf(job);
    tx.await(silence::sweep);
    asOperator("viewer")
        .get("/v1/riders/without-offers")
        .then()
        .body("riderId", not(hasItem(rider)));
    asRider(rider).get("/v1/riders/without-offers").then().statusCode(403);
  }

  @Test
  void riderOfDoubtfulPositionIsPlannedFromTheLastCertainOneAndAfterAWhileNotAtAll()
      throws Exception {
    GeoPoint certain = STORE.offsetMetres(400, 0);
    String rider = onlineRider();
    String job = openJob();
    geo.put(area, rider, certain, clock.now(), 90, 80);
    tx.await(silence::sweep);

    // What it claims now is 3 km off; it is planned from where it was.
    geo.put(area, rider, STORE.offsetMetres(-900, 0), clock.now().plusMillis(1), 5, 80);
    offerOf(job);
    long travel =
        count(
            "select cast(cast(route as jsonb) #>> '{0,travelSeconds}' as int) from offer"
                + " where rider_id = ?",
            rider);
    assertThat(travel).isEqualTo((long) Math.ceil(certain.metresTo(STORE) / (15 / 3.6)));
    decline(rider, text("select offer_id from job where id = ?", job)).statusCode(200);

    String second = openJob();
    Thread.sleep(3_200);
    geo.put(area, rider, STORE, clock.now(), 5, 80);
    tx.await(silence::sweep);
    reject(second);
    assertThat(rejected(second, "POSITION_NOT_TRUSTED")).isEqualTo("1");
    asOperator("viewer")
        .get("/v1/riders/without-offers")
        .then()
        .body("find { it.riderId == '" + rider + "' }.reason", equalTo("POSITION_NOT_TRUSTED"))
        .body("find { it.riderId == '" + rider + "' }.trust", equalTo(5));

    geo.put(area, rider, STORE, clock.now(), 75, 80);
    offerOf(second);
  }

  @Test
  void riderOfWhomNothingWasHeardForThreeMinutesIsCountedAsSilent() {
    String rider = onlineRider();
    geo.put(area, rider, STORE, clock.now().minus(Duration.ofMinutes(4)), 100, 80);
    String job = openJob();
    reject(job);
    assertThat(rejected(job, "SILENT")).isEqualTo("1");
  }

  @Test
  void learnedStopTimesAreAskedForOnceAndPlannedWith() {
    GeoPoint door = STORE.offsetMetres(700, 500 + Math.random() * 100);
    geo.stopTime(door, 540);
    String rider = onlineRider();
    String job = jobTo(door);
    String offer = offerOf(job);
    assertThat(serviceSeconds(offer, "DROPOFF")).isEqualTo(540);
    assertThat(serviceSeconds(offer, "PICKUP")).as("nobody learned the counter").isEqualTo(60);
    int asked = geo.stopQuestions();
    decline(rider, offer).statusCode(200);
    wave();
    assertThat(geo.stopQuestions()).as("kept for a while").isEqualTo(asked);
  }

  @Test
  void withoutStopTimesWavesGoOnWithTheSettings() {
    geo.stopTimesAway(true);
    onlineRider();
    String job = jobTo(STORE.offsetMetres(650, 300 + Math.random() * 100));
    assertThat(serviceSeconds(offerOf(job), "DROPOFF")).isEqualTo(180);
  }

  @Test
  void learnedPickupPointAndKitchenAreWhereAndWhenTheGoodsAreHad() {
    GeoPoint learned = STORE.offsetMetres(45, 20);
    learn(learned, 30, 240, 40);
    onlineRider(STORE.offsetMetres(1_400, 0));
    String job = openJob();
    run("update job set expected_ready_at = promised_ready_at where id = ?", job);
    String offer = offerOf(job);
    assertThat(
            count(
                "select count(*) from jsonb_array_elements(cast((select route from offer where id"
                    + " = ?) as jsonb)) s where s ->> 'kind' = 'PICKUP'"
                    + " and abs(cast(s #>> '{place,lat}' as float8) - ?) < 1e-9"
                    + " and cast(s ->> 'readyAt' as timestamptz) = (select created_at"
                    + " + interval '240 seconds' from job where id = ?)",
                offer,
                learned.lat(),
                job))
        .isOne();
  }

  @Test
  void kitchenThatSaidMoreIsBelievedAndAPickupPointFarOffIsNot() {
    learn(STORE.offsetMetres(2_000, 0), 30, 240, 40);
    onlineRider(STORE.offsetMetres(1_400, 0));
    String id = unique();
    OrderState order = order(id);
    send(order);
    Instant later = clock.now().plusSeconds(120).truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
    send(changed(order, Map.of("expectedReadyAt", later)));
    String job = "j-" + id;
    eventually(
        () ->
            assertThat(
                    count(
                        "select count(*) from job where id = ? and expected_ready_at > now()", job))
                .isOne());
    String offer = offerOf(job);
    assertThat(
            count(
                "select count(*) from jsonb_array_elements(cast((select route from offer where id"
                    + " = ?) as jsonb)) s where s ->> 'kind' = 'PICKUP'"
                    + " and abs(cast(s #>> '{place,lat}' as float8) - ?) < 1e-9"
                    + " and cast(s ->> 'readyAt' as timestamptz) = (select expected_ready_at"
                    + " from job where id = ?)",
                offer,
                STORE.lat(),
                job))
        .isOne();
  }

  @Test
  void provenArrivalIsNotedOnceForThePresentRiderAndBeatsALaterTap() {
    String rider = onlineRider();
    String job = assignedJob(rider);
    Instant proven =
        clock.now().minusSeconds(120).truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
    run(
        "update job set accepted_at = accepted_at - interval '10 minutes',"
            + " promised_ready_at = promised_ready_at - interval '10 minutes' where id = ?",
        job);
    seen(job, rider, epoch(job) - 1, GeofenceEvent.Kind.AT_STORE, proven);
    step(rider, job, epoch(job), "ARRIVED_STORE").statusCode(200);
    step(rider, job, epoch(job), "PICKED_UP").statusCode(200);
    assertThat(text("select seen_at_store_at from job where id = ?", job))
        .as("an event of an earlier assignment")
        .isNull();
    long before = count("select compensation_millis from job where id = ?", job);

    seen(job, rider, epoch(job), GeofenceEvent.Kind.AT_STORE, proven);
    eventually(
        () ->
            assertThat(
                    count(
                        "select count(*) from job where seen_at_store_at is not null"
                            + " and id = ?",
                        job))
                .isOne());
    // Two minutes at the counter, one of them the handing over: the kitchen cost one.
    assertThat(count("select compensation_millis from job where id = ?", job) - before)
        .isBetween(55_000L, 70_000L);
    asOperator("viewer")
        .get("/v1/jobs/" + job)
        .then()
        .statusCode(200)
        .body("seenAtStoreAt", equalTo(proven.toString()));

    // Taken back and given anew, nothing of it is left.
    String again = assignedJob(rider);
    seen(again, rider, epoch(again), GeofenceEvent.Kind.AT_STORE, proven);
    eventually(
        () -> assertThat(text("select seen_at_store_at from job where id = ?", again)).isNotNull());
    asOperator("dispatcher")
        .body(Map.of("reason", "RIDER_ACCIDENT"))
        .post("/v1/jobs/" + again + "/reassign")
        .then()
        .statusCode(200);
    assertThat(text("select seen_at_store_at from job where id = ?", again)).isNull();
  }

  @Test
  void jobWithoutAWayIsHeldAndAnOperatorIsCalledAtOnce() {
    GeoPoint island = STORE.offsetMetres(333, 777);
    geo.cutOff(island);
    String rider = onlineRider();
    String job = jobTo(island);
    String other = openJob();
    offerOf(other);
    assertThat(status(job)).isEqualTo("OPEN");
    assertThat(text("select decided_by from receipt where job_id = ?", job)).isEqualTo("NO_WAY");
    assertThat(text("select unclaimed || '/' || reason from job where id = ?", job))
        .isEqualTo("OPERATOR_CALLED/NO_WAY");
    assertThat(told(job)).last().isEqualTo("OPEN/NO_WAY");
    accept(rider, text("select offer_id from job where id = ?", other)).statusCode(200);

    // The bridge is open again.
    geo.clear();
    geo.put(area, rider, STORE, clock.now());
    offerOf(job);
  }

  @Test
  void riderBehindNoWayIsPassedOver() {
    GeoPoint island = STORE.offsetMetres(-250, -250);
    geo.cutOff(island);
    String stranded = onlineRider(island);
    String rider = onlineRider(STORE.offsetMetres(900, 0));
    String job = openJob();
    String offer = offerOf(job);
    assertThat(text("select rider_id from offer where id = ?", offer))
        .isEqualTo(rider)
        .isNotEqualTo(stranded);
    assertThat(rejected(job, "UNREACHABLE")).isEqualTo("1");
  }

  @Test
  void zoneThatClosesTheDoorLaterStopsTheJobWhereverItIs() {
    GeoPoint park = STORE.offsetMetres(1_000, -600);
    String rider = onlineRider();
    String aboard = jobTo(park);
    accept(rider, offerOf(aboard)).statusCode(200);
    step(rider, aboard, epoch(aboard), "ARRIVED_STORE").statusCode(200);
    step(rider, aboard, epoch(aboard), "PICKED_UP").statusCode(200);
    String inHand = jobTo(park);
    accept(rider, offerOf(inHand)).statusCode(200);
    String outside = assignedJob(rider);
    String open = jobTo(park);

    String zone = "z-" + unique();
    send(EventType.ZONE_STATE, zone, 1, zone(zone, 1, park, false));
    eventually(() -> assertThat(status(aboard)).isEqualTo("EXCEPTION"));
    assertThat(text("select reason || '/' || fault from job where id = ?", aboard))
        .isEqualTo("NO_GO_ZONE/PLATFORM");
    assertThat(status(inHand)).isEqualTo("OPEN");
    assertThat(status(outside)).isEqualTo("ASSIGNED");
    String another = onlineRider();
    eventually(
        () -> {
          wave();
          for (String job : List.of(inHand, open)) {
            assertThat(text("select unclaimed from job where id = ?", job))
                .isEqualTo("OPERATOR_CALLED");
            assertThat(status(job)).isEqualTo("OPEN");
          }
        });

    // The zone goes, and the door can be served.
    send(EventType.ZONE_STATE, zone, 2, zone(zone, 2, park, true));
    eventually(
        () ->
            assertThat(count("select count(*) from no_go_zone where zone_id = ?", zone)).isZero());
    geo.put(area, another, STORE, clock.now());
    offerOf(open);
  }

  private static ZoneState zone(String id, long version, GeoPoint middle, boolean removed) {
    return new ZoneState(
        id,
        CITY,
        version,
        ZoneState.Kind.NO_GO,
        "公园 Park",
        List.of(
            new ZoneState.Polygon(
                new ZoneState.Ring(
                    List.of(
                        middle.offsetMetres(-90, -90),
                        middle.offsetMetres(-90, 90),
                        middle.offsetMetres(90, 90),
                        middle.offsetMetres(90, -90))),
                List.of())),
        null,
        null,
        removed);
  }

  private void learn(GeoPoint pickup, int visits, int kitchenSeconds, int kitchens) {
    String store = "s-" + area;
    send(
        EventType.STORE_LEARNED,
        store,
        1,
        new StoreLearned(
            new StoreId(store),
            CITY,
            1,
            pickup,
            visits,
            kitchenSeconds,
            kitchenSeconds + 300,
            kitchens,
            70,
            clock.now()));
    eventually(
        () ->
            assertThat(count("select count(*) from learned_store where store_id = ?", store))
                .isOne());
  }

  private void seen(String job, String rider, long epoch, GeofenceEvent.Kind kind, Instant at) {
    send(
        EventType.GEOFENCE_EVENT,
        job,
        0,
        new GeofenceEvent(
            new JobId(job),
            new RiderId(rider),
            CITY,
            new AreaId(area),
            new StoreId("s-" + area),
            epoch,
            kind,
            at,
            STORE,
            12,
            3,
            88,
            false));
  }

  private String jobTo(GeoPoint door) {
    String id = unique();
    send(changed(order(id), Map.of("version", 1, "dropoff", door)));
    eventually(() -> assertThat(status("j-" + id)).isEqualTo("OPEN"));
    return "j-" + id;
  }

  private long serviceSeconds(String offer, String kind) {
    return count(
        "select cast(s ->> 'serviceSeconds' as int) from jsonb_array_elements(cast((select route"
            + " from offer where id = ?) as jsonb)) s where s ->> 'kind' = ?",
        offer,
        kind);
  }
}
