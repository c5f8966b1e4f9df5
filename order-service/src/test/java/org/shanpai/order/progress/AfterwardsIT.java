package org.shanpai.order.progress;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.Fault;
import org.shanpai.contracts.event.JobState;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.messaging.Tx;
import org.shanpai.order.GeoStub;
import org.shanpai.order.JobFixture;
import org.shanpai.order.JobTweak;
import org.shanpai.order.OrderServiceScenario;
import org.shanpai.order.orders.Contact;
import org.shanpai.order.privacy.Contacts;

@QuarkusTest
class AfterwardsIT extends OrderServiceScenario {

  @Inject Tx tx;
  @Inject Contacts contacts;

  private static Response post(Shop shop, String orderId, String act, Map<String, Object> body) {
    return as(shop.token()).body(body).post("/v1/orders/" + orderId + "/" + act);
  }

  private static Response precancel(Shop shop, String orderId, String reason) {
    return as(shop.token()).get("/v1/orders/" + orderId + "/precancel?reason=" + reason);
  }

  private void tell(JobState job) {
    send(event(EventType.JOB_STATE, job.jobId().value(), job.version(), job));
  }

  private void awaitStatus(Shop shop, String id, String status) {
    eventually(() -> assertThat(get(shop, id).<String>path("status")).isEqualTo(status));
  }

  private Contact contact(String id) {
    return tx.await(() -> tx.read(() -> contacts.find(new OrderId(id)))).orElseThrow();
  }

  private List<String> told(String orderId) {
    return column("select payload from outbox where key = ? order by seq", orderId);
  }

  private List<String> history(Shop shop, String id) {
    return as(shop.token()).get("/v1/orders/" + id + "/events").path("events.kind");
  }

  private static void conflict(Response response, String slug) {
    assertThat(response.statusCode()).as(response.asString()).isEqualTo(409);
    assertThat(response.<String>path("type")).endsWith(slug);
  }

  /** Another door; 2.2 km north of the store, where geo-service knows nothing of the road. */
  private static Map<String, Object> door(double lat, GeoStub.Door story) {
    return Map.of(
        "coordinateSystem",
        "WGS-84",
        "place",
        Map.of("lat", lat, "lon", story.lon()),
        "address",
        "Other Lane 9");
  }

  private static Map<String, Object> farther() {
    return Map.of("dropoff", door(LAT + 0.02, GeoStub.Door.UNHEARD), "contactPhone", "13700000007");
  }

  @Test
  void precancelTellsWhatTheCancelThenCostsAtEveryStage() {
    Shop shop = shop();
    String id = created(shop);
    Response free = precancel(shop, id, "CUSTOMER_CHANGED_MIND");
    assertThat(free.statusCode()).as(free.asString()).isEqualTo(200);
    assertThat(free.<Boolean>path("mayCancel")).isTrue();
    assertThat(free.<String>path("stage")).isEqualTo("UNASSIGNED");
    assertThat(free.<Integer>path("feeFen")).isZero();
    assertThat(free.<String>path("fault")).isEqualTo("CUSTOMER");
    send(JobFixture.of(id, 1, JobStatus.ASSIGNED, "r-1").because("ACCEPTED", Fault.NONE));
    awaitStatus(shop, id, "RIDER_ASSIGNED");
    Response trip = post(shop, id, "precancel", Map.of("reason", "SOLD_OUT"));
    assertThat(trip.<Integer>path("feeFen")).isEqualTo(200);
    assertThat(trip.<String>path("fault")).isEqualTo("MERCHANT");
    assertThat(trip.<String>path("why")).isEqualTo("RIDER_SENT");
    assertThat(trip.<List<String>>path("feeParts.kind")).containsExactly("TRIP");
    assertThat(Instant.parse(trip.path("validUntil"))).isAfter(clock.now());
    send(JobFixture.of(id, 2, JobStatus.AT_STORE, "r-1"));
    awaitStatus(shop, id, "RIDER_AT_STORE");
    assertThat(precancel(shop, id, "SOLD_OUT").<Integer>path("feeFen")).isEqualTo(350);
    int version = get(shop, id).path("version");
    Response dearer = post(shop, id, "cancel", Map.of("reason", "SOLD_OUT", "expectedFeeFen", 200));
    problem(dearer, 409, "expectedFeeFen");
    conflict(dearer, "fee-changed");
    assertThat(get(shop, id).<Integer>path("version")).isEqualTo(version);
    Response noted = post(shop, id, "cancel", Map.of("reason", "SOLD_OUT", "expectedFeeFen", 350));
    assertThat(noted.statusCode()).isEqualTo(202);
    assertThat(noted.<Integer>path("cancelFeeFen")).isEqualTo(350);
    assertThat(noted.<String>path("cancelFault")).isEqualTo("MERCHANT");
    assertThat(told(id)).last().asString().contains("\"cancelFault\":\"MERCHANT\"");
    send(JobFixture.of(id, 3, JobStatus.CANCELLED, null).because("SOLD_OUT", Fault.MERCHANT));
    awaitStatus(shop, id, "CANCELLED");
    Response ended = get(shop, id);
    assertThat(ended.<List<String>>path("charges.kind")).containsExactly("CANCEL");
    assertThat(ended.<List<Integer>>path("charges.fen")).containsExactly(350);
    assertThat(ended.<List<String>>path("charges.reason")).containsExactly("SOLD_OUT");
    Response over = precancel(shop, id, "SOLD_OUT");
    assertThat(over.<Boolean>path("mayCancel")).isFalse();
    assertThat(over.<String>path("stage")).isEqualTo("ENDED");
    assertThat(over.<Object>path("feeFen")).isNull();
  }

  @Test
  void aCancelThatDispatchRefusesCostsNothing() {
    Shop shop = shop();
    String id = created(shop);
    send(JobFixture.of(id, 1, JobStatus.ASSIGNED, "r-1"));
    awaitStatus(shop, id, "RIDER_ASSIGNED");
    Response noted = post(shop, id, "cancel", Map.of("reason", "OTHER"));
    assertThat(noted.<Integer>path("cancelFeeFen")).isEqualTo(200);
    send(JobFixture.of(id, 5, JobStatus.PICKED_UP, "r-1").refusingCancel());
    eventually(() -> assertThat(get(shop, id).<String>path("cancelOutcome")).isEqualTo("REFUSED"));
    assertThat(get(shop, id).<Integer>path("cancelFeeFen")).isZero();
    assertThat(precancel(shop, id, "OTHER").<Boolean>path("mayCancel")).isFalse();
    send(JobFixture.of(id, 6, JobStatus.DELIVERED, "r-1").refusingCancel());
    awaitStatus(shop, id, "DELIVERED");
    assertThat(get(shop, id).<List<String>>path("charges.kind")).containsExactly("DELIVERY");
  }

  @Test
  void whenDispatchLetsItGoForNothingTheCancelIsThePlatformsFault() {
    Shop shop = shop();
    String id = created(shop);
    assertThat(precancel(shop, id, "NOBODY_ACCEPTS").<String>path("why"))
        .isEqualTo("REASON_NOT_BORNE_OUT");
    tell(JobFixture.of(id, 1, JobStatus.OPEN, null).unclaimed("FREE_CANCEL"));
    awaitStatus(shop, id, "DISPATCHING");
    Response free = precancel(shop, id, "CUSTOMER_CHANGED_MIND");
    assertThat(free.<String>path("fault")).isEqualTo("PLATFORM");
    assertThat(free.<String>path("why")).isEqualTo("FREE_CANCEL");
    assertThat(free.<Integer>path("feeFen")).isZero();
  }

  @Test
  void reasonsNobodyKnowsAreRefusedWithTheList() {
    Shop shop = shop();
    String id = created(shop);
    for (Response refused :
        List.of(
            post(shop, id, "cancel", Map.of("reason", "MINE_NOW")),
            precancel(shop, id, "MINE_NOW"))) {
      problem(refused, 422, "reason");
      assertThat(refused.<String>path("detail")).contains("CUSTOMER_CHANGED_MIND");
    }
    Response report = post(shop, id, "exceptions", Map.of("reason", "RED_ALERT"));
    problem(report, 422, "reason");
    assertThat(report.<String>path("detail")).contains("SOLD_OUT").doesNotContain("BREAKDOWN");
    problem(post(shop, id, "redispatch", Map.of("reason", "UGLY_BIKE")), 422, "reason");
  }

  @Test
  void anotherDoorWaitsForDispatchAndHoldsOnceApplied() {
    Shop shop = shop();
    String id = created(shop);
    int fee = get(shop, id).path("deliveryFeeFen");
    Response preview = post(shop, id, "changes/preview", farther());
    assertThat(preview.statusCode()).as(preview.asString()).isEqualTo(200);
    assertThat(preview.<Boolean>path("decidedByDispatch")).isTrue();
    int difference = preview.path("feeDifferenceFen");
    assertThat(difference).isPositive();
    assertThat(preview.<Integer>path("deliveryFeeFen")).isEqualTo(fee + difference);
    assertThat(get(shop, id).<Integer>path("version")).isEqualTo(1);

    Map<String, Object> cheap = new HashMap<>(farther());
    cheap.put("expectedDifferenceFen", difference - 1);
    conflict(post(shop, id, "changes", cheap), "fee-changed");

    Response asked = post(shop, id, "changes", farther());
    assertThat(asked.statusCode()).as(asked.asString()).isEqualTo(202);
    assertThat(asked.<Integer>path("change.no")).isEqualTo(1);
    assertThat(asked.<String>path("change.state")).isEqualTo("ASKED");
    assertThat(asked.<Integer>path("change.feeDifferenceFen")).isEqualTo(difference);
    assertThat(asked.<Integer>path("deliveryFeeFen")).isEqualTo(fee);
    assertThat(contact(id).phone()).isEqualTo("13912345678");
    Response again = post(shop, id, "changes", farther());
    assertThat(again.statusCode()).isEqualTo(202);
    assertThat(again.<Integer>path("version")).isEqualTo(asked.path("version"));
    conflict(
        post(shop, id, "changes", Map.of("dropoff", door(LAT + 0.015, GeoStub.Door.UNHEARD))),
        "change-pending");
    assertThat(told(id)).last().asString().contains("\"changeNo\":1", "\"askedDropoff\"");

    tell(
        JobTweak.of(JobFixture.of(id, 1, JobStatus.ASSIGNED, "r-1"))
            .set("changeNo", 1L)
            .set("changeRefused", false)
            .state());
    eventually(() -> assertThat(get(shop, id).<String>path("change.state")).isEqualTo("APPLIED"));
    Response applied = get(shop, id);
    assertThat(applied.<Integer>path("deliveryFeeFen")).isEqualTo(fee + difference);
    assertThat(applied.<Integer>path("distanceMetres")).isBetween(2200, 2400);
    assertThat(contact(id).phone()).isEqualTo("13700000007");
    assertThat(contact(id).address()).isEqualTo("Other Lane 9");
    assertThat(contact(id).name()).isEqualTo("Ms Hidden");
    Response repeated = post(shop, id, "changes", farther());
    assertThat(repeated.<Integer>path("version")).isEqualTo(applied.path("version"));
    assertThat(history(shop, id)).contains("CHANGE_ASKED", "CHANGE_APPLIED");

    send(JobFixture.of(id, 9, JobStatus.DELIVERED, "r-1"));
    awaitStatus(shop, id, "DELIVERED");
    eventually(
        () ->
            assertThat(get(shop, id).<List<Integer>>path("charges.fen"))
                .containsExactly(fee, difference));
    conflict(post(shop, id, "changes", Map.of("contactPhone", "13700000008")), "order-ended");
  }

  @Test
  void aDoorThatCameTooLateChangesNothing() {
    Shop shop = shop();
    String id = created(shop);
    int fee = get(shop, id).path("deliveryFeeFen");
    post(shop, id, "changes", farther()).then().statusCode(202);
    tell(
        JobTweak.of(JobFixture.of(id, 5, JobStatus.PICKED_UP, "r-1"))
            .set("changeNo", 1L)
            .set("changeRefused", true)
            .state());
    eventually(() -> assertThat(get(shop, id).<String>path("change.state")).isEqualTo("REFUSED"));
    Response refused = get(shop, id);
    assertThat(refused.<Integer>path("deliveryFeeFen")).isEqualTo(fee);
    assertThat(refused.<Integer>path("distanceMetres")).isLessThan(1200);
    assertThat(contact(id).phone()).isEqualTo("13912345678");
    assertThat(contact(id).address()).isEqualTo("Secret Lane 7");
    assertThat(column("select sealed from order_change where order_id = ?", id))
        .hasSize(1)
        .containsOnlyNulls();
    conflict(post(shop, id, "changes", farther()), "already-picked-up");
    conflict(post(shop, id, "changes/preview", farther()), "already-picked-up");
  }

  @Test
  void aDoorThatNobodyDecidedCameTooLateWhenTheOrderEnds() {
    Shop shop = shop();
    String id = created(shop);
    post(shop, id, "changes", farther()).then().statusCode(202);
    send(JobFixture.of(id, 5, JobStatus.DELIVERED, "r-1"));
    eventually(() -> assertThat(get(shop, id).<String>path("change.state")).isEqualTo("REFUSED"));
    assertThat(get(shop, id).<List<String>>path("charges.kind")).containsExactly("DELIVERY");
  }

  @Test
  void phoneNameAndNoteAloneHoldAtOnceAndStayOutOfEvents() {
    Shop shop = shop();
    String id = created(shop);
    send(JobFixture.of(id, 5, JobStatus.PICKED_UP, "r-1"));
    awaitStatus(shop, id, "PICKED_UP");
    Map<String, Object> wish =
        Map.of("contactPhone", "13711112222", "contactName", "Mr Other", "note", "ring twice");
    Response changed = post(shop, id, "changes", wish);
    assertThat(changed.statusCode()).as(changed.asString()).isEqualTo(202);
    assertThat(changed.<Object>path("change")).isNull();
    assertThat(contact(id))
        .isEqualTo(new Contact("Mr Other", "13711112222", "Secret Lane 7", "ring twice", null));
    assertThat(post(shop, id, "changes", wish).<Integer>path("version"))
        .isEqualTo(changed.path("version"));
    post(shop, id, "changes", Map.of("note", "")).then().statusCode(202);
    assertThat(contact(id).note()).isNull();
    List<String> keys =
        column(
            "select distinct cast(payload as jsonb) #>> '{data,customerKey}' from outbox"
                + " where topic = 'shanpai.order' and key = ?",
            id);
    assertThat(keys).as("another telephone is another customer").hasSize(2).doesNotContainNull();
    assertThat(told(id))
        .allSatisfy(
            text -> assertThat(text).doesNotContain("13711112222", "Mr Other", "ring twice"));
  }

  @Test
  void doorsThatCannotBeServedAreRefusedAsAtIntake() {
    Shop shop = shop();
    String id = created(shop);
    Map<String, String> stories = new HashMap<>();
    Response far = post(shop, id, "changes", Map.of("dropoff", door(LAT + 0.2, GeoStub.Door.NEAR)));
    stories.put("out-of-range", far.asString());
    problem(far, 422, "dropoff.place");
    Response noGo =
        post(shop, id, "changes", Map.of("dropoff", door(LAT + 0.01, GeoStub.Door.NO_GO)));
    stories.put("no-go-zone", noGo.asString());
    problem(noGo, 422, "dropoff.place");
    stories.forEach((slug, answer) -> assertThat(answer).contains(slug));
    problem(post(shop, id, "changes", Map.of()), 422, "dropoff");
    problem(post(shop, id, "changes", Map.of("contactPhone", "no number")), 400, "contactPhone");
    problem(post(shop, id, "changes", Map.of("note", "x".repeat(201))), 400, "note");
    assertThat(get(shop, id).<Integer>path("version")).isEqualTo(1);
  }

  @Test
  void theTipOnlyRises() {
    Shop shop = shop();
    String id = created(shop);
    Response tipped = post(shop, id, "tip", Map.of("tipFen", 300));
    assertThat(tipped.statusCode()).as(tipped.asString()).isEqualTo(200);
    assertThat(tipped.<Integer>path("tipFen")).isEqualTo(300);
    assertThat(told(id)).last().asString().contains("\"tip\":300");
    assertThat(post(shop, id, "tip", Map.of("tipFen", 300)).<Integer>path("version"))
        .isEqualTo(tipped.path("version"));
    problem(post(shop, id, "tip", Map.of("tipFen", 299)), 422, "tipFen");
    problem(post(shop, id, "tip", Map.of("tipFen", 10_001)), 422, "tipFen");
    problem(post(shop, id, "tip", Map.of("tipFen", -1)), 400, "tipFen");
    send(JobFixture.of(id, 5, JobStatus.DELIVERED, "r-1"));
    awaitStatus(shop, id, "DELIVERED");
    Response late = post(shop, id, "tip", Map.of("tipFen", 500));
    assertThat(late.statusCode()).as(late.asString()).isEqualTo(200);
    assertThat(late.<List<String>>path("charges.kind")).containsExactly("DELIVERY", "TIP");
    assertThat(late.<List<Integer>>path("charges.fen")).last().isEqualTo(500);
    String cancelled = created(shop);
    send(JobFixture.of(cancelled, 5, JobStatus.CANCELLED, null));
    awaitStatus(shop, cancelled, "CANCELLED");
    conflict(post(shop, cancelled, "tip", Map.of("tipFen", 100)), "order-ended");
  }

  @Test
  void aNudgeIsAnsweredNotedAndNotHeardAgainTooSoon() {
    Shop shop = shop();
    String id = created(shop);
    send(JobFixture.of(id, 3, JobStatus.ASSIGNED, "r-1"));
    awaitStatus(shop, id, "RIDER_ASSIGNED");
    int version = get(shop, id).path("version");
    Response heard = as(shop.token()).post("/v1/orders/" + id + "/nudge");
    assertThat(heard.statusCode()).as(heard.asString()).isEqualTo(200);
    assertThat(heard.<String>path("riderId")).isEqualTo("r-1");
    assertThat(heard.<Integer>path("nudges")).isEqualTo(1);
    assertThat(heard.<String>path("plannedDeliveryAt")).isNotNull();
    assertThat(get(shop, id).<Integer>path("version")).isEqualTo(version + 1);
    assertThat(history(shop, id)).last().isEqualTo("NUDGE");
    Response again = as(shop.token()).post("/v1/orders/" + id + "/nudge");
    problem(again, 429, null);
    assertThat(Integer.parseInt(again.header("Retry-After"))).isBetween(1, 181);
    execute("update order_nudge set last_at = last_at - interval '4 minutes'");
    assertThat(as(shop.token()).post("/v1/orders/" + id + "/nudge").<Integer>path("nudges"))
        .isEqualTo(2);
    send(JobFixture.of(id, 9, JobStatus.DELIVERED, "r-1"));
    awaitStatus(shop, id, "DELIVERED");
    conflict(as(shop.token()).post("/v1/orders/" + id + "/nudge"), "order-ended");
  }

  @Test
  void anotherRiderIsAskedForOncePerAssignmentAndNotForEver() {
    Shop shop = shop();
    String id = created(shop);
    Map<String, Object> why = Map.of("reason", "RIDER_LATE");
    conflict(post(shop, id, "redispatch", why), "no-rider");
    send(JobFixture.of(id, 1, JobStatus.ASSIGNED, "r-1").epoch(1));
    awaitStatus(shop, id, "RIDER_ASSIGNED");
    Response asked = post(shop, id, "redispatch", why);
    assertThat(asked.statusCode()).as(asked.asString()).isEqualTo(202);
    assertThat(asked.<String>path("redispatchRequestedAt")).isNotNull();
    assertThat(told(id)).last().asString().contains("\"redispatchRequestedAt\":\"");
    assertThat(post(shop, id, "redispatch", why).<Integer>path("version"))
        .isEqualTo(asked.path("version"));
    send(JobFixture.of(id, 2, JobStatus.ASSIGNED, "r-2").epoch(3));
    eventually(() -> assertThat(get(shop, id).<String>path("riderId")).isEqualTo("r-2"));
    post(shop, id, "redispatch", why).then().statusCode(202);
    send(JobFixture.of(id, 3, JobStatus.ASSIGNED, "r-3").epoch(5));
    eventually(() -> assertThat(get(shop, id).<String>path("riderId")).isEqualTo("r-3"));
    conflict(post(shop, id, "redispatch", why), "redispatched-too-often");
    send(JobFixture.of(id, 4, JobStatus.PICKED_UP, "r-3").epoch(5));
    awaitStatus(shop, id, "PICKED_UP");
    conflict(post(shop, id, "redispatch", why), "already-picked-up");
  }

  @Test
  void goodsOnTheirWayAreCalledBackOnceAndBilled() {
    Shop shop = shop();
    String id = created(shop);
    Map<String, Object> why = Map.of("reason", "WRONG_GOODS");
    conflict(post(shop, id, "return", why), "not-picked-up");
    send(JobFixture.of(id, 1, JobStatus.PICKED_UP, "r-1"));
    awaitStatus(shop, id, "PICKED_UP");
    problem(post(shop, id, "return", Map.of("reason", "NO_MOOD")), 422, "reason");
    problem(post(shop, id, "exceptions", Map.of("reason", "MERCHANT_RECALLED")), 422, "reason");
    Response asked = post(shop, id, "return", why);
    assertThat(asked.statusCode()).as(asked.asString()).isEqualTo(202);
    assertThat(asked.<String>path("returnRequestedAt")).isNotNull();
    assertThat(asked.<String>path("status")).as("dispatch decides").isEqualTo("PICKED_UP");
    assertThat(told(id)).last().asString().contains("\"returnRequestedAt\":\"");
    assertThat(post(shop, id, "return", why).<Integer>path("version"))
        .isEqualTo(asked.path("version"));
    send(
        JobFixture.of(id, 2, JobStatus.RETURNING, "r-1")
            .because("MERCHANT_RECALLED", Fault.MERCHANT));
    awaitStatus(shop, id, "RETURNING");
    post(shop, id, "return", why).then().statusCode(202);
    assertThat(history(shop, id))
        .containsExactly("CREATED", "STATUS", "RETURN_REQUESTED", "STATUS");
    Response noted = as(shop.token()).get("/v1/orders/" + id + "/exceptions");
    assertThat(noted.<List<String>>path("exceptions.reason")).containsExactly("MERCHANT_RECALLED");
    assertThat(noted.<List<String>>path("exceptions.reporter")).containsExactly("MERCHANT");
    send(JobFixture.of(id, 3, JobStatus.RETURNED, "r-1"));
    awaitStatus(shop, id, "RETURNED");
    Response ended = get(shop, id);
    assertThat(ended.<String>path("fault")).isEqualTo("MERCHANT");
    int fee = ended.path("deliveryFeeFen");
    assertThat(ended.<List<String>>path("charges.kind")).containsExactly("DELIVERY", "RETURN");
    assertThat(ended.<List<Integer>>path("charges.fen")).containsExactly(fee, (fee + 1) / 2);
  }

  @Test
  void goodsThatAreDeliveredOrBeforeAnOperatorAreNotCalledBack() {
    Shop shop = shop();
    String id = created(shop);
    send(JobFixture.of(id, 1, JobStatus.EXCEPTION, "r-1").because("ACCIDENT", Fault.NONE));
    awaitStatus(shop, id, "EXCEPTION");
    conflict(post(shop, id, "return", Map.of("reason", "OTHER")), "not-at-this-stage");
    send(JobFixture.of(id, 2, JobStatus.DELIVERED, "r-1"));
    awaitStatus(shop, id, "DELIVERED");
    conflict(post(shop, id, "return", Map.of("reason", "OTHER")), "order-ended");
  }

  @Test
  void whatGoesWrongIsKeptWithItsRowOfTheTable() {
    Shop shop = shop();
    String id = created(shop);
    Response noted = post(shop, id, "exceptions", Map.of("reason", "SOLD_OUT"));
    assertThat(noted.statusCode()).as(noted.asString()).isEqualTo(200);
    assertThat(noted.<String>path("fault")).isEqualTo("MERCHANT");
    assertThat(noted.<String>path("clock")).isEqualTo("STOPS");
    assertThat(noted.<String>path("goods")).isEqualTo("STAY_AT_STORE");
    assertThat(noted.<String>path("fee")).isEqualTo("TRIP");
    assertThat(noted.<String>path("leadsTo")).isEqualTo("CANCELLED");
    assertThat(history(shop, id)).containsExactly("CREATED", "EXCEPTION");
    assertThat(told(id))
        .last()
        .asString()
        .contains("\"reportedReason\":\"SOLD_OUT\"", "\"reportedVersion\":2");
    post(shop, id, "exceptions", Map.of("reason", "SOLD_OUT")).then().statusCode(200);
    assertThat(get(shop, id).<Integer>path("version")).isEqualTo(2);
    conflict(post(shop, id, "exceptions", Map.of("reason", "GOODS_MISSING")), "not-at-this-stage");
    conflict(
        post(shop, id, "exceptions", Map.of("reason", "PRIVATE_DELIVERY")), "not-at-this-stage");
    send(
        JobFixture.of(id, 7, JobStatus.RETURNING, "r-1")
            .because("CUSTOMER_REFUSED", Fault.CUSTOMER));
    awaitStatus(shop, id, "RETURNING");
    send(JobFixture.of(id, 8, JobStatus.RETURNED, "r-1"));
    awaitStatus(shop, id, "RETURNED");
    Response all = as(shop.token()).get("/v1/orders/" + id + "/exceptions");
    assertThat(all.<List<String>>path("exceptions.reason"))
        .containsExactly("SOLD_OUT", "CUSTOMER_REFUSED");
    assertThat(all.<List<String>>path("exceptions.reporter")).containsExactly("MERCHANT", "RIDER");
    Response ended = get(shop, id);
    assertThat(ended.<String>path("reason")).isEqualTo("CUSTOMER_REFUSED");
    assertThat(ended.<String>path("fault")).isEqualTo("CUSTOMER");
    assertThat(ended.<List<String>>path("charges.kind")).containsExactly("DELIVERY", "RETURN");
    int fee = ended.path("deliveryFeeFen");
    assertThat(ended.<List<Integer>>path("charges.fen")).containsExactly(fee, (fee + 1) / 2);
  }

  @Test
  void aKitchenThatSaidReadyTooSoonIsCaught() {
    Shop shop = shop();
    String id = created(shop);
    post(shop, id, "ready", Map.of()).then().statusCode(200);
    Instant now = clock.now();
    tell(
        JobTweak.of(JobFixture.of(id, 5, JobStatus.PICKED_UP, "r-1"))
            .set("acceptedAt", now)
            .set("seenAtStoreAt", now.plusSeconds(60))
            .set("pickedUpAt", now.plusSeconds(600))
            .state());
    eventually(() -> assertThat(get(shop, id).<Boolean>path("falseReady")).isTrue());
    Response history = as(shop.token()).get("/v1/orders/" + id + "/events");
    assertThat(history.<List<String>>path("events.kind")).last().isEqualTo("EXCEPTION");
    assertThat(history.<List<String>>path("events.reason")).last().isEqualTo("FALSE_READY");
    assertThat(history.<List<String>>path("events.fault")).last().isEqualTo("MERCHANT");
    send(JobFixture.of(id, 6, JobStatus.AT_CUSTOMER, "r-1"));
    awaitStatus(shop, id, "RIDER_AT_CUSTOMER");
    String kitchen = "/v1/stores/" + shop.storeId() + "/kitchen";
    assertThat(as(shop.token()).get(kitchen).<Integer>path("falseReady")).isEqualTo(1);
    problem(as(shop().token()).get(kitchen), 404, null);
    given().get(kitchen).then().statusCode(401);
    problem(as(token("rider-service", "r-1", "rider")).get(kitchen), 403, null);
  }

  @Test
  void somebodyElsesOrderIsAsGoodAsNoneAndStrangersAreTurnedAway() {
    Shop mine = shop();
    Shop theirs = shop();
    String id = created(theirs);
    String rider = token("rider-service", "r-1", "rider");
    Map<String, Map<String, Object>> acts =
        Map.of(
            "precancel", Map.of("reason", "OTHER"),
            "cancel", Map.of("reason", "OTHER"),
            "changes", farther(),
            "changes/preview", farther(),
            "tip", Map.of("tipFen", 100),
            "nudge", Map.of(),
            "redispatch", Map.of("reason", "OTHER"),
            "return", Map.of("reason", "OTHER"),
            "exceptions", Map.of("reason", "SOLD_OUT"));
    acts.forEach(
        (act, body) -> {
          String path = "/v1/orders/" + id + "/" + act;
          problem(post(mine, id, act, body), 404, null);
          given().contentType(ContentType.JSON).body(body).post(path).then().statusCode(401);
          problem(as(rider).body(body).post(path), 403, null);
        });
    for (String read : List.of("precancel?reason=OTHER", "exceptions")) {
      String path = "/v1/orders/" + id + "/" + read;
      problem(as(mine.token()).get(path), 404, null);
      given().get(path).then().statusCode(401);
      problem(as(rider).get(path), 403, null);
    }
    assertThat(get(theirs, id).<Integer>path("version")).isEqualTo(1);
  }
}
