package org.shanpai.order.virtualnumber;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.order.JobFixture;
import org.shanpai.order.OrderServiceScenario;
import org.shanpai.order.RiderStub;

/** The customer calls whoever brings the order. */
@QuarkusTest
class RiderCallIT extends OrderServiceScenario {

  private Shop shop;
  private String id;
  private String link;

  @BeforeEach
  void order() {
    shop = shop();
    id = created(shop);
    link = linkOf(id);
  }

  private String linkOf(String orderId) {
    String url = get(shop, orderId).path("trackingUrl");
    return "/v1/tracking/" + url.substring(url.lastIndexOf('/') + 1);
  }

  private Response call() {
    return given().post(link + "/call");
  }

  private boolean callable() {
    return Boolean.TRUE.equals(given().get(link).<Boolean>path("rider.callable"));
  }

  private void assigned(long version, String rider) {
    send(JobFixture.of(id, version, JobStatus.ASSIGNED, rider).epoch(version));
    eventually(
        () ->
            assertThat(column("select rider_id from orders where order_id = ?", id))
                .containsExactly(rider));
  }

  @Test
  void numberStandsInForTheRidersAndIsTheSameEachTime() {
    assigned(1, "r-" + unique());
    assertThat(callable()).isTrue();
    Response answer = call();
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
    assertThat(answer.<String>path("number")).matches("0000[0-9]{8}");
    assertThat(answer.asString()).doesNotContain(RiderStub.PHONE);
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    assertThat(call().<String>path("number")).isEqualTo(answer.path("number"));
    assertThat(given().get(link).asString()).doesNotContain(RiderStub.PHONE);
    assertThat(
            column(
                "select l::text from number_lease l where order_id = ? and audience = 'CUSTOMER'",
                id))
        .singleElement()
        .asString()
        .contains("s1:")
        .doesNotContain(RiderStub.PHONE);
    Response told =
        as(riderServiceToken(null))
            .body(
                Map.of(
                    "callId",
                    "call-" + unique(),
                    "number",
                    answer.path("number"),
                    "seconds",
                    12,
                    "answered",
                    true))
            .post("/internal/v1/calls");
    assertThat(told.statusCode()).isEqualTo(204);
    assertThat(
            as(riderServiceToken(null))
                .get("/internal/v1/orders/" + id + "/calls")
                .<List<String>>path("calls.caller"))
        .containsExactly("CUSTOMER");
  }

  @Test
  void nobodyIsCalledBeforeARiderHasItAndAfterItsEnd() {
    problem(call(), 409, null);
    assigned(1, "r-" + unique());
    assertThat(call().statusCode()).isEqualTo(200);
    send(JobFixture.of(id, 2, JobStatus.PICKED_UP, "r-x"));
    send(JobFixture.of(id, 3, JobStatus.DELIVERED, "r-x"));
    eventually(() -> assertThat(get(shop, id).<String>path("status")).isEqualTo("DELIVERED"));
    Response ended = call();
    problem(ended, 409, null);
    assertThat(ended.<String>path("type")).endsWith("rider-not-callable");
    assertThat(callable()).isFalse();
    assertThat(given().post(link + "x/call").statusCode()).isEqualTo(404);
  }

  @Test
  void anotherRiderIsNoLongerReachedByTheFirstOnesNumber() {
    assigned(1, "r-first");
    assertThat(call().statusCode()).isEqualTo(200);
    assigned(2, "r-second");
    eventually(
        () ->
            assertThat(
                    count(
                        "select count(*) from number_lease where order_id = ?"
                            + " and audience = 'CUSTOMER' and sealed is not null",
                        id))
                .isZero());
    assertThat(call().statusCode()).isEqualTo(200);
  }

  @Test
  void withoutRiderServicesAnswerItSaysSoAndWhenToTryAgain() {
    assigned(1, "r-away-" + unique());
    Response away = call();
    problem(away, 503, null);
    assertThat(Integer.parseInt(away.header("Retry-After"))).isPositive();
    assigned(2, "r-unknown-" + unique());
    problem(call(), 409, null);
    assertThat(count("select count(*) from number_lease where order_id = ?", id)).isZero();
  }

  @Test
  void askingIsLimited() {
    assigned(1, "r-" + unique());
    Set<Integer> answers = new HashSet<>();
    for (int i = 0; i < 8; i++) {
      answers.add(call().statusCode());
    }
    assertThat(answers).containsExactlyInAnyOrder(200, 429);
    assertThat(given().get(link).statusCode()).isEqualTo(200);
  }

  @Test
  void rehearsedOrderLendsNothing() {
    ObjectNode body = order(shop);
    body.putObject("sandbox").put("play", "DELIVERED");
    id = create(shop, unique(), body).path("orderId");
    link = linkOf(id);
    eventually(
        () -> {
          as(shop.token()).post("/v1/sandbox/orders/" + id + "/advance");
          assertThat(callable()).isTrue();
        });
    assertThat(call().<String>path("number")).matches("0000[0-9]{8}");
    assertThat(count("select count(*) from number_lease where order_id = ?", id)).isZero();
  }
}
