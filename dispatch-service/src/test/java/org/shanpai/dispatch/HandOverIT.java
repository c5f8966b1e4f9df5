package org.shanpai.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.shanpai.dispatch.pool.Pools;

/** One rider gives a job to another, who takes it by their own hand or not at all. */
@QuarkusTest
class HandOverIT extends LiveDispatch {

  private ValidatableResponse ask(String rider, String job, long epoch, String to) {
    return asRider(rider)
        .body(Map.of("jobId", job, "epoch", epoch, "toRiderId", to))
        .post("/internal/v1/riders/" + rider + "/hand-overs")
        .then();
  }

  private ValidatableResponse answer(String rider, String handOver, String what, String code) {
    var request = asRider(rider);
    if (what.equals("accept")) {
      request = request.body(code == null ? Map.of() : Map.of("code", code));
    }
    return request
        .post("/internal/v1/riders/" + rider + "/hand-overs/" + handOver + "/" + what)
        .then();
  }

  private String held(String job) {
    return text("select status || '/' || rider_id || '/' || epoch from job where id = ?", job);
  }

  @Test
  void beforeThePickupTheOtherTakesItByTheirOwnHandAndTheFirstTokenIsWorthNothing() {
    String giver = onlineRider();
    String job = assignedJob(giver);
    String taker = onlineRider();
    String handOver =
        ask(giver, job, 1, taker)
            .statusCode(200)
            .body("state", equalTo("ASKED"))
            .body("faceToFace", equalTo(false))
            .extract()
            .path("handOverId");
    asRider(taker)
        .get("/internal/v1/riders/" + taker + "/hand-overs")
        .then()
        .body("handOvers", hasSize(1))
        .body("handOvers[0].handOver.code", nullValue())
        .body("handOvers[0].job.basePay", notNullValue());
    assertThat(held(job)).as("nothing happens by asking").isEqualTo("ASSIGNED/" + giver + "/1");
    answer(taker, handOver, "accept", null)
        .statusCode(200)
        .body("handOver.state", equalTo("ACCEPTED"))
        .body("work.jobs.jobId", equalTo(java.util.List.of(job)));
    answer(taker, handOver, "accept", null).statusCode(200);
    assertThat(held(job)).isEqualTo("ASSIGNED/" + taker + "/3");
    assertThat(told(job)).endsWith("OPEN/HANDED_OVER", "OFFERED/OFFERED", "ASSIGNED/ACCEPTED");
    assertThat(text("select route from rider_work where rider_id = ?", giver)).isEqualTo("[]");
    assertThat(count("select count(*) from assignment where job_id = ? and ended_at is null", job))
        .isOne();
    step(giver, job, 1, "ARRIVED_STORE")
        .statusCode(409)
        .body("type", containsString("stale-epoch"));
    step(taker, job, 3, "ARRIVED_STORE").statusCode(200);
    // Once is all there is.
    ask(taker, job, 3, giver).statusCode(409).body("type", containsString("handed-over-already"));
  }

  @Test
  void withTheGoodsOutTheyMeetAndTheCodeProvesItAndTheDeadlineIsFresh() {
    String giver = onlineRider();
    String job = assignedJob(giver);
    String taker = onlineRider();
    step(giver, job, 1, "ARRIVED_STORE").statusCode(200);
    step(giver, job, 1, "PICKED_UP").statusCode(200);
    ValidatableResponse asked =
        ask(giver, job, 1, taker).statusCode(200).body("faceToFace", equalTo(true));
    String handOver = asked.extract().path("handOverId");
    String code = asked.extract().path("code");
    answer(taker, handOver, "accept", null)
        .statusCode(422)
        .body("type", containsString("code-needed"));
    String wrong = code.equals("000000") ? "000001" : "000000";
    answer(taker, handOver, "accept", wrong)
        .statusCode(409)
        .body("type", containsString("wrong-code"));
    assertThat(held(job)).isEqualTo("PICKED_UP/" + giver + "/1");
    answer(taker, handOver, "accept", code).statusCode(200);
    assertThat(held(job)).isEqualTo("PICKED_UP/" + taker + "/2");
    assertThat(
            count(
                "select count(*) from job where id = ? and rider_deadline >= promise_end"
                    + " and accepted_at > picked_up_at and compensation_millis = 0",
                job))
        .isOne();
    assertThat(text("select outcome from assignment where job_id = ? and rider_id = ?", job, giver))
        .isEqualTo("HANDED_OVER");
    step(giver, job, 1, "ARRIVED_CUSTOMER").statusCode(409);
    step(taker, job, 2, "ARRIVED_CUSTOMER").statusCode(200);
    step(taker, job, 2, "DELIVERED").statusCode(200);
    assertThat(count("select count(*) from job where id = ? and rider_id = ?", job, taker)).isOne();
  }

  @Test
  void fiveWrongCodesEndIt() {
    String giver = onlineRider();
    String job = assignedJob(giver);
    String taker = onlineRider();
    step(giver, job, 1, "ARRIVED_STORE").statusCode(200);
    step(giver, job, 1, "PICKED_UP").statusCode(200);
    ValidatableResponse asked = ask(giver, job, 1, taker);
    String handOver = asked.extract().path("handOverId");
    String code = asked.extract().path("code");
    String wrong = code.equals("000000") ? "000001" : "000000";
    for (int i = 0; i < 5; i++) {
      answer(taker, handOver, "accept", wrong).body("type", containsString("wrong-code"));
    }
    answer(taker, handOver, "accept", code)
        .statusCode(409)
        .body("type", containsString("hand-over-gone"));
  }

  @Test
  void nobodyElseAnswersAndDecliningOrTakingBackLeavesTheJobWhereItIs() {
    String giver = onlineRider();
    String job = assignedJob(giver);
    String taker = onlineRider();
    String stranger = onlineRider();
    String handOver = ask(giver, job, 1, taker).extract().path("handOverId");
    answer(stranger, handOver, "accept", null).statusCode(404);
    answer(giver, handOver, "accept", null).statusCode(404);
    answer(taker, handOver, "withdraw", null).statusCode(404);
    ask(giver, job, 1, stranger).statusCode(409).body("type", containsString("hand-over-open"));
    answer(taker, handOver, "decline", null).statusCode(200);
    answer(taker, handOver, "accept", null).statusCode(409);
    String second = ask(giver, job, 1, stranger).statusCode(200).extract().path("handOverId");
    answer(giver, second, "withdraw", null).statusCode(200);
    assertThat(held(job)).isEqualTo("ASSIGNED/" + giver + "/1");
    asRider(taker)
        .get("/internal/v1/riders/" + taker + "/hand-overs")
        .then()
        .body("handOvers", empty());
  }

  @Test
  void onlyAColleagueOfTheSamePoolAtWorkWithRoomMayBeGivenAJob() {
    String giver = onlineRider();
    String job = assignedJob(giver);
    ask(giver, job, 1, giver).statusCode(422);
    ask(giver, job, 1, "r-nobody").statusCode(409).body("type", containsString("not-able"));
    String other = onlineRider(STORE, Pools.DEDICATED);
    ask(giver, job, 1, other).statusCode(409).body("type", containsString("not-able"));
    String small = onlineRider();
    run("update rider_work set capacity_units = 1 where rider_id = ?", small);
    String handOver = ask(giver, job, 1, small).statusCode(200).extract().path("handOverId");
    answer(small, handOver, "accept", null)
        .statusCode(409)
        .body("type", containsString("hands-full"));
    ask(giver, job, 7, small).statusCode(409).body("type", containsString("stale-epoch"));
    assertThat(held(job)).isEqualTo("ASSIGNED/" + giver + "/1");
  }

  @Test
  void anOfferTellsWhyMeAndNothingOfTheOthers() {
    String rider = onlineRider();
    String farther = onlineRider(STORE.offsetMetres(700, 0));
    String job = openJob();
    String offer = offerOf(job);
    assertThat(text("select rider_id from offer where id = ?", offer)).isEqualTo(rider);
    String answer =
        asRider(rider)
            .get("/internal/v1/offers/" + offer + "/why")
            .then()
            .statusCode(200)
            .body("offer.jobs[0].weightGrams", equalTo(1500))
            .body("why[0].jobId", equalTo(job))
            .body("why[0].rank", equalTo(1))
            .body("why[0].compared", equalTo(2))
            .body("why[0].terms.travel", notNullValue())
            .body("why[0].zh", not(empty()))
            .extract()
            .asString();
    assertThat(answer).doesNotContain(farther);
    asRider(farther).get("/internal/v1/offers/" + offer + "/why").then().statusCode(404);
  }
}
