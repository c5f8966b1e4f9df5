package org.shanpai.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.event.AreaState;
import org.shanpai.contracts.event.EventType;
import org.shanpai.dispatch.pool.Pools;
import org.shanpai.dispatch.wave.WaveRound;
import org.shanpai.messaging.Json;

/** The grab hall: who sees what, and that one of many gets it. */
@QuarkusTest
class HallIT extends LiveDispatch {

  private static final int RACES = 12;
  private static final int GRABBERS = 10;

  @Test
  void jobInAGrabAreaIsSeenGrabbedAndDeliveredAsAnyOther() {
    mode("GRAB", 0);
    String rider = onlineRider(STORE.offsetMetres(300, 0));
    String job = openJob();
    assertThat(wave().ended()).isEqualTo(WaveRound.Ended.IN_HALL);
    assertThat(status(job)).isEqualTo("OPEN");
    hall(rider)
        .statusCode(200)
        .body("jobs", hasSize(1))
        .body("jobs[0].jobId", equalTo(job))
        .body("jobs[0].metresToStore", equalTo(300));
    String key = unique();
    grab(rider, job, 0, key)
        .statusCode(200)
        .body("job.status", equalTo("ASSIGNED"))
        .body("job.reason", equalTo("GRABBED"))
        .body("job.riderId", equalTo(rider))
        .body("work.jobs[0].jobId", equalTo(job))
        .body("work.route", hasSize(2));
    // The same again, by the same key and by another one, changes nothing.
    grab(rider, job, 0, key).statusCode(200).body("job.epoch", equalTo(1));
    grab(rider, job, 0, unique()).statusCode(200).body("job.epoch", equalTo(1));
    assertThat(texts("select rider_id from assignment where job_id = ?", job))
        .containsExactly(rider);
    assertThat(told(job))
        .containsExactly("OPEN/ORDER_CREATED", "OFFERED/OFFERED", "ASSIGNED/GRABBED");
    asOperator("viewer")
        .get("/v1/jobs/" + job + "/receipts")
        .then()
        .body("[0].outcome", equalTo("GRAB"))
        .body("[0].chosen", equalTo(rider));
    for (String step : List.of("ARRIVED_STORE", "PICKED_UP", "ARRIVED_CUSTOMER", "DELIVERED")) {
      step(rider, job, 1, step).statusCode(200);
    }
    assertThat(status(job)).isEqualTo("DELIVERED");
  }

  @Test
  void phonesThatGetNoOffersGrabNothingAndNobodyGrabsBehindAClosedDoor() {
    mode("GRAB", 0);
    String rider = onlineRider();
    String job = openJob();
    geo.put(area, rider, STORE, clock.now(), 100, 9);
    hall(rider).statusCode(409).body("type", endsWith("low-battery"));
    grab(rider, job, 0, unique()).statusCode(409).body("type", endsWith("low-battery"));
    geo.put(area, rider, STORE, clock.now(), 100, 80);

    String zone = "z-" + unique();
    run(
        "insert into no_go_zone (zone_id, version, polygons) values (?, 1, ?)",
        zone,
        Json.write(
            List.of(
                Map.of(
                    "border",
                    Map.of(
                        "corners",
                        List.of(
                            DOOR.offsetMetres(-50, -50),
                            DOOR.offsetMetres(-50, 50),
                            DOOR.offsetMetres(50, 0))),
                    "holes",
                    List.of()))));
    grab(rider, job, 0, unique()).statusCode(409).body("type", endsWith("no-way"));
    run("delete from no_go_zone where zone_id = ?", zone);
    grab(rider, job, 0, unique()).statusCode(200);
  }

  @Test
  void ofManyHandsOnOneJobExactlyOneGetsIt() throws Exception {
    mode("GRAB", 0);
    List<String> riders = new ArrayList<>();
    for (int i = 0; i < GRABBERS; i++) {
      riders.add(onlineRider());
    }
    for (int race = 0; race < RACES; race++) {
      String job = openJob();
      List<Callable<Integer>> hands = new ArrayList<>();
      for (String rider : riders) {
        hands.add(() -> grab(rider, job, 0, unique()).extract().statusCode());
      }
      List<Integer> answers = atOnce(hands);
      assertThat(Collections.frequency(answers, 200)).as("race %d: %s", race, answers).isOne();
      assertThat(Collections.frequency(answers, 409)).isEqualTo(GRABBERS - 1);
      String winner = riders.get(answers.indexOf(200));
      assertThat(text("select rider_id from job where id = ?", job)).isEqualTo(winner);
      assertThat(texts("select rider_id from assignment where job_id = ?", job))
          .containsExactly(winner);
      assertThat(
              count(
                  "select count(*) from offer_job j join offer o on o.id = j.offer_id"
                      + " where j.job_id = ?",
                  job))
          .as("nobody else was left with an offer")
          .isOne();
      step(winner, job, 1, "ARRIVED_STORE").statusCode(200);
      step(winner, job, 1, "PICKED_UP").statusCode(200);
      step(winner, job, 1, "ARRIVED_CUSTOMER").statusCode(200);
      step(winner, job, 1, "DELIVERED").statusCode(200);
    }
    assertThat(
            count(
                "select count(*) from rider_work where open_offer_id is not null and rider_id in"
                    + " (select rider_id from offer where area_id = ?)",
                area))
        .isZero();
  }

  @Test
  void oneRidersTwoHandsGetOneJob() throws Exception {
    mode("GRAB", 0);
    String rider = onlineRider();
    for (int race = 0; race < RACES; race++) {
      List<String> jobs = openJobs(2);
      List<Integer> answers =
          atOnce(
              jobs.stream()
                  .<Callable<Integer>>map(
                      job -> () -> grab(rider, job, 0, unique()).extract().statusCode())
                  .toList());
      assertThat(answers).as("race %d", race).containsExactlyInAnyOrder(200, 409);
      for (String job : jobs) {
        run("update job set status = 'CANCELLED', rider_id = null where id = ?", job);
      }
      run("update rider_work set route = '[]', version = version + 1 where rider_id = ?", rider);
      run("update assignment set ended_at = now() where rider_id = ? and ended_at is null", rider);
    }
  }

  @Test
  void oneUnpickedGrabAtATime() {
    mode("GRAB", 0);
    String rider = onlineRider();
    String first = openJob();
    String second = openJob();
    grab(rider, first, 0, unique()).statusCode(200);
    grab(rider, second, 0, unique()).statusCode(409).body("type", containsString("grab-in-hand"));
    step(rider, first, 1, "ARRIVED_STORE").statusCode(200);
    step(rider, first, 1, "PICKED_UP").statusCode(200);
    grab(rider, second, 0, unique()).statusCode(200);
  }

  @Test
  void hallIsForWhoIsNearOnlineAndOfAPoolThatGrabs() {
    border();
    mode("GRAB", 0);
    String near = onlineRider();
    String far = onlineRider(STORE.offsetMetres(6_000, 0));
    String station = onlineRider(STORE, Pools.DEDICATED);
    String job = openJob();
    hall(near).statusCode(200).body("jobs", hasSize(1));
    hall(far).statusCode(200).body("jobs", hasSize(0));
    hall(station).statusCode(200).body("jobs", hasSize(0));
    grab(far, job, 0, unique()).statusCode(404);
    grab(station, job, 0, unique()).statusCode(404);
    grab(near, job, 5, unique()).statusCode(409).body("type", containsString("job-gone"));
    grab(near, "j-none", 0, unique()).statusCode(404);
    asRider(far)
        .body(Map.of("riderId", near, "epoch", 0))
        .post("/internal/v1/jobs/" + job + "/grab")
        .then()
        .statusCode(404);
    asRider(far).get("/internal/v1/riders/" + near + "/hall").then().statusCode(404);
    asOperator("manager").get("/internal/v1/riders/" + near + "/hall").then().statusCode(403);
    asRider(near)
        .body(Map.of("online", false))
        .put("/internal/v1/riders/" + near + "/online")
        .then()
        .statusCode(200);
    hall(near).statusCode(200).body("jobs", hasSize(0));
    grab(near, job, 0, unique()).statusCode(409).body("type", containsString("not-online"));
    geo.away(true);
    hall(near).statusCode(503);
    assertThat(status(job)).isEqualTo("OPEN");
  }

  @Test
  void jobOfAnAssigningAreaIsInNoHall() {
    String rider = onlineRider();
    String job = openJob();
    hall(rider).statusCode(200).body("jobs", hasSize(0));
    grab(rider, job, 0, unique()).statusCode(404);
  }

  @Test
  void mixedAreaLeavesJobsInTheHallAWhileAndOffersWhatIsInDanger() {
    mode("MIXED", 600);
    onlineRider();
    String calm = openJob();
    wave();
    assertThat(text("select status || '/' || (hold_until is not null) from job where id = ?", calm))
        .isEqualTo("OPEN/true");
    assertThat(texts("select outcome || '/' || decided_by from receipt where job_id = ?", calm))
        .containsExactly("HOLD/LEFT_IN_HALL");
    wave();
    assertThat(count("select count(*) from receipt where job_id = ?", calm)).isOne();

    String id = unique();
    var hurried = order(id);
    send(
        changed(
            hurried,
            Map.of(
                "promise",
                Map.of(
                    "start", clock.now().toString(),
                    "end", clock.now().plusSeconds(700).toString()))));
    eventually(() -> assertThat(status("j-" + id)).isEqualTo("OPEN"));
    wave();
    assertThat(status("j-" + id)).isEqualTo("OFFERED");

    // Its time in the hall is over: it is offered like any other, to the rider who is free again.
    onlineRider();
    run("update job set open_since = open_since - interval '11 minutes' where id = ?", calm);
    offerOf(calm);
  }

  @Test
  void modeIsForManagersAndRefusesWhatItDoesNotKnow() {
    asOperator("manager")
        .body(Map.of("mode", "GRAB"))
        .put("/v1/areas/a-nowhere/mode")
        .then()
        .statusCode(404);
    openJob();
    asOperator("viewer")
        .body(Map.of("mode", "GRAB"))
        .put("/v1/areas/" + area + "/mode")
        .then()
        .statusCode(403);
    asOperator("station-manager")
        .body(Map.of("mode", "MIXED", "hallSeconds", 90))
        .put("/v1/areas/" + area + "/mode")
        .then()
        .statusCode(200);
    asOperator("viewer")
        .get("/v1/areas/" + area + "/mode")
        .then()
        .statusCode(200)
        .body("mode", equalTo("MIXED"))
        .body("hallSeconds", equalTo(90));
    asOperator("manager")
        .body(Map.of("mode", "MIXED", "hallSeconds", -1))
        .put("/v1/areas/" + area + "/mode")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("field", containsString("hallSeconds"));
  }

  private void mode(String mode, int hallSeconds) {
    border();
    asOperator("manager")
        .body(Map.of("mode", mode, "hallSeconds", hallSeconds))
        .put("/v1/areas/" + area + "/mode")
        .then()
        .statusCode(200);
  }

  /** A square kilometre around the store. */
  private void border() {
    List<GeoPoint> outline =
        List.of(
            STORE.offsetMetres(-500, -500),
            STORE.offsetMetres(500, -500),
            STORE.offsetMetres(500, 500),
            STORE.offsetMetres(-500, 500));
    send(
        EventType.AREA_STATE,
        area,
        1,
        new AreaState(new AreaId(area), CITY, 1, "core", outline, false));
    eventually(
        () -> assertThat(count("select count(*) from area where area_id = ?", area)).isOne());
  }

  private ValidatableResponse hall(String rider) {
    return asRider(rider).get("/internal/v1/riders/" + rider + "/hall").then();
  }

  private ValidatableResponse grab(String rider, String job, long epoch, String key) {
    return asRider(rider, key)
        .body(Map.of("riderId", rider, "epoch", epoch))
        .post("/internal/v1/jobs/" + job + "/grab")
        .then();
  }

  private static <T> List<T> atOnce(List<Callable<T>> deeds) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(deeds.size());
    CyclicBarrier start = new CyclicBarrier(deeds.size());
    try {
      List<Future<T>> running = new ArrayList<>();
      for (Callable<T> deed : deeds) {
        running.add(
            threads.submit(
                () -> {
                  start.await();
                  return deed.call();
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> one : running) {
        results.add(one.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }
}
