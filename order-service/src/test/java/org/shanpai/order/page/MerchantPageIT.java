package org.shanpai.order.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.Response;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.event.Fault;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.order.JobFixture;

/** The merchants' page in a real browser. */
@QuarkusTest
class MerchantPageIT extends PageScenario {

  /** A merchant with the credentials it signs in with. */
  private record Account(Shop shop, String clientId, String secret) {}

  private Account account() {
    Shop shop = shop();
    Response renewed = as(shop.token()).post("/v1/merchants/me/secret");
    assertThat(renewed.statusCode()).as(renewed.asString()).isEqualTo(200);
    return new Account(shop, renewed.path("clientId"), renewed.path("clientSecret"));
  }

  private void signIn(Page page, Account account) {
    page.navigate(here.resolve("/merchant").toString());
    page.fill("#sign-client", account.clientId());
    page.fill("#sign-secret", account.secret());
    page.click("#sign-in");
    assertThat(page.locator("#main")).isVisible();
  }

  private static String ordered(Shop shop, String number) {
    ObjectNode body = order(shop);
    body.put("merchantOrderNo", number);
    return create(shop, unique(), body).path("orderId");
  }

  @Test
  void ordersComeLiveAndTheirStoryActsAndExportWork() throws Exception {
    Account account = account();
    Page page = page(1280, 800, "zh-CN", true);
    signIn(page, account);
    assertThat(page.locator("#order-none")).isVisible();
    String first = ordered(account.shop(), "早餐-7");
    Locator row = page.locator("[data-order=\"" + first + "\"]");
    assertThat(row).containsText("早餐-7");
    row.click();
    assertThat(page.locator("#story")).containsText("收货码");
    assertThat(page.locator("#story")).isFocused();
    page.click("#do-ready");
    assertThat(page.locator("#story-line")).containsText("已出餐");
    send(JobFixture.of(first, 1, JobStatus.AT_STORE, "r-23"));
    assertThat(page.locator("#story-status")).hasText("骑手到店");
    assertThat(page.locator("#story")).containsText("r-23");
    String second = ordered(account.shop(), "午餐-8");
    assertThat(page.locator("[data-order=\"" + second + "\"]")).isVisible();
    picture(page, "merchant-zh");
    assertThat(barriers(page)).isEmpty();

    page.click("[data-order=\"" + second + "\"]");
    page.click("#do-cancel");
    assertThat(page.locator("#ask-cost")).not().isEmpty();
    page.click("#act-go");
    await()
        .until(() -> "REQUESTED".equals(get(account.shop(), second).<String>path("cancelOutcome")));
    page.fill("#filter-number", "早餐-7");
    assertThat(page.locator("#order-list .row")).hasCount(1);
    page.fill("#filter-number", "");

    Download file =
        page.waitForDownload(
            () ->
                page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("导出 CSV"))
                    .click());
    assertThat(Files.readString(file.path())).contains(first, second, "早餐-7");
    page.click("#lang");
    assertThat(page.locator("#tab-orders")).hasText("Orders");
    page.keyboard().press("Escape");
    assertThat(page.locator("#story")).isHidden();
    assertThat(complaints.stream().filter(one -> !one.contains("404")).toList()).isEmpty();
  }

  @Test
  void changesAnotherRiderReturnAndBillAreDoneOnThePage() {
    Account account = account();
    String id = ordered(account.shop(), "改-1");
    Page page = page(1280, 900, "zh-CN", true);
    signIn(page, account);
    page.click("[data-order=\"" + id + "\"]");
    assertThat(page.locator("#do-redispatch")).hasCount(0);
    assertThat(page.locator("#do-return")).hasCount(0);

    String estate = "试" + unique().substring(0, 6).replaceAll("[^a-f]", "园") + "花园";
    known(estate);
    page.click("#do-change");
    page.fill("#ask-address", "没有这个地方");
    page.locator("#ask-address").blur();
    assertThat(page.locator("#ask-cost")).not().isEmpty();
    assertThat(page.locator("#act-go")).isDisabled();
    page.fill("#ask-address", "静安区" + estate + "3号楼502室");
    page.locator("#ask-address").blur();
    assertThat(page.locator("#ask-cost")).containsText("差价");
    page.fill("#ask-phone", "13700000007");
    assertThat(barriers(page)).isEmpty();
    picture(page, "merchant-change");
    page.click("#act-go");
    await().until(() -> "ASKED".equals(get(account.shop(), id).<String>path("change.state")));
    assertThat(page.locator("#story")).containsText("待确认");

    send(JobFixture.of(id, 1, JobStatus.ASSIGNED, "r-23").epoch(1));
    page.click("#do-redispatch");
    page.selectOption("#ask-reason", "RIDER_UNREACHABLE");
    page.click("#act-go");
    await().until(() -> get(account.shop(), id).<String>path("redispatchRequestedAt") != null);

    send(JobFixture.of(id, 2, JobStatus.PICKED_UP, "r-24").epoch(3));
    page.click("#do-return");
    assertThat(page.locator("#act-body")).containsText("返程费");
    page.selectOption("#ask-reason", "WRONG_GOODS");
    page.click("#act-go");
    await().until(() -> get(account.shop(), id).<String>path("returnRequestedAt") != null);
    assertThat(page.locator("#story-line")).containsText("召回商品");
    assertThat(page.locator("#do-return")).hasCount(0);
    send(
        JobFixture.of(id, 3, JobStatus.RETURNING, "r-24")
            .epoch(3)
            .because("MERCHANT_RECALLED", Fault.MERCHANT));
    page.click("#do-received");
    send(JobFixture.of(id, 4, JobStatus.RETURNED, "r-24").epoch(3));
    assertThat(page.locator("#story-charges")).containsText("返程");
    assertThat(page.locator("#story-charges dt")).hasCount(2);
    assertThat(barriers(page)).isEmpty();
    picture(page, "merchant-bill");
    assertThat(complaints.stream().filter(one -> !one.contains("404")).toList()).isEmpty();
  }

  private void known(String estate) {
    Response learned =
        given()
            .config(
                RestAssuredConfig.config()
                    .encoderConfig(EncoderConfig.encoderConfig().defaultContentCharset("UTF-8")))
            .auth()
            .oauth2(token("control-room", "boss", "manager"))
            .contentType("text/csv; charset=UTF-8")
            .body(
                "district,estate,road,number,building,lat,lon\n静安区,%s,,,3号楼,%s,%s\n"
                    .formatted(estate, LAT + 0.014, LON))
            .post("/v1/known-buildings/import?coordinateSystem=WGS-84");
    assertThat(learned.statusCode()).as(learned.asString()).isEqualTo(200);
  }

  @Test
  void aChangeWithoutThePagesOwnHeaderIsRefusedAndAfterSigningOutNothingIsLeft() {
    Account account = account();
    String id = ordered(account.shop(), "C-1");
    Page page = page(1280, 800, "en-GB", true);
    signIn(page, account);
    String post =
        "async ([path, header]) => (await fetch(path, { method: 'POST', credentials: 'same-origin',"
            + " headers: { 'Content-Type': 'application/json', ...header }, body: '{}'})).status";
    String ready = "/v1/orders/" + id + "/ready";
    // What another site could make this browser send: the cookie goes along, the header does not.
    assertThat(page.evaluate(post, List.of(ready, Map.of()))).isEqualTo(401);
    assertThat(page.evaluate(post, List.of(ready, Map.of("X-Shanpai-Csrf", "guessed"))))
        .isEqualTo(401);
    assertThat(get(account.shop(), id).<Object>path("readyAt")).isNull();
    String token =
        page.context().cookies().stream()
            .filter(cookie -> cookie.name.equals("shanpai_merchant"))
            .findFirst()
            .orElseThrow()
            .value;
    assertThat(page.evaluate("document.cookie")).isEqualTo("");
    page.click("#sign-out");
    assertThat(page.locator("#sign")).isVisible();
    assertThat(page.context().cookies()).noneMatch(cookie -> !cookie.value.isEmpty());
    assertThat(page.locator("#order-list .row")).hasCount(0);
    assertThat(page.locator("#story")).isHidden();
    // Whoever kept the cookie has nothing of it.
    assertThat(as(token).get("/v1/orders/" + id).statusCode()).isEqualTo(401);
    assertThat(page.evaluate("async () => (await fetch('/v1/orders')).status")).isEqualTo(401);
  }

  @Test
  void storesWebhookAndKeysAreLookedAfter() {
    Account account = account();
    Page page = page(1280, 800, "en-GB", true);
    signIn(page, account);
    String store = account.shop().storeId();
    page.click("#tab-stores");
    page.click("#open-" + store);
    assertThat(page.locator("#stores .tag")).hasText("Closed");
    assertThat(as(account.shop().token()).get("/v1/stores/" + store).<Boolean>path("open"))
        .isFalse();
    page.fill("#prep-" + store, "25");
    page.click("#save-" + store);
    await()
        .until(
            () ->
                as(account.shop().token())
                        .get("/v1/stores/" + store)
                        .<Integer>path("preparationSeconds")
                    == 1500);
    assertThat(barriers(page)).isEmpty();
    page.click("#tab-webhook");
    assertThat(page.locator("#hook-log")).isVisible();
    assertThat(barriers(page)).isEmpty();
    page.click("#tab-access");
    page.click("#renew");
    page.click("#act-go");
    String renewed = page.locator("#told-once").textContent();
    assertThat(renewed).hasSizeGreaterThan(40);
    page.click("#act-back");
    page.click("#sign-out");
    assertThat(page.locator("#sign")).isVisible();
    page.reload();
    assertThat(page.locator("#sign")).isVisible();
    page.fill("#sign-client", account.clientId());
    page.fill("#sign-secret", account.secret());
    page.click("#sign-in");
    assertThat(page.locator("#sign-error")).containsText("wrong");
    page.fill("#sign-secret", renewed);
    page.click("#sign-in");
    assertThat(page.locator("#main")).isVisible();
  }

  @Test
  void phoneShowsListAndStoryOneAfterTheOther() {
    Account account = account();
    String orderId = ordered(account.shop(), "P-1");
    Page page = page(390, 800, "zh-CN", true);
    signIn(page, account);
    page.click("[data-order=\"" + orderId + "\"]");
    assertThat(page.locator("#story")).isVisible();
    assertThat(page.locator("#order-list")).isHidden();
    assertThat(overflows(page)).isFalse();
    picture(page, "merchant-phone");
    page.keyboard().press("Escape");
    assertThat(page.locator("#order-list")).isVisible();
  }

  @Test
  void sandboxOrderIsMadeAndItsLifeIsSeen() {
    Account account = account();
    Page page = page(1280, 800, "zh-CN", true);
    signIn(page, account);
    page.click("#sandbox");
    page.selectOption("#ask-play", "DELIVERED");
    page.click("#act-go");
    assertThat(page.locator("#story")).isVisible();
    assertThat(page.locator("#order-list")).containsText("沙箱");
    assertThat(
            as(account.shop().token())
                .queryParams(Map.of("limit", 5))
                .get("/v1/orders")
                .<Boolean>path("orders[0].sandbox"))
        .isTrue();
  }
}
