package org.shanpai.order.merchant;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.shanpai.order.OrderServiceScenario;

@QuarkusTest
class OnboardingIT extends OrderServiceScenario {

  private String manager() {
    return token("control-room", "boss", "manager");
  }

  @Test
  void secretIsToldOnceAndKeptAsAHashOnly() {
    String id = "m-" + unique();
    Response first = as(manager()).body(Map.of("name", "One")).put("/v1/merchants/" + id);
    assertThat(first.statusCode()).isEqualTo(201);
    String secret = first.path("clientSecret");
    assertThat(secret).hasSizeGreaterThan(30);
    Response second = as(manager()).body(Map.of("name", "Two")).put("/v1/merchants/" + id);
    assertThat(second.statusCode()).isEqualTo(200);
    assertThat(second.<String>path("name")).isEqualTo("Two");
    assertThat(second.<String>path("clientId")).isEqualTo(first.path("clientId"));
    assertThat(second.asString()).doesNotContain("clientSecret");
    assertThat(column("select secret_hash from merchant where merchant_id = ?", id))
        .hasSize(1)
        .doesNotContain(secret);
    assertThat(column("select name from merchant where merchant_id = ?", id))
        .containsExactly("Two");
  }

  @Test
  void wrongSecretAndUnknownClientAreRefusedAlike() {
    String id = "m-" + unique();
    String clientId =
        as(manager()).body(Map.of("name", "One")).put("/v1/merchants/" + id).path("clientId");
    Response wrong = signIn(clientId, "guess");
    Response unknown = signIn("c-nobody", "guess");
    problem(wrong, 401, null);
    problem(unknown, 401, null);
    assertThat(wrong.<String>path("detail")).isEqualTo(unknown.path("detail"));
    problem(
        given().contentType(ContentType.JSON).body("{\"clientId\":\"c\"}").post("/v1/tokens"),
        400,
        "clientSecret");
  }

  private static Response signIn(String clientId, String secret) {
    return given()
        .contentType(ContentType.JSON)
        .body(Map.of("clientId", clientId, "clientSecret", secret))
        .post("/v1/tokens");
  }

  @Test
  void onlyManagersTakeMerchantsIn() {
    String path = "/v1/merchants/m-" + unique();
    given().contentType(ContentType.JSON).body("{}").put(path).then().statusCode(401);
    for (String role : List.of("viewer", "dispatcher", "station-manager")) {
      problem(
          as(token("control-room", "x", role)).body(Map.of("name", "One")).put(path), 403, null);
    }
    problem(as(shop().token()).body(Map.of("name", "One")).put(path), 403, null);
    problem(as(manager()).body(Map.of("name", " ")).put(path), 400, "name");
  }

  @Test
  void fileIsTakenLineByLineAndTwiceIsOnce() {
    String good = "m-" + unique();
    String quoted = "m-" + unique();
    String csv = "merchantId,name\n" + good + ",晨光\nbad id,x\n" + quoted + ",\"Tea, and more\"\n";
    Response first = importFile(csv);
    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(first.<Integer>path("created")).isEqualTo(2);
    assertThat(first.<Integer>path("refused")).isEqualTo(1);
    assertThat(first.<List<String>>path("lines.outcome"))
        .containsExactly("CREATED", "REFUSED", "CREATED");
    assertThat(first.<String>path("lines[2].merchant.name")).isEqualTo("Tea, and more");
    assertThat(
            signIn(
                    first.path("lines[0].merchant.clientId"),
                    first.path("lines[0].merchant.clientSecret"))
                .statusCode())
        .isEqualTo(200);
    Response second = importFile(csv);
    assertThat(second.<Integer>path("updated")).isEqualTo(2);
    assertThat(second.asString()).doesNotContain("clientSecret");
    problem(importFile("id;name\n"), 422, "body");
  }

  private Response importFile(String csv) {
    return given()
        .auth()
        .oauth2(manager())
        .contentType("text/csv; charset=UTF-8")
        .body(csv)
        .post("/v1/merchants/import");
  }

  @Test
  void keysThatOnlyRehearseMakeNoRealOrder() {
    String merchantId = "m-" + unique();
    Map<String, Object> rehearses = Map.of("name", "Try me", "sandboxOnly", true);
    String manager = token("control-room", "boss", "manager");
    Response taken = as(manager).body(rehearses).put("/v1/merchants/" + merchantId);
    assertThat(taken.statusCode()).as(taken.asString()).isEqualTo(201);
    assertThat(taken.<String>path("clientId")).startsWith("test-");
    assertThat(taken.<Boolean>path("sandboxOnly")).isTrue();
    problem(
        as(manager)
            .body(Map.of("name", "Try me", "sandboxOnly", false))
            .put("/v1/merchants/" + merchantId),
        409,
        "sandboxOnly");
    as(manager)
        .body(Map.of("name", "New"))
        .put("/v1/merchants/" + merchantId)
        .then()
        .statusCode(200);
    Map<String, Object> credentials =
        Map.of("clientId", taken.path("clientId"), "clientSecret", taken.path("clientSecret"));
    String token =
        given()
            .contentType(ContentType.JSON)
            .body(credentials)
            .post("/v1/tokens")
            .path("accessToken");
    Shop shop = shopOf(merchantId, "s-" + unique(), token);
    as(token).body(store(LAT, true)).put("/v1/stores/" + shop.storeId()).then().statusCode(201);
    Response real = create(shop, unique(), order(shop));
    problem(real, 403, "sandbox");
    assertThat(real.<String>path("type")).endsWith("sandbox-only");
    ObjectNode play = order(shop);
    play.putObject("sandbox").put("play", "DELIVERED");
    assertThat(create(shop, unique(), play).statusCode()).isEqualTo(201);
    // The page's session is no way around it.
    Response session =
        given().contentType(ContentType.JSON).body(credentials).post("/v1/merchants/sessions");
    assertThat(session.<Boolean>path("sandboxOnly")).isTrue();
    Shop paged = shopOf(merchantId, shop.storeId(), session.cookie("shanpai_merchant"));
    problem(create(paged, unique(), order(shop)), 403, "sandbox");
    assertThat(count("select count(*) from orders where merchant_id = ?", merchantId)).isOne();
    assertThat(count("select count(*) from orders where merchant_id = ? and sandbox", merchantId))
        .isOne();
  }
}
