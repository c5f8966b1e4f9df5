package org.shanpai.order.merchantpage;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.shanpai.order.OrderServiceScenario;

/** The cookie of the merchants' page, and what it does not allow. */
@QuarkusTest
class SessionIT extends OrderServiceScenario {

  private static final String COOKIE = "shanpai_merchant";

  private record Account(Shop shop, String clientId, String secret) {}

  private Account account() {
    Shop shop = shop();
    Response renewed = as(shop.token()).post("/v1/merchants/me/secret");
    return new Account(shop, renewed.path("clientId"), renewed.path("clientSecret"));
  }

  private static Response signIn(String clientId, String secret) {
    return given()
        .contentType(ContentType.JSON)
        .body(Map.of("clientId", clientId, "clientSecret", secret))
        .post("/v1/merchants/sessions");
  }

  @Test
  void cookieIsOutOfReachOfScriptsAndOtherSites() {
    Account account = account();
    Response in = signIn(account.clientId(), account.secret());
    assertThat(in.statusCode()).as(in.asString()).isEqualTo(200);
    assertThat(in.header("Set-Cookie"))
        .contains("HttpOnly")
        .containsIgnoringCase("SameSite=Strict");
    assertThat(in.asString()).doesNotContain(in.cookie(COOKIE)).doesNotContain(account.secret());
    assertThat(signIn(account.clientId(), "wrong").statusCode()).isEqualTo(401);
    assertThat(signIn("c-nobody", account.secret()).statusCode()).isEqualTo(401);
  }

  @Test
  void changesByCookieNeedTheHeaderThatOtherSitesCannotKnow() {
    Account account = account();
    Response in = signIn(account.clientId(), account.secret());
    String orderId = created(account.shop());
    assertThat(given().cookie(COOKIE, in.cookie(COOKIE)).get("/v1/orders/" + orderId).statusCode())
        .isEqualTo(200);
    String ready = "/v1/orders/" + orderId + "/ready";
    assertThat(given().cookie(COOKIE, in.cookie(COOKIE)).post(ready).statusCode()).isEqualTo(401);
    assertThat(
            given()
                .cookie(COOKIE, in.cookie(COOKIE))
                .header("X-Shanpai-Csrf", "guessed")
                .post(ready)
                .statusCode())
        .isEqualTo(401);
    assertThat(get(account.shop(), orderId).<Object>path("readyAt")).isNull();
    assertThat(
            given()
                .cookie(COOKIE, in.cookie(COOKIE))
                .header("X-Shanpai-Csrf", in.<String>path("csrf"))
                .post(ready)
                .statusCode())
        .isEqualTo(200);
    assertThat(given().cookie("shanpai_session", in.cookie(COOKIE)).get(ready).statusCode())
        .isNotEqualTo(200);
  }

  @Test
  void signedOutSessionIsRefusedAndOthersGoOn() {
    Account account = account();
    Response one = signIn(account.clientId(), account.secret());
    Response other = signIn(account.clientId(), account.secret());
    assertThat(
            given()
                .cookie(COOKIE, one.cookie(COOKIE))
                .header("X-Shanpai-Csrf", one.<String>path("csrf"))
                .delete("/v1/merchants/sessions/current")
                .statusCode())
        .isEqualTo(204);
    assertThat(given().cookie(COOKIE, one.cookie(COOKIE)).get("/v1/merchants/me").statusCode())
        .isEqualTo(401);
    assertThat(as(one.cookie(COOKIE)).get("/v1/orders").statusCode()).isEqualTo(401);
    Response me = given().cookie(COOKIE, other.cookie(COOKIE)).get("/v1/merchants/me");
    assertThat(me.statusCode()).isEqualTo(200);
    assertThat(me.<String>path("merchantId")).isEqualTo(account.shop().merchantId());
    assertThat(me.<String>path("csrf")).isEqualTo(other.path("csrf"));
  }

  @Test
  void renewedSecretEndsTheOldOne() {
    Account account = account();
    Response renewed = as(account.shop().token()).post("/v1/merchants/me/secret");
    assertThat(signIn(account.clientId(), account.secret()).statusCode()).isEqualTo(401);
    assertThat(signIn(account.clientId(), renewed.path("clientSecret")).statusCode())
        .isEqualTo(200);
    assertThat(given().post("/v1/merchants/me/secret").statusCode()).isEqualTo(401);
    assertThat(
            as(token("rider-service", "r-1", "rider")).post("/v1/merchants/me/secret").statusCode())
        .isEqualTo(403);
  }

  @Test
  void pageRunsUnderAStrictPolicy() {
    Response page = given().get("/merchant");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.header("Content-Security-Policy"))
        .startsWith("default-src 'self'")
        .doesNotContain("unsafe");
    assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(page.asString()).doesNotContain("<script>", "onclick=", "style=");
  }
}
