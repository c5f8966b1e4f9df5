package org.shanpai.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.event.AreaState;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.WeatherAlert;
import org.shanpai.dispatch.geo.GeoAway;
import org.shanpai.dispatch.job.NobodyAccepts;
import org.shanpai.dispatch.offer.OfferExpiry;
import org.shanpai.dispatch.wave.WaveRound;
import org.shanpai.dispatch.work.Silence;

/** Waves, and what follows when nobody answers, everybody declines or a rider falls silent. */
@QuarkusTest
class WaveIT extends LiveDispatch {

  @Inject OfferExpiry expiry;
  @Inject Silence silence;
  @Inject NobodyAccepts nobodyAccepts;

  @Test
  void declinedJobIsOfferedToAnotherRider() {
    String near = onlineRider();
    String far = onlineRider(STORE.offsetMetres(800, 0));
    String job = openJob();
    String first = offerOf(job);
    String asked = text("select rider_id from offer where id = ?", first);
    decline(asked, first).statusCode(200).body("offer.status", equalTo("DECLINED"));
    assertThat(text("select status || epoch || declines from job where id = ?", job))
        .isEqualTo("OPEN21");
    String second = offerOf(job);
    assertThat(text("select rider_id from offer where id = ?", second))
        .isIn(near, far)
        .isNotEqualTo(asked);
  }

  @Test
  void asMuchAsIntakePromisesForOneRiderIsOfferedToOne() {
    String rider = onlineRider();
    String id = unique();
    // 8 units and 24 kg: order-service's limits of one rider's load.
    send(changed(order(id), Map.of("loadUnits", 8, "weightGrams", 24_000)));
    eventually(() -> assertThat(status("j-" + id)).isEqualTo("OPEN"));
    accept(rider, offerOf("j-" + id)).statusCode(200);
  }

  @Test
  void unansweredOfferExpiresAndTheThirdInARowPausesTheRider() {
    String rider = onlineRider();
    for (int time = 1; time <= 3; time++) {
      String job = openJob();
      String offer = offerOf(job);
      run("update offer set expires_at = now() - interval '1 second' where id = ?", offer);
      tx.await(expiry::sweep);
      assertThat(text("select status from offer where id = ?", offer)).isEqualTo("EXPIRED");
      assertThat(status(job)).isEqualTo("OPEN");
      assertThat(text("select paused_until from rider_work where rider_id = ?", rider) != null)
          .isEqualTo(time == 3);
      accept(rider, offer).statusCode(409);
    }
    String job = openJob();
    wave();
    assertThat(status(job)).as("a paused rider gets no offer").isEqualTo("OPEN");
    assertThat(
            text(
                "select cast(body as jsonb) #>> '{rejected,NOT_ACCEPTING}' from receipt"
                    + " where job_id = ?",
                job))
        .isEqualTo("1");
  }

  @Test
  void whileGeoIsAwayNothingIsDecidedAndNobodyLosesAJob() throws Exception {
    String rider = onlineRider();
    String held = assignedJob(rider);
    String open = openJob();
    geo.away(true);
    assertThatThrownBy(this::wave).isInstanceOf(GeoAway.class);
    for (int i = 0; i < 4; i++) {
      tx.await(silence::sweep);
      Thread.sleep(1000);
    }
    assertThat(status(open)).isEqualTo("OPEN");
    assertThat(status(held)).isEqualTo("ASSIGNED");
    assertThat(count("select count(*) from receipt where job_id = ?", open)).isZero();
    geo.away(false);
    geo.put(area, rider, STORE, clock.now());
    offerOf(open);
  }

  @Test
  void silentRiderLosesJobsNotPickedUpButNeverWhenAllPositionsAreUnknown() throws Exception {
    String silent = onlineRider();
    String job = assignedJob(silent);
    String aboard = assignedJob(silent);
    step(silent, aboard, epoch(aboard), "ARRIVED_STORE").statusCode(200);
    step(silent, aboard, epoch(aboard), "PICKED_UP").statusCode(200);
    Instant lastPing = clock.now().minusSeconds(600);
    geo.put(area, silent, STORE, lastPing);

    // Nobody at all is heard of: that is the platform's trouble, not the rider's.
    for (int i = 0; i < 4; i++) {
      tx.await(silence::sweep);
      Thread.sleep(1000);
    }
    assertThat(status(job)).isEqualTo("ASSIGNED");

    // Others are heard of, and only this one is not.
    String lively = onlineRider();
    String another = onlineRider();
    long epoch = epoch(job);
    eventually(
        () -> {
          geo.put(area, lively, STORE, clock.now());
          geo.put(area, another, STORE, clock.now());
          tx.await(silence::sweep);
          assertThat(status(job)).isEqualTo("OPEN");
        });
    assertThat(epoch(job)).isEqualTo(epoch + 1);
    assertThat(text("select reason from job where id = ?", job)).isEqualTo("RIDER_SILENT");
    step(silent, job, epoch, "ARRIVED_STORE").statusCode(409);
    eventually(
        () -> {
          geo.put(area, lively, STORE, clock.now());
          geo.put(area, another, STORE, clock.now());
          tx.await(silence::sweep);
          assertThat(status(aboard)).isEqualTo("EXCEPTION");
        });
    asOperator("dispatcher")
        .body(Map.of("outcome", "RETURNED", "reason", "RIDER_FOUND"))
        .post("/v1/jobs/" + aboard + "/resolve")
        .then()
        .statusCode(200)
        .body("status", equalTo("RETURNED"));
    assertThat(text("select route from rider_work where rider_id = ?", silent)).isEqualTo("[]");
  }

  @Test
  void riderWhoPingsFromBeyondEveryAreaIsNotSilent() {
    String silent = onlineRider();
    String jobOfSilent = assignedJob(silent);
    geo.leave(area, silent);
    String away = onlineRider();
    String jobOfAway = assignedJob(away);
    // Ahead of the clock, so that a slow machine does not make this rider silent as well.
    String elsewhere = "far-" + unique();
    geo.put(elsewhere, away, STORE.offsetMetres(60_000, 0), clock.now().plusSeconds(60));
    geo.leave(area, away);
    String lively = onlineRider();
    String another = onlineRider();
    eventually(
        () -> {
          geo.put(area, lively, STORE, clock.now());
          geo.put(area, another, STORE, clock.now());
          tx.await(silence::sweep);
          assertThat(status(jobOfSilent)).isEqualTo("OPEN");
        });
    assertThat(status(jobOfAway)).isEqualTo("ASSIGNED");
  }

  @Test
  void redWeatherAndPausedAreasRest() {
    onlineRider();
    String job = openJob();
    send(
        EventType.WEATHER_ALERT,
        area,
        1,
        new WeatherAlert(
            new AreaId(area), CITY, 1, WeatherAlert.Level.RED, 2.0, 600, clock.now(), "op-1"));
    eventually(
        () ->
            assertThat(text("select level from weather where area_id = ?", area)).isEqualTo("RED"));
    assertThat(wave().ended()).isEqualTo(WaveRound.Ended.RESTING);
    assertThat(status(job)).isEqualTo("OPEN");
    send(
        EventType.WEATHER_ALERT,
        area,
        2,
        new WeatherAlert(
            new AreaId(area), CITY, 2, WeatherAlert.Level.NONE, 1.0, 0, clock.now(), "op-1"));
    offerOf(job);

    String paused = area = "a-" + unique();
    send(
        EventType.AREA_STATE,
        paused,
        1,
        new AreaState(
            new AreaId(paused),
            CITY,
            1,
            "rest",
            List.of(STORE, STORE.offsetMetres(0, 100), STORE.offsetMetres(100, 0)),
            true));
    onlineRider();
    String waiting = openJob();
    eventually(
        () -> assertThat(text("select paused from area where area_id = ?", paused)).isEqualTo("t"));
    assertThat(wave().ended()).isEqualTo(WaveRound.Ended.RESTING);
    assertThat(status(waiting)).isEqualTo("OPEN");
  }

  @Test
  void sameSituationIsNotSolvedTwiceAndNothingOpenAsksNobody() {
    int before = geo.matrices();
    assertThat(wave().ended()).isEqualTo(WaveRound.Ended.EMPTY);
    assertThat(geo.matrices()).isEqualTo(before);
    String job = openJob();
    WaveRound.Result first = wave();
    assertThat(first.ended()).isEqualTo(WaveRound.Ended.SOLVED);
    var lease = lease();
    assertThat(tx.await(() -> round.run(lease, first.fingerprint())).ended())
        .isEqualTo(WaveRound.Ended.UNCHANGED);
    onlineRider();
    assertThat(tx.await(() -> round.run(lease, first.fingerprint())).ended())
        .isEqualTo(WaveRound.Ended.SOLVED);
    assertThat(job).isNotNull();
  }

  @Test
  void receiptIsWrittenWhenTheDecisionChangesAndOnlyThen() {
    String job = openJob();
    wave();
    wave();
    wave();
    assertThat(texts("select outcome || '/' || decided_by from receipt where job_id = ?", job))
        .containsExactly("NO_COURIER/NO_COURIERS");
    String rider = onlineRider();
    offerOf(job);
    asOperator("viewer")
        .get("/v1/jobs/" + job + "/receipts")
        .then()
        .statusCode(200)
        .body("$", hasSize(2))
        .body("[1].outcome", equalTo("OFFER"))
        .body("[1].chosen", equalTo(rider));
    asOperator("viewer")
        .get("/v1/areas/" + area + "/wave")
        .then()
        .statusCode(200)
        .body("offers", equalTo(1));
    assertThat(
            count("select count(*) from outbox where topic = 'shanpai.receipt' and key = ?", job))
        .isEqualTo(2);
  }

  @Test
  void jobNobodyTakesIsCancelledFreeOfChargeLongAfterItsPromise() {
    String job = openJob();
    tx.await(nobodyAccepts::sweep);
    assertThat(status(job)).isEqualTo("OPEN");
    run(
        "update job set promise_start = promise_start - interval '3 hours',"
            + " promise_end = promise_end - interval '3 hours' where id = ?",
        job);
    tx.await(nobodyAccepts::sweep);
    assertThat(text("select status || '/' || reason || '/' || fault from job where id = ?", job))
        .isEqualTo("CANCELLED/NOBODY_ACCEPTED/PLATFORM");
  }

  @Test
  void riderFarAwayOrSilentForThreeMinutesGetsNoOffer() {
    String rider = onlineRider();
    geo.put(area, rider, STORE, clock.now().minus(Duration.ofMinutes(4)));
    String job = openJob();
    wave();
    assertThat(status(job)).isEqualTo("OPEN");
    geo.put(area, rider, STORE, clock.now());
    offerOf(job);
  }
}
