package org.shanpai.dispatch;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.shanpai.dispatch.replay.EngineVersion;
import org.shanpai.dispatch.replay.Rerun;
import org.shanpai.dispatch.replay.WaveFile;
import org.shanpai.dispatch.retention.Retention;
import org.shanpai.engine.DispatchEngine;
import org.shanpai.engine.SolveLimit;

/** Every wave can be looked at and run again; one that fails does not stop its area. */
@QuarkusTest
class StoredWaveIT extends LiveDispatch {

  @Inject Retention retention;

  @AfterEach
  void mend() {
    ShakySolver.breaks(null);
  }

  @Test
  void receiptLeadsToAStoredWaveThatRunsAgainToTheSameAnswer() {
    onlineRider();
    onlineRider(STORE.offsetMetres(700, 300));
    onlineRider(STORE.offsetMetres(-400, 800));
    List<String> jobs = openJobs(6);
    offerOf(jobs.get(0));
    String wave =
        text("select wave_id from receipt where job_id = ? and outcome = 'OFFER'", jobs.get(0));
    WaveFile file = WaveFile.read(stored(wave));
    assertThat(file.wave().jobs()).hasSize(6);
    assertThat(file.wave().couriers()).hasSize(3);
    assertThat(file.engineVersion()).isEqualTo(EngineVersion.present());
    Rerun.Outcome outcome =
        new Rerun(new DispatchEngine(System::nanoTime)::solve, EngineVersion.present()).run(file);
    assertThat(outcome.said()).contains("same answer after " + file.steps() + " steps");
    assertThat(outcome.verdict()).isEqualTo(Rerun.Verdict.SAME);

    asOperator("viewer")
        .get("/v1/waves/" + wave)
        .then()
        .statusCode(200)
        .body("wave.jobs", equalTo(6))
        .body("wave.couriers", equalTo(3))
        .body("stored.digest", equalTo(file.digest()))
        .body("stored.steps", equalTo(file.steps()))
        .body("answer", equalTo(file.answer()));
  }

  @Test
  void inputIsForOperatorsWhoActAndAForeignIdIsNotFound() {
    onlineRider();
    String job = openJobs(1).get(0);
    offerOf(job);
    String wave = text("select wave_id from receipt where job_id = ?", job);
    stored(wave);
    given().get("/v1/waves/" + wave + "/input").then().statusCode(401);
    asOperator("viewer").get("/v1/waves/" + wave + "/input").then().statusCode(403);
    asOperator("manager").get("/v1/waves/w-none/input").then().statusCode(404);
    asOperator("viewer").get("/v1/waves/w-none").then().statusCode(404);
  }

  @Test
  void waveThatFailsIsStoredAndItsAreaGoesOnWithInsertion() {
    onlineRider();
    String job = openJob();
    ShakySolver.breaks("a score that does not add up");
    wave();
    assertThat(status(job)).as("offered by insertion").isEqualTo("OFFERED");
    assertThat(ShakySolver.limits()).last().isEqualTo(SolveLimit.constructionOnly());
    String failed =
        text("select wave_id from wave_log where area_id = ? and failure is not null", area);
    WaveFile file = WaveFile.read(stored(failed));
    assertThat(file.failure()).contains("a score that does not add up");
    assertThat(text("select failed from wave_input where wave_id = ?", failed)).isEqualTo("t");
    asOperator("viewer")
        .get("/v1/waves/" + failed)
        .then()
        .statusCode(200)
        .body("wave.failure", containsString("does not add up"))
        .body("stored.failed", equalTo(true));

    // The search is not asked again at once: it would fail again and cost its time.
    String next = openJob();
    onlineRider();
    ShakySolver.breaks("a score that does not add up");
    offerOf(next);
    assertThat(ShakySolver.limits()).isNotEmpty().allMatch(limit -> limit.steps() == 0);
  }

  @Test
  void waveThatFailsWhollyIsStoredAndDecidesNothing() {
    onlineRider();
    String job = openJob();
    ShakySolver.breaksWholly("no engine at all");
    wave();
    assertThat(status(job)).isEqualTo("OPEN");
    String failed = text("select wave_id from wave_log where area_id = ?", area);
    assertThat(WaveFile.read(stored(failed)).failure()).contains("no engine at all");
    ShakySolver.breaks(null);
    offerOf(job);
  }

  @Test
  void everythingThatExplainsThePastIsForgottenInTime() {
    onlineRider();
    String job = openJob();
    String offer = offerOf(job);
    String rider = text("select rider_id from offer where id = ?", offer);
    decline(rider, offer).statusCode(200);
    String wave = text("select wave_id from receipt where job_id = ?", job);
    stored(wave);
    tx.await(retention::sweep);
    assertThat(count("select count(*) from receipt where job_id = ?", job)).isPositive();
    assertThat(count("select count(*) from declined where job_id = ?", job)).isOne();
    assertThat(count("select count(*) from wave_input where wave_id = ?", wave)).isOne();

    age("receipt", "at", "job_id", job, Duration.ofHours(169));
    age("declined", "until_at", "job_id", job, Duration.ofHours(1));
    age("wave_input", "at", "wave_id", wave, Duration.ofHours(49));
    tx.await(retention::sweep);
    assertThat(count("select count(*) from receipt where job_id = ?", job)).isZero();
    assertThat(count("select count(*) from declined where job_id = ?", job)).isZero();
    assertThat(count("select count(*) from wave_input where wave_id = ?", wave)).isZero();
    assertThat(count("select count(*) from wave_log where wave_id = ?", wave)).isOne();
    asOperator("viewer")
        .get("/v1/waves/" + wave)
        .then()
        .statusCode(200)
        .body("$", not(org.hamcrest.Matchers.hasKey("stored")));
    age("wave_log", "at", "wave_id", wave, Duration.ofHours(49));
    tx.await(retention::sweep);
    assertThat(count("select count(*) from wave_log where wave_id = ?", wave)).isZero();
  }

  @Test
  void whoLostARaceIsPlannedAgainInTheSameWave() {
    String rider = onlineRider();
    String job = openJob();
    // Somebody changes the rider's work between the wave's look and its commit.
    geo.meanwhile(
        () -> run("update rider_work set version = version + 1 where rider_id = ?", rider));
    var result = wave();
    assertThat(status(job)).isEqualTo("OFFERED");
    assertThat(result.conflicts()).isZero();
    assertThat(texts("select conflicts from wave_log where area_id = ? order by at, wave_id", area))
        .containsExactlyInAnyOrder("1", "0");
  }

  @Test
  void receiptTellsFiveCandidatesByTermAndCountsTheOthers() {
    for (int i = 0; i < 8; i++) {
      onlineRider(STORE.offsetMetres(100 * i, 50));
    }
    String job = openJob();
    offerOf(job);
    asOperator("viewer")
        .get("/v1/jobs/" + job + "/receipts")
        .then()
        .statusCode(200)
        .body("[0].candidates", hasSize(5))
        .body("[0].candidates[0].terms.travel", not(equalTo(null)))
        .body("[0].rejected.COSTLIER", equalTo(3))
        .body("[0].engineVersion", equalTo(EngineVersion.present()));
  }

  private void age(String table, String column, String key, String id, Duration by) {
    run(
        "update %s set %s = ? where %s = ?".formatted(table, column, key),
        java.time.OffsetDateTime.ofInstant(clock.now().minus(by), java.time.ZoneOffset.UTC),
        id);
  }

  private byte[] stored(String wave) {
    eventually(
        () ->
            asOperator("dispatcher")
                .get("/v1/waves/" + wave + "/input")
                .then()
                .statusCode(200)
                .contentType("application/gzip"));
    return asOperator("dispatcher").get("/v1/waves/" + wave + "/input").asByteArray();
  }
}
