package org.shanpai.order.box;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.messaging.Json;
import org.shanpai.order.JobFixture;
import org.shanpai.order.OrderServiceScenario;

/** A purchase of more than one rider's load becomes orders that belong together. */
@QuarkusTest
class LinkedOrdersIT extends OrderServiceScenario {

  /** 5 × 10 kg: two riders carry two each, a third one. */
  private static ObjectNode heavy(Shop shop) {
    ObjectNode body = order(shop);
    ((ObjectNode) body.path("items").get(0)).put("quantity", 5).put("weightGrams", 10_000);
    return body;
  }

  private static List<String> parts(Response response) {
    return response.path("parts.orderId");
  }

  @Test
  void anOrderOfOneLoadTellsItsBoxesAndHasNoParts() {
    Shop shop = shop();
    Response response = create(shop, unique(), order(shop));
    assertThat(response.<List<?>>path("boxes")).hasSize(1);
    assertThat(response.<Integer>path("boxes[0].contents[0].quantity")).isEqualTo(2);
    assertThat(response.<Object>path("parts")).isNull();
    assertThat(response.<Object>path("linkedTo")).isNull();
    assertThat(get(shop, response.path("orderId")).<List<?>>path("boxes")).hasSize(1);
  }

  @Test
  void moreThanOneLoadBecomesLinkedOrdersInOneAnswer() throws Exception {
    Shop shop = shop();
    String number = "no-" + unique();
    Response response = create(shop, unique(), heavy(shop).put("merchantOrderNo", number));
    assertThat(response.statusCode()).as(response.asString()).isEqualTo(201);
    String lead = response.path("orderId");
    List<String> ids = parts(response);
    assertThat(ids).hasSize(3).startsWith(lead).doesNotHaveDuplicates();
    assertThat(response.<List<Integer>>path("parts.weightGrams"))
        .containsExactly(20_000, 20_000, 10_000);
    assertThat(response.<List<Integer>>path("parts.loadUnits")).containsExactly(7, 7, 4);
    Set<String> codes = new HashSet<>(response.<List<String>>path("parts.deliveryCode"));
    assertThat(codes).hasSize(3);
    List<Integer> fees = response.path("parts.deliveryFeeFen");
    assertThat(fees.subList(1, 3)).containsExactly(300, 300);
    assertThat(fees.get(0)).isEqualTo(response.<Integer>path("deliveryFeeFen")).isPositive();
    for (String id : ids.subList(1, 3)) {
      Response part = get(shop, id);
      assertThat(part.<String>path("linkedTo")).isEqualTo(lead);
      assertThat(part.<Object>path("merchantOrderNo")).isNull();
      assertThat(part.<String>path("promise.end")).isEqualTo(response.<String>path("promise.end"));
      assertThat(part.<Integer>path("feeParts.furtherLoadFen")).isEqualTo(300);
      assertThat(part.<Integer>path("feeParts.baseFen")).isZero();
    }
    assertThat(
            count(
                "select count(*) from order_contact where order_id = any(?)", (Object) array(ids)))
        .isEqualTo(3);
    assertThat(
            column(
                "select sum(goods_value_fen) from orders where order_id = any(?)",
                (Object) array(ids)))
        .containsExactly(Integer.toString(5 * 1290));
    for (String id : ids) {
      JsonNode told =
          Json.mapper()
              .readTree(column("select payload from outbox where key = ?", id).get(0))
              .path("data");
      assertThat(told.path("linkedTo").asText(null)).isEqualTo(id.equals(lead) ? null : lead);
    }
    assertThat(parts(get(shop, lead))).isEqualTo(ids);
  }

  private static String[] array(List<String> ids) {
    return ids.toArray(String[]::new);
  }

  @Test
  void theSameKeyRepeatsTheWholeAnswerAndMakesNothingTwice() {
    Shop shop = shop();
    String key = unique();
    ObjectNode body = heavy(shop);
    Response first = create(shop, key, body);
    Response again = create(shop, key, body);
    assertThat(parts(again)).isEqualTo(parts(first));
    assertThat(count("select count(*) from orders where merchant_id = ?", shop.merchantId()))
        .isEqualTo(3);
  }

  @Test
  void aNumberUsedBeforeLeavesNoPartBehind() {
    Shop shop = shop();
    ObjectNode body = heavy(shop).put("merchantOrderNo", "no-" + unique());
    assertThat(create(shop, unique(), body).statusCode()).isEqualTo(201);
    problem(create(shop, unique(), body), 409, "merchantOrderNo");
    assertThat(count("select count(*) from orders where merchant_id = ?", shop.merchantId()))
        .isEqualTo(3);
  }

  @Test
  void whatNoSplitCarriesIsNamedAndNothingIsMade() {
    Shop shop = shop();
    ObjectNode body = order(shop);
    ((ObjectNode) body.path("items").get(0)).put("weightGrams", 24_001);
    Response tooBig = create(shop, unique(), body);
    problem(tooBig, 422, "items[0]");
    assertThat(tooBig.<String>path("type")).endsWith("too-much-for-one-rider");
    ((ObjectNode) body.path("items").get(0)).put("weightGrams", 20_000).put("quantity", 7);
    Response tooMany = create(shop, unique(), body);
    problem(tooMany, 422, "items");
    assertThat(tooMany.<String>path("type")).endsWith("too-many-riders");
    assertThat(tooMany.<String>path("detail")).contains("7 riders", "at most 6");
    body = order(shop);
    ((ObjectNode) body.path("items").get(0)).putArray("needs").add("COLD_BOX").add("HOT_BOX");
    problem(create(shop, unique(), body), 422, "items[0].needs");
    assertThat(count("select count(*) from orders where merchant_id = ?", shop.merchantId()))
        .isZero();
  }

  @Test
  void manyPiecesInARoomThatWasToldAreNotPackedOneByOne() {
    Shop shop = shop();
    ObjectNode body = order(shop).put("loadUnits", 1);
    ((ObjectNode) body.path("items").get(0)).put("quantity", 999).put("weightGrams", 0);
    Response response = create(shop, unique(), body);
    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(response.<List<?>>path("boxes")).isEmpty();
  }

  @Test
  void cancellingTheLeadCancelsTheOthersThatAreStillAtTheStore() {
    Shop shop = shop();
    List<String> ids = parts(create(shop, unique(), heavy(shop)));
    send(JobFixture.of(ids.get(1), 1, JobStatus.PICKED_UP, "r-1"));
    eventually(
        () -> assertThat(get(shop, ids.get(1)).<String>path("status")).isEqualTo("PICKED_UP"));
    Response cancelled =
        as(shop.token())
            .body(Map.of("reason", "CUSTOMER_CHANGED_MIND"))
            .post("/v1/orders/" + ids.get(0) + "/cancel");
    assertThat(cancelled.statusCode()).as(cancelled.asString()).isEqualTo(202);
    assertThat(get(shop, ids.get(0)).<String>path("cancelOutcome")).isEqualTo("REQUESTED");
    assertThat(get(shop, ids.get(1)).<Object>path("cancelOutcome")).isNull();
    assertThat(get(shop, ids.get(2)).<String>path("cancelOutcome")).isEqualTo("REQUESTED");
  }

  @Test
  void aPartGoesItsOwnWay() {
    Shop shop = shop();
    List<String> ids = parts(create(shop, unique(), heavy(shop)));
    send(JobFixture.of(ids.get(2), 1, JobStatus.ASSIGNED, "r-7"));
    eventually(
        () -> {
          Response lead = get(shop, ids.get(0));
          assertThat(lead.<List<String>>path("parts.status"))
              .containsExactly("CREATED", "CREATED", "RIDER_ASSIGNED");
          assertThat(lead.<String>path("parts[2].riderId")).isEqualTo("r-7");
        });
    as(shop.token())
        .body(Map.of("reason", "CUSTOMER_CHANGED_MIND"))
        .post("/v1/orders/" + ids.get(1) + "/cancel")
        .then()
        .statusCode(202);
    assertThat(get(shop, ids.get(0)).<Object>path("cancelOutcome")).isNull();
  }

  @Test
  void theCustomerHasOnePageOfAllLoads() {
    Shop shop = shop();
    Response made = create(shop, unique(), heavy(shop));
    List<String> ids = parts(made);
    String link = made.path("trackingUrl");
    for (String id : ids) {
      assertThat(get(shop, id).<String>path("trackingUrl")).isEqualTo(link);
    }
    String page = link.substring(link.indexOf("/t/"));
    send(JobFixture.of(ids.get(0), 1, JobStatus.DELIVERED, "r-1"));
    eventually(
        () -> assertThat(get(shop, ids.get(0)).<String>path("status")).isEqualTo("DELIVERED"));
    Response seen = given().get(page.replace("/t/", "/v1/tracking/"));
    assertThat(seen.<List<Integer>>path("parts.no")).containsExactly(1, 2, 3);
    assertThat(seen.<List<Boolean>>path("parts.here")).containsExactly(true, false, false);
    assertThat(seen.<List<String>>path("parts.status"))
        .containsExactly("DELIVERED", "CREATED", "CREATED");
    assertThat(seen.<Boolean>path("ended")).as("two are still to come").isFalse();
    assertThat(seen.<Object>path("deliveryCode")).isNull();
    assertThat(seen.<String>path("parts[1].deliveryCode"))
        .isEqualTo(get(shop, ids.get(1)).path("deliveryCode"));
    String second = seen.path("parts[1].path");
    Response other = given().get(second.replace("/t/", "/v1/tracking/"));
    assertThat(other.<String>path("status")).isEqualTo("CREATED");
    assertThat(other.<List<Boolean>>path("parts.here")).containsExactly(false, true, false);
    assertThat(given().header("Accept-Language", "en").get(page).asString())
        .contains("Your purchase comes in 3 loads", "href=\"" + second + "\"");
    for (String id : ids.subList(1, 3)) {
      send(JobFixture.of(id, 1, JobStatus.CANCELLED, null));
    }
    eventually(
        () ->
            assertThat(given().get(page.replace("/t/", "/v1/tracking/")).<Boolean>path("ended"))
                .isTrue());
    String alone = get(shop, created(shop)).path("trackingUrl");
    assertThat(
            given()
                .get(alone.substring(alone.indexOf("/t/")).replace("/t/", "/v1/tracking/"))
                .<Object>path("parts"))
        .isNull();
  }

  @Test
  void somebodyElsesPartsAreNobodys() {
    Shop shop = shop();
    List<String> ids = parts(create(shop, unique(), heavy(shop)));
    assertThat(get(shop(), ids.get(1)).statusCode()).isEqualTo(404);
  }
}
