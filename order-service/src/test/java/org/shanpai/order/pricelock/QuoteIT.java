package org.shanpai.order.pricelock;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.shanpai.messaging.Json;
import org.shanpai.order.DispatchStub;
import org.shanpai.order.GeoStub.Door;

/** What a quote says, and what it refuses. */
@QuarkusTest
class QuoteIT extends QuoteScenario {

  @Test
  void oneAnswerHasPriceInPartsDistancePromiseAcceptanceAndLock() {
    Shop shop = shop();
    Response quote = ask(shop, question(shop));
    assertThat(quote.statusCode()).as(quote.asString()).isEqualTo(201);
    String id = quote.path("quoteId");
    assertThat(quote.header("Location")).endsWith("/v1/quotes/" + id);
    assertThat(quote.<Boolean>path("available")).isTrue();
    assertThat(quote.<Integer>path("feeParts.baseFen")).isEqualTo(400);
    assertThat(quote.<Integer>path("feeParts.distanceFen")).isEqualTo(60);
    assertThat(quote.<Integer>path("feeParts.weightFen")).isZero();
    assertThat(quote.<Integer>path("feeParts.tierFen")).isZero();
    assertThat(quote.<Integer>path("deliveryFeeFen")).isEqualTo(sum(quote));
    assertThat(quote.<Integer>path("roadMetres")).isEqualTo(1500);
    assertThat(quote.<String>path("distanceBasis")).isEqualTo("ROAD");
    assertThat(quote.<Integer>path("promiseSeconds")).isEqualTo(1800);
    assertThat(quote.<Integer>path("acceptance.p50Seconds")).isEqualTo(41);
    assertThat(quote.<Integer>path("acceptance.p80Seconds")).isEqualTo(95);
    Instant created = Instant.parse(quote.path("createdAt"));
    assertThat(Instant.parse(quote.path("expiresAt"))).isEqualTo(created.plusSeconds(300));
    assertThat(Instant.parse(quote.path("promise.end"))).isEqualTo(created.plusSeconds(1800));

    ObjectNode read =
        (ObjectNode) Json.read(as(shop.token()).get("/v1/quotes/" + id).asString(), JsonNode.class);
    ObjectNode told = (ObjectNode) Json.read(quote.asString(), JsonNode.class);
    told.remove("acceptance");
    assertThat(Instant.parse(read.path("createdAt").asText()))
        .isCloseTo(created, org.assertj.core.api.Assertions.within(1, ChronoUnit.MILLIS));
    // The database keeps microseconds.
    for (ObjectNode node : List.of(read, told)) {
      node.remove(List.of("createdAt", "expiresAt", "promise"));
    }
    assertThat(read).isEqualTo(told);
    problem(as(shop().token()).get("/v1/quotes/" + id), 404, null);
    assertThat(missed(shop)).isEmpty();
  }

  @Test
  void onlyMerchantsAskAndOnlyForTheirStores() {
    Shop shop = shop();
    String body = Json.write(question(shop));
    io.restassured.RestAssured.given()
        .contentType("application/json")
        .body(body)
        .post("/v1/quotes")
        .then()
        .statusCode(401);
    problem(as(token("rider-service", "r-1", "rider")).body(body).post("/v1/quotes"), 403, null);
    problem(as(shop().token()).body(body).post("/v1/quotes"), 404, "storeId");
  }

  @ParameterizedTest(name = "{0}: {1}, {2}")
  @CsvSource({
    "UNREACHABLE, no-way, NO_WAY",
    "NO_GO, no-go-zone, NO_WAY",
    "OUTSIDE, out-of-range, OUT_OF_RANGE",
  })
  void whatGeoServiceRulesOutIsAnAnswerAndIsTold(Door door, String code, String reason) {
    Shop shop = shop();
    Response answer = ask(shop, to(question(shop), LAT + 0.01, door.lon()));
    refused(answer, code);
    assertThat(answer.<String>path("reasons[0].field")).isEqualTo("dropoff.place");
    assertThat(missed(shop)).containsExactly(reason);
  }

  @Test
  void aDoorBeyondTheRangeIsRefused() {
    Shop shop = shop();
    refused(ask(shop, to(question(shop), LAT + 0.03, LON)), "out-of-range");
    assertThat(missed(shop)).containsExactly("OUT_OF_RANGE");
  }

  @Test
  void everythingThatStandsAgainstItIsSaidAtOnce() {
    Shop shop = shop();
    as(shop.token()).body(store(LAT, false)).put("/v1/stores/" + shop.storeId());
    ObjectNode body = question(shop).put("promiseSeconds", 599);
    ((ObjectNode) body.path("items").get(0)).put("quantity", 999).put("weightGrams", 50_000);
    refused(ask(shop, body), "store-closed", "promise-not-offered", "too-much-for-one-rider");
    assertThat(missed(shop)).containsExactly("CLOSED");
  }

  @Test
  void aPromiseThatCannotBeKeptIsNotQuoted() {
    Shop shop = shop();
    ObjectNode far = to(question(shop), LAT + 0.01, Door.FAR.lon());
    assertThat(ask(shop, far).<Integer>path("promiseSeconds")).isEqualTo(39 * 60);
    Response answer = ask(shop, far.deepCopy().put("promiseSeconds", 2_300));
    refused(answer, "promise-not-offered");
    assertThat(answer.<String>path("reasons[0].detail")).contains("2301");
    assertThat(ask(shop, far.put("promiseSeconds", 2_301)).statusCode()).isEqualTo(201);
    assertThat(missed(shop)).isEmpty();
  }

  @Test
  void anOverloadedAreaTakesNoOrdersAndSaysWhenToTryAgain() {
    Shop shop = shop(DispatchStub.OVERLOADED_LAT);
    ObjectNode body = to(question(shop), DispatchStub.OVERLOADED_LAT + 0.01, LON);
    Response answer = ask(shop, body);
    refused(answer, "overloaded");
    assertThat(answer.<Integer>path("reasons[0].retryAfterSeconds")).isEqualTo(120);
    assertThat(answer.<String>path("reasons[0].detail")).contains("2.0 times");
    Response order =
        create(shop, unique(), to(order(shop), DispatchStub.OVERLOADED_LAT + 0.01, LON));
    problem(order, 503, "storeId");
    assertThat(order.<String>path("type")).endsWith("overloaded");
    assertThat(order.header("Retry-After")).isEqualTo("120");
    assertThat(missed(shop)).as("one wish, asked twice").containsExactly("OVERLOADED");
  }

  @Test
  void withoutDispatchNobodyIsRefusedAndNobodyWaits() {
    for (double lat : new double[] {DispatchStub.BROKEN_LAT, DispatchStub.SLOW_LAT}) {
      Shop shop = shop(lat);
      ObjectNode body = to(question(shop), lat + 0.01, LON);
      ask(shop, body);
      long before = wall.millis();
      Response quote = ask(shop, body);
      assertThat(quote.statusCode()).as(quote.asString()).isEqualTo(201);
      assertThat(wall.millis() - before).isLessThan(1_500);
      assertThat(quote.<Integer>path("acceptance.p50Seconds")).isNull();
      assertThat(quote.asString()).contains("\"p50Seconds\":null");
    }
  }

  @Test
  void withoutSamplesNoTimeToAcceptanceIsMadeUp() {
    Shop shop = shop(DispatchStub.UNLEARNED_LAT);
    Response quote = ask(shop, to(question(shop), DispatchStub.UNLEARNED_LAT + 0.01, LON));
    assertThat(quote.statusCode()).isEqualTo(201);
    assertThat(quote.<Integer>path("acceptance.p80Seconds")).isNull();
    assertThat(quote.<Integer>path("acceptance.samples")).isZero();
  }

  @Test
  void withoutARoadTheFeeGoesByTheCrowAndSaysSo() {
    Shop shop = shop();
    Response quote = ask(shop, to(question(shop), LAT + 0.02, Door.BROKEN.lon()));
    assertThat(quote.<String>path("distanceBasis")).isEqualTo("ESTIMATED");
    assertThat(quote.<Float>path("detourFactor")).isEqualTo(1.3f);
    assertThat(quote.<Integer>path("roadMetres")).isNull();
    int payable = (int) Math.ceil(quote.<Integer>path("distanceMetres") * 1.3);
    assertThat(quote.<Integer>path("feeParts.distanceFen"))
        .isEqualTo((payable - 1000 + 499) / 500 * 60);
  }

  @Test
  void goodsMayBeToldTogetherAndWeightCosts() {
    Shop shop = shop();
    ObjectNode body = question(shop);
    body.remove("items");
    problem(ask(shop, body), 422, "items");
    body.putObject("goods").put("weightGrams", 7_001).put("valueFen", 5_000);
    Response quote = ask(shop, body);
    assertThat(quote.<Integer>path("feeParts.weightFen")).isEqualTo(150);
    assertThat(quote.<Integer>path("loadUnits")).isEqualTo(3);
    body.put("promiseTier", "DIRECT");
    assertThat(ask(shop, body).<Integer>path("feeParts.tierFen")).isEqualTo(300);
  }

  @Test
  void membersArePromisedLessWhereItFits() {
    Shop shop = shop();
    Response quote = ask(shop, question(shop).put("promiseTier", "MEMBER"));
    assertThat(quote.<Integer>path("promiseSeconds")).isEqualTo(1500);
    assertThat(quote.<Integer>path("feeParts.tierFen")).isEqualTo(100);
    ObjectNode far = to(question(shop), LAT + 0.01, Door.FAR.lon()).put("promiseTier", "MEMBER");
    assertThat(ask(shop, far).<Integer>path("promiseSeconds")).isEqualTo(39 * 60);
    ObjectNode order = order(shop).put("promiseTier", "MEMBER");
    Response taken = create(shop, unique(), order);
    assertThat(taken.<Boolean>path("direct")).isFalse();
    assertThat(taken.<String>path("promiseTier")).isEqualTo("MEMBER");
  }

  /** 5 × 10 kg: two riders carry two each, a third one. */
  private static ObjectNode heavy(ObjectNode body) {
    ((ObjectNode) body.path("items").get(0)).put("quantity", 5).put("weightGrams", 10_000);
    return body;
  }

  @Test
  void whatSeveralRidersCarryIsQuotedAsAWholeAndOrderedAtThatPrice() {
    Shop shop = shop();
    Response quote = ask(shop, heavy(question(shop)));
    assertThat(quote.statusCode()).as(quote.asString()).isEqualTo(201);
    assertThat(quote.<Integer>path("loadUnits")).isEqualTo(18);
    assertThat(quote.<List<Integer>>path("loads.loadUnits")).containsExactly(7, 7, 4);
    List<Integer> fees = quote.path("loads.deliveryFeeFen");
    assertThat(fees.subList(1, 3)).containsExactly(300, 300);
    assertThat(quote.<Integer>path("feeParts.furtherLoadFen")).isEqualTo(600);
    assertThat(quote.<Integer>path("deliveryFeeFen"))
        .isEqualTo(sum(quote))
        .isEqualTo(fees.stream().mapToInt(Integer::intValue).sum());
    String quoteId = quote.path("quoteId");
    assertThat(as(shop.token()).get("/v1/quotes/" + quoteId).<List<Integer>>path("loads.loadUnits"))
        .containsExactly(7, 7, 4);
    // As heavy and as dear in all, but in other loads: another purchase.
    ObjectNode others = heavy(order(shop)).put("quoteId", quoteId);
    ((ObjectNode) others.path("items").get(0)).put("quantity", 25).put("weightGrams", 2_000);
    ((ObjectNode) others.path("items").get(0)).put("valueFen", 258);
    problem(create(shop, unique(), others), 422, "items");
    problem(
        create(shop, unique(), heavy(order(shop)).put("quoteId", quoteId).put("loadUnits", 7)),
        422,
        "loadUnits");
    Response order = create(shop, unique(), heavy(order(shop)).put("quoteId", quoteId));
    assertThat(order.statusCode()).as(order.asString()).isEqualTo(201);
    assertThat(order.<List<Integer>>path("parts.loadUnits")).containsExactly(7, 7, 4);
    assertThat(order.<List<Integer>>path("parts.deliveryFeeFen")).isEqualTo(fees);
    assertThat(order.<String>path("quoteId")).isEqualTo(quoteId);
    problem(create(shop, unique(), heavy(order(shop)).put("quoteId", quoteId)), 409, "quoteId");
    assertThat(count("select count(*) from orders where merchant_id = ?", shop.merchantId()))
        .isEqualTo(3);
  }

  @Test
  void aRiseOfThePriceForFurtherLoadsDoesNotReachWhatWasQuoted() {
    Shop shop = shop();
    String quoteId = quoted(shop, heavy(question(shop)));
    execute(
        "update price_lock set conditions ="
            + " replace(conditions, '\"fenEach\":300', '\"fenEach\":250')"
            + " where quote_id = '"
            + quoteId
            + "'");
    Response order = create(shop, unique(), heavy(order(shop)).put("quoteId", quoteId));
    assertThat(order.<List<Integer>>path("parts.deliveryFeeFen").subList(1, 3))
        .containsExactly(250, 250);
  }

  @Test
  void whatNoSplitCarriesIsNotQuotedAndSaysWhy() {
    Shop shop = shop();
    ObjectNode body = heavy(question(shop));
    ((ObjectNode) body.path("items").get(0)).put("weightGrams", 20_000).put("quantity", 7);
    refused(ask(shop, body), "too-many-riders");
    // Without the lines nobody can split it.
    ObjectNode together = question(shop);
    together.remove("items");
    together.putObject("goods").put("weightGrams", 50_000);
    refused(ask(shop, together), "too-much-for-one-rider");
    ObjectNode told = heavy(question(shop)).put("loadUnits", 8);
    refused(ask(shop, told), "too-much-for-one-rider");
  }
}
