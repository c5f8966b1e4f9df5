package org.shanpai.rider.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.shanpai.messaging.Json;
import org.shanpai.rider.RiderServiceTestBase;
import org.shanpai.rider.earnings.JobFixture;

/** Rule sets through the operators' door. */
@QuarkusTest
class RuleSetIT extends RiderServiceTestBase {

  private static ObjectNode document(String version) {
    return ((ObjectNode) Json.read(RuleSetFixture.v1Document(), JsonNode.class))
        .put("version", version);
  }

  /** After everything that is published, so that nothing overlaps. */
  private static synchronized Instant free() {
    Instant last =
        Instant.ofEpochMilli(
            count(
                "select cast(extract(epoch from max(effective_from)) * 1000 as bigint)"
                    + " from score_rule_set"));
    Instant first = Instant.now().plus(Duration.ofDays(8));
    return (last.isAfter(first) ? last : first).plusSeconds(60);
  }

  private static Map<String, Object> draft(Instant from, ObjectNode document) {
    return Map.of(
        "effectiveFrom", from.toString(), "document", Json.read(document.toString(), Map.class));
  }

  @Test
  void aRuleSetIsCheckedPublishedOnceAndNeverChanged() {
    String version = "t-" + unique();
    Instant from = free();
    ObjectNode milder = document(version);
    ((ObjectNode) milder.get("rules").get(5)).put("milliPoints", -500);
    asManager()
        .body(draft(from, milder))
        .post("/v1/score/rule-sets/validation")
        .then()
        .statusCode(200)
        .body("valid", equalTo(true));
    assertThat(query("select 1 from score_rule_set where version = ?", version)).isEmpty();
    asManager()
        .body(draft(from, milder))
        .post("/v1/score/rule-sets")
        .then()
        .statusCode(201)
        .body("publishedBy", equalTo("boss"));
    asManager().body(draft(from, milder)).post("/v1/score/rule-sets").then().statusCode(200);
    asManager()
        .body(draft(from, document(version)))
        .post("/v1/score/rule-sets")
        .then()
        .statusCode(409)
        .body("field", equalTo("document.version"));
    asManager()
        .body(draft(from, document("t-" + unique())))
        .post("/v1/score/rule-sets")
        .then()
        .statusCode(422)
        .body("field", equalTo("effectiveFrom"))
        .body("detail", containsString("overlaps"));
    asRider(newRider())
        .get("/v1/score/rule-sets/" + version)
        .then()
        .statusCode(200)
        .body("document.rules[5].milliPoints", equalTo(-500));
    asRider(newRider())
        .get("/v1/score/rule-sets")
        .then()
        .body("ruleSets.version", hasItem(version));
    asRider(newRider()).get("/v1/score/rule-sets/none").then().statusCode(404);
  }

  @Test
  void whatBreaksAPromiseIsRefusedWithItsField() {
    ObjectNode harsher = document("t-" + unique());
    ((ObjectNode) harsher.get("rules").get(6)).put("milliPoints", -3_000);
    refused(harsher, free(), "document.rules[6].milliPoints");
    ObjectNode fine = document("t-" + unique());
    ((ObjectNode) fine.get("rules").get(6)).put("fineFen", 200);
    refused(fine, free(), "document.rules[6].fineFen");
    refused(
        document("t-" + unique()).put("startMilliPoints", 60_000),
        free(),
        "document.startMilliPoints");
    refused(document("t-" + unique()), Instant.now().plus(Duration.ofDays(6)), "effectiveFrom");
  }

  private static void refused(ObjectNode document, Instant from, String field) {
    for (String path : List.of("/v1/score/rule-sets/validation", "/v1/score/rule-sets")) {
      asManager()
          .body(draft(from, document))
          .post(path)
          .then()
          .statusCode(422)
          .contentType("application/problem+json")
          .body("type", containsString(RuleSetCheck.REFUSED))
          .body("field", equalTo(field));
    }
  }

  @Test
  void aDryRunTellsWhatWouldHaveChangedLastWeekAndForWhom() {
    String rider = newRider();
    Instant at = Instant.now().minus(Duration.ofHours(3));
    send(JobFixture.delivered(unique(), rider, "a-dry", at.minusSeconds(200), at, 650));
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> count("select count(*) from score_entry where rider_id = ?", rider) == 1);
    ObjectNode milder = document("dry");
    ((ObjectNode) milder.get("rules").get(5)).put("milliPoints", -500);
    asManager()
        .body(Map.of("document", Json.read(milder.toString(), Map.class)))
        .post("/v1/score/rule-sets/dry-run?riders=10000")
        .then()
        .statusCode(200)
        .body("riders", greaterThanOrEqualTo(1))
        .body(
            "changes.find { it.riderId == '%s' }.scoreBeforeMilliPoints".formatted(rider),
            equalTo(69_000))
        .body(
            "changes.find { it.riderId == '%s' }.scoreAfterMilliPoints".formatted(rider),
            equalTo(69_500));
    assertThat(count("select count(*) from score_entry where rider_id = ?", rider)).isEqualTo(1);
  }

  @Test
  void ofManyWhoPublishForTheSameTimeOneDoes() throws Exception {
    Instant from = free();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Integer>> tries =
          java.util.stream.IntStream.range(0, 8)
              .mapToObj(
                  i ->
                      (Callable<Integer>)
                          () ->
                              asManager()
                                  .body(draft(from, document("c-" + unique())))
                                  .post("/v1/score/rule-sets")
                                  .statusCode())
              .toList();
      List<Integer> codes = new java.util.ArrayList<>();
      for (Future<Integer> done : threads.invokeAll(tries)) {
        codes.add(done.get());
      }
      assertThat(codes)
          .containsOnlyOnce(201)
          .allMatch(code -> code == 201 || code == 409 || code == 422);
    } finally {
      threads.shutdownNow();
    }
  }
}
