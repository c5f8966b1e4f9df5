package org.shanpai.geo.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.contracts.event.StoreLearned;
import org.shanpai.contracts.event.StoreState;
import org.shanpai.geo.GeoServiceTest;
import org.shanpai.geo.JobTale;
import org.shanpai.geo.fence.Fences;
import org.shanpai.geo.position.Sighting;
import org.shanpai.geo.revision.Reloading;
import org.shanpai.geo.revision.Revisions;
import org.shanpai.geo.track.Tracks;
import org.shanpai.messaging.Envelopes;
import org.shanpai.messaging.Event;
import org.shanpai.messaging.Tx;

/** What finished jobs teach, from their events to what is answered. */
@QuarkusTest
class LearningIT extends GeoServiceTest {

  private static final GeoPoint STORE = MIDDLE.offsetMetres(-6_000, -6_000);
  private static final GeoPoint DOOR = STORE.offsetMetres(1_500, 0);

  @Inject Fences fences;
  @Inject Learner learner;
  @Inject Lessons lessons;
  @Inject Tracks tracks;
  @Inject LearnedCorrection correction;
  @Inject Reloading reloading;
  @Inject Revisions revisions;
  @Inject Tx tx;

  /** What is learned of the city must not change the travel times of other tests. */
  @AfterEach
  void forget() {
    for (String table :
        List.of("rider_stop", "leg_sketch", "leg_verdict", "learn_due", "building_lesson")) {
      sql("delete from " + table);
    }
    tx.await(
        () ->
            tx.write(
                () ->
                    revisions
                        .raise(Revisions.Kind.LEG)
                        .chain(() -> revisions.raise(Revisions.Kind.LESSON))));
    tx.await(reloading::catchUp);
  }

  private int sql(String statement) {
    return tx.await(
        () ->
            tx.write(
                () ->
                    tx.session()
                        .chain(session -> session.createNativeQuery(statement).executeUpdate())));
  }

  private long count(String query) {
    return tx.await(
        () ->
            tx.read(
                () ->
                    tx.session()
                        .chain(
                            session ->
                                session.createNativeQuery(query, Long.class).getSingleResult())));
  }

  private String store(int preparationSeconds) {
    String id = unique("s");
    publish(
        event(
            EventType.STORE_STATE,
            id,
            1,
            new StoreState(
                StoreId.of(id),
                CityId.of("city-1"),
                MerchantId.of("m-1"),
                AreaId.of("a-1"),
                1,
                "Store",
                STORE,
                3_000,
                preparationSeconds,
                true)));
    return id;
  }

  private Event<?> told(JobTale job, JobStatus status) {
    return event(EventType.JOB_STATE, job.jobId, job.version + 1, job.state(status));
  }

  /** A job that was delivered so many seconds ago, with its times in seconds after creation. */
  private JobTale delivered(
      String storeId, int endedAgo, int ready, int arrived, int picked, int atDoor, int ended) {
    Instant created = clock.now().minusSeconds(endedAgo + ended);
    JobTale job = new JobTale(unique("j"), storeId, STORE, DOOR, created);
    job.riderId = unique("r");
    job.epoch = 1;
    job.acceptedAt = created.plusSeconds(20);
    job.readyAt = created.plusSeconds(ready);
    job.arrivedStoreAt = created.plusSeconds(arrived);
    job.pickedUpAt = created.plusSeconds(picked);
    job.arrivedCustomerAt = created.plusSeconds(atDoor);
    job.endedAt = created.plusSeconds(ended);
    return job;
  }

  private void learnt(String storeId, int jobs) {
    eventually(
        15,
        () -> {
          assertThat(count("select count(*) from rider_stop where store_id = '" + storeId + "'"))
              .isEqualTo(jobs * 2L);
          // Half hours are learned once they have settled; a test does not wait for that.
          sql("update learn_due set due_at = due_at - interval '2 hours', leased_until = null");
          learner.round();
          tx.await(reloading::catchUp);
          assertThat(lessons.store(StoreId.of(storeId))).isNotNull();
          assertThat(lessons.store(StoreId.of(storeId)).handovers()).isEqualTo(jobs);
        });
  }

  @Test
  void whatIsLearnedDoesNotDependOnOrderNorOnWhatComesTwice() {
    String storeId = store(600);
    Random random = new Random(11);
    List<JobTale> jobs = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      int ready = 860 + random.nextInt(80);
      int picked = ready + 90;
      // 468 s by the map at 15 km/h; these take 1.5 times as long.
      int door = picked + 702 + random.nextInt(60) - 30;
      jobs.add(delivered(storeId, 5_400 + i, ready, ready - 100, picked, door, door + 200));
    }
    List<Event<?>> events = new ArrayList<>();
    for (JobTale job : jobs) {
      Event<?> delivered = told(job, JobStatus.DELIVERED);
      events.add(delivered);
      events.add(delivered);
    }
    Collections.shuffle(events, random);
    events.forEach(this::publish);
    learnt(storeId, jobs.size());

    StopTime door = lessons.atDoor(DOOR);
    assertThat(door.samples()).isEqualTo(30);
    assertThat(door.seconds()).isBetween(175, 200);
    KitchenTime kitchen = lessons.kitchen(StoreId.of(storeId), 600);
    // Median 900 of 30, drawn to the told 600 by 8: about 837.
    assertThat(kitchen.samples()).isEqualTo(30);
    assertThat(kitchen.seconds()).isBetween(810, 860);
    // What an order is told beyond the usual comes on top.
    assertThat(lessons.kitchen(StoreId.of(storeId), 900).seconds())
        .isEqualTo(kitchen.seconds() + 300);
    // 30 rides of 1.5, drawn towards 1 by 20 at each level: well above 1, below 1.5.
    double factor = correction.factor(STORE, DOOR, jobs.get(0).pickedUpAt);
    assertThat(factor).isBetween(1.2, 1.5);

    operator(org.shanpai.chassis.identity.Roles.VIEWER)
        .get("/v1/stores/" + storeId + "/learned")
        .then()
        .statusCode(200)
        .body("kitchen.samples", org.hamcrest.Matchers.equalTo(30))
        .body("preparationSeconds", org.hamcrest.Matchers.equalTo(600))
        .body("handover.samples", org.hamcrest.Matchers.equalTo(30));
    operator(org.shanpai.chassis.identity.Roles.VIEWER)
        .get("/v1/travel/corrections")
        .then()
        .statusCode(200)
        .body("rides.TEACHES", org.hamcrest.Matchers.greaterThanOrEqualTo(30))
        .body("cells.samples.max()", org.hamcrest.Matchers.greaterThanOrEqualTo(10));
    merchant().get("/v1/stores/" + storeId + "/learned").then().statusCode(200);
    merchant().get("/v1/stores/s-nobody/learned").then().statusCode(404);
    rider("r-1").get("/v1/stores/" + storeId + "/learned").then().statusCode(403);

    StoreLesson before = lessons.store(StoreId.of(storeId));
    sql("delete from rider_stop");
    sql("delete from inbox_version where type = 'job.state.v1'");
    Collections.shuffle(events, random);
    events.forEach(this::publish);
    learnt(storeId, jobs.size());
    StoreLesson after = lessons.store(StoreId.of(storeId));
    assertThat(after.kitchenSeconds()).isEqualTo(before.kitchenSeconds());
    assertThat(after.kitchenP80Seconds()).isEqualTo(before.kitchenP80Seconds());
    assertThat(after.handoverSeconds()).isEqualTo(before.handoverSeconds());
    assertThat(lessons.atDoor(DOOR)).isEqualTo(door);
    assertThat(correction.factor(STORE, DOOR, jobs.get(0).pickedUpAt))
        .isCloseTo(factor, within(1e-12));
  }

  @Test
  void theFenceMovesToWhereRidersStandAndOthersHearOfIt() {
    String storeId = store(600);
    GeoPoint stand = STORE.offsetMetres(90, 90);
    int jobs = 16;
    for (int i = 0; i < jobs; i++) {
      JobTale job = delivered(storeId, 60, 500, 600, 700, 900, 950);
      job.readyAt = null;
      Instant ended = job.endedAt;
      job.endedAt = null;
      Instant picked = job.pickedUpAt;
      job.pickedUpAt = null;
      publish(told(job, JobStatus.ASSIGNED));
      eventually(
          10,
          () ->
              assertThat(count("select count(*) from fence_job where job_id = '" + job.jobId + "'"))
                  .isEqualTo(1));
      List<Sighting> standing = new ArrayList<>();
      for (int k = 0; k < 6; k++) {
        standing.add(
            new Sighting(
                stand.offsetMetres(k - 3, 3 - k),
                picked.toEpochMilli() - 60_000 + k * 10_000,
                8,
                90));
      }
      fences.saw(job.riderId, standing);
      job.pickedUpAt = picked;
      job.endedAt = ended;
      publish(told(job, JobStatus.DELIVERED));
    }
    eventually(
        15,
        () ->
            assertThat(
                    count(
                        "select count(*) from pickup_stand p join rider_stop s on s.job_id ="
                            + " p.job_id and s.kind = 'AT_STORE' where s.store_id = '"
                            + storeId
                            + "'"))
                .isEqualTo(jobs));
    learnt(storeId, jobs);
    PickupPoint learned = lessons.pickup(StoreId.of(storeId), STORE);
    assertThat(learned.visits()).isEqualTo(jobs);
    // 16 visits against 4: four fifths of the way.
    assertThat(learned.place().metresTo(stand)).isBetween(15.0, 40.0);
    List<String> values = published("shanpai.learned", storeId, 1);
    StoreLearned told = (StoreLearned) Envelopes.read(values.get(values.size() - 1)).data();
    assertThat(told.visits()).isPositive();
    assertThat(told.pickup().metresTo(STORE)).isGreaterThan(10);

    // A store that moved begins anew.
    assertThat(lessons.pickup(StoreId.of(storeId), STORE.offsetMetres(2_000, 0)).visits()).isZero();
    Map<String, Object> stop = Map.of("kind", "DROPOFF", "place", corner(DOOR));
    service()
        .body(Map.of("stops", List.of(stop)))
        .post("/internal/v1/stop-times")
        .then()
        .statusCode(200)
        .body("stops[0].samples", org.hamcrest.Matchers.greaterThan(0));
  }

  @Test
  void rideThatTracksShowToBeSpeedingTeachesNothing() {
    String storeId = store(600);
    JobTale honest = delivered(storeId, 5_400, 500, 480, 600, 1_070, 1_200);
    JobTale racing = delivered(storeId, 5_400, 500, 480, 600, 1_070, 1_200);
    ridden(honest, 470);
    // At twice the pace, then a rest before the door: the average is honest.
    ridden(racing, 150);
    publish(told(honest, JobStatus.DELIVERED));
    publish(told(racing, JobStatus.DELIVERED));
    learnt(storeId, 2);
    assertThat(count("select coalesce(sum(count), 0) from leg_verdict where verdict = 'TOO_FAST'"))
        .isEqualTo(1);
    assertThat(count("select coalesce(sum(count), 0) from leg_verdict where verdict = 'TEACHES'"))
        .isEqualTo(1);
  }

  /** The readings of a ride to the door that was over after so many seconds. */
  private void ridden(JobTale job, int seconds) {
    List<Sighting> way = new ArrayList<>();
    long departed = job.pickedUpAt.toEpochMilli();
    long arrived = job.arrivedCustomerAt.toEpochMilli();
    for (long at = departed; at <= arrived; at += 10_000) {
      double part = Math.min(1, (at - departed) / 1_000.0 / seconds);
      way.add(new Sighting(STORE.offsetMetres(1_500 * part, 0), at, 8, 95));
    }
    tracks.saw(job.riderId, way);
  }
}
