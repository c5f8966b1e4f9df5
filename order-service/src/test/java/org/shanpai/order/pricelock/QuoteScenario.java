package org.shanpai.order.pricelock;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.shanpai.chassis.City;
import org.shanpai.messaging.Json;
import org.shanpai.order.OrderServiceScenario;

/** Asking for quotes. */
abstract class QuoteScenario extends OrderServiceScenario {

  @Inject MeterRegistry metrics;
  @Inject QuoteSweep sweep;
  @Inject City city;

  /** The same store, door and goods as {@link #order}. */
  static ObjectNode question(Shop shop) {
    ObjectNode body = order(shop);
    ((ObjectNode) body.path("dropoff")).remove(List.of("contactName", "contactPhone", "address"));
    return body;
  }

  static ObjectNode to(ObjectNode body, double lat, double lon) {
    ((ObjectNode) body.path("dropoff").path("place")).put("lat", lat).put("lon", lon);
    return body;
  }

  static Response ask(Shop shop, JsonNode body) {
    return as(shop.token()).body(Json.write(body)).post("/v1/quotes");
  }

  static String quoted(Shop shop, JsonNode body) {
    Response quote = ask(shop, body);
    assertThat(quote.statusCode()).as(quote.asString()).isEqualTo(201);
    return quote.path("quoteId");
  }

  static void refused(Response answer, String... codes) {
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
    assertThat(answer.<Boolean>path("available")).isFalse();
    assertThat(answer.<String>path("quoteId")).isNull();
    assertThat(answer.<List<String>>path("reasons.code")).containsExactly(codes);
    assertThat(answer.<List<String>>path("reasons.detail")).allMatch(text -> !text.isBlank());
  }

  List<String> missed(Shop shop) {
    return column(
            "select payload from outbox where topic = 'shanpai.demand' and key = ? order by seq",
            shop.storeId())
        .stream()
        .map(payload -> Json.read(payload, JsonNode.class).path("data").path("reason").asText())
        .toList();
  }

  static int sum(Response answer) {
    return answer.<Map<String, Integer>>path("feeParts").values().stream()
        .mapToInt(Integer::intValue)
        .sum();
  }
}
