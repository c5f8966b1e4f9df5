package org.shanpai.order.virtualnumber;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.order.JobFixture;
import org.shanpai.order.OrderServiceScenario;

@QuarkusTest
class VirtualNumberIT extends OrderServiceScenario {

  private Shop shop;
  private String id;
  private String rider;

  @BeforeEach
  void assignedOrder() {
    shop = shop();
    id = created(shop);
    rider = "r-" + unique();
    send(JobFixture.of(id, 3, JobStatus.ASSIGNED, rider).epoch(2));
    eventually(() -> assertThat(get(shop, id).<String>path("riderId")).isEqualTo(rider));
  }

  private String lent() {
    Response contact =
        as(riderServiceToken(rider)).get("/internal/v1/orders/" + id + "/contact?epoch=2");
    assertThat(contact.statusCode()).as(contact.asString()).isEqualTo(200);
    return contact.path("contactPhone");
  }

  private Response call(String number, String callId, boolean answered) {
    Map<String, Object> body = new HashMap<>();
    body.put("callId", callId);
    body.put("number", number);
    body.put("seconds", answered ? 17 : 0);
    body.put("answered", answered);
    return as(riderServiceToken(null)).body(body).post("/internal/v1/calls");
  }

  @Test
  void theSameNumberIsLentAgainAndTheRealOneIsSealedInItsRow() {
    String number = lent();
    assertThat(number).matches("0000[0-9]{8}");
    assertThat(lent()).isEqualTo(number);
    assertThat(column("select l::text from number_lease l where order_id = ?", id).toString())
        .contains("s1:")
        .doesNotContain("13912345678");
    assertThat(count("select count(*) from number_lease where order_id = ?", id)).isEqualTo(1);
  }

  @Test
  void callsThroughALentNumberAreEvidenceOnceEach() {
    String number = lent();
    String first = "call-" + unique();
    assertThat(call(number, first, false).statusCode()).isEqualTo(204);
    assertThat(call(number, first, false).statusCode()).isEqualTo(204);
    assertThat(call(number, "call-" + unique(), true).statusCode()).isEqualTo(204);
    Response calls = as(riderServiceToken(null)).get("/internal/v1/orders/" + id + "/calls");
    assertThat(calls.<List<String>>path("calls.callId")).hasSize(2).contains(first);
    assertThat(calls.<List<String>>path("calls.riderId")).containsOnly(rider);
    assertThat(calls.<List<Boolean>>path("calls.answered")).containsExactly(false, true);
    assertThat(calls.asString()).doesNotContain("139").doesNotContain(number);
    problem(call("999999999999", "call-" + unique(), false), 404, null);
    problem(as(shop.token()).get("/internal/v1/orders/" + id + "/calls"), 403, null);
  }

  @Test
  void aNumberIsTakenBackSomeTimeAfterTheEndAndTheTelephoneBehindItIsForgotten() {
    String number = lent();
    send(JobFixture.of(id, 4, JobStatus.CANCELLED, null).epoch(3));
    eventually(
        () ->
            assertThat(
                    count(
                        "select count(*) from order_contact where order_id = ?"
                            + " and wall_ended_at is not null",
                        id))
                .isEqualTo(1));
    assertThat(call(number, "call-" + unique(), true).statusCode()).isEqualTo(204);
    execute(
        "update order_contact set wall_ended_at = now() - interval '31 minutes' where order_id = '"
            + id
            + "'");
    eventually(
        () ->
            assertThat(
                    count(
                        "select count(*) from number_lease where order_id = ? and sealed is null"
                            + " and wall_released_at is not null",
                        id))
                .isEqualTo(1));
    problem(call(number, "call-" + unique(), true), 404, null);
  }

  @Test
  void erasingTheCustomerTakesTheNumberBackAtOnce() {
    String number = lent();
    send(JobFixture.of(id, 4, JobStatus.CANCELLED, null).epoch(3));
    eventually(
        () ->
            assertThat(as(shop.token()).post("/v1/orders/" + id + "/erase").statusCode())
                .isEqualTo(200));
    problem(call(number, "call-" + unique(), true), 404, null);
    assertThat(
            count(
                "select count(*) from number_lease where order_id = ? and sealed is not null", id))
        .isZero();
  }
}
