package org.shanpai.geo.eta;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.geo.GeoServiceTest;
import org.shanpai.geo.JobTale;

/** Windows as given with the job's events, what came of them, and how they held. */
@QuarkusTest
class EtaIT extends GeoServiceTest {

  private static final GeoPoint STORE = MIDDLE.offsetMetres(9_000, 9_000);

  @Inject Windows windows;

  private void tell(JobTale job, JobStatus status) {
    publish(event(EventType.JOB_STATE, job.jobId, job.version + 1, job.state(status)));
  }

  private Map<String, Object> bucket(String area, Stage stage) {
    List<Map<String, Object>> areas =
        operator(Roles.VIEWER)
            .get("/v1/eta/calibration?days=1")
            .then()
            .statusCode(200)
            .body("stated", equalTo(0.8f))
            .extract()
            .jsonPath()
            .getList("areas");
    return areas.stream()
        .filter(one -> area.equals(one.get("areaId")) && stage.name().equals(one.get("stage")))
        .findFirst()
        .orElse(Map.of());
  }

  @Test
  void everyJobGetsWindowsAndTheyAreComparedWithItsDelivery() {
    String area = unique("a");
    int jobs = 40;
    String last = null;
    for (int i = 0; i < jobs; i++) {
      Instant created = clock.now().minusSeconds(3_000 + i);
      JobTale job =
          new JobTale(unique("j"), unique("s"), STORE, STORE.offsetMetres(0, 1_000), created);
      job.areaId = area;
      tell(job, JobStatus.OPEN);
      job.riderId = unique("r");
      job.epoch = 1;
      job.acceptedAt = created.plusSeconds(60);
      job.plannedDeliveryAt = created.plusSeconds(1_500);
      tell(job, JobStatus.ASSIGNED);
      job.pickedUpAt = created.plusSeconds(700);
      tell(job, JobStatus.PICKED_UP);
      // Every fourth is an hour late: no window of an accepted job reaches so far.
      job.endedAt = created.plusSeconds(i % 4 == 0 ? 2_990 : 1_510);
      tell(job, JobStatus.DELIVERED);
      last = job.jobId;
    }
    eventually(20, () -> assertThat(bucket(area, Stage.ACCEPTED)).containsEntry("windows", jobs));
    Map<String, Object> accepted = bucket(area, Stage.ACCEPTED);
    assertThat(((Number) accepted.get("measured")).doubleValue()).isEqualTo(0.75);
    assertThat(((Number) accepted.get("late")).doubleValue()).isEqualTo(0.25);
    assertThat(accepted).containsEntry("shifted", false);
    assertThat(bucket(area, Stage.CREATED)).containsEntry("windows", jobs);
    assertThat(bucket(area, Stage.PICKED_UP)).containsEntry("windows", jobs);

    Instant planned = clock.now().plusSeconds(1_200);
    Duration before = width(ask(area, planned));
    windows.learn();
    JsonPath after = ask(area, planned);
    assertThat(after.getInt("samples")).isGreaterThanOrEqualTo(jobs);
    // A quarter an hour late makes the next windows wider.
    assertThat(width(after)).isGreaterThan(before);

    JsonPath given =
        service()
            .body(Map.of("jobId", last))
            .post("/internal/v1/eta")
            .then()
            .statusCode(200)
            .extract()
            .jsonPath();
    assertThat(Instant.parse(given.getString("earliestAt")))
        .isBefore(Instant.parse(given.getString("latestAt")));
  }

  private JsonPath ask(String area, Instant planned) {
    return service()
        .body(Map.of("stage", "ACCEPTED", "areaId", area, "plannedAt", planned.toString()))
        .post("/internal/v1/eta")
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  private static Duration width(JsonPath window) {
    return Duration.between(
        Instant.parse(window.getString("earliestAt")), Instant.parse(window.getString("latestAt")));
  }

  @Test
  void questionsThatCannotBeAnsweredNameTheField() {
    service()
        .body(Map.of())
        .post("/internal/v1/eta")
        .then()
        .statusCode(400)
        .body("field", equalTo("stage"));
    service()
        .body(Map.of("stage", "ACCEPTED"))
        .post("/internal/v1/eta")
        .then()
        .statusCode(400)
        .body("field", equalTo("plannedAt"));
    service()
        .body(Map.of("stage", "ACCEPTED", "plannedAt", "2020-01-01T00:00:00Z"))
        .post("/internal/v1/eta")
        .then()
        .statusCode(422)
        .body("field", equalTo("plannedAt"));
    service().body(Map.of("jobId", "j-none")).post("/internal/v1/eta").then().statusCode(404);
    operator(Roles.VIEWER)
        .get("/v1/eta/calibration?days=99")
        .then()
        .statusCode(400)
        .body("field", equalTo("days"));
    given().get("/v1/eta/calibration").then().statusCode(401);
    rider("r-1").get("/v1/eta/calibration").then().statusCode(403);
    operator(Roles.MANAGER).body(Map.of()).post("/internal/v1/eta").then().statusCode(403);
  }
}
