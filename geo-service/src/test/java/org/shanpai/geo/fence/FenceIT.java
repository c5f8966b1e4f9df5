package org.shanpai.geo.fence;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.GeofenceEvent;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.geo.GeoServiceTest;
import org.shanpai.geo.JobTale;
import org.shanpai.geo.fence.postgres.FenceTable;
import org.shanpai.geo.position.Sighting;
import org.shanpai.messaging.Envelopes;
import org.shanpai.messaging.Tx;

/** Riders seen at stores and doors: from the job's events and readings to the event published. */
@QuarkusTest
class FenceIT extends GeoServiceTest {

  private static final GeoPoint STORE = MIDDLE.offsetMetres(4_000, -4_000);
  private static final GeoPoint DOOR = STORE.offsetMetres(900, 0);

  @Inject Fences fences;
  @Inject FenceKeeping keeping;
  @Inject FenceTable table;
  @Inject Tx tx;

  private JobTale accepted() {
    JobTale job = new JobTale(unique("j"), unique("s"), STORE, DOOR, clock.now().minusSeconds(300));
    job.riderId = unique("r");
    job.epoch = 1;
    job.acceptedAt = clock.now().minusSeconds(240);
    return job;
  }

  private void tell(JobTale job, JobStatus status) {
    publish(event(EventType.JOB_STATE, job.jobId, job.version + 1, job.state(status)));
  }

  private void await(JobTale job, int jobs) {
    eventually(
        10,
        () ->
            operator(Roles.VIEWER)
                .get("/v1/jobs/" + job.jobId + "/evidence")
                .then()
                .statusCode(200)
                .body("assignments", hasSize(jobs)));
  }

  private List<Sighting> row(GeoPoint place, int secondsAgo) {
    long first = clock.millis() - secondsAgo * 1_000L;
    return List.of(
        new Sighting(place.offsetMetres(60, 0), first, 8, 95),
        new Sighting(place.offsetMetres(30, 0), first + 5_000, 8, 95),
        new Sighting(place, first + 10_000, 8, 80));
  }

  private JsonPath evidence(JobTale job) {
    return service().get("/v1/jobs/" + job.jobId + "/evidence").jsonPath();
  }

  @Test
  void aRiderSeenAtTheStoreIsPublishedOnceWhateverComesTwice() {
    JobTale job = accepted();
    tell(job, JobStatus.ASSIGNED);
    await(job, 1);
    List<Sighting> row = row(STORE, 60);
    fences.saw(job.riderId, row);
    fences.saw(job.riderId, row);
    eventually(10, () -> assertThat(evidence(job).getList("events")).hasSize(1));
    List<String> told = published("shanpai.geofence", job.jobId, 1);
    GeofenceEvent event = (GeofenceEvent) Envelopes.read(told.get(0)).data();
    assertThat(event.kind()).isEqualTo(GeofenceEvent.Kind.AT_STORE);
    assertThat(event.at()).isEqualTo(Instant.ofEpochMilli(row.get(0).at()));
    assertThat(event.readings()).isEqualTo(3);
    assertThat(event.trust()).isEqualTo(80);
    assertThat(event.metres()).isZero();
    assertThat(event.learned()).isFalse();
    assertThat(event.epoch()).isEqualTo(1);

    // Another replica proves the same: a second bean would, so its row is offered again here.
    Boolean again =
        tx.await(
            () ->
                tx.write(
                    () ->
                        table.add(
                            new FenceEvidence(
                                job.jobId,
                                1,
                                GeofenceEvent.Kind.AT_STORE,
                                job.riderId,
                                clock.now(),
                                STORE,
                                1,
                                1,
                                3,
                                90,
                                false))));
    assertThat(again).isFalse();

    job.pickedUpAt = clock.now().minusSeconds(30);
    tell(job, JobStatus.PICKED_UP);
    fences.saw(job.riderId, row(DOOR, 20));
    eventually(
        10,
        () ->
            assertThat(evidence(job).getList("events.kind"))
                .containsExactly("AT_STORE", "AT_CUSTOMER"));
    job.endedAt = clock.now();
    tell(job, JobStatus.DELIVERED);
    fences.saw(job.riderId, row(DOOR, 3));
    eventually(10, () -> assertThat(evidence(job).getString("assignments[0].endedAt")).isNotNull());
    assertThat(published("shanpai.geofence", job.jobId, 3)).hasSize(2);
  }

  @Test
  void theNextRiderOfAJobIsProvedAnewAndTheFirstIsNot() {
    JobTale job = accepted();
    String first = job.riderId;
    tell(job, JobStatus.ASSIGNED);
    await(job, 1);
    job.riderId = null;
    job.epoch = 2;
    Instant accepted = job.acceptedAt;
    job.acceptedAt = null;
    tell(job, JobStatus.OPEN);
    eventually(10, () -> assertThat(evidence(job).getString("assignments[0].endedAt")).isNotNull());
    job.riderId = unique("r");
    job.epoch = 3;
    job.acceptedAt = accepted;
    tell(job, JobStatus.ASSIGNED);
    await(job, 2);
    fences.saw(job.riderId, row(STORE, 30));
    // In a later time than the first rider's: nothing of theirs any more.
    long later = clock.millis() + 1_000;
    fences.saw(
        first,
        List.of(
            new Sighting(STORE, later, 8, 90),
            new Sighting(STORE, later + 1_000, 8, 90),
            new Sighting(STORE, later + 2_000, 8, 90)));
    eventually(10, () -> assertThat(evidence(job).getList("events.epoch")).containsExactly(3));
    assertThat(evidence(job).getString("events[0].riderId")).isEqualTo(job.riderId);
  }

  @Test
  void readingsOverHttpProveArrivalAndAnswerForATime() {
    city();
    JobTale job = accepted();
    tell(job, JobStatus.ASSIGNED);
    await(job, 1);
    send(
            job.riderId,
            List.of(
                ping(-20_000, STORE.lat(), STORE.lon()),
                ping(-15_000, STORE.lat(), STORE.lon()),
                ping(-10_000, STORE.lat(), STORE.lon())))
        .statusCode(202);
    eventually(
        10, () -> assertThat(evidence(job).getList("events.kind")).containsExactly("AT_STORE"));
    JsonPath at =
        operator(Roles.DISPATCHER)
            .queryParam("at", clock.now().minusSeconds(12).toString())
            .queryParam("at", clock.now().minusSeconds(100_000).toString())
            .get("/v1/jobs/" + job.jobId + "/evidence")
            .then()
            .statusCode(200)
            .extract()
            .jsonPath();
    assertThat(at.getDouble("times[0].metresToPickup")).isLessThan(1);
    assertThat(at.getDouble("times[0].metresToDoor")).isBetween(899.0, 901.0);
    assertThat(at.getString("times[0].riderId")).isEqualTo(job.riderId);
    assertThat(at.getString("times[1].riderId")).isNull();
  }

  @Test
  void jobsAreReadAnewByAReplicaThatStarts() {
    JobTale job = accepted();
    tell(job, JobStatus.ASSIGNED);
    await(job, 1);
    // What another replica would hold: nothing but what the rows say.
    List<FencedJob> rows =
        tx.await(() -> tx.read(() -> table.live(clock.now().minusSeconds(1_800))));
    assertThat(rows).extracting(FencedJob::jobId).contains(job.jobId);
    Long open = tx.await(() -> tx.read(table::oldestOpen));
    job.pickedUpAt = clock.now().minusSeconds(1);
    tell(job, JobStatus.PICKED_UP);
    eventually(
        10,
        () ->
            assertThat(tx.await(() -> tx.read(() -> table.changedSince(open))))
                .filteredOn(row -> row.jobId().equals(job.jobId))
                .singleElement()
                .satisfies(row -> assertThat(row.pickedUpAt()).isNotNull()));
  }

  @Test
  void onlyOperatorsAndServicesReadEvidence() {
    String path = "/v1/jobs/j-none/evidence";
    given().get(path).then().statusCode(401);
    rider("r-1").get(path).then().statusCode(403);
    merchant().get(path).then().statusCode(403);
    operator(Roles.VIEWER).get(path).then().statusCode(404);
    operator(Roles.VIEWER)
        .queryParam("at", "noon")
        .get(path)
        .then()
        .statusCode(400)
        .body("field", equalTo("at"));
  }
}
