package org.shanpai.controlroom.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.ZoneState;
import org.shanpai.controlroom.fixture.Demand;
import org.shanpai.controlroom.fixture.Journey;
import org.shanpai.controlroom.fixture.Operator;
import org.shanpai.controlroom.fixture.RushHour;
import org.shanpai.controlroom.fixture.Wire;
import org.shanpai.servers.ServersTestResource;

/** What geo-service knows, on the map: zones, sightings, doubtful riders, coverage. */
@QuarkusTest
class MapLayersIT extends PageScenario {

  private static void geo(Object away) {
    given()
        .get(
            ConfigProvider.getConfig().getValue("test.neighbourhood", String.class)
                + "/_geo?away="
                + away)
        .then()
        .statusCode(200);
  }

  @AfterEach
  void geoIsBack() {
    geo(false);
  }

  private int zonesThatAreDrawn() {
    return number("data-zones");
  }

  private String colourAt(String kind, String id) {
    return page.evaluate(
            "([kind, id]) => { const s = window.shanpai.screenPlace(kind, id);"
                + " const c = document.querySelector('canvas.city');"
                + " const r = window.devicePixelRatio || 1;"
                + " return [...c.getContext('2d').getImageData(s.x * r, s.y * r, 1, 1).data].join()"
                + " }",
            List.of(kind, id))
        .toString();
  }

  @Test
  void zonesAreDrawnAndLeaveTheMapWhenSwitchedOffOrTakenAway() {
    signIn();
    await().until(() -> zonesThatAreDrawn() == 3);
    assertThat(page.locator("#legend")).containsText("禁行区");
    assertThat(page.locator("#legend")).containsText("缓行区");
    page.keyboard().press("z");
    assertThat(page.locator("#layer-zones")).hasAttribute("aria-pressed", "false");
    await().until(() -> zonesThatAreDrawn() == 0);
    page.keyboard().press("z");
    await().until(() -> zonesThatAreDrawn() == 3);
    page.click("#lang");
    assertThat(page.locator("#legend")).containsText("No-go zone");
    try (Wire wire = new Wire(ServersTestResource.kafka().bootstrap())) {
      ZoneState extra = city.zones().get(1);
      wire.send(EventType.ZONE_STATE, "z-works", 1, clock.now(), named(extra, 1, false));
      wire.flush();
      await().until(() -> zonesThatAreDrawn() == 4);
      wire.send(EventType.ZONE_STATE, "z-works", 2, clock.now(), named(extra, 2, true));
      wire.flush();
      await().until(() -> zonesThatAreDrawn() == 3);
    }
    assertThat(complaints).isEmpty();
  }

  private static ZoneState named(ZoneState like, long version, boolean removed) {
    return new ZoneState(
        "z-works",
        like.cityId(),
        version,
        like.kind(),
        "道路施工",
        like.polygons(),
        like.speedFactor(),
        null,
        removed);
  }

  @Test
  void whoIsSeenAtAStoreMarksTheMapForAWhileAndTheStoryForGood() {
    signIn();
    Journey journey = carried();
    Instant at = journey.atStore;
    try (Wire wire = new Wire(ServersTestResource.kafka().bootstrap())) {
      RushHour.seeAtStore(wire, journey, at);
    }
    await().until(() -> number("data-seen") > 0);
    search(journey.orderId().value());
    Locator line = page.locator("#panel .timeline li", withText("定位证实到店"));
    assertThat(line).hasCount(1);
    assertThat(line).containsText("18 米");
    assertThat(line).containsText("可信度 96");
    page.keyboard().press("l");
    Locator english = page.locator("#panel .timeline li", withText("Seen at the store"));
    assertThat(english).containsText("18 m from the learned pickup point");
    assertThat(english).containsText("trust 96");
    await().atMost(java.time.Duration.ofSeconds(40)).until(() -> number("data-seen") == 0);
    assertThat(complaints).isEmpty();
  }

  private static com.microsoft.playwright.Page.LocatorOptions withText(String text) {
    return new com.microsoft.playwright.Page.LocatorOptions().setHasText(text);
  }

  @Test
  void doubtfulPositionsAndEmptyPhonesShowAtTheRider() {
    signIn();
    await().until(() -> number("data-low-trust") == 1 && number("data-low-battery") == 1);
    search(RushHour.rider(8).value());
    assertThat(page.locator("#panel")).containsText("手机电量");
    assertThat(page.locator("#panel .score-loss", withText("7 %"))).hasCount(1);
    search(RushHour.rider(5).value());
    assertThat(page.locator("#panel .score-loss", withText("31 / 100"))).hasCount(1);
    page.keyboard().press("l");
    assertThat(page.locator("#panel")).containsText("Position trust");
    assertThat(page.locator("#legend")).containsText("Battery below 10 %");
  }

  @Test
  void coverageShowsWhereDemandIsMissedAndWhatPlacesWouldAdd() {
    signIn();
    await().until(() -> number("data-jobs") > 20);
    assertThat(page.locator("#coverage")).isHidden();
    page.keyboard().press("c");
    Locator box = page.locator("#coverage");
    assertThat(box).isVisible();
    assertThat(page.locator("#layer-coverage")).hasAttribute("aria-pressed", "true");
    await().until(() -> number("data-cells") > 100 && number("data-places") == 2);
    assertThat(box).containsText("建议选址");
    assertThat(box).containsText("可增 187.5 单");
    String hot = colourAt("cell", Demand.WORST);
    page.locator("#site-kind").focus();
    page.selectOption("#site-kind", "FLASH_WAREHOUSE");
    assertThat(box).containsText("可增 214 单");
    assertThat(page.locator("#site-kind")).isFocused();

    point(Demand.WORST);
    await()
        .ignoreExceptions()
        .untilAsserted(
            () ->
                assertThat(page.locator("#map").getAttribute("data-tip"))
                    .isEqualTo("未满足 23 / 需求 40 · 超出范围 20 · 歇业 3 · 承诺偏长 3"));
    page.click("#lang");
    assertThat(box).containsText("adds 214 orders");
    assertThat(box).containsText("Suggested places");
    point(Demand.WORST);
    await()
        .ignoreExceptions()
        .untilAsserted(
            () ->
                assertThat(page.locator("#map").getAttribute("data-tip"))
                    .isEqualTo(
                        "23 missed of 40 asked · out of range 20 · closed 3 · promised late 3"));
    page.screenshot(
        new com.microsoft.playwright.Page.ScreenshotOptions()
            .setPath(java.nio.file.Path.of("target", "page", "coverage.png")));
    assertThat(barriers()).isEmpty();
    page.locator("#place-2").focus();
    page.keyboard().press("Enter");
    page.click("#layer-coverage");
    assertThat(box).isHidden();
    await().until(() -> number("data-cells") == 0);
    assertThat(colourAtMiddle()).isNotEqualTo(hot);
    assertThat(complaints).isEmpty();
  }

  private String colourAtMiddle() {
    return page.evaluate(
            "() => { const c = document.querySelector('canvas.city');"
                + " return [...c.getContext('2d').getImageData(c.width / 2, c.height / 2, 1, 1).data]"
                + ".join() }")
        .toString();
  }

  @SuppressWarnings("unchecked")
  private void point(String cell) {
    page.keyboard().press("f");
    Map<String, Number> place =
        (Map<String, Number>) page.evaluate("id => window.shanpai.screenPlace('cell', id)", cell);
    Locator map = page.locator("#map");
    // Off the middle, where a suggested place's sign or a rider may stand.
    double x = map.boundingBox().x + place.get("x").doubleValue();
    double y = map.boundingBox().y + place.get("y").doubleValue();
    page.mouse().move(x - 30, y);
    page.mouse().move(x, y);
  }

  @Test
  void theAddressOpensTheLayer() {
    url = url + "#layer=coverage";
    signIn();
    assertThat(page.locator("#coverage")).isVisible();
    await().until(() -> number("data-cells") > 100);
  }

  @Test
  void coverageIsSaidToBeAwayWhenGeoServiceIs() {
    geo(true);
    signIn();
    page.keyboard().press("c");
    assertThat(page.locator("#coverage-state")).containsText("需求覆盖暂不可用");
    page.click("#lang");
    assertThat(page.locator("#coverage-state")).containsText("Coverage is not available");
    assertThat(page.locator("#map")).hasAttribute("data-cells", "0");
    geo(false);
    page.selectOption("#site-days", "28");
    await().until(() -> number("data-cells") > 100);
    assertThat(page.locator("#coverage-state")).containsText("asked");
  }

  @Test
  void streetsOfGeoServiceAreDrawnAndThoseOfAnOperatorWithoutThem() {
    geo("streets");
    signIn();
    await().until(() -> number("data-streets") == 2);
    geo(true);
    page.reload();
    await().until(() -> number("data-streets") > 100);
    geo(false);
    page.reload();
    await().until(() -> number("data-streets") > 100);
  }

  @Test
  void selectedStoreShowsTheZoneItDeliversIn() {
    signIn();
    await().until(() -> number("data-jobs") > 20);
    search(city.zones().get(2).storeId().value());
    assertThat(page.locator("#panel")).hasAttribute("data-kind", "store");
    assertThat(page.locator("#map")).hasAttribute("data-range", "zone");
    search("s-02");
    assertThat(page.locator("#map")).hasAttribute("data-range", "circle");
    assertThat(complaints).isEmpty();
  }

  @Test
  void questionsArePassedOnInTheOperatorsNameAndAnswersAsTheyAre() {
    String viewer = "Bearer " + Operator.token("ann", "viewer");
    given()
        .header("Authorization", viewer)
        .get("/v1/coverage/suggestions?k=5&kind=FLASH_WAREHOUSE")
        .then()
        .statusCode(200)
        .contentType(ContentType.JSON)
        .body("places.size()", org.hamcrest.Matchers.equalTo(2));
    List<Map<String, String>> seen =
        given()
            .get(ConfigProvider.getConfig().getValue("test.neighbourhood", String.class) + "/_seen")
            .jsonPath()
            .getList("$");
    Map<String, String> last =
        seen.stream()
            .filter(one -> one.get("path").endsWith("/v1/coverage/suggestions"))
            .reduce((a, b) -> b)
            .orElseThrow();
    assertThat(last.get("query")).contains("k=5", "kind=FLASH_WAREHOUSE");
    String claims =
        new String(
            java.util.Base64.getUrlDecoder().decode(last.get("authorization").split("\\.")[1]));
    assertThat(claims).contains("\"act\":\"ann\"", "geo-service").doesNotContain("viewer");
    given()
        .header("Authorization", viewer)
        .get("/v1/coverage/suggestions?k=99")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("field", org.hamcrest.Matchers.equalTo("k"));
    given().header("Authorization", viewer).get("/v1/coverage?x=1").then().statusCode(400);
    given().get("/v1/coverage").then().statusCode(401);
    given()
        .header("Authorization", "Bearer " + Operator.issuedBy("rider-service", "r-1", "rider"))
        .get("/v1/coverage")
        .then()
        .statusCode(403);
    geo(true);
    given()
        .header("Authorization", viewer)
        .get("/v1/coverage")
        .then()
        .statusCode(503)
        .header("Retry-After", "3")
        .body("detail", org.hamcrest.Matchers.containsString("not available"));
  }
}
