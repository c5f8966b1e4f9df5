package org.shanpai.order.pricelock;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.WeatherAlert;
import org.shanpai.messaging.Json;

/** What holds once a quote was given, and how orders come of it. */
@QuarkusTest
class PriceLockIT extends QuoteScenario {

  @Test
  void priceAndPromiseAreKeptThoughTheWeatherTurns() {
    double lat = 31.9504;
    Shop shop = shop(lat);
    ObjectNode body = to(question(shop), lat + 0.01, LON);
    Response quote = ask(shop, body);
    sendWeather("a-319", 1, WeatherAlert.Level.ORANGE, 600);
    eventually(
        () -> {
          Response dearer = ask(shop, body);
          assertThat(dearer.<Integer>path("feeParts.weatherFen")).isEqualTo(200);
          assertThat(dearer.<Integer>path("promiseSeconds")).isEqualTo(2_400);
        });
    double asked = askedGeo();
    ObjectNode order =
        to(order(shop), lat + 0.01, LON).put("quoteId", quote.<String>path("quoteId"));
    Response taken = create(shop, unique(), order);
    assertThat(taken.statusCode()).as(taken.asString()).isEqualTo(201);
    assertThat(askedGeo()).as("the quote asked geo-service already").isEqualTo(asked);
    assertThat(taken.<Integer>path("deliveryFeeFen"))
        .isEqualTo(quote.<Integer>path("deliveryFeeFen"));
    assertThat(taken.<Map<String, Integer>>path("feeParts"))
        .isEqualTo(quote.<Map<String, Integer>>path("feeParts"));
    assertThat(
            Duration.between(
                Instant.parse(taken.path("promise.start")),
                Instant.parse(taken.path("promise.end"))))
        .isEqualTo(Duration.ofMinutes(30));
    assertThat(taken.<String>path("quoteId")).isEqualTo(quote.<String>path("quoteId"));
    assertThat(
            as(shop.token())
                .get("/v1/quotes/" + quote.<String>path("quoteId"))
                .<String>path("orderId"))
        .isEqualTo(taken.<String>path("orderId"));
    sendWeather("a-319", 2, WeatherAlert.Level.RED, 600);
    String late = null;
    for (int i = 0; i < 200 && late == null; i++) {
      Response answer = ask(shop, body);
      late = answer.<Boolean>path("available") ? null : answer.path("reasons[0].code");
    }
    assertThat(late).isEqualTo("red-alert");
    sendWeather("a-319", 3, WeatherAlert.Level.NONE, 0);
  }

  private double askedGeo() {
    return metrics.find("shanpai.quotes").counters().stream()
        .mapToDouble(counter -> counter.count())
        .sum();
  }

  private void sendWeather(String area, long version, WeatherAlert.Level level, int extra) {
    send(
        event(
            EventType.WEATHER_ALERT,
            area,
            version,
            new WeatherAlert(
                new AreaId(area),
                new CityId("city-1"),
                version,
                level,
                1,
                extra,
                clock.now(),
                "op")));
  }

  @Test
  void aQuoteHoldsUntilItExpires() {
    Shop shop = shop();
    String quote = quoted(shop, question(shop));
    execute(
        "update price_lock set expires_at = expires_at - interval '5 minutes 1 second'"
            + " where quote_id = '"
            + quote
            + "'");
    Response order = create(shop, unique(), order(shop).put("quoteId", quote));
    problem(order, 422, "quoteId");
    assertThat(order.<String>path("type")).endsWith("quote-expired");
    assertThat(as(shop.token()).get("/v1/quotes/" + quote).statusCode()).isEqualTo(200);
  }

  @Test
  void somebodyElsesQuoteIsNoQuote() {
    Shop shop = shop();
    Shop other = shop();
    String quote = quoted(other, question(other));
    problem(create(shop, unique(), order(shop).put("quoteId", quote)), 404, "quoteId");
    problem(create(shop, unique(), order(shop).put("quoteId", "q-none")), 404, "quoteId");
    problem(create(shop, unique(), order(shop).put("quoteId", "no quote")), 400, "quoteId");
  }

  @ParameterizedTest(name = "{0} = {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "/dropoff/place/lat | 31.2410 | dropoff.place",
        "/items/0/weightGrams | 1060 | items",
        "/items/0/quantity | 3 | items",
        "/items/0/valueFen | 1 | items",
        "/items/0/needs | [\"COLD_BOX\"] | items",
        "/items/0/volumeCm3 | 9000 | items",
        "/loadUnits | 2 | loadUnits",
        "/promiseTier | \"DIRECT\" | promiseTier",
        "/promiseSeconds | 1200 | promiseSeconds",
        "/expectedReadySeconds | 1200 | expectedReadySeconds",
        "/deliverBetween | {\"start\":\"2036-01-01T00:00:00Z\",\"end\":\"2036-01-01T01:00:00Z\"} |"
            + " deliverBetween",
      })
  void aQuoteIsForWhatWasAskedAndNothingElse(String pointer, String value, String field) {
    Shop shop = shop();
    String quote = quoted(shop, question(shop));
    ObjectNode order = order(shop).put("quoteId", quote);
    int slash = pointer.lastIndexOf('/');
    ((ObjectNode) order.at(pointer.substring(0, slash)))
        .set(pointer.substring(slash + 1), Json.read(value, JsonNode.class));
    Response answer = create(shop, unique(), order);
    problem(answer, 422, field);
    assertThat(answer.<String>path("type")).endsWith("quote-mismatch");
    assertThat(create(shop, unique(), order(shop).put("quoteId", quote)).statusCode())
        .as("a mismatch spends nothing")
        .isEqualTo(201);
  }

  @Test
  void aQuoteOfOneStoreIsNoneOfAnother() {
    Shop shop = shop();
    String quote = quoted(shop, question(shop));
    String second = "s-" + unique();
    as(shop.token()).body(store(LAT, true)).put("/v1/stores/" + second).then().statusCode(201);
    ObjectNode order = order(shop).put("quoteId", quote);
    order.put("storeId", second);
    problem(create(shop, unique(), order), 422, "storeId");
  }

  @Test
  void ofManyOrdersWithOneQuoteExactlyOneIsTaken() throws Exception {
    Shop shop = shop();
    String quote = quoted(shop, question(shop));
    List<CompletableFuture<Response>> calls = new ArrayList<>();
    try (Connection first = database.getConnection()) {
      first.setAutoCommit(false);
      // While the row is held all of them find the quote unused, and wait to use it.
      try (PreparedStatement lock =
          first.prepareStatement("select 1 from price_lock where quote_id = ? for update")) {
        lock.setString(1, quote);
        lock.execute();
      }
      for (int i = 0; i < 6; i++) {
        calls.add(
            CompletableFuture.supplyAsync(
                () -> create(shop, unique(), order(shop).put("quoteId", quote))));
      }
      eventually(
          () ->
              assertThat(
                      count(
                          "select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                              + " and query like 'update price_lock%'"))
                  .isGreaterThanOrEqualTo(2));
      first.rollback();
    }
    List<Response> answers = calls.stream().map(CompletableFuture::join).toList();
    assertThat(answers).filteredOn(answer -> answer.statusCode() == 201).hasSize(1);
    assertThat(answers)
        .filteredOn(answer -> answer.statusCode() != 201)
        .allSatisfy(
            answer -> {
              problem(answer, 409, "quoteId");
              assertThat(answer.<String>path("type")).endsWith("quote-used");
            });
    assertThat(count("select count(*) from orders where merchant_id = ?", shop.merchantId()))
        .isEqualTo(1);
  }

  @Test
  void theSameOrderSentAgainIsTheSameOrderThoughItsQuoteIsUsed() {
    Shop shop = shop();
    String quote = quoted(shop, question(shop));
    String key = unique();
    Response first = create(shop, key, order(shop).put("quoteId", quote));
    Response again = create(shop, key, order(shop).put("quoteId", quote));
    assertThat(again.statusCode()).isEqualTo(201);
    assertThat(again.asString()).isEqualTo(first.asString());
    problem(create(shop, unique(), order(shop).put("quoteId", quote)), 409, "quoteId");
  }

  @Test
  void theSameQuestionUnderTheSameKeyIsTheSameQuote() {
    Shop shop = shop();
    String key = unique();
    Response first = keyed(shop, key, question(shop));
    assertThat(keyed(shop, key, question(shop)).asString()).isEqualTo(first.asString());
    problem(keyed(shop, key, question(shop).put("promiseTier", "DIRECT")), 422, "Idempotency-Key");
    problem(keyed(shop, "with space", question(shop)), 400, "Idempotency-Key");
    as(shop.token()).body(store(LAT, false)).put("/v1/stores/" + shop.storeId());
    assertThat(keyed(shop, key, question(shop)).asString()).isEqualTo(first.asString());
    String refusedKey = unique();
    refused(keyed(shop, refusedKey, question(shop)), "store-closed");
    as(shop.token()).body(store(LAT, true)).put("/v1/stores/" + shop.storeId());
    assertThat(keyed(shop, refusedKey, question(shop)).statusCode())
        .as("a refusal is not kept")
        .isEqualTo(201);
  }

  private static Response keyed(Shop shop, String key, JsonNode body) {
    return as(shop.token())
        .header("Idempotency-Key", key)
        .body(Json.write(body))
        .post("/v1/quotes");
  }

  @Test
  void aStoreClosedMeanwhileTakesNoOrderWhateverWasQuoted() {
    Shop shop = shop();
    String quote = quoted(shop, question(shop));
    as(shop.token()).body(store(LAT, false)).put("/v1/stores/" + shop.storeId());
    problem(create(shop, unique(), order(shop).put("quoteId", quote)), 422, "storeId");
    as(shop.token()).body(store(LAT, true)).put("/v1/stores/" + shop.storeId());
    assertThat(create(shop, unique(), order(shop).put("quoteId", quote)).statusCode())
        .isEqualTo(201);
  }

  /** Open tomorrow only, from 10:00 to 12:00 in the city. */
  private LocalDate openTomorrow(Shop shop) {
    LocalDate tomorrow = city.businessDate(clock.now()).plusDays(1);
    as(shop.token())
        .body(
            "{\"weekly\":{},\"special\":[{\"date\":\"%s\",\"spans\":[{\"opens\":\"10:00\",\"closes\":\"12:00\"}]}]}"
                .formatted(tomorrow))
        .put("/v1/stores/" + shop.storeId() + "/hours")
        .then()
        .statusCode(200);
    return tomorrow;
  }

  @Test
  void outsideItsHoursAStoreSaysWhenItOpens() {
    Shop shop = shop();
    String before = quoted(shop, question(shop));
    Instant opens = openTomorrow(shop).atTime(10, 0).atZone(city.zone()).toInstant();
    Response answer = ask(shop, question(shop));
    refused(answer, "store-closed");
    assertThat(Instant.parse(answer.path("reasons[0].opensAt"))).isEqualTo(opens);
    assertThat(answer.<Integer>path("reasons[0].retryAfterSeconds")).isBetween(1, 2 * 24 * 3_600);
    Response order = create(shop, unique(), order(shop));
    problem(order, 422, "storeId");
    assertThat(order.<String>path("detail")).contains(opens.toString());
    assertThat(missed(shop)).containsExactly("CLOSED");
    assertThat(create(shop, unique(), order(shop).put("quoteId", before)).statusCode())
        .as("quoted before closing time")
        .isEqualTo(201);
    String state =
        column(
                "select payload from outbox where topic = 'shanpai.store' and key = ?"
                    + " order by seq desc",
                shop.storeId())
            .get(0);
    assertThat(Json.read(state, JsonNode.class).path("data").path("open").asBoolean())
        .as("the switch alone is published")
        .isTrue();
  }

  @Test
  void aWindowMustLieWithinTheHours() {
    Shop shop = shop();
    LocalDate day = openTomorrow(shop);
    ObjectNode body = question(shop);
    Instant ten = day.atTime(10, 0).atZone(city.zone()).toInstant();
    body.putObject("deliverBetween")
        .put("start", ten.toString())
        .put("end", ten.plusSeconds(3_600).toString());
    assertThat(ask(shop, body).statusCode()).isEqualTo(201);
    body.putObject("deliverBetween")
        .put("start", ten.plusSeconds(5_400).toString())
        .put("end", ten.plusSeconds(9_000).toString());
    Response answer = ask(shop, body);
    refused(answer, "store-closed");
    assertThat(answer.<String>path("reasons[0].field")).isEqualTo("deliverBetween");
  }

  @Test
  void quoteAndOrderAreOneWish() {
    Shop shop = shop();
    refused(ask(shop, to(question(shop), LAT + 0.03, LON)), "out-of-range");
    ObjectNode order = to(order(shop), LAT + 0.03, LON);
    problem(create(shop, unique(), order), 422, "dropoff.place");
    problem(create(shop, unique(), order.put("merchantOrderNo", "no-1")), 422, "dropoff.place");
    assertThat(missed(shop)).hasSize(1);
    Shop other = shop();
    problem(create(other, unique(), to(order(other), LAT + 0.03, LON)), 422, "dropoff.place");
    refused(ask(other, to(question(other), LAT + 0.03, LON)), "out-of-range");
    assertThat(missed(other)).hasSize(1);
    refused(ask(other, to(question(other), LAT + 0.05, LON)), "out-of-range");
    assertThat(missed(other)).as("another door is another wish").hasSize(2);
  }

  @Test
  void aPreBookedOrderComesInItsWindowAndIsReleasedInTime() {
    Shop shop = shop();
    Instant start = clock.now().plus(Duration.ofHours(30)).truncatedTo(ChronoUnit.SECONDS);
    ObjectNode body = question(shop);
    body.putObject("deliverBetween")
        .put("start", start.toString())
        .put("end", start.plusSeconds(3_600).toString());
    Response quote = ask(shop, body);
    assertThat(quote.statusCode()).as(quote.asString()).isEqualTo(201);
    // Median 700 s and p85 900 s of geo-service make a p80 of 863 s.
    Instant release = start.plusSeconds(3_600 - 863 - 600);
    assertThat(Instant.parse(quote.path("releaseAt"))).isEqualTo(release);
    assertThat(Instant.parse(quote.path("promise.start"))).isEqualTo(start);
    Response taken =
        create(shop, unique(), order(shop).put("quoteId", quote.<String>path("quoteId")));
    assertThat(taken.statusCode()).as(taken.asString()).isEqualTo(201);
    assertThat(Instant.parse(taken.path("releaseAt"))).isEqualTo(release);
    assertThat(Instant.parse(taken.path("promise.end"))).isEqualTo(start.plusSeconds(3_600));
    assertThat(Instant.parse(taken.path("expectedReadyAt"))).isEqualTo(release.plusSeconds(600));
    assertThat(published(taken).path("releaseAt").asText()).isEqualTo(release.toString());
    assertThat(published(taken).path("promise").path("start").asText()).isEqualTo(start.toString());
  }

  @ParameterizedTest(name = "{0} min ahead, {1} min long")
  @CsvSource({
    "60, 29, false",
    "60, 121, false",
    "-1, 60, false",
    "10081, 60, false",
    "60, 30, true"
  })
  void onlyWindowsThatCanBeKeptAreOffered(int ahead, int length, boolean offered) {
    Shop shop = shop();
    Instant start = clock.now().plus(Duration.ofMinutes(ahead));
    ObjectNode body = question(shop);
    body.putObject("deliverBetween")
        .put("start", start.toString())
        .put("end", start.plus(Duration.ofMinutes(length)).toString());
    Response answer = ask(shop, body);
    if (offered) {
      assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(201);
      refused(ask(shop, body.put("promiseSeconds", 1_800)), "promise-not-offered");
    } else {
      refused(answer, "window-not-offered");
    }
  }

  @Test
  void whatTheGoodsNeedIsKeptAndToldWithoutSayingWho() {
    Shop shop = shop();
    ObjectNode body = order(shop).put("note", "Ring twice, Ms Hidden");
    body.putObject("dropPoint").put("allowed", true).put("instruction", "Secret shelf");
    body.putArray("checks").add("IDENTITY");
    ((ObjectNode) body.path("items").get(0))
        .put("category", "ALCOHOL")
        .put("sku", "69012")
        .putObject("size")
        .put("lengthMm", 300)
        .put("widthMm", 200)
        .put("heightMm", 150);
    body.withArray("items")
        .addObject()
        .put("name", "noodles")
        .put("quantity", 1)
        .put("valueFen", 2_000)
        .put("weightGrams", 600)
        .put("category", "HOT_MEAL");
    Response taken = create(shop, unique(), body);
    assertThat(taken.statusCode()).as(taken.asString()).isEqualTo(201);
    assertThat(taken.<List<String>>path("checks")).containsExactly("AGE_18", "IDENTITY");
    assertThat(taken.<Integer>path("longestCarrySeconds")).isEqualTo(2_400);
    assertThat(taken.<Boolean>path("perishable")).isTrue();
    assertThat(taken.<Boolean>path("dropPoint")).isTrue();
    // Two of 9 litres: 18 of a box's 60.
    assertThat(taken.<Integer>path("loadUnits")).isEqualTo(3);
    JsonNode told = published(taken);
    assertThat(told.path("longestCarrySeconds").asInt()).isEqualTo(2_400);
    assertThat(told.path("perishable").asBoolean()).isTrue();
    assertThat(told.toString()).doesNotContain("Hidden", "Secret", "twice", "noodles");
    assertThat(
            column(
                    "select o::text || c::text from orders o join order_contact c using (order_id)"
                        + " where order_id = ?",
                    taken.<String>path("orderId"))
                .get(0))
        .doesNotContain("Ring twice", "Secret shelf");
    ((ObjectNode) body.path("items").get(1)).put("longestCarryMinutes", 5);
    Response tooLong = create(shop, unique(), body);
    problem(tooLong, 422, "items");
    assertThat(tooLong.<String>path("type")).endsWith("carried-too-long");
  }

  private JsonNode published(Response order) {
    return Json.read(
            column(
                    "select payload from outbox where topic = 'shanpai.order' and key = ?",
                    order.<String>path("orderId"))
                .get(0),
            JsonNode.class)
        .path("data");
  }

  @Test
  void oldQuotesAreSwept() {
    Shop shop = shop();
    String quote = quoted(shop, question(shop));
    String young = quoted(shop, question(shop));
    execute(
        "update price_lock set wall_created_at = wall_created_at - interval '3 days'"
            + " where quote_id = '"
            + quote
            + "'");
    sweep.sweep().await().atMost(Duration.ofSeconds(20));
    problem(as(shop.token()).get("/v1/quotes/" + quote), 404, null);
    assertThat(as(shop.token()).get("/v1/quotes/" + young).statusCode()).isEqualTo(200);
  }
}
