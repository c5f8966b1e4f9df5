package org.shanpai.order.sandbox;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.OrderId;
import org.shanpai.messaging.Tx;
import org.shanpai.order.OrderServiceScenario;

@QuarkusTest
class SandboxIT extends OrderServiceScenario {

  @Inject SandboxPlayer player;
  @Inject Tx tx;

  private static String play(Shop shop, String play, String pace) {
    ObjectNode body = order(shop);
    body.putObject("sandbox").put("play", play).put("pace", pace);
    Response response = create(shop, unique(), body);
    assertThat(response.statusCode()).as(response.asString()).isEqualTo(201);
    assertThat(response.<Boolean>path("sandbox")).isTrue();
    assertThat(response.<Integer>path("deliveryFeeFen")).isZero();
    return response.path("orderId");
  }

  private static Response advance(Shop shop, String id, String to) {
    return as(shop.token()).body(Map.of("to", to)).post("/v1/sandbox/orders/" + id + "/advance");
  }

  private static void awaitStatus(Shop shop, String id, String status) {
    eventually(() -> assertThat(get(shop, id).<String>path("status")).isEqualTo(status));
  }

  @Test
  void everyPlayEndsWhereItSaysAndNothingOfItReachesKafkaOrTheFigures() {
    Shop shop = shop();
    double counted = counted();
    Response list = as(shop.token()).get("/v1/sandbox/plays");
    List<Map<String, Object>> plays = list.path("plays");
    assertThat(plays).hasSizeGreaterThan(25);
    Map<String, Map<String, Object>> byOrder = new LinkedHashMap<>();
    plays.forEach(play -> byOrder.put(play(shop, (String) play.get("play"), "INSTANT"), play));
    byOrder.forEach(
        (id, play) -> {
          awaitStatus(shop, id, (String) play.get("endsAs"));
          Response history = as(shop.token()).get("/v1/orders/" + id + "/events");
          assertThat(history.<List<String>>path("events.status"))
              .as("%s", play.get("play"))
              .startsWith("CREATED", "DISPATCHING")
              .endsWith((String) play.get("endsAs"));
          // Whatever goes wrong in the play is told with its reason and whose doing it is.
          List<Map<String, Object>> told = history.path("events");
          @SuppressWarnings("unchecked")
          List<Map<String, Object>> steps = (List<Map<String, Object>>) play.get("steps");
          steps.stream()
              .filter(step -> !"NONE".equals(step.get("fault")))
              .forEach(
                  step ->
                      assertThat(told)
                          .as("%s", play.get("play"))
                          .anySatisfy(
                              event -> {
                                assertThat(event.get("status")).isEqualTo(step.get("status"));
                                assertThat(event.get("reason")).isEqualTo(step.get("reason"));
                                assertThat(event.get("fault")).isEqualTo(step.get("fault"));
                              }));
          assertThat(get(shop, id).<Object>path("charges"))
              .as("%s", play.get("play"))
              .isIn(null, List.of());
        });
    byOrder.forEach(
        (id, play) ->
            assertThat(count("select count(*) from outbox where payload like ?", "%" + id + "%"))
                .as("%s reached Kafka", play.get("play"))
                .isZero());
    assertThat(counted()).isEqualTo(counted);
    assertThat(
            count(
                "select count(*) from building_lesson l join orders o using (order_id)"
                    + " where o.merchant_id = ?",
                shop.merchantId()))
        .isZero();
    // The same outbox does take what is real.
    String real = created(shop);
    assertThat(count("select count(*) from outbox where payload like ?", "%" + real + "%"))
        .isEqualTo(1);
  }

  private static double counted() {
    return given()
        .get("/q/metrics")
        .asString()
        .lines()
        .filter(line -> line.startsWith("shanpai_orders_created_total"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  @Test
  void ordersAreBroughtOnByHandAndThePlayGoesOnFromThere() {
    Shop shop = shop();
    String id = play(shop, "CUSTOMER_REFUSED", "BY_HAND");
    Response picked = advance(shop, id, "PICKED_UP");
    assertThat(picked.statusCode()).as(picked.asString()).isEqualTo(200);
    assertThat(picked.<String>path("status")).isEqualTo("PICKED_UP");
    assertThat(picked.<String>path("riderId")).isEqualTo("sandbox-rider-1");
    assertThat(advance(shop, id, "PICKED_UP").<Integer>path("version"))
        .isEqualTo(picked.<Integer>path("version"));
    problem(advance(shop, id, "DISPATCHING"), 409, "to");
    problem(advance(shop, id, "CREATED"), 409, "to");
    Response returning = advance(shop, id, "RETURNING");
    assertThat(returning.<String>path("reason")).isEqualTo("CUSTOMER_REFUSED");
    assertThat(returning.<String>path("fault")).isEqualTo("CUSTOMER");
    assertThat(as(shop.token()).get("/v1/sandbox/orders/" + id).<String>path("nextStatus"))
        .isEqualTo("RETURNED");
    // The store has the goods back before anybody pressed the last step.
    as(shop.token()).body("{}").post("/v1/orders/" + id + "/return-received");
    awaitStatus(shop, id, "RETURNED");
    problem(advance(shop, id, "DELIVERED"), 409, null);
  }

  @Test
  void cancelIsDecidedAgainstThePickupAsInEarnest() {
    Shop shop = shop();
    String early = play(shop, "DELIVERED", "BY_HAND");
    advance(shop, early, "RIDER_ASSIGNED");
    as(shop.token()).body(Map.of("reason", "SOLD_OUT")).post("/v1/orders/" + early + "/cancel");
    awaitStatus(shop, early, "CANCELLED");
    assertThat(get(shop, early).<String>path("cancelOutcome")).isEqualTo("CANCELLED");
    assertThat(get(shop, early).<String>path("fault")).isEqualTo("MERCHANT");
  }

  @Test
  void goodsAreCalledBackAsInEarnest() {
    Shop shop = shop();
    String id = play(shop, "DELIVERED", "BY_HAND");
    advance(shop, id, "PICKED_UP");
    as(shop.token())
        .body(Map.of("reason", "WRONG_GOODS"))
        .post("/v1/orders/" + id + "/return")
        .then()
        .statusCode(202);
    awaitStatus(shop, id, "RETURNING");
    assertThat(get(shop, id).<String>path("reason")).isEqualTo("MERCHANT_RECALLED");
    as(shop.token()).body("{}").post("/v1/orders/" + id + "/return-received");
    awaitStatus(shop, id, "RETURNED");
    assertThat(get(shop, id).<String>path("fault")).isEqualTo("MERCHANT");
  }

  @Test
  void riderOfARealPaceIsUnderWayAndAStopOfTheServiceLosesNothing() {
    Shop shop = shop();
    String id = play(shop, "DELIVERED", "REAL");
    eventually(
        () ->
            assertThat(as(shop.token()).get("/v1/sandbox/orders/" + id).<String>path("nextStatus"))
                .isEqualTo("RIDER_ASSIGNED"));
    // As after a restart: only the row is left, and its time has come.
    execute(
        "update sandbox_play set due_at = now() - interval '1 minute' where order_id = '"
            + id
            + "'");
    awaitStatus(shop, id, "RIDER_ASSIGNED");
    GeoPoint place = tx.await(() -> player.riderPlace(new OrderId(id))).orElseThrow();
    double metres = place.metresTo(new GeoPoint(LAT, LON));
    assertThat(metres).isBetween(10.0, 700.0);
    Response state = as(shop.token()).get("/v1/sandbox/orders/" + id);
    assertThat(state.<String>path("nextStatus")).isEqualTo("RIDER_AT_STORE");
    assertThat(state.<String>path("dueAt")).isNotNull();
    assertThat(get(shop, id).<String>path("plannedPickupAt")).isNotNull();
    assertThat(get(shop, id).<String>path("plannedDeliveryAt")).isNotNull();
  }

  @Test
  void realOrdersCannotBeBroughtOnAndStrangersSeeNone() {
    Shop mine = shop();
    Shop theirs = shop();
    String real = created(mine);
    problem(advance(mine, real, "DELIVERED"), 409, null);
    problem(as(mine.token()).get("/v1/sandbox/orders/" + real), 404, null);
    String foreign = play(theirs, "DELIVERED", "BY_HAND");
    problem(advance(mine, foreign, "DELIVERED"), 404, null);
    problem(as(mine.token()).get("/v1/sandbox/orders/" + foreign), 404, null);
    ObjectNode unknown = order(mine);
    unknown.putObject("sandbox").put("play", "LEVITATE");
    problem(create(mine, unique(), unknown), 422, "sandbox.play");
    given().get("/v1/sandbox/plays").then().statusCode(401);
    problem(as(token("rider-service", "r-1", "rider")).get("/v1/sandbox/plays"), 403, null);
  }
}
