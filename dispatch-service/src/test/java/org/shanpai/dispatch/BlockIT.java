package org.shanpai.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.JobId;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.OrderState;
import org.shanpai.contracts.event.RiderBlock;
import org.shanpai.dispatch.replay.WaveFile;

/** A rider gets no orders of a customer they blocked, by no way; everybody else does. */
@QuarkusTest
class BlockIT extends LiveDispatch {

  private final String customer = "key-" + unique();

  /** An order of that customer; returns its job. */
  private String jobOf(String customerKey) {
    OrderState order = changed(order(unique()), Map.of("customerKey", customerKey));
    send(order);
    String job = "j-" + order.orderId().value().substring(2);
    eventually(() -> assertThat(status(job)).isEqualTo("OPEN"));
    return job;
  }

  /** An order of the customer that the rider had, and blocks it by; returns the block. */
  private String blocked(String rider) {
    String job = jobOf(customer);
    run("update job set status = 'CANCELLED' where id = ?", job);
    return blockedBy(rider, job);
  }

  private String blockedBy(String rider, String job) {
    String block = "rb-" + unique();
    tell(block, 1, rider, job, clock.now().plusSeconds(3600));
    eventually(
        () -> assertThat(count("select count(*) from rider_block where id = ?", block)).isOne());
    return block;
  }

  private void tell(String block, long version, String rider, String job, Instant until) {
    send(
        EventType.RIDER_BLOCK,
        block,
        version,
        new RiderBlock(block, CITY, new RiderId(rider), version, new JobId(job), until));
  }

  private String rejected(String job) {
    return text(
        "select cast(body as jsonb) #>> '{rejected}' from receipt where job_id = ?"
            + " order by seq desc limit 1",
        job);
  }

  @Test
  void noWaveOffersABlockedCustomersOrderAndTheReceiptNamesAWish() {
    String rider = onlineRider();
    String block = blocked(rider);
    String job = jobOf(customer);
    wave();
    assertThat(status(job)).as("nobody else is there").isEqualTo("OPEN");
    assertThat(rejected(job)).isEqualTo("{\"RIDER_WISH\": 1}");
    assertThat(text("select body from receipt where job_id = ?", job)).doesNotContain(customer);
    assertThat(count("select declines from job where id = ?", job)).as("no decline").isZero();
    assertThat(count("select count(*) from declined where job_id = ?", job)).isZero();
    assertThat(count("select unanswered from rider_work where rider_id = ?", rider)).isZero();

    String strangers = jobOf("key-" + unique());
    String strangersOffer = offerOf(strangers);
    assertThat(text("select rider_id from offer where id = ?", strangersOffer))
        .as("other customers' orders still come")
        .isEqualTo(rider);
    decline(rider, strangersOffer).statusCode(200);
    run("update job set status = 'CANCELLED' where id = ?", strangers);

    String other = onlineRider(STORE.offsetMetres(1500, 0));
    assertThat(text("select rider_id from offer where id = ?", offerOf(job)))
        .as("another rider, from farther away")
        .isEqualTo(other);
    assertThat(rejected(job)).contains("\"RIDER_WISH\": 1");
    decline(other, text("select offer_id from job where id = ?", job)).statusCode(200);

    tell(block, 2, rider, job, null);
    eventually(
        () -> assertThat(count("select count(*) from rider_block where id = ?", block)).isZero());
    assertThat(text("select rider_id from offer where id = ?", offerOf(job)))
        .as("lifted")
        .isEqualTo(rider);
  }

  @Test
  void theHallDoesNotShowItAndNobodyGrabsItPastTheirOwnWish() {
    String rider = onlineRider();
    String other = onlineRider();
    String block = blocked(rider);
    String job = jobOf(customer);
    run(
        "insert into area_mode (area_id, mode, hall_seconds, set_by, set_at)"
            + " values (?, 'GRAB', 0, 'test', now())",
        area);
    try {
      asRider(rider)
          .get("/internal/v1/riders/" + rider + "/hall")
          .then()
          .statusCode(200)
          .body("jobs", empty());
      asRider(rider)
          .body(Map.of("riderId", rider, "epoch", epoch(job)))
          .post("/internal/v1/jobs/" + job + "/grab")
          .then()
          .statusCode(404);
      asRider(other)
          .get("/internal/v1/riders/" + other + "/hall")
          .then()
          .body("jobs.jobId", equalTo(List.of(job)));
      run("update rider_block set until_at = now() - interval '1 second' where id = ?", block);
      asRider(rider)
          .get("/internal/v1/riders/" + rider + "/hall")
          .then()
          .body("jobs.jobId", equalTo(List.of(job)));
      run("update rider_block set until_at = now() + interval '1 hour' where id = ?", block);
      asRider(other)
          .body(Map.of("riderId", other, "epoch", epoch(job)))
          .post("/internal/v1/jobs/" + job + "/grab")
          .then()
          .statusCode(200);
    } finally {
      run("delete from area_mode where area_id = ?", area);
    }
  }

  @Test
  void aColleagueCannotHandItOverAndLearnsNoReason() {
    String giver = onlineRider();
    String job = jobOf(customer);
    accept(giver, offerOf(job)).statusCode(200);
    String taker = onlineRider();
    String another = onlineRider();
    Map<String, Object> ask = Map.of("jobId", job, "epoch", epoch(job), "toRiderId", taker);
    String asked =
        asRider(giver)
            .body(ask)
            .post("/internal/v1/riders/" + giver + "/hand-overs")
            .then()
            .statusCode(200)
            .extract()
            .path("handOverId");
    blocked(taker);
    asRider(taker)
        .body(Map.of())
        .post("/internal/v1/riders/" + taker + "/hand-overs/" + asked + "/accept")
        .then()
        .statusCode(409)
        .body("type", containsString("not-able"));
    assertThat(text("select rider_id from job where id = ?", job)).isEqualTo(giver);
    asRider(giver)
        .post("/internal/v1/riders/" + giver + "/hand-overs/" + asked + "/withdraw")
        .then()
        .statusCode(200);
    asRider(giver)
        .body(ask)
        .post("/internal/v1/riders/" + giver + "/hand-overs")
        .then()
        .statusCode(409)
        .body("type", containsString("not-able"))
        .body("detail", not(containsString("customer")));
    asRider(giver)
        .body(Map.of("jobId", job, "epoch", epoch(job), "toRiderId", another))
        .post("/internal/v1/riders/" + giver + "/hand-overs")
        .then()
        .statusCode(200);
  }

  @Test
  void whatIsInAnothersHandIsNotMovedToWhoDoesNotWantIt() {
    String holder = onlineRider(STORE.offsetMetres(1200, 0));
    String job = jobOf(customer);
    accept(holder, offerOf(job)).statusCode(200);
    String blocker = onlineRider();
    blocked(blocker);
    String open = openJob();
    wave();
    String wave = text("select wave_id from receipt where job_id = ? order by seq limit 1", open);
    assertThat(wave).as("offered, or held for who comes by").isNotNull();
    eventually(
        () -> assertThat(count("select count(*) from wave_input where wave_id = ?", wave)).isOne());
    WaveFile file =
        WaveFile.read(
            Base64.getMimeDecoder()
                .decode(
                    text("select encode(body, 'base64') from wave_input where wave_id = ?", wave)));
    assertThat(file.wave().couriers())
        .filteredOn(courier -> courier.id().equals(holder))
        .flatExtracting(org.shanpai.engine.Courier::releasable)
        .filteredOn(held -> held.id().equals(job))
        .singleElement()
        .satisfies(held -> assertThat(held.excludedCouriers()).isEqualTo(Set.of(blocker)));
  }

  @Test
  void anOfferThatIsOpenIsTakenBackAndWhatIsInHandStays() {
    String rider = onlineRider();
    String inHand = jobOf(customer);
    accept(rider, offerOf(inHand)).statusCode(200);
    String offered = jobOf(customer);
    String offer = offerOf(offered);
    assertThat(text("select rider_id from offer where id = ?", offer)).isEqualTo(rider);
    blockedBy(rider, inHand);
    assertThat(text("select status || '/' || reason from offer where id = ?", offer))
        .isEqualTo("WITHDRAWN/RIDER_WISH");
    assertThat(status(offered)).isEqualTo("OPEN");
    assertThat(count("select declines from job where id = ?", offered)).isZero();
    assertThat(count("select unanswered from rider_work where rider_id = ?", rider)).isZero();
    assertThat(text("select status || '/' || rider_id from job where id = ?", inHand))
        .isEqualTo("ASSIGNED/" + rider);
    step(rider, inHand, 1, "ARRIVED_STORE").statusCode(200);
    wave();
    assertThat(status(offered)).isEqualTo("OPEN");
  }

  @Test
  void withTheOrdersDataTheCustomerIsForgottenAndTheBlockWithThem() {
    String rider = onlineRider();
    OrderState order = changed(order(unique()), Map.of("customerKey", customer));
    send(order);
    String job = "j-" + order.orderId().value().substring(2);
    eventually(() -> assertThat(status(job)).isEqualTo("OPEN"));
    run("update job set status = 'CANCELLED' where id = ?", job);
    String block = blockedBy(rider, job);
    send(changed(order, Map.of("version", 3)).withoutCustomer());
    eventually(
        () -> assertThat(count("select count(*) from rider_block where id = ?", block)).isZero());
    assertThat(text("select customer_key from job where id = ?", job)).isNull();
    String next = jobOf(customer);
    assertThat(text("select rider_id from offer where id = ?", offerOf(next))).isEqualTo(rider);
  }

  @Test
  void aCustomerWithAnotherTelephoneIsAnotherCustomer() {
    String rider = onlineRider();
    blocked(rider);
    OrderState order = changed(order(unique()), Map.of("customerKey", customer));
    send(order);
    String job = "j-" + order.orderId().value().substring(2);
    eventually(() -> assertThat(status(job)).isEqualTo("OPEN"));
    wave();
    assertThat(status(job)).isEqualTo("OPEN");
    send(changed(order, Map.of("customerKey", "key-" + unique())));
    eventually(
        () ->
            assertThat(text("select customer_key from job where id = ?", job))
                .isNotEqualTo(customer));
    assertThat(text("select rider_id from offer where id = ?", offerOf(job))).isEqualTo(rider);
  }
}
