package org.shanpai.order.tracking;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.contracts.event.RiderState;
import org.shanpai.order.JobFixture;
import org.shanpai.order.OrderServiceScenario;

@QuarkusTest
class TrackingIT extends OrderServiceScenario {

  @TestHTTPResource("/")
  URI here;

  private static String tokenOf(Shop shop, String orderId) {
    String url = get(shop, orderId).path("trackingUrl");
    assertThat(url).contains("/t/");
    return url.substring(url.lastIndexOf('/') + 1);
  }

  private static Response look(String token) {
    return given().get("/v1/tracking/" + token);
  }

  private static String riderAt(double lat, double lon) {
    return "r-" + unique() + ":" + lat + ":" + lon;
  }

  private void until(String token, JobFixture job, String status) {
    send(job);
    eventually(() -> assertThat(look(token).<String>path("status")).isEqualTo(status));
  }

  @Test
  void linkOpensTheOrderAndTellsNothingPersonal() {
    Shop shop = shop();
    String orderId = created(shop);
    Response seen = look(tokenOf(shop, orderId));
    assertThat(seen.statusCode()).as(seen.asString()).isEqualTo(200);
    assertThat(seen.<String>path("status")).isEqualTo("CREATED");
    assertThat(seen.<String>path("storeName")).isEqualTo("Store");
    assertThat(seen.<String>path("deliveryCode"))
        .isEqualTo(get(shop, orderId).path("deliveryCode"));
    assertThat(seen.<String>path("promise.end")).isEqualTo(get(shop, orderId).path("promise.end"));
    assertThat(seen.<List<String>>path("steps.status")).containsExactly("CREATED");
    assertThat(seen.asString())
        .doesNotContain(
            "Hidden", "Secret Lane", "13912345678", "milk", "pickupCode", shop.merchantId());
    assertThat(seen.header("Cache-Control")).isEqualTo("no-store");
    assertThat(seen.header("X-Robots-Tag")).contains("noindex");
    assertThat(seen.header("Referrer-Policy")).isEqualTo("no-referrer");
  }

  @Test
  void changedLinkIsNoneAndNeitherIsAnotherOrdersSeal() {
    Shop shop = shop();
    String one = tokenOf(shop, created(shop));
    String other = tokenOf(shop, created(shop));
    String swapped = one.substring(0, one.length() - 22) + other.substring(other.length() - 22);
    for (String wrong : List.of(one.substring(1), one + "x", swapped, "x", "o-1")) {
      assertThat(look(wrong).statusCode()).as(wrong).isEqualTo(404);
      assertThat(given().get("/t/" + wrong).statusCode()).as(wrong).isEqualTo(404);
      assertThat(given().get("/v1/tracking/" + wrong + "/streets").statusCode()).isEqualTo(404);
      assertThat(given().get("/v1/tracking/" + wrong + "/stream").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void linkEndsTwoDaysAfterTheOrder() {
    Shop shop = shop();
    String orderId = created(shop);
    String token = tokenOf(shop, orderId);
    until(token, JobFixture.of(orderId, 1, JobStatus.CANCELLED, null), "CANCELLED");
    execute(
        "update orders set status_at = now() - interval '47 hours' where order_id = '"
            + orderId
            + "'");
    assertThat(look(token).statusCode()).isEqualTo(200);
    execute(
        "update orders set status_at = now() - interval '49 hours' where order_id = '"
            + orderId
            + "'");
    assertThat(look(token).statusCode()).isEqualTo(410);
    assertThat(look(token).<String>path("type")).endsWith("link-ended");
    Response page = given().header("Accept-Language", "en").get("/t/" + token);
    assertThat(page.statusCode()).isEqualTo(410);
    assertThat(page.contentType()).startsWith("text/html");
    assertThat(page.asString()).contains("This link has ended").doesNotContain("483920");
    assertThat(given().get("/v1/tracking/" + token + "/streets").statusCode()).isEqualTo(410);
    assertThat(
            given()
                .contentType("application/json")
                .body(Map.of("tags", List.of("LATE")))
                .put("/v1/tracking/" + token + "/feedback/complaint")
                .statusCode())
        .isEqualTo(410);
  }

  @Test
  void riderIsSeenFromThisOrdersPickupOnAndGoneAtTheEnd() {
    Shop shop = shop();
    String orderId = created(shop);
    String token = tokenOf(shop, orderId);
    String rider = riderAt(31.2345, 121.4737);
    until(token, JobFixture.of(orderId, 1, JobStatus.ASSIGNED, rider), "RIDER_ASSIGNED");
    assertThat(look(token).<Object>path("rider")).isNotNull();
    assertThat(look(token).<Object>path("rider.sight")).isNull();
    until(token, JobFixture.of(orderId, 2, JobStatus.AT_STORE, rider), "RIDER_AT_STORE");
    assertThat(look(token).<Object>path("rider.sight")).isNull();
    until(token, JobFixture.of(orderId, 3, JobStatus.PICKED_UP, rider), "PICKED_UP");
    assertThat(look(token).<Float>path("rider.sight.place.lat")).isEqualTo(31.2345f);
    assertThat(look(token).<Boolean>path("rider.sight.coarse")).isFalse();
    assertThat(look(token).<Integer>path("rider.doorsBefore")).isZero();
    assertThat(look(token).asString()).doesNotContain(rider);
    send(JobFixture.of(orderId, 4, JobStatus.AT_CUSTOMER, rider));
    until(token, JobFixture.of(orderId, 5, JobStatus.DELIVERED, rider), "DELIVERED");
    Response ended = look(token);
    for (String gone : List.of("rider.sight", "store", "door", "deliveryCode", "arrival")) {
      assertThat(ended.<Object>path(gone)).as(gone).isNull();
    }
    assertThat(ended.<List<String>>path("steps.status"))
        .containsExactly(
            "CREATED",
            "RIDER_ASSIGNED",
            "RIDER_AT_STORE",
            "PICKED_UP",
            "RIDER_AT_CUSTOMER",
            "DELIVERED");
  }

  @Test
  void withAnotherDoorFirstTheRiderIsSeenCoarsely() {
    Shop shop = shop();
    String first = created(shop);
    String second = created(shop);
    String rider = riderAt(31.2341, 121.4738);
    send(JobFixture.of(first, 1, JobStatus.PICKED_UP, rider));
    String token = tokenOf(shop, second);
    until(token, JobFixture.of(second, 1, JobStatus.PICKED_UP, rider), "PICKED_UP");
    eventually(() -> assertThat(look(token).<Integer>path("rider.doorsBefore")).isEqualTo(1));
    assertThat(look(token).<Boolean>path("rider.sight.coarse")).isTrue();
    assertThat(look(token).<Float>path("rider.sight.place.lat")).isEqualTo(31.2325f);
    send(JobFixture.of(first, 2, JobStatus.DELIVERED, rider));
    eventually(() -> assertThat(look(token).<Integer>path("rider.doorsBefore")).isZero());
    assertThat(look(token).<Boolean>path("rider.sight.coarse")).isFalse();
  }

  @Test
  void arrivalIsAWindowAndWithoutGeosWordThePlan() {
    Shop shop = shop();
    String orderId = created(shop);
    String token = tokenOf(shop, orderId);
    Response seen = look(token);
    assertThat(seen.<String>path("arrival.earliestAt"))
        .isLessThan(seen.<String>path("arrival.latestAt"));
    assertThat(seen.<Float>path("arrival.coverage")).isEqualTo(0.8f);
    String geo = ConfigProvider.getConfig().getValue("shanpai.geo.url", String.class);
    given().get(geo + "/_windows?away=true").then().statusCode(200);
    try {
      String rider = "r-" + unique();
      until(token, JobFixture.of(orderId, 1, JobStatus.ASSIGNED, rider), "RIDER_ASSIGNED");
      eventually(() -> assertThat(look(token).<Object>path("arrival.latestAt")).isNull());
      assertThat(look(token).<String>path("arrival.plannedAt")).isNotBlank();
    } finally {
      given().get(geo + "/_windows?away=false").then().statusCode(200);
    }
  }

  @Test
  void streetsOfTheCorridorComePacked() {
    Shop shop = shop();
    String token = tokenOf(shop, created(shop));
    Response streets = given().get("/v1/tracking/" + token + "/streets");
    assertThat(streets.statusCode()).isEqualTo(200);
    List<List<Integer>> lines = streets.path("streets");
    assertThat(lines).hasSizeGreaterThan(5);
    assertThat(lines).allSatisfy(line -> assertThat(line.get(0)).isBetween(0, 1));
    assertThat(lines.get(0).get(1)).isBetween(3_120_000, 3_126_000);
    assertThat(lines.get(0).get(2)).isBetween(12_140_000, 12_155_000);
    assertThat(lines.get(0).get(3)).isBetween(-1000, 1000);
    assertThat(streets.asString().length()).isLessThan(20_000);
  }

  @Test
  void riderIsNamedByAMaskedLabel() {
    Shop shop = shop();
    String orderId = created(shop);
    String token = tokenOf(shop, orderId);
    String rider = "r-" + unique();
    send(
        event(
            EventType.RIDER_STATE,
            rider,
            2,
            new RiderState(
                new RiderId(rider),
                new CityId("city-1"),
                2,
                "王小明",
                "DEDICATED",
                8,
                Set.of(),
                0,
                true)));
    send(
        event(
            EventType.RIDER_STATE,
            rider,
            1,
            new RiderState(
                new RiderId(rider),
                new CityId("city-1"),
                1,
                "李旧名",
                "DEDICATED",
                8,
                Set.of(),
                0,
                true)));
    until(token, JobFixture.of(orderId, 1, JobStatus.ASSIGNED, rider), "RIDER_ASSIGNED");
    eventually(() -> assertThat(look(token).<String>path("rider.name")).isEqualTo("王**"));
    assertThat(look(token).asString()).doesNotContain("王小明", rider);
  }

  @Test
  void changeOfRiderIsToldAndTheFirstOnesStepsAreGone() {
    Shop shop = shop();
    String orderId = created(shop);
    String token = tokenOf(shop, orderId);
    send(JobFixture.of(orderId, 1, JobStatus.AT_STORE, "r-one"));
    send(JobFixture.of(orderId, 2, JobStatus.OPEN, null));
    until(token, JobFixture.of(orderId, 3, JobStatus.ASSIGNED, "r-two").epoch(3), "RIDER_ASSIGNED");
    eventually(() -> assertThat(look(token).<Boolean>path("riderChanged")).isTrue());
    assertThat(look(token).<List<String>>path("steps.status"))
        .containsExactly("CREATED", "DISPATCHING", "RIDER_ASSIGNED");
  }

  @Test
  void streamTellsEveryChangeAndEndsWithTheOrder() throws Exception {
    Shop shop = shop();
    String orderId = created(shop);
    String token = tokenOf(shop, orderId);
    List<String> statuses = new ArrayList<>();
    URI address = here.resolve("/v1/tracking/" + token + "/stream");
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(address.toURL().openStream(), StandardCharsets.UTF_8))) {
      String line;
      while ((line = lines.readLine()) != null) {
        if (line.startsWith("data:") && line.contains("\"status\"")) {
          statuses.add(line.replaceAll(".*?\"status\":\"([A-Z_]+)\".*", "$1"));
          if (statuses.size() == 1) {
            send(JobFixture.of(orderId, 1, JobStatus.PICKED_UP, "r-s"));
          }
          if (statuses.get(statuses.size() - 1).equals("PICKED_UP")) {
            send(JobFixture.of(orderId, 2, JobStatus.DELIVERED, "r-s"));
          }
        }
      }
    }
    assertThat(statuses.get(0)).isEqualTo("CREATED");
    assertThat(statuses).contains("PICKED_UP");
    assertThat(statuses.get(statuses.size() - 1)).isEqualTo("DELIVERED");
  }

  @Test
  void pageCanBeReadWithoutItsScriptInBothLanguages() {
    Shop shop = shop();
    ObjectNode body = order(shop);
    body.put("merchantOrderNo", "<script>alert(1)</script>");
    String orderId = create(shop, unique(), body).path("orderId");
    String token = tokenOf(shop, orderId);
    Response chinese = given().header("Accept-Language", "zh-CN,zh;q=0.9").get("/t/" + token);
    assertThat(chinese.statusCode()).isEqualTo(200);
    assertThat(chinese.contentType()).startsWith("text/html");
    String html = chinese.asString();
    assertThat(html.substring(0, html.indexOf("application/json")))
        .contains("lang=\"zh-CN\"", "正在安排骑手", "预计送达", "下单时承诺", "收货码");
    assertThat(html).doesNotContain("<script>alert", "{{").contains("&lt;script&gt;alert");
    assertThat(chinese.header("Cache-Control")).isEqualTo("no-store");
    assertThat(chinese.header("Content-Security-Policy"))
        .startsWith("default-src 'self'")
        .doesNotContain("unsafe");
    assertThat(chinese.header("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(chinese.header("X-Robots-Tag")).contains("noindex");
    assertThat(given().header("Accept-Language", "de,en;q=0.5").get("/t/" + token).asString())
        .contains("lang=\"en\"", "Finding a rider");
    assertThat(given().header("Accept-Language", "zh").get("/t/" + token + "?lang=en").asString())
        .contains("Finding a rider");
    assertThat(given().get("/t/x").asString()).contains("链接无效");
  }

  @Test
  void oneLinkIsLimitedAndOthersGoOn() {
    Shop shop = shop();
    String one = tokenOf(shop, created(shop));
    String other = tokenOf(shop, created(shop));
    int refused = 0;
    for (int i = 0; i < 200 && refused == 0; i++) {
      Response answer = look(one);
      if (answer.statusCode() == 429) {
        refused++;
        assertThat(Integer.parseInt(answer.header("Retry-After"))).isPositive();
      }
    }
    assertThat(refused).isEqualTo(1);
    assertThat(given().get("/t/" + one).statusCode()).isEqualTo(429);
    assertThat(look(other).statusCode()).isEqualTo(200);
  }
}
