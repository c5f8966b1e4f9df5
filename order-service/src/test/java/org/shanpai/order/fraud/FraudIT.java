package org.shanpai.order.fraud;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.JobId;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.Fault;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.contracts.event.OrderFeedback;
import org.shanpai.order.JobFixture;
import org.shanpai.order.OrderServiceScenario;

@QuarkusTest
class FraudIT extends OrderServiceScenario {

  private Shop shop;
  private String phone;
  private String street;

  @BeforeEach
  void oneCustomer() {
    shop = shop();
    String chance = unique();
    phone = "158" + String.format("%08d", Math.floorMod(chance.hashCode(), 100_000_000));
    street = "Hidden Way " + chance;
  }

  private String ordered() {
    ObjectNode body = order(shop);
    ObjectNode door = (ObjectNode) body.get("dropoff");
    door.put("contactPhone", phone).put("address", street + " " + unique());
    return create(shop, unique(), body).then().statusCode(201).extract().path("orderId");
  }

  private void ends(String id, String rider, JobStatus status, Fault fault) {
    send(JobFixture.of(id, 2, JobStatus.ASSIGNED, rider));
    send(
        JobFixture.of(id, 3, status, status == JobStatus.CANCELLED ? null : rider)
            .because("TEST", fault)
            .epoch(2));
    eventually(() -> assertThat(get(shop, id).<String>path("status")).isEqualTo(status.name()));
  }

  private String delivered() {
    String id = ordered();
    ends(id, "r-away-" + unique(), JobStatus.DELIVERED, Fault.NONE);
    return id;
  }

  private Response claim(String id) {
    return as(shop.token())
        .body(Map.of("kind", "NOT_RECEIVED"))
        .post("/v1/orders/" + id + "/claims");
  }

  private Response feed(String kind) {
    return as(token("control-room", "desk-1", "dispatcher"))
        .get("/v1/fraud-signals?limit=200&kind=" + kind);
  }

  /** The signal that rests on this order, or null. */
  private Map<String, Object> signal(String kind, String orderId) {
    return feed(kind).<List<Map<String, Object>>>path("signals").stream()
        .filter(signal -> ((List<?>) signal.get("orderIds")).contains(orderId))
        .findFirst()
        .orElse(null);
  }

  private Map<String, Object> awaitSignal(String kind, String orderId) {
    eventually(() -> assertThat(signal(kind, orderId)).isNotNull());
    return signal(kind, orderId);
  }

  private void looked(String id, String kind, String outcome) {
    eventually(
        () ->
            assertThat(
                    column(
                        "select outcome from fraud_look where order_id = ? and kind = ?", id, kind))
                .containsExactly(outcome));
  }

  @Test
  void nothingReceivedAgainAndAgainIsASignalOnceForEachRevision() {
    String first = delivered();
    String second = delivered();
    String third = delivered();
    assertThat(claim(first).statusCode()).isEqualTo(200);
    looked(first, "NOT_RECEIVED_AGAIN", "NOTHING");
    assertThat(signal("NOT_RECEIVED_AGAIN", first)).isNull();
    claim(second);
    Map<String, Object> signal = awaitSignal("NOT_RECEIVED_AGAIN", first);
    assertThat(signal.get("orderIds")).isEqualTo(List.of(second, first));
    assertThat(signal.get("merchantId")).isEqualTo(shop.merchantId());
    assertThat((Integer) signal.get("weight")).isBetween(30, 60);
    assertThat((List<String>) signal.get("evidence")).contains("claims=2/3", "same=PHONE");
    assertThat(signal.get("revision")).isEqualTo(1);
    String id = (String) signal.get("signalId");
    claim(second);
    claim(third);
    eventually(
        () ->
            assertThat(signal("NOT_RECEIVED_AGAIN", third))
                .containsEntry("signalId", id)
                .containsEntry("revision", 2));
    assertThat(
            column(
                "select payload::json->>'version' from outbox where topic = 'shanpai.fraud' and key"
                    + " = ? order by seq",
                id))
        .containsExactly("1", "2");
    assertThat(column("select payload from outbox where key = ?", id).toString())
        .doesNotContain(phone)
        .doesNotContain(street)
        .doesNotContain("Hidden");
  }

  @Test
  void aCustomersComplaintIsAClaimToo() {
    String id = delivered();
    OrderFeedback said =
        new OrderFeedback(
            "fb-" + id,
            1,
            new CityId("city-1"),
            new OrderId(id),
            new JobId("j-" + id.substring(2)),
            new MerchantId(shop.merchantId()),
            new RiderId("r-1"),
            OrderFeedback.Kind.COMPLAINT,
            null,
            Set.of("NOT_RECEIVED"),
            true,
            clock.now());
    send(event(EventType.ORDER_FEEDBACK, id, 0, said));
    eventually(
        () ->
            assertThat(
                    as(shop.token())
                        .get("/v1/orders/" + id + "/claims")
                        .<List<String>>path("claims.by"))
                .containsExactly("CUSTOMER"));
  }

  @Test
  void ordersNobodyMeansToReceiveAreASignal() {
    String last = null;
    for (int i = 0; i < 4; i++) {
      last = ordered();
      ends(last, "r-away-" + unique(), JobStatus.CANCELLED, Fault.CUSTOMER);
    }
    Map<String, Object> signal = awaitSignal("FAKE_ORDERS", last);
    assertThat((Integer) signal.get("weight")).isGreaterThanOrEqualTo(30);
    assertThat(signal.get("merchantId")).isEqualTo(shop.merchantId());
    String fine = ordered();
    ends(fine, "r-away-" + unique(), JobStatus.CANCELLED, Fault.PLATFORM);
    assertThat(
            count(
                "select count(*) from fraud_look where order_id = ? and kind = 'FAKE_ORDERS'",
                fine))
        .isZero();
  }

  @Test
  void aCancelledOrderThatIsCarriedToItsDoorIsASignalAboutItsRider() {
    String carried = ordered();
    String rider = "r-door-" + unique();
    ends(carried, rider, JobStatus.CANCELLED, Fault.CUSTOMER);
    Map<String, Object> signal = awaitSignal("PRIVATE_DELIVERY", carried);
    assertThat(signal.get("riderId")).isEqualTo(rider);
    assertThat((List<String>) signal.get("evidence")).contains("carried=1/1", "staySeconds=90");
    String past = ordered();
    ends(past, "r-past-" + unique(), JobStatus.CANCELLED, Fault.CUSTOMER);
    looked(past, "PRIVATE_DELIVERY", "NOTHING");
    assertThat(signal("PRIVATE_DELIVERY", past)).isNull();
  }

  @Test
  void whoHadAnotherOrderToThatPlaceIsNotSuspected() {
    String rider = "r-door-" + unique();
    String other = ordered();
    String cancelled = ordered();
    send(JobFixture.of(other, 2, JobStatus.ASSIGNED, rider));
    eventually(() -> assertThat(get(shop, other).<String>path("riderId")).isEqualTo(rider));
    ends(cancelled, rider, JobStatus.CANCELLED, Fault.CUSTOMER);
    looked(cancelled, "PRIVATE_DELIVERY", "NOTHING");
    assertThat(signal("PRIVATE_DELIVERY", cancelled)).isNull();
  }

  @Test
  void whenNobodyCanTellWhereTheRiderWasItIsLookedAgainLater() {
    String id = ordered();
    ends(id, "r-lost-" + unique(), JobStatus.CANCELLED, Fault.CUSTOMER);
    eventually(
        () ->
            assertThat(
                    column(
                        "select tries from fraud_look where order_id = ? and kind ="
                            + " 'PRIVATE_DELIVERY' and outcome is null",
                        id))
                .containsExactly("1"));
    execute("update fraud_look set tries = 4, due_at = now() where order_id = '" + id + "'");
    looked(id, "PRIVATE_DELIVERY", "UNKNOWN");
    assertThat(signal("PRIVATE_DELIVERY", id)).isNull();
  }

  @Test
  void aPersonDecidesWithANameAndOnlyAboutWhatTheySaw() {
    String carried = ordered();
    ends(carried, "r-door-" + unique(), JobStatus.CANCELLED, Fault.CUSTOMER);
    String id = (String) awaitSignal("PRIVATE_DELIVERY", carried).get("signalId");
    String path = "/v1/fraud-signals/" + id;
    String desk = token("control-room", "desk-7", "dispatcher");
    Map<String, Object> body =
        Map.of("revision", 1, "outcome", "DISMISSED", "reason", "He lives there");
    Response decided = as(desk).body(body).post(path + "/decision");
    assertThat(decided.statusCode()).as(decided.asString()).isEqualTo(200);
    assertThat(decided.<List<String>>path("decisions.by")).containsExactly("desk-7");
    Response story = as(desk).get(path);
    assertThat(story.<List<String>>path("orders.orderId")).containsExactly(carried);
    assertThat(story.<List<String>>path("orders.status")).containsExactly("CANCELLED");
    assertThat(story.<List<String>>path("signal.decisions.outcome")).containsExactly("DISMISSED");
    problem(
        as(desk)
            .body(Map.of("revision", 9, "outcome", "SEEN", "reason", "later"))
            .post(path + "/decision"),
        409,
        "revision");
    problem(as(desk).body(Map.of("revision", 1)).post(path + "/decision"), 400, "outcome");
    problem(as(desk).get("/v1/fraud-signals/fs-none"), 404, null);
    problem(as(shop.token()).get(path), 403, null);
    problem(as(token("control-room", "v", "viewer")).get("/v1/fraud-signals"), 403, null);
    given().get("/v1/fraud-signals").then().statusCode(401);
  }

  @Test
  void claimsAreForDeliveredOrdersOfOnesOwn() {
    String id = ordered();
    Response early = claim(id);
    problem(early, 409, null);
    assertThat(early.<String>path("type")).endsWith("not-delivered");
    Shop other = shop();
    problem(
        as(other.token()).body(Map.of("kind", "DAMAGED")).post("/v1/orders/" + id + "/claims"),
        404,
        null);
    problem(as(other.token()).get("/v1/orders/" + id + "/claims"), 404, null);
    problem(
        as(shop.token()).body(Map.of("kind", "BORED")).post("/v1/orders/" + id + "/claims"),
        400,
        "kind");
  }
}
