package org.shanpai.controlroom.city;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.event.DispatchReceipt;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.contracts.event.OrderState;
import org.shanpai.contracts.event.OrderStateBuilder;
import org.shanpai.contracts.event.RiderPosition;
import org.shanpai.contracts.event.ScoreEntry;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.controlroom.city.postgres.CityTables;
import org.shanpai.controlroom.fixture.Jobs;
import org.shanpai.controlroom.fixture.Journey;
import org.shanpai.controlroom.fixture.Operator;
import org.shanpai.controlroom.fixture.Wire;
import org.shanpai.messaging.Tx;
import org.shanpai.servers.ServersTestResource;

@QuarkusTest
class ReadModelIT {

  @Inject CityClock clock;
  @Inject CityTables tables;
  @Inject CityPicture picture;
  @Inject org.shanpai.chassis.City city;
  @Inject Tx tx;

  private final String bearer = "Bearer " + Operator.token("boss", "manager");
  private final String number = UUID.randomUUID().toString().substring(0, 8);

  private Journey journey(int secondsAgo) {
    Journey journey =
        new Journey(
            number,
            StoreId.of("s-it"),
            AreaId.of("a-it"),
            new GeoPoint(31.2, 121.4),
            new GeoPoint(31.21, 121.41),
            clock.now().minusSeconds(secondsAgo),
            Duration.ofMinutes(30));
    journey.legs(RiderId.of("r-it-" + number), 90, 200, 500, 240, 60);
    journey.candidates =
        List.of(
            new DispatchReceipt.Candidate(
                journey.rider, 400_000, Map.of("travel", 300_000L, "waiting", 100_000L)));
    journey.rejected = Map.of("ROUTE_FULL", 2);
    return journey;
  }

  private JsonPath story() {
    return given()
        .header("Authorization", bearer)
        .get("/v1/orders/o-" + number + "/story")
        .jsonPath();
  }

  private void awaitJob(JobStatus status) {
    await()
        .atMost(Duration.ofSeconds(40))
        .pollInterval(Duration.ofMillis(100))
        .until(() -> status.name().equals(story().getString("job.status")));
  }

  @Test
  void eventsOfAnOrderBecomeItsStoryAndLeaveTheMapWhenItIsOver() {
    Journey journey = journey(1400);
    try (Wire wire = new Wire(ServersTestResource.kafka().bootstrap())) {
      journey.until(journey.pickedUp.plusSeconds(5)).forEach(told -> told.on(wire));
      wire.flush();
      awaitJob(JobStatus.PICKED_UP);
      await()
          .ignoreExceptions()
          .untilAsserted(
              () ->
                  given()
                      .header("Authorization", bearer)
                      .get("/v1/snapshot")
                      .then()
                      .body("jobs.orderId", hasItem("o-" + number)));

      List<Journey.Told<?>> all = journey.until(journey.delivered.plusSeconds(1));
      all.subList(all.size() - 3, all.size()).forEach(told -> told.on(wire));
      wire.send(
          EventType.SCORE_ENTRY,
          journey.rider.value(),
          0,
          clock.now(),
          new ScoreEntry(
              "e-" + number,
              journey.rider,
              CityId.of("city-1"),
              "o-" + number,
              "SM1",
              "SM",
              1,
              100,
              70_100,
              "v1",
              LocalDate.of(2026, 11, 20),
              clock.now()));
      wire.flush();
    }
    awaitJob(JobStatus.DELIVERED);
    await().until(() -> story().getList("scores").size() == 1);
    JsonPath story = story();
    assertThat(story.getList("legs.kind"))
        .containsExactly("ACCEPT", "ARRIVE_STORE", "PICK_UP", "ARRIVE_CUSTOMER", "DELIVER");
    assertThat(story.getList("legs.seconds", Integer.class)).containsExactly(90, 200, 250, 240, 60);
    assertThat(story.getList("waits.findAll { it.forWhom == 'STORE' }.seconds", Integer.class))
        .containsExactly(210);
    assertThat(story.getList("lines.what", String.class))
        .containsSubsequence(
            "ORDER_CREATED",
            "DECISION_OFFER",
            "OFFER_OPEN",
            "JOB_ASSIGNED",
            "JOB_AT_STORE",
            "KITCHEN_READY",
            "JOB_PICKED_UP",
            "JOB_DELIVERED");
    assertThat(story.getInt("receipts[0].candidates[0].terms.travel")).isEqualTo(300_000);
    assertThat(story.getString("receipts[0].decidedBy")).isEqualTo("LEAVE_NOW");
    given()
        .header("Authorization", bearer)
        .get("/v1/snapshot")
        .then()
        .body("jobs.findAll { it.orderId == 'o-" + number + "' }", hasSize(0));
  }

  /** Dispatch alone is to know the same customer again. */
  @Test
  void whatDispatchKnowsACustomerByIsNotKeptHere() {
    Journey journey = journey(1400);
    String key = "customer-key-" + number;
    try (Wire wire = new Wire(ServersTestResource.kafka().bootstrap())) {
      for (Journey.Told<?> told : journey.until(journey.accepted.plusSeconds(1))) {
        if (told.data() instanceof OrderState order) {
          wire.send(
              EventType.ORDER_STATE,
              told.key(),
              told.version(),
              told.at(),
              OrderStateBuilder.builder(order).customerKey(key).build());
        } else {
          told.on(wire);
        }
      }
      wire.flush();
    }
    awaitJob(JobStatus.ASSIGNED);
    List<String> kept =
        tx.await(
            () ->
                tx.read(
                    () ->
                        tx.session()
                            .chain(
                                session ->
                                    session
                                        .createNativeQuery(
                                            "select cast(doc as text) from order_state where"
                                                + " order_id = :id union all"
                                                + " select cast(doc as text) from story_event"
                                                + " where subject = :id",
                                            String.class)
                                        .setParameter("id", "o-" + number)
                                        .getResultList())));
    assertThat(kept).hasSizeGreaterThan(1).noneMatch(doc -> doc.contains(key));
    assertThat(story().prettify()).doesNotContain(key);
  }

  @Test
  void duplicatesAndOlderStatesChangeNothing() {
    Journey journey = journey(1400);
    List<Journey.Told<?>> told = journey.until(journey.atStore.plusSeconds(1));
    UUID receiptId = UUID.randomUUID();
    DispatchReceipt receipt =
        new DispatchReceipt(
            "w-twice",
            journey.jobId(),
            CityId.of("city-1"),
            journey.area,
            clock.now(),
            "HOLD",
            null,
            List.of(),
            Map.of(),
            "GOODS_NOT_READY",
            "engine-1");
    try (Wire wire = new Wire(ServersTestResource.kafka().bootstrap())) {
      told.forEach(one -> one.on(wire));
      // Everything once more, newest first, and a fact twice under its one id.
      for (int i = told.size() - 1; i >= 0; i--) {
        if (told.get(i).version() > 0) {
          told.get(i).on(wire);
        }
      }
      for (int i = 0; i < 2; i++) {
        wire.send(
            receiptId,
            EventType.DISPATCH_RECEIPT,
            journey.jobId().value(),
            0,
            clock.now(),
            receipt);
      }
      wire.flush();
      awaitJob(JobStatus.AT_STORE);
      await().until(() -> story().getList("receipts.waveId").contains("w-twice"));
      // What is sent last is taken last: when it is there, everything before was dealt with.
      journey.until(journey.pickedUp.plusSeconds(1)).stream()
          .filter(one -> one.type() == EventType.JOB_STATE)
          .reduce((a, b) -> b)
          .orElseThrow()
          .on(wire);
      wire.flush();
    }
    awaitJob(JobStatus.PICKED_UP);
    JsonPath story = story();
    assertThat(story.getList("lines")).hasSize(told.size() + 2);
    assertThat(story.getList("receipts.findAll { it.waveId == 'w-twice' }")).hasSize(1);
    assertThat(story.getList("lines.findAll { it.what == 'JOB_AT_STORE' }")).hasSize(1);
  }

  @Test
  void poisonIsParkedWithItsReasonAndOthersGoOn() {
    try (Wire wire = new Wire(ServersTestResource.kafka().bootstrap())) {
      wire.raw("shanpai.job", "j-poison-" + number, "{\"type\":\"job.gossip.v1\",\"id\":\"x\"}");
      wire.send(
          EventType.JOB_STATE,
          "j-" + number,
          1,
          clock.now(),
          Jobs.job(JobStatus.OPEN)
              .number(number)
              .created(clock.now())
              .due(clock.now().plusSeconds(1800))
              .state());
      wire.flush();
    }
    awaitJob(JobStatus.OPEN);
    await()
        .ignoreExceptions()
        .untilAsserted(
            () ->
                given()
                    .header("Authorization", bearer)
                    .get("/v1/ops/parked")
                    .then()
                    .statusCode(200)
                    .body(
                        "find { it.key == 'j-poison-" + number + "' }.reason",
                        equalTo("unregistered event type 'job.gossip.v1'")));
  }

  @Test
  void positionsMoveTheRiderAndLeaveNoRow() {
    RiderId rider = RiderId.of("r-pos-" + number);
    try (Wire wire = new Wire(ServersTestResource.kafka().bootstrap())) {
      wire.send(
          EventType.RIDER_STATE,
          rider.value(),
          1,
          clock.now(),
          new org.shanpai.contracts.event.RiderState(
              rider,
              CityId.of("city-1"),
              1,
              "骑手 " + number,
              "CROWDSOURCED",
              8,
              java.util.Set.of(),
              70_000,
              true));
      // The feed begins at the newest: it may not have its partitions yet, so tell again.
      await()
          .atMost(Duration.ofSeconds(40))
          .pollInterval(Duration.ofMillis(300))
          .until(
              () -> {
                wire.send(
                    EventType.RIDER_POSITION,
                    rider.value(),
                    0,
                    clock.now(),
                    new RiderPosition(
                        rider, CityId.of("city-1"), new GeoPoint(31.22, 121.45), clock.now()));
                wire.flush();
                return picture
                    .findRider(rider)
                    .map(RiderView::place)
                    .filter(place -> place.lat() == 31.22)
                    .isPresent();
              });
    }
    long rows =
        tx.await(
            () ->
                tx.read(
                    () ->
                        tx.session()
                            .flatMap(
                                session ->
                                    session
                                        .createNativeQuery(
                                            "select count(*) from story_event where subject = :id",
                                            Long.class)
                                        .setParameter("id", rider.value())
                                        .getSingleResult())));
    assertThat(rows).isZero();
  }

  @Test
  void restartShowsTheSameCityAgain() {
    Journey journey = journey(700);
    Instant until = journey.atStore.plusSeconds(1);
    try (Wire wire = new Wire(ServersTestResource.kafka().bootstrap())) {
      journey.until(until).forEach(told -> told.on(wire));
      wire.flush();
    }
    awaitJob(JobStatus.AT_STORE);
    await().until(() -> picture.findStatus(journey.jobId()).orElse(null) == JobStatus.AT_STORE);
    CityPicture fresh = new CityPicture(city, clock);
    tx.await(() -> tables.fill(fresh));
    assertThat(fresh.liveJobs())
        .filteredOn(job -> job.jobId().equals(journey.jobId()))
        .usingRecursiveFieldByFieldElementComparator()
        .isEqualTo(
            picture.liveJobs().stream()
                .filter(job -> job.jobId().equals(journey.jobId()))
                .toList());
    assertThat(fresh.measures().created()).isEqualTo(picture.measures().created());
    assertThat(fresh.measures().delivered()).isEqualTo(picture.measures().delivered());
  }

  @Test
  void unknownOrderRiderAndStoreAre404AndAnImpossibleIdIs400() {
    for (String path :
        List.of("/v1/orders/o-none/story", "/v1/riders/r-none", "/v1/stores/s-none")) {
      given()
          .header("Authorization", bearer)
          .get(path)
          .then()
          .statusCode(404)
          .contentType("application/problem+json");
    }
    given()
        .header("Authorization", bearer)
        .get("/v1/riders/{id}", "no such id")
        .then()
        .statusCode(400)
        .body("field", is("riderId"));
  }
}
