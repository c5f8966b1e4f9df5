package org.shanpai.order.handover;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.shanpai.chassis.identity.TokenIssuer;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.order.JobFixture;
import org.shanpai.order.OrderServiceScenario;

@QuarkusTest
class HandoverIT extends OrderServiceScenario {

  private Shop shop;
  private String id;
  private String rider;
  private String pickupCode;
  private String deliveryCode;

  @BeforeEach
  void assignedOrder() {
    shop = shop();
    Response response = create(shop, unique(), order(shop));
    id = response.path("orderId");
    pickupCode = response.path("pickupCode");
    deliveryCode = response.path("deliveryCode");
    rider = "r-" + unique();
    send(JobFixture.of(id, 3, JobStatus.ASSIGNED, rider).epoch(1));
    eventually(() -> assertThat(get(shop, id).<String>path("riderId")).isEqualTo(rider));
  }

  private Response check(String who, String kind, String code, Integer epoch) {
    Map<String, Object> body = new HashMap<>(Map.of("kind", kind, "code", code));
    if (epoch != null) {
      body.put("epoch", epoch);
    }
    return as(riderServiceToken(who)).body(body).post("/internal/v1/orders/" + id + "/codes/check");
  }

  private static String wrong(String code) {
    return (code.charAt(0) == '9' ? "0" : "9") + code.substring(1);
  }

  @Test
  void rightCodesAreRightAndStayRight() {
    assertThat(check(rider, "PICKUP", pickupCode, 1).statusCode()).isEqualTo(204);
    assertThat(check(rider, "PICKUP", pickupCode, null).statusCode()).isEqualTo(204);
    assertThat(check(rider, "DELIVERY", deliveryCode, 1).statusCode()).isEqualTo(204);
  }

  @Test
  void fiveWrongTriesLockTheCodeAndOnlyThatCode() {
    for (int left = 4; left >= 0; left--) {
      Response refused = check(rider, "PICKUP", wrong(pickupCode), 1);
      problem(refused, 409, "code");
      assertThat(refused.<String>path("type")).endsWith("wrong-code");
      assertThat(refused.<String>path("detail")).contains("tries left: " + left);
    }
    Response locked = check(rider, "PICKUP", pickupCode, 1);
    problem(locked, 429, null);
    assertThat(locked.<String>path("type")).endsWith("too-many-tries");
    assertThat(Integer.parseInt(locked.header("Retry-After"))).isBetween(1, 181);
    assertThat(check(rider, "DELIVERY", deliveryCode, 1).statusCode()).isEqualTo(204);
  }

  @Test
  void guessesAtOnceAreCountedOneByOne() {
    var calls =
        java.util.stream.IntStream.range(0, 10)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> check(rider, "DELIVERY", wrong(deliveryCode), 1).statusCode()))
            .toList();
    assertThat(calls.stream().map(CompletableFuture::join))
        .containsOnly(409, 429)
        .filteredOn(status -> status == 409)
        .hasSize(5);
  }

  @Test
  void anotherRidersOrderIsAsGoodAsNone() {
    String other = "r-" + unique();
    problem(check(other, "PICKUP", pickupCode, null), 404, null);
    problem(check(other, "PICKUP", pickupCode, 1), 404, null);
    problem(contact(other, null), 404, null);
  }

  @Test
  void newsOfAnAssignmentUnderWayIsToldAsTryAgain() {
    String next = "r-" + unique();
    Response early = check(next, "PICKUP", pickupCode, 2);
    problem(early, 409, null);
    assertThat(early.<String>path("type")).endsWith("assignment-under-way");
    assertThat(early.header("Retry-After")).isEqualTo("1");
    send(JobFixture.of(id, 5, JobStatus.ASSIGNED, next).epoch(2));
    eventually(() -> assertThat(check(next, "PICKUP", pickupCode, 2).statusCode()).isEqualTo(204));
    problem(check(rider, "PICKUP", pickupCode, 1), 404, null);
  }

  @Test
  void yesToAnOfferOfWhichOnlyTheOfferIsKnownIsToldAsTryAgain() {
    String next = "r-" + unique();
    String fresh = created(shop);
    send(JobFixture.of(fresh, 1, JobStatus.OFFERED, next).epoch(1));
    // Once the offer is known, an older token is nobody's.
    eventually(() -> problem(contactOf(fresh, next, 0), 404, null));
    Response early = contactOf(fresh, next, 1);
    problem(early, 409, null);
    assertThat(early.<String>path("type")).endsWith("assignment-under-way");
    send(JobFixture.of(fresh, 2, JobStatus.ASSIGNED, next).epoch(1));
    eventually(() -> assertThat(contactOf(fresh, next, 1).statusCode()).isEqualTo(200));
  }

  private Response contactOf(String order, String who, int epoch) {
    return as(riderServiceToken(who))
        .get("/internal/v1/orders/" + order + "/contact?epoch=" + epoch);
  }

  @Test
  void newsThatArrivesWhileTheRiderWaitsIsEnough() {
    String fresh = created(shop);
    CompletableFuture<Response> asked =
        CompletableFuture.supplyAsync(
            () -> as(riderServiceToken(rider)).get("/internal/v1/orders/" + fresh + "/contact"));
    send(JobFixture.of(fresh, 1, JobStatus.ASSIGNED, rider).epoch(1));
    assertThat(asked.join().statusCode()).isEqualTo(200);
  }

  @Test
  void contactIsForTheOrdersRiderOnly() {
    Response contact = contact(rider, 1);
    assertThat(contact.statusCode()).isEqualTo(200);
    assertThat(contact.<String>path("contactName")).isEqualTo("Ms Hidden");
    assertThat(contact.<String>path("contactPhone")).matches("0000[0-9]{8}");
    assertThat(contact.<Boolean>path("virtualNumber")).isTrue();
    assertThat(contact.asString()).doesNotContain("13912345678");
    assertThat(contact.<String>path("address")).isEqualTo("Secret Lane 7");
    String path = "/internal/v1/orders/" + id + "/contact";
    given().get(path).then().statusCode(401);
    problem(as(shop.token()).get(path), 403, null);
    problem(as(token("rider-service", rider, "rider")).get(path), 403, null);
    problem(as(service("dispatch-service", "order-service", rider)).get(path), 403, null);
    assertThat(as(service("rider-service", "geo-service", rider)).get(path).statusCode())
        .isEqualTo(401);
    problem(as(service("rider-service", "order-service", null)).get(path), 403, null);
  }

  @Test
  void whatIsNoCodeIsRefusedWithoutATry() {
    problem(check(rider, "PICKUP", "12ab", 1), 400, "code");
    problem(check(rider, "LUNCH", pickupCode, 1), 400, "kind");
    assertThat(check(rider, "PICKUP", wrong(pickupCode), 1).<String>path("detail"))
        .contains("tries left: 4");
  }

  private Response contact(String who, Integer epoch) {
    var call = as(riderServiceToken(who));
    if (epoch != null) {
      call = call.queryParam("epoch", epoch);
    }
    return call.get("/internal/v1/orders/" + id + "/contact");
  }

  private String service(String issuer, String audience, String actor) {
    return new TokenIssuer(issuer, Path.of(keys), wall)
        .issueForService(audience, actor, Duration.ofMinutes(5));
  }
}
