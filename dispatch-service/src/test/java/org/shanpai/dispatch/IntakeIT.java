package org.shanpai.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.OrderState;
import org.shanpai.messaging.Envelopes;
import org.shanpai.messaging.Event;

/** Orders as they come from Kafka: twice, late, out of order, broken. */
@QuarkusTest
class IntakeIT extends LiveDispatch {

  @Test
  void duplicatesAndOlderStatesDoNothing() {
    String id = unique();
    OrderState first = order(id);
    Instant later = clock.now().plusSeconds(900);
    OrderState second = changed(first, Map.of("expectedReadyAt", later.toString()));
    OrderState third = changed(second, Map.of("readyAt", clock.now().toString()));
    send(first);
    send(first);
    send(third);
    send(second);
    send(third);
    send(first);
    eventually(
        () -> assertThat(text("select ready_at from job where id = ?", "j-" + id)).isNotNull());
    afterEverythingSent();
    assertThat(count("select count(*) from job where order_id = ?", "o-" + id)).isOne();
    assertThat(told("j-" + id)).hasSize(2);
    assertThat(count("select version from job where id = ?", "j-" + id)).isOne();
  }

  @Test
  void echoOfDispatchsOwnStepsChangesNothing() {
    String rider = onlineRider();
    String id = unique();
    OrderState order = order(id);
    send(order);
    String job = "j-" + id;
    eventually(() -> assertThat(status(job)).isEqualTo("OPEN"));
    accept(rider, offerOf(job)).statusCode(200);
    long version = count("select version from job where id = ?", job);
    send(changed(order, Map.of("status", "RIDER_ASSIGNED")));
    afterEverythingSent();
    assertThat(count("select version from job where id = ?", job)).isEqualTo(version);
  }

  @Test
  void poisonIsParkedAndTheNextJobStillWorks() {
    String id = unique();
    Map<String, Object> fields = new HashMap<>();
    fields.put("pickup", null);
    OrderState broken = changed(order(id), fields);
    send(EventType.ORDER_STATE, "o-" + id, 1, broken);
    send("shanpai.order", "o-" + id + "x", "{not json");
    String next = openJob();
    eventually(
        () ->
            assertThat(text("select reason from parked where key = ?", "o-" + id))
                .contains("without pickup"));
    eventually(
        () ->
            assertThat(text("select reason from parked where key = ?", "o-" + id + "x"))
                .contains("not JSON"));
    assertThat(status(next)).isEqualTo("OPEN");
    assertThat(count("select count(*) from job where id = ?", "j-" + id)).isZero();
  }

  @Test
  void eventFromTheFutureIsParked() {
    String id = unique();
    OrderState order = order(id);
    send(
        "shanpai.order",
        "o-" + id,
        Envelopes.write(
            new Event<>(
                UUID.randomUUID(),
                EventType.ORDER_STATE,
                CITY,
                "o-" + id,
                1,
                clock.now().plusSeconds(7200),
                wall.now(),
                null,
                null,
                order)));
    eventually(
        () ->
            assertThat(text("select reason from parked where key = ?", "o-" + id))
                .contains("future"));
    assertThat(count("select count(*) from job where id = ?", "j-" + id)).isZero();
  }

  @Test
  void unregisteredTypeIsParked() {
    String id = unique();
    send(
        "shanpai.order",
        "o-" + id,
        "{\"id\":\"" + UUID.randomUUID() + "\",\"type\":\"order.state.v9\",\"data\":{}}");
    eventually(
        () ->
            assertThat(text("select reason from parked where key = ?", "o-" + id))
                .contains("order.state.v9"));
  }

  @Test
  void cancelBeforeThePickupTakesTheOfferBackAndFreesTheRest() {
    String rider = onlineRider();
    String id = unique();
    OrderState order = order(id);
    send(order);
    String job = "j-" + id;
    eventually(() -> assertThat(status(job)).isEqualTo("OPEN"));
    String offer = offerOf(job);
    send(changed(order, Map.of("cancelRequestedAt", clock.now().toString())));
    eventually(() -> assertThat(status(job)).isEqualTo("CANCELLED"));
    assertThat(text("select status || '/' || reason from offer where id = ?", offer))
        .isEqualTo("WITHDRAWN/ORDER_CANCELLED");
    assertThat(text("select open_offer_id from rider_work where rider_id = ?", rider)).isNull();
    accept(rider, offer).statusCode(409);
    assertThat(told(job)).last().isEqualTo("CANCELLED/MERCHANT_CANCELLED");
    assertThat(text("select fault from job where id = ?", job)).isEqualTo("MERCHANT");
  }

  @Test
  void cancelOfAnAssignedJobMendsTheRidersRoute() {
    String rider = onlineRider();
    String id = unique();
    OrderState order = order(id);
    send(order);
    String job = "j-" + id;
    eventually(() -> assertThat(status(job)).isEqualTo("OPEN"));
    accept(rider, offerOf(job)).statusCode(200);
    String other = assignedJob(rider);
    send(
        changed(
            order,
            Map.of(
                "cancelRequestedAt",
                clock.now().toString(),
                "cancelReason",
                "CUSTOMER_CHANGED_MIND")));
    eventually(() -> assertThat(status(job)).isEqualTo("CANCELLED"));
    assertThat(text("select fault from job where id = ?", job)).isEqualTo("CUSTOMER");
    asRider(rider)
        .get("/internal/v1/riders/" + rider + "/work")
        .then()
        .body("work.jobs", hasSize(1))
        .body("work.jobs[0].jobId", equalTo(other))
        .body("work.route", hasSize(2))
        .body("work.loadUnits", equalTo(2));
    step(rider, job, 1, "ARRIVED_STORE").statusCode(409);
    step(rider, other, epoch(other), "ARRIVED_STORE").statusCode(200);
  }

  @Test
  void cancelAfterThePickupIsRefusedOnce() {
    String rider = onlineRider();
    String id = unique();
    OrderState order = order(id);
    send(order);
    String job = "j-" + id;
    eventually(() -> assertThat(status(job)).isEqualTo("OPEN"));
    accept(rider, offerOf(job)).statusCode(200);
    step(rider, job, epoch(job), "ARRIVED_STORE").statusCode(200);
    step(rider, job, epoch(job), "PICKED_UP").statusCode(200);
    OrderState asked = changed(order, Map.of("cancelRequestedAt", clock.now().toString()));
    send(asked);
    send(changed(asked, Map.of("status", "PICKED_UP")));
    eventually(
        () -> assertThat(text("select cancel_refused from job where id = ?", job)).isEqualTo("t"));
    afterEverythingSent();
    assertThat(status(job)).isEqualTo("PICKED_UP");
    assertThat(told(job)).hasSize(6);
  }

  @Test
  void goodsThatTheStoreTookBackEndTheJob() {
    String rider = onlineRider();
    String id = unique();
    OrderState order = order(id);
    send(order);
    String job = "j-" + id;
    eventually(() -> assertThat(status(job)).isEqualTo("OPEN"));
    accept(rider, offerOf(job)).statusCode(200);
    for (String step : new String[] {"ARRIVED_STORE", "PICKED_UP", "UNDELIVERABLE"}) {
      step(rider, job, epoch(job), step).statusCode(200);
    }
    send(changed(order, Map.of("returnReceivedAt", clock.now().toString())));
    eventually(() -> assertThat(status(job)).isEqualTo("RETURNED"));
    assertThat(text("select route from rider_work where rider_id = ?", rider)).isEqualTo("[]");
    step(rider, job, epoch(job), "RETURNED")
        .statusCode(200)
        .body("job.status", equalTo("RETURNED"));
  }

  @Test
  void lateKitchenMovesThePlanOfTheRiderWhoHasTheJob() {
    String rider = onlineRider();
    String id = unique();
    OrderState order = order(id);
    send(order);
    String job = "j-" + id;
    eventually(() -> assertThat(status(job)).isEqualTo("OPEN"));
    accept(rider, offerOf(job)).statusCode(200);
    Instant ready = clock.now().plusSeconds(1200);
    send(changed(order, Map.of("expectedReadyAt", ready.toString())));
    eventually(
        () ->
            assertThat(
                    Instant.parse(
                        text(
                            "select cast(route as jsonb) #>> '{1,plannedArrivalAt}'"
                                + " from rider_work where rider_id = ?",
                            rider)))
                .isAfter(ready));
  }

  @Test
  void orderThatWasOverBeforeItWasHeardOfMakesNoJob() {
    String id = unique();
    send(changed(order(id), Map.of("status", "DELIVERED")));
    afterEverythingSent();
    assertThat(count("select count(*) from job where id = ?", "j-" + id)).isZero();
  }

  /** One order on each partition comes after whatever was sent before. */
  private void afterEverythingSent() {
    for (int i = 0; i < 20; i++) {
      send(order(unique()));
    }
    eventually(
        () ->
            assertThat(
                    count("select count(*) from job where area_id = ? and status = 'OPEN'", area))
                .isGreaterThanOrEqualTo(20));
  }
}
