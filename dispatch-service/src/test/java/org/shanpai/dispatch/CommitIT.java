package org.shanpai.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.event.AreaState;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.RiderState;
import org.shanpai.dispatch.area.Alarm;
import org.shanpai.dispatch.job.NobodyAccepts;
import org.shanpai.dispatch.pool.Pools;
import org.shanpai.engine.DecisionRule;
import org.shanpai.engine.Plan;
import org.shanpai.engine.Reassignment;
import org.shanpai.engine.Receipt;
import org.shanpai.engine.Stop;

/** Pools as data, what is done when nobody accepts, and jobs that change hands. */
@QuarkusTest
class CommitIT extends LiveDispatch {

  @Inject NobodyAccepts nobodyAccepts;
  @Inject Alarm alarm;

  @AfterEach
  void asBefore() {
    run("delete from pool_rule");
    run("delete from patience");
    ShakySolver.next(null);
  }

  // --- pools ---

  @Test
  void dedicatedRiderHasTheJobAtOnceAndACrowdsourcedOneIsAsked() {
    String station = onlineRider(STORE, Pools.DEDICATED);
    String job = openJob();
    wave();
    assertThat(text("select status || '/' || rider_id from job where id = ?", job))
        .isEqualTo("ASSIGNED/" + station);
    assertThat(told(job))
        .containsExactly("OPEN/ORDER_CREATED", "OFFERED/OFFERED", "ASSIGNED/ACCEPTED");
    assertThat(text("select open_offer_id from rider_work where rider_id = ?", station)).isNull();
  }

  @Test
  void declineNeedsAReasonWhereThePoolSaysSo() {
    rules("DEDICATED", Map.of("autoAccept", false));
    String station = onlineRider(STORE, Pools.DEDICATED);
    String job = openJob();
    String offer = offerOf(job);
    asRider(station)
        .body(Map.of("riderId", station))
        .post("/internal/v1/offers/" + offer + "/decline")
        .then()
        .statusCode(422)
        .body("type", containsString("reason-needed"));
    assertThat(status(job)).isEqualTo("OFFERED");
    decline(station, offer).statusCode(200);
    assertThat(status(job)).isEqualTo("OPEN");
  }

  @Test
  void newcomerHasThreeJobsInHandAndAVeteranMore() {
    String rider = onlineRider();
    started(rider, 3);
    List<String> jobs = openJobs(5);
    acceptAll(rider);
    assertThat(held(rider)).isEqualTo(3);
    started(rider, 14);
    eventually(
        () -> {
          acceptAll(rider);
          assertThat(held(rider)).isEqualTo(5);
        });
    assertThat(jobs).hasSize(5);
  }

  @Test
  void carryCapAndOfferLifeAreChangedByManagersOnly() {
    asOperator("dispatcher")
        .body(usual("CROWDSOURCED"))
        .put("/v1/pools/CROWDSOURCED")
        .then()
        .statusCode(403);
    asOperator("manager")
        .body(usual("CROWDSOURCED"))
        .put("/v1/pools/OTHERS")
        .then()
        .statusCode(404);
    Map<String, Object> wrong = usual("CROWDSOURCED");
    wrong.put("carryCap", 0);
    asOperator("manager")
        .body(wrong)
        .put("/v1/pools/CROWDSOURCED")
        .then()
        .statusCode(400)
        .body("field", containsString("carryCap"));
    rules("CROWDSOURCED", Map.of("carryCap", 1, "offerSeconds", 45));
    String rider = onlineRider();
    openJobs(2);
    acceptAll(rider);
    assertThat(held(rider)).isOne();
    assertThat(
            text(
                "select extract(epoch from expires_at - created_at)::int from offer"
                    + " where rider_id = ?",
                rider))
        .isEqualTo("45");
  }

  @Test
  void riderOutsideThePoolsReachIsNotAsked() {
    border();
    rules("CROWDSOURCED", Map.of("reachMetres", 300));
    String far = onlineRider(STORE.offsetMetres(1_200, 0));
    String job = openJob();
    wave();
    assertThat(texts("select decided_by from receipt where job_id = ?", job))
        .as("700 m outside")
        .containsExactly("NO_COURIERS");
    rules("CROWDSOURCED", Map.of("reachMetres", 800));
    assertThat(text("select rider_id from offer where id = ?", offerOf(job))).isEqualTo(far);
  }

  // --- nobody accepts ---

  @Test
  void jobThatNobodyTakesPaysMoreAsksNeighboursCallsAnOperatorAndMayBeCancelledFree() {
    border();
    rules("CROWDSOURCED", Map.of("reachMetres", 300, "neighbourReachMetres", 800));
    String neighbour = onlineRider(STORE.offsetMetres(1_200, 0));
    String id = unique();
    var order = order(id);
    send(order);
    String job = "j-" + id;
    eventually(() -> assertThat(status(job)).isEqualTo("OPEN"));
    tx.await(nobodyAccepts::sweep);
    assertThat(unclaimed(job)).isNull();
    wave();
    assertThat(text("select sought_since is not null from job where id = ?", job)).isEqualTo("t");

    sought(job, 121);
    alarm.take(area);
    tx.await(nobodyAccepts::sweep);
    assertThat(unclaimed(job)).isEqualTo("PAY_RAISED");
    assertThat(alarm.take(area)).as("better pay is news for the area").isTrue();
    wave();
    assertThat(status(job)).as("the only rider is still too far").isEqualTo("OPEN");

    sought(job, 241);
    tx.await(nobodyAccepts::sweep);
    assertThat(unclaimed(job)).isEqualTo("NEIGHBOURS_ASKED");
    long base = count("select base_pay_fen from job where id = ?", job);
    String offer = offerOf(job);
    assertThat(text("select rider_id from offer where id = ?", offer)).isEqualTo(neighbour);
    assertThat(count("select pay_fen from offer where id = ?", offer)).isEqualTo(base + 100);
    decline(neighbour, offer).statusCode(200);

    sought(job, 361);
    tx.await(nobodyAccepts::sweep);
    assertThat(told(job)).last().isEqualTo("OPEN/OPERATOR_CALLED");
    assertThat(
            text(
                "select cast(payload as jsonb) #>> '{data,unclaimed}' from outbox"
                    + " where topic = 'shanpai.job' and key = ? order by seq desc limit 1",
                job))
        .isEqualTo("OPERATOR_CALLED");

    sought(job, 601);
    tx.await(nobodyAccepts::sweep);
    tx.await(nobodyAccepts::sweep);
    assertThat(told(job).stream().filter(t -> t.endsWith("/FREE_CANCEL"))).hasSize(1);
    send(
        changed(
            order,
            Map.of(
                "cancelRequestedAt", clock.now().toString(), "cancelReason", "CUSTOMER_CHANGED")));
    eventually(
        () ->
            assertThat(
                    text(
                        "select status || '/' || reason || '/' || fault from job where id = ?",
                        job))
                .isEqualTo("CANCELLED/CUSTOMER_CHANGED/PLATFORM"));
  }

  @Test
  void jobThatIsTakenStartsAnewAndKeepsItsPay() {
    String rider = onlineRider();
    String job = openJob();
    String first = offerOf(job);
    decline(rider, first).statusCode(200);
    sought(job, 200);
    tx.await(nobodyAccepts::sweep);
    String other = onlineRider();
    String offer = offerOf(job);
    accept(other, offer).statusCode(200);
    assertThat(text("select coalesce(unclaimed, 'none') from job where id = ?", job))
        .isEqualTo("none");
    long told =
        count(
            "select cast(payload as jsonb) #>> '{data,basePay}' from outbox"
                + " where topic = 'shanpai.job' and key = ? order by seq desc limit 1",
            job);
    assertThat(told).isEqualTo(count("select base_pay_fen + 100 from job where id = ?", job));
    sought(job, 5_000);
    tx.await(nobodyAccepts::sweep);
    assertThat(unclaimed(job)).as("somebody has it").isNull();
  }

  @Test
  void stepsAreDataInTheirOrder() {
    asOperator("viewer")
        .get("/v1/patience")
        .then()
        .statusCode(200)
        .body("payStepSeconds", equalTo(120))
        .body("freeCancelSeconds", equalTo(600));
    Map<String, Object> steps =
        Map.of(
            "payStepSeconds", 30,
            "neighboursSeconds", 20,
            "operatorSeconds", 60,
            "freeCancelSeconds", 60);
    asOperator("manager")
        .body(steps)
        .put("/v1/patience")
        .then()
        .statusCode(422)
        .body("field", equalTo("neighboursSeconds"));
    Map<String, Object> right = new HashMap<>(steps);
    right.put("neighboursSeconds", 40);
    asOperator("dispatcher").body(right).put("/v1/patience").then().statusCode(403);
    asOperator("manager").body(right).put("/v1/patience").then().statusCode(200);
    String job = openJob();
    wave();
    sought(job, 61);
    tx.await(nobodyAccepts::sweep);
    assertThat(unclaimed(job)).isEqualTo("FREE_CANCEL");
  }

  // --- reassignment and fatigue ---

  @Test
  void jobGoesToABetterPlacedRiderInOneTransactionAndTheFirstOneIsTold() {
    String first = onlineRider(STORE.offsetMetres(900, 0));
    String job = assignedJob(first);
    String second = onlineRider();
    openJobs(1);
    ShakySolver.next(plan -> moving(plan, job, first, second, 600_000));
    long told = workEvents(first);
    wave();
    assertThat(text("select status || '/' || rider_id || '/' || epoch from job where id = ?", job))
        .isEqualTo("OFFERED/" + second + "/3");
    assertThat(told(job)).endsWith("OPEN/REASSIGNED", "OFFERED/OFFERED");
    assertThat(text("select route from rider_work where rider_id = ?", first)).isEqualTo("[]");
    assertThat(workEvents(first)).isEqualTo(told + 1);
    assertThat(texts("select outcome from receipt where job_id = ? order by seq", job))
        .containsExactly("OFFER", "REASSIGN");
    assertThat(texts("select outcome from assignment where job_id = ?", job))
        .containsExactly("REASSIGNED");
    step(first, job, 1, "ARRIVED_STORE")
        .statusCode(409)
        .body("type", containsString("stale-epoch"));
    String offer = text("select offer_id from job where id = ?", job);
    accept(second, offer).statusCode(200);
    step(second, job, 3, "ARRIVED_STORE").statusCode(200);
  }

  @Test
  void forASmallGainOnlyARiderWhoIsNotAskedGetsAnothersJob() {
    String first = onlineRider(STORE.offsetMetres(900, 0));
    String job = assignedJob(first);
    String asked = onlineRider();
    openJobs(1);
    ShakySolver.next(plan -> moving(plan, job, first, asked, 599_999));
    wave();
    assertThat(text("select status || '/' || rider_id from job where id = ?", job))
        .isEqualTo("ASSIGNED/" + first);

    String station = onlineRider(STORE, Pools.DEDICATED);
    ShakySolver.next(plan -> moving(plan, job, first, station, 1));
    wave();
    assertThat(text("select status || '/' || rider_id from job where id = ?", job))
        .isEqualTo("ASSIGNED/" + station);
  }

  @Test
  void jobOfARiderWhoHasArrivedMeanwhileStaysWithThem() {
    String first = onlineRider(STORE.offsetMetres(900, 0));
    String job = assignedJob(first);
    String second = onlineRider();
    openJobs(1);
    ShakySolver.next(
        plan -> {
          step(first, job, 1, "ARRIVED_STORE").statusCode(200);
          return moving(plan, job, first, second, 600_000);
        });
    wave();
    assertThat(text("select status || '/' || rider_id from job where id = ?", job))
        .isEqualTo("AT_STORE/" + first);
    assertThat(count("select count(*) from assignment where job_id = ? and ended_at is null", job))
        .isOne();
    step(first, job, 1, "PICKED_UP").statusCode(200);
  }

  @Test
  void whoHasWorkedFourHoursGetsNothingNewUntilARest() {
    String rider = onlineRider();
    String job = assignedJob(rider);
    for (String step : List.of("ARRIVED_STORE", "PICKED_UP", "ARRIVED_CUSTOMER", "DELIVERED")) {
      step(rider, job, 1, step).statusCode(200);
    }
    run(
        "update rider_work set streak_since = streak_since - interval '4 hours' where rider_id = ?",
        rider);
    String next = openJob();
    wave();
    assertThat(status(next)).isEqualTo("OPEN");
    run(
        "update rider_work set worked_until = worked_until - interval '20 minutes'"
            + " where rider_id = ?",
        rider);
    accept(rider, offerOf(next)).statusCode(200);
    assertThat(
            text(
                "select streak_since > ? from rider_work where rider_id = ?",
                java.time.OffsetDateTime.ofInstant(
                    clock.now().minus(Duration.ofMinutes(5)), java.time.ZoneOffset.UTC),
                rider))
        .as("a new stretch began")
        .isEqualTo("t");
  }

  // --- what the tests share ---

  /** The plan with a committed job given to somebody else, as the engine would. */
  private static Plan moving(Plan plan, String job, String from, String to, long gain) {
    Map<String, List<Stop>> routes = new HashMap<>(plan.routes());
    List<Stop> moved = routes.get(from).stream().filter(s -> s.jobId().equals(job)).toList();
    assertThat(moved).hasSize(2);
    routes.put(from, routes.get(from).stream().filter(s -> !s.jobId().equals(job)).toList());
    List<Stop> all = new ArrayList<>(moved);
    routes.put(to, all);
    return new Plan(
        routes,
        plan.decisions().stream()
            .filter(d -> !(d instanceof org.shanpai.engine.JobDecision.Offer))
            .toList(),
        List.of(
            new Reassignment(
                job, from, to, gain, 0, 0, Receipt.without(DecisionRule.REASSIGNMENT_PAYS))),
        plan.cost(),
        plan.stats());
  }

  private long workEvents(String rider) {
    return count(
        "select count(*) from outbox where topic = 'shanpai.rider-work' and key = ?", rider);
  }

  private String unclaimed(String job) {
    return text("select unclaimed from job where id = ?", job);
  }

  private void sought(String job, int secondsAgo) {
    run(
        "update job set sought_since = ? where id = ?",
        java.time.OffsetDateTime.ofInstant(
            clock.now().minusSeconds(secondsAgo), java.time.ZoneOffset.UTC),
        job);
  }

  private Map<String, Object> usual(String pool) {
    return new HashMap<>(
        asOperator("viewer").get("/v1/pools").jsonPath().<String, Object>getMap(pool));
  }

  private void rules(String pool, Map<String, Object> changes) {
    Map<String, Object> rules = usual(pool);
    rules.putAll(changes);
    asOperator("manager").body(rules).put("/v1/pools/" + pool).then().statusCode(200);
  }

  private void started(String rider, int daysAgo) {
    send(
        EventType.RIDER_STATE,
        rider,
        100 + daysAgo,
        new RiderState(
            new RiderId(rider),
            CITY,
            100 + daysAgo,
            "骑手",
            "CROWDSOURCED",
            64,
            java.util.Set.of(),
            70_000,
            true,
            clock
                .now()
                .atZone(java.time.ZoneId.of("Asia/Shanghai"))
                .toLocalDate()
                .minusDays(daysAgo)));
    eventually(
        () ->
            assertThat(
                    text(
                        "select (current_date - started_on) between ? - 1 and ? + 1"
                            + " from rider_work where rider_id = ?",
                        daysAgo,
                        daysAgo,
                        rider))
                .isEqualTo("t"));
  }

  /** Accepts whatever is offered until nothing is. */
  private void acceptAll(String rider) {
    for (int i = 0; i < 8; i++) {
      wave();
      String offer = text("select open_offer_id from rider_work where rider_id = ?", rider);
      if (offer == null) {
        return;
      }
      accept(rider, offer).statusCode(200);
    }
  }

  private long held(String rider) {
    return count("select count(*) from job where rider_id = ? and status = 'ASSIGNED'", rider);
  }

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
}
