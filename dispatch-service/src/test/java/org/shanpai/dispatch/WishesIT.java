package org.shanpai.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.event.OrderState;
import org.shanpai.dispatch.job.NobodyAccepts;
import org.shanpai.dispatch.lease.Lease;
import org.shanpai.dispatch.offer.LostRace;
import org.shanpai.dispatch.wave.WaveRound;

/** What merchants ask for after the order: decided once, under the job's lock, and told. */
@QuarkusTest
class WishesIT extends LiveDispatch {

  private static final GeoPoint OTHER_DOOR = STORE.offsetMetres(-1500, 900);

  @Inject NobodyAccepts nobody;

  /** An order and its job, open. */
  private OrderState placed(Map<String, Object> fields) {
    OrderState order = changed(order(unique()), fields);
    send(order);
    eventually(() -> assertThat(status(job(order))).isEqualTo("OPEN"));
    return order;
  }

  private static String job(OrderState order) {
    return "j-" + order.orderId().value().substring(2);
  }

  /** A field of the job's last published state, as text. */
  private String last(String job, String path) {
    return text(
        "select cast(payload as jsonb) #>> cast(? as text[]) from outbox"
            + " where topic = 'shanpai.job' and key = ? order by seq desc limit 1",
        "{data," + path + "}",
        job);
  }

  private OrderState held(Map<String, Object> fields, String rider) {
    OrderState order = placed(fields);
    accept(rider, offerOf(job(order))).statusCode(200);
    assertThat(text("select rider_id from job where id = ?", job(order))).isEqualTo(rider);
    return order;
  }

  private long version(String job) {
    return count("select version from job where id = ?", job);
  }

  // --- pre-booked ---

  @Test
  void bookedJobIsNobodysBeforeItsRelease() {
    String rider = onlineRider();
    Instant release = clock.now().plusSeconds(3600);
    String job = job(placed(Map.of("releaseAt", release.toString())));
    assertThat(wave().ended()).isEqualTo(WaveRound.Ended.EMPTY);
    Lease lease = lease();
    assertThatThrownBy(() -> tx.await(() -> offering.make(draft(job, rider), lease)))
        .isInstanceOf(LostRace.class);

    run(
        "insert into area_mode (area_id, mode, hall_seconds, set_by, set_at)"
            + " values (?, 'GRAB', 0, 'test', now())",
        area);
    asRider(rider)
        .get("/internal/v1/riders/" + rider + "/hall")
        .then()
        .statusCode(200)
        .body("jobs", hasSize(0));
    asRider(rider)
        .body(Map.of("riderId", rider, "epoch", 0))
        .post("/internal/v1/jobs/" + job + "/grab")
        .then()
        .statusCode(404);
    run("update job set open_since = open_since - interval '1 hour' where id = ?", job);
    tx.await(nobody::sweep);
    assertThat(text("select unclaimed from job where id = ?", job)).isNull();

    run("update job set release_at = ? where id = ?", at(clock.now().minusSeconds(130)), job);
    tx.await(nobody::sweep);
    assertThat(text("select unclaimed from job where id = ?", job))
        .as("patience counts from the release")
        .isEqualTo("PAY_RAISED");
    asRider(rider)
        .get("/internal/v1/riders/" + rider + "/hall")
        .then()
        .body("jobs[0].jobId", equalTo(job));
    run("delete from area_mode where area_id = ?", area);
    accept(rider, offerOf(job)).statusCode(200);
  }

  // --- tip ---

  @Test
  void tipRisesWhileInHandAndAfterAndNeverFalls() {
    String rider = onlineRider();
    OrderState order = placed(Map.of("tip", 200));
    String job = job(order);
    String offer = offerOf(job);
    assertThat(
            text(
                "select cast(payload as jsonb) #>> '{data,tip}' || '/' ||"
                    + " (cast(payload as jsonb) #>> '{data,pay}') from outbox"
                    + " where topic = 'shanpai.offer' and key = ? order by seq limit 1",
                offer))
        .isEqualTo("200/" + last(job, "basePay"));
    accept(rider, offer).statusCode(200);
    order = changed(order, Map.of("tip", 500));
    send(order);
    eventually(() -> assertThat(last(job, "tip")).isEqualTo("500"));
    order = changed(order, Map.of("tip", 300));
    send(order);
    for (String step : List.of("ARRIVED_STORE", "PICKED_UP", "ARRIVED_CUSTOMER", "DELIVERED")) {
      step(rider, job, epoch(job), step).statusCode(200);
    }
    order = changed(order, Map.of("tip", 900));
    send(order);
    eventually(() -> assertThat(last(job, "tip")).isEqualTo("900"));
    assertThat(last(job, "status")).isEqualTo("DELIVERED");
    long version = version(job);
    send(changed(order, Map.of("status", "DELIVERED")));
    afterEverythingSent();
    assertThat(version(job)).isEqualTo(version);
    assertThat(
            texts(
                "select cast(payload as jsonb) #>> '{data,tip}' from outbox"
                    + " where topic = 'shanpai.job' and key = ? order by seq",
                job))
        .isSortedAccordingTo((a, b) -> Long.compare(Long.parseLong(a), Long.parseLong(b)));
  }

  // --- another door ---

  @Test
  void doorChangedBeforeThePickupReplansItsRiderAndIsToldOnce() {
    String rider = onlineRider();
    OrderState order = held(Map.of(), rider);
    String job = job(order);
    Instant deadline = Instant.parse(last(job, "riderDeadline"));
    Instant planned = Instant.parse(last(job, "plannedDeliveryAt"));
    long pay = Long.parseLong(last(job, "basePay"));
    order = changed(order, Map.of("changeNo", 1, "askedDropoff", OTHER_DOOR));
    send(order);
    eventually(() -> assertThat(last(job, "changeNo")).isEqualTo("1"));
    assertThat(last(job, "changeRefused")).isEqualTo("false");
    assertThat(last(job, "dropoff,lat")).isEqualTo(Double.toString(OTHER_DOOR.lat()));
    assertThat(last(job, "reason") + "/" + last(job, "fault"))
        .isEqualTo("DROPOFF_CHANGED/CUSTOMER");
    Instant newPlan = Instant.parse(last(job, "plannedDeliveryAt"));
    assertThat(newPlan).isAfter(planned.plusSeconds(100));
    assertThat(Instant.parse(last(job, "riderDeadline")))
        .as("as much later as the way is longer")
        .isEqualTo(deadline.plusMillis(newPlan.toEpochMilli() - planned.toEpochMilli()));
    assertThat(Long.parseLong(last(job, "basePay"))).isGreaterThan(pay);
    asRider(rider)
        .get("/internal/v1/riders/" + rider + "/work")
        .then()
        .body("work.route[1].place.lat", equalTo((float) OTHER_DOOR.lat()));
    long version = version(job);
    send(changed(order, Map.of("dropoff", OTHER_DOOR)));
    afterEverythingSent();
    assertThat(version(job)).as("the order's echo changes nothing").isEqualTo(version);
  }

  @Test
  void doorStaysAfterThePickup() {
    String rider = onlineRider();
    OrderState order = held(Map.of(), rider);
    String job = job(order);
    step(rider, job, epoch(job), "ARRIVED_STORE").statusCode(200);
    step(rider, job, epoch(job), "PICKED_UP").statusCode(200);
    send(changed(order, Map.of("changeNo", 4, "askedDropoff", OTHER_DOOR)));
    eventually(() -> assertThat(last(job, "changeNo")).isEqualTo("4"));
    assertThat(last(job, "changeRefused")).isEqualTo("true");
    assertThat(last(job, "dropoff,lat")).isEqualTo(Double.toString(DOOR.lat()));
    assertThat(last(job, "status")).isEqualTo("PICKED_UP");
  }

  @Test
  void offerOfAnOldDoorIsWithdrawn() {
    String rider = onlineRider();
    OrderState order = placed(Map.of());
    String job = job(order);
    String offer = offerOf(job);
    send(changed(order, Map.of("changeNo", 1, "askedDropoff", OTHER_DOOR)));
    eventually(() -> assertThat(last(job, "changeNo")).isEqualTo("1"));
    assertThat(text("select status || '/' || reason from offer where id = ?", offer))
        .isEqualTo("WITHDRAWN/DROPOFF_CHANGED");
    accept(rider, offer).statusCode(409);
    accept(rider, offerOf(job)).statusCode(200);
    assertThat(last(job, "dropoff,lat")).isEqualTo(Double.toString(OTHER_DOOR.lat()));
  }

  @Test
  void changeOfDoorAndPickupNeverBothComeFirst() throws Exception {
    String rider = onlineRider();
    int granted = 0;
    for (int race = 0; race < 10; race++) {
      OrderState order = held(Map.of(), rider);
      String job = job(order);
      long epoch = epoch(job);
      step(rider, job, epoch, "ARRIVED_STORE").statusCode(200);
      send(changed(order, Map.of("changeNo", 1, "askedDropoff", OTHER_DOOR)));
      Thread.sleep(race * 5L);
      step(rider, job, epoch, "PICKED_UP").statusCode(200);
      eventually(() -> assertThat(last(job, "changeNo")).isEqualTo("1"));
      boolean refused = Boolean.parseBoolean(last(job, "changeRefused"));
      GeoPoint door = refused ? DOOR : OTHER_DOOR;
      assertThat(last(job, "dropoff,lat")).isEqualTo(Double.toString(door.lat()));
      List<String> story =
          texts(
              "select coalesce(cast(payload as jsonb) #>> '{data,changeNo}', '-') || '/' ||"
                  + " (cast(payload as jsonb) #>> '{data,status}') from outbox"
                  + " where topic = 'shanpai.job' and key = ? order by seq",
              job);
      assertThat(story.contains("-/PICKED_UP")).as("%s", story).isEqualTo(refused);
      assertThat(
              text(
                  "select cast(route as jsonb) #>> '{0,place,lat}' from rider_work"
                      + " where rider_id = ?",
                  rider))
          .as("the rider's route leads to the same door")
          .isEqualTo(Double.toString(door.lat()));
      granted += refused ? 0 : 1;
      step(rider, job, epoch, "ARRIVED_CUSTOMER").statusCode(200);
      step(rider, job, epoch, "DELIVERED").statusCode(200);
    }
    assertThat(granted).as("races won by the change").isPositive();
  }

  // --- another rider ---

  @Test
  void merchantGetsAnotherRiderBeforeThePickupButNotForEver() {
    String first = onlineRider();
    OrderState order = held(Map.of(), first);
    String job = job(order);
    order = again(order);
    eventually(() -> assertThat(status(job)).isEqualTo("OPEN"));
    assertThat(told(job)).last().isEqualTo("OPEN/MERCHANT_ASKED");
    assertThat(last(job, "fault")).isEqualTo("MERCHANT");
    wave();
    assertThat(status(job)).as("not for the same rider").isEqualTo("OPEN");
    String second = onlineRider();
    accept(second, offerOf(job)).statusCode(200);
    order = again(order);
    eventually(() -> assertThat(status(job)).isEqualTo("OPEN"));
    String third = onlineRider();
    accept(third, offerOf(job)).statusCode(200);
    long epoch = epoch(job);
    order = again(order);
    eventually(
        () ->
            assertThat(text("select redispatch_at from job where id = ?", job))
                .isNotNull()
                .isEqualTo(text("select max(redispatch_at) from job where id = ?", job)));
    afterEverythingSent();
    assertThat(epoch(job)).as("twice is the limit").isEqualTo(epoch);
    step(third, job, epoch, "ARRIVED_STORE").statusCode(200);
    step(third, job, epoch, "PICKED_UP").statusCode(200);
    again(order);
    afterEverythingSent();
    assertThat(status(job)).isEqualTo("PICKED_UP");
  }

  @Test
  void anotherRiderAndPickupNeverBothWin() throws Exception {
    int taken = 0;
    for (int race = 0; race < 8; race++) {
      String rider = onlineRider();
      OrderState order = held(Map.of(), rider);
      String job = job(order);
      long epoch = epoch(job);
      step(rider, job, epoch, "ARRIVED_STORE").statusCode(200);
      again(order);
      Thread.sleep(race * 5L);
      int pickup = step(rider, job, epoch, "PICKED_UP").extract().statusCode();
      eventually(
          () -> assertThat(text("select redispatch_at from job where id = ?", job)).isNotNull());
      assertThat(status(job)).isEqualTo(pickup == 200 ? "PICKED_UP" : "OPEN");
      assertThat(
              count("select count(*) from assignment where job_id = ? and ended_at is null", job))
          .isEqualTo(pickup == 200 ? 1 : 0);
      taken += pickup == 200 ? 0 : 1;
      run("update rider_work set online = false where rider_id = ?", rider);
    }
    assertThat(taken).as("races won by the merchant").isPositive();
  }

  // --- cancel ---

  @Test
  void cancelHasTheFaultTheOrderSaysAndPaysWhoCameInVain() {
    String rider = onlineRider();
    OrderState order = held(Map.of(), rider);
    String job = job(order);
    long epoch = epoch(job);
    step(rider, job, epoch, "ARRIVED_STORE").statusCode(200);
    Map<String, Object> cancel = new HashMap<>();
    cancel.put("cancelRequestedAt", clock.now().toString());
    cancel.put("cancelReason", "MERCHANT_MISTAKE");
    cancel.put("cancelFault", "PLATFORM");
    send(changed(order, cancel));
    eventually(() -> assertThat(status(job)).isEqualTo("CANCELLED"));
    assertThat(last(job, "fault")).isEqualTo("PLATFORM");
    assertThat(last(job, "extraPays,0,kind")).isEqualTo("WASTED_TRIP");
    assertThat(last(job, "extraPays,0,riderId")).isEqualTo(rider);
    assertThat(last(job, "extraPays,0,epoch")).isEqualTo(Long.toString(epoch));
    assertThat(last(job, "extraPays,0,amount")).isEqualTo("300");
    assertThat(last(job, "extraPays,1,kind")).isNull();
  }

  @Test
  void whoHasNotMovedYetIsNotPaidForATrip() {
    String rider = onlineRider();
    OrderState order = held(Map.of(), rider);
    String job = job(order);
    send(changed(order, Map.of("cancelRequestedAt", clock.now().toString())));
    eventually(() -> assertThat(status(job)).isEqualTo("CANCELLED"));
    assertThat(last(job, "extraPays")).isNull();
  }

  @Test
  void cancelAndAcceptNeverBothWin() throws Exception {
    String rider = onlineRider();
    for (int race = 0; race < 8; race++) {
      OrderState order = placed(Map.of());
      String job = job(order);
      String offer = offerOf(job);
      send(changed(order, Map.of("cancelRequestedAt", clock.now().toString())));
      Thread.sleep(race * 5L);
      int yes = accept(rider, offer).extract().statusCode();
      eventually(() -> assertThat(status(job)).isEqualTo("CANCELLED"));
      assertThat(yes).isIn(200, 409);
      assertThat(count("select count(*) from assignment where job_id = ?", job))
          .isEqualTo(yes == 200 ? 1 : 0);
      assertThat(
              count("select count(*) from assignment where job_id = ? and ended_at is null", job))
          .isZero();
      assertThat(text("select open_offer_id from rider_work where rider_id = ?", rider)).isNull();
      assertThat(text("select route from rider_work where rider_id = ?", rider)).isEqualTo("[]");
    }
  }

  // --- what may be carried ---

  @Test
  void carryLimitIsKeptAndWhereNobodyCanTheReceiptSaysSo() {
    String rider = onlineRider();
    // Straight it takes some 4.5 minutes and 3 at the door.
    String job = job(placed(Map.of("longestCarrySeconds", 60)));
    offerOf(job);
    assertThat(
            text(
                "select outcome || '/' || decided_by from receipt where job_id = ?"
                    + " order by seq desc limit 1",
                job))
        .isEqualTo("OFFER/CARRY_LIMIT_EXCEEDED");
    run("update rider_work set online = false where rider_id = ?", rider);

    area = "a-" + unique();
    onlineRider();
    String kept = job(placed(Map.of("longestCarrySeconds", 600)));
    offerOf(kept);
    assertThat(
            text("select decided_by from receipt where job_id = ? order by seq desc limit 1", kept))
        .isNotEqualTo("CARRY_LIMIT_EXCEEDED");
  }

  @Test
  void boxHoldsNoMoreGramsThanItMay() {
    String rider = onlineRider();
    String job = job(placed(Map.of("weightGrams", 24_001)));
    wave();
    assertThat(status(job)).isEqualTo("OPEN");
    assertThat(
            text(
                "select cast(body as jsonb) #>> '{rejected,TOO_HEAVY}' from receipt"
                    + " where job_id = ? order by seq desc limit 1",
                job))
        .isEqualTo("1");
    run("update rider_work set online = false where rider_id = ?", rider);
    assertThat(offeredTogether(12_001)).as("one on top of the other is too much").isEqualTo(1);
    assertThat(offeredTogether(1_000)).isEqualTo(2);
  }

  /** How many of two jobs of one store a rider with nothing in hand is offered at once. */
  private long offeredTogether(int grams) {
    area = "a-" + unique();
    onlineRider();
    placed(Map.of("weightGrams", grams));
    placed(Map.of("weightGrams", grams));
    eventually(
        () -> {
          wave();
          assertThat(
                  count("select count(*) from job where area_id = ? and status = 'OFFERED'", area))
              .isPositive();
        });
    return count("select count(*) from job where area_id = ? and status = 'OFFERED'", area);
  }

  private OrderState again(OrderState order) {
    OrderState next =
        changed(order, Map.of("redispatchRequestedAt", clock.now().plusMillis(1).toString()));
    send(next);
    return next;
  }

  private static java.time.OffsetDateTime at(Instant instant) {
    return java.time.OffsetDateTime.ofInstant(instant, java.time.ZoneOffset.UTC);
  }

  /** One order on each partition comes after whatever was sent before; far from any wave. */
  private void afterEverythingSent() {
    String here = area;
    area = "a-" + unique();
    for (int i = 0; i < 20; i++) {
      send(order(unique()));
    }
    eventually(
        () -> assertThat(count("select count(*) from job where area_id = ?", area)).isEqualTo(20));
    area = here;
  }

  // --- called back ---

  @Test
  void goodsOnTheirWayAreCalledBackOnceAndTheRiderIsPaidForTheWay() {
    String rider = onlineRider();
    OrderState order = held(Map.of("perishable", true), rider);
    String job = job(order);
    order = changed(order, Map.of("returnRequestedAt", clock.now().toString()));
    send(order);
    afterEverythingSent();
    assertThat(status(job)).as("nothing is aboard yet").isEqualTo("ASSIGNED");
    step(rider, job, epoch(job), "ARRIVED_STORE").statusCode(200);
    step(rider, job, epoch(job), "PICKED_UP").statusCode(200);
    send(changed(order, Map.of("status", "PICKED_UP")));
    eventually(() -> assertThat(status(job)).isEqualTo("RETURNING"));
    assertThat(last(job, "reason")).isEqualTo("MERCHANT_RECALLED");
    assertThat(last(job, "fault")).isEqualTo("MERCHANT");
    assertThat(last(job, "goods")).as("also what spoils").isEqualTo("RETURN");
    assertThat(last(job, "riderId")).isEqualTo(rider);
    assertThat(
            text(
                "select cast(payload as jsonb) #>> '{data,route,0,kind}' from outbox"
                    + " where topic = 'shanpai.rider-work' and key = ? order by seq desc limit 1",
                rider))
        .isEqualTo("RETURN");
    long version = version(job);
    send(changed(order, Map.of("status", "RETURNING", "version", 99)));
    afterEverythingSent();
    assertThat(version(job)).isEqualTo(version);
    step(rider, job, epoch(job), "DELIVERED").statusCode(409);
    step(rider, job, epoch(job), "RETURNED").statusCode(200);
    assertThat(last(job, "status")).isEqualTo("RETURNED");
    assertThat(last(job, "reason")).isEqualTo("MERCHANT_RECALLED");
    assertThat(last(job, "extraPays,0,kind")).isEqualTo("RETURN");
  }

  @Test
  void goodsThatWereDeliveredAreNotCalledBack() {
    String rider = onlineRider();
    OrderState order = held(Map.of(), rider);
    String job = job(order);
    for (String step : List.of("ARRIVED_STORE", "PICKED_UP", "ARRIVED_CUSTOMER", "DELIVERED")) {
      step(rider, job, epoch(job), step).statusCode(200);
    }
    send(changed(order, Map.of("returnRequestedAt", clock.now().toString())));
    afterEverythingSent();
    assertThat(last(job, "status")).isEqualTo("DELIVERED");
  }
}
