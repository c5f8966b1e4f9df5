package org.shanpai.order;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.shanpai.messaging.Json;

/** What operators and programmers see of the service as a whole. */
@QuarkusTest
class ServiceOutlineIT extends OrderServiceScenario {

  private static JsonNode document() {
    return Json.read(given().get("/q/openapi?format=json").asString(), JsonNode.class);
  }

  @Test
  void everyBodyThatIsTakenHasAnExample() {
    List<String> without = new ArrayList<>();
    document()
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        operation -> {
                          JsonNode body = operation.getValue().path("requestBody").path("content");
                          boolean ours = !path.getKey().startsWith("/v1/ops/");
                          if (ours && !body.isMissingNode()) {
                            boolean shown =
                                body.findValue("example") != null
                                    || body.findValue("examples") != null;
                            if (!shown) {
                              without.add(operation.getKey() + " " + path.getKey());
                            }
                          }
                        }));
    assertThat(without).isEmpty();
    assertThat(document().path("paths").path("/v1/orders").path("post").isMissingNode()).isFalse();
  }

  @Test
  void idsAreBareStringsInTheDocumentAsOnTheWire() {
    JsonNode schemas = document().path("components").path("schemas");
    for (String id : List.of("OrderId", "StoreId", "MerchantId", "AreaId", "RiderId")) {
      assertThat(schemas.path(id).path("type").asText()).as(id).isEqualTo("string");
    }
  }

  @Test
  void exampleOfANewOrderIsTakenAsItIs() {
    JsonNode example =
        Json.read(
            document()
                .at("/paths/~1v1~1orders/post/requestBody/content/application~1json/examples/milk")
                .path("value")
                .toString(),
            JsonNode.class);
    if (example.isTextual()) {
      example = Json.read(example.asText(), JsonNode.class);
    }
    Shop shop = shop();
    ((ObjectNode) example).put("storeId", shop.storeId());
    assertThat(create(shop, unique(), example).statusCode()).isEqualTo(201);
  }

  @Test
  void readinessLooksAtTheDatabase() {
    Response ready = given().get("/q/health/ready");
    assertThat(ready.statusCode()).isEqualTo(200);
    assertThat(ready.<List<Map<String, Object>>>path("checks"))
        .anySatisfy(check -> assertThat(check.get("name").toString()).contains("PostgreSQL"));
  }

  @Test
  void acknowledgedOrdersAndWebhooksAreCounted() {
    double before = counted();
    Shop shop = shop();
    created(shop);
    assertThat(counted()).isEqualTo(before + 1);
    create(shop, "bad key", order(shop));
    assertThat(counted()).isEqualTo(before + 1);
    assertThat(given().get("/q/metrics").asString())
        .contains("shanpai_webhook_lag_seconds", "shanpai_webhook_oldest_seconds");
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
}
