package org.shanpai.rider.welfare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.shanpai.messaging.Tx;
import org.shanpai.rider.RiderServiceTestBase;

/** Leave and the social-insurance subsidy on the real database and ledger. */
@QuarkusTest
class WelfareIT extends RiderServiceTestBase {

  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  @Inject SocialInsurance insurance;
  @Inject Tx tx;

  private static void rode(String rider, LocalDate monday, int days, int aDay) throws Exception {
    execute(
        "insert into carried_order (job_id, rider_id, area_id, business_date, accepted_at,"
            + " delivered_at, rewards_at) select ? || d || '-' || n, ?, 'a-1', cast(? as date) + d,"
            + " cast(? as date) + d, cast(? as date) + d, null"
            + " from generate_series(0, ? - 1) d, generate_series(1, ?) n",
        "j-" + unique() + "-",
        rider,
        monday.toString(),
        monday.toString(),
        monday.toString(),
        days,
        aDay);
  }

  private static List<String> paid(String rider) {
    return query(
        "select subject || ' ' || amount_fen from earnings_line where rider_id = ?"
            + " and kind = 'WELFARE'",
        rider);
  }

  @Test
  void eligibleWeeksBringTheSchemesAmountOnceAndLeaveCounts() throws Exception {
    String rider = newRider();
    String lazy = newRider();
    LocalDate first = LocalDate.of(2025, 6, 2);
    rode(rider, first, 6, 10);
    rode(rider, first.plusWeeks(1), 5, 12);
    rode(rider, first.plusWeeks(2), 4, 30);
    rode(lazy, first, 6, 10);
    execute(
        "insert into rider_leave (leave_id, rider_id, kind, first_day, last_day, state, asked_at,"
            + " decided_at, decided_by, reasons) values (?, ?, 'HARVEST', '2025-06-24',"
            + " '2025-06-25', 'GRANTED', now(), now(), 'boss', 'yes')",
        unique(),
        rider);
    for (int replay = 0; replay < 3; replay++) {
      tx.await(() -> insurance.pay(LocalDate.of(2025, 7, 9).atStartOfDay(ZONE).toInstant()));
    }
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> assertThat(paid(rider)).containsExactly("social-insurance-1#2025-06 20000"));
    asRider(rider)
        .get("/v1/rider/welfare")
        .then()
        .body("socialInsurance[0].month", equalTo("2025-06"))
        .body("socialInsurance[0].eligibleWeeks", equalTo(3))
        .body("socialInsurance[0].amountFen", equalTo(20_000));
    assertThat(paid(lazy)).isEmpty();
    assertThat(query("select eligible_weeks from welfare_month where rider_id = ?", lazy))
        .containsExactly("1");
  }

  @Test
  void aMonthIsJudgedOnceItsLastWeekIsOver() {
    assertThat(SocialInsurance.lastOver(LocalDate.of(2025, 7, 6)))
        .isEqualTo(LocalDate.of(2025, 5, 1));
    assertThat(SocialInsurance.lastOver(LocalDate.of(2025, 7, 7)))
        .isEqualTo(LocalDate.of(2025, 6, 1));
  }

  private static Map<String, Object> scheme(String month) {
    Map<String, Object> terms = new java.util.HashMap<>();
    terms.put("fromMonth", month);
    terms.put("minDays", 4);
    terms.put("minOrders", 40);
    terms.put("leaveCounts", false);
    terms.put(
        "steps",
        List.of(Map.of("weeks", 2, "amountFen", 11_000), Map.of("weeks", 4, "amountFen", 33_000)));
    return terms;
  }

  private static io.restassured.response.ValidatableResponse publish(
      String scheme, Map<String, Object> terms) {
    return asManager().body(terms).put("/v1/welfare-schemes/" + scheme).then();
  }

  @Test
  void aManagerPublishesTheNextSchemeAndMonthsFromThenOnAreJudgedByIt() throws Exception {
    String name = "si-" + unique();
    Map<String, Object> terms = scheme("2097-06");
    publish(name, terms).statusCode(201).body("publishedBy", equalTo("boss"));
    publish(name, terms).statusCode(200).body("terms.steps[1].amountFen", equalTo(33_000));
    publish("si-" + unique(), terms).statusCode(409).body("type", containsString("overlaps"));
    terms.put("minDays", 5);
    publish(name, terms).statusCode(409).body("type", containsString("scheme-taken"));
    as("control-room", "vi", "viewer")
        .get("/v1/welfare-schemes")
        .then()
        .body("schemes.schemeId", hasItem(name))
        .body("schemes.schemeId", hasItem("social-insurance-1"));
    as("control-room", "vi", "viewer")
        .body(terms)
        .put("/v1/welfare-schemes/" + name)
        .then()
        .statusCode(403);
    String rider = newRider();
    // Three weeks of four days: none eligible by the scheme before, 2 steps reached by this one.
    LocalDate monday = LocalDate.of(2097, 6, 3);
    for (int week = 0; week < 3; week++) {
      rode(rider, monday.plusWeeks(week), 4, 10);
    }
    tx.await(() -> insurance.pay(LocalDate.of(2097, 7, 10).atStartOfDay(ZONE).toInstant()));
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(paid(rider)).containsExactly(name + "#2097-06 11000"));
  }

  @Test
  void aSchemeThatIsWrongIsRefusedNamingTheField() {
    refused("fromMonth", "2020-01", 422);
    refused("fromMonth", "2099-13", 400);
    refused("minDays", 0, 400);
    refused("minOrders", 1, 422);
    refused("steps", List.of(), 400);
    refused("steps", List.of(Map.of("weeks", 1, "amountFen", 0)), 422);
    refused(
        "steps",
        List.of(Map.of("weeks", 3, "amountFen", 20), Map.of("weeks", 3, "amountFen", 30)),
        422);
    refused(
        "steps",
        List.of(Map.of("weeks", 2, "amountFen", 20), Map.of("weeks", 3, "amountFen", 10)),
        422);
    Map<String, Object> terms = scheme("2098-01");
    terms.put("steps", List.of(Map.of("weeks", 2, "amountFen", -1)));
    publish("si-" + unique(), terms).statusCode(400).body("field", containsString("amountFen"));
  }

  private static void refused(String field, Object value, int status) {
    Map<String, Object> terms = scheme("2098-01");
    terms.put(field, value);
    publish("si-" + unique(), terms).statusCode(status).body("field", equalTo(field));
  }

  @Test
  void leaveIsAskedForOnceGrantedByNameAndCostsNoPoints() {
    String rider = newRider();
    Map<String, Object> body =
        Map.of("kind", "FAMILY", "firstDay", "2099-02-01", "lastDay", "2099-02-07");
    String leave =
        ask(rider, "k-1")
            .body(body)
            .post("/v1/rider/leave")
            .then()
            .statusCode(201)
            .body("state", equalTo("ASKED"))
            .extract()
            .path("leaveId");
    ask(rider, "k-1")
        .body(body)
        .post("/v1/rider/leave")
        .then()
        .statusCode(201)
        .body("leaveId", equalTo(leave));
    ask(rider, "k-2")
        .body(body)
        .post("/v1/rider/leave")
        .then()
        .statusCode(409)
        .body("type", containsString("leave-overlaps"));
    ask(rider, "k-3")
        .body(Map.of("kind", "FAMILY", "firstDay", "2099-03-07", "lastDay", "2099-03-01"))
        .post("/v1/rider/leave")
        .then()
        .statusCode(422)
        .body("field", equalTo("lastDay"));
    ask(rider, "k-4")
        .body(Map.of("kind", "FAMILY", "firstDay", "2020-03-01", "lastDay", "2020-03-02"))
        .post("/v1/rider/leave")
        .then()
        .statusCode(422)
        .body("field", equalTo("firstDay"));
    asManager().get("/v1/leave-requests?limit=500").then().body("leave.leaveId", hasItem(leave));
    String decision = "/v1/leave-requests/" + leave + "/decision";
    Map<String, Object> granted = Map.of("granted", true, "reasons", "一路平安");
    as("control-room", "sam-" + rider, "station-manager")
        .body(granted)
        .put(decision)
        .then()
        .statusCode(404);
    ledBy(rider, "stan-" + rider);
    as("control-room", "stan-" + rider, "station-manager")
        .body(granted)
        .put(decision)
        .then()
        .statusCode(200)
        .body("state", equalTo("GRANTED"))
        .body("decidedBy", equalTo("stan-" + rider));
    asManager()
        .body(Map.of("granted", false, "reasons", "no"))
        .put(decision)
        .then()
        .statusCode(409);
    asRider(rider).put("/v1/rider/leave/" + leave + "/withdrawal").then().statusCode(409);
    asRider(newRider()).put("/v1/rider/leave/" + leave + "/withdrawal").then().statusCode(404);
    asRider(rider).get("/v1/rider/leave").then().body("leave[0].state", equalTo("GRANTED"));
    asRider(rider).get("/v1/rider/score").then().body("scoreMilliPoints", equalTo(70_000));
  }

  private static RequestSpecification ask(String rider, String key) {
    return asRider(rider).header("Idempotency-Key", key);
  }
}
