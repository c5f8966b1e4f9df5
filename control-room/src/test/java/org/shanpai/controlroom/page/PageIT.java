package org.shanpai.controlroom.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.Map;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.controlroom.fixture.Journey;
import org.shanpai.controlroom.fixture.Tunnel;

@QuarkusTest
class PageIT extends PageScenario {

  @Test
  void wrongPasswordSaysSoAndTheRightOneOpensTheRoom() {
    page.navigate(url);
    page.fill("#sign-name", name);
    page.fill("#sign-password", "not the password");
    page.click("#sign-submit");
    assertThat(page.locator("#sign-error")).containsText("wrong");
    complaints.clear();
    page.fill("#sign-password", PASSWORD);
    page.click("#sign-submit");
    assertThat(page.locator("#sign")).isHidden();
    page.click("#sign-out");
    assertThat(page.locator("#sign")).isVisible();
    page.reload();
    assertThat(page.locator("#sign")).isVisible();
    assertThat(complaints).isEmpty();
  }

  @Test
  void ridersJobsStoresAndFiguresAreDrawn() {
    signIn();
    await().until(() -> number("data-riders") > 20 && number("data-jobs") > 20);
    assertThat(number("data-jobs")).isEqualTo(picture.liveJobs().size());
    assertThat(number("data-streets")).isGreaterThan(100);
    assertThat(page.locator("#f-delivered .value"))
        .containsText(Integer.toString(picture.measures().delivered()));
    assertThat(page.locator("#f-ontime .value")).containsText("%");
    assertThat(complaints).isEmpty();
  }

  @Test
  void riderOnTheMapMovesBetweenTwoReadings() {
    signIn();
    await().until(() -> number("data-riders") > 20);
    String where =
        "() => JSON.stringify([...window.shanpai.city.riders.values()]"
            + ".filter(r => r.jobs.length).map(r => window.shanpai.screenPlace('rider',"
            + " r.riderId)))";
    Object before = page.evaluate(where);
    ride();
    await()
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(page.evaluate(where)).isNotEqualTo(before));
  }

  @Test
  void clickOnAJobTellsItsStoryInChineseAndInEnglish() {
    signIn();
    Journey journey = carried();
    await().until(() -> number("data-jobs") > 20);
    search(journey.orderId().value());
    page.keyboard().press("Escape");
    assertThat(page.locator("#panel")).isHidden();
    @SuppressWarnings("unchecked")
    Map<String, Number> place =
        (Map<String, Number>)
            page.evaluate(
                "id => window.shanpai.screenPlace('order', id)", journey.orderId().value());
    page.mouse().click(0, 0);
    Locator map = page.locator("#map");
    page.mouse()
        .click(
            map.boundingBox().x + place.get("x").doubleValue(),
            map.boundingBox().y + place.get("y").doubleValue());
    Locator panel = page.locator("#panel");
    assertThat(panel).isVisible();
    search(journey.orderId().value());
    assertThat(panel).containsText(journey.orderId().value());
    assertThat(panel).containsText("调度凭据");
    assertThat(panel).containsText("全程时间线");
    assertThat(panel).containsText("现在出发才赶得上");
    assertThat(panel.locator("tr.chosen")).hasCount(1);
    assertThat(panel.locator(".legs i")).hasCount(4);
    page.click("#lang");
    assertThat(panel).containsText("Dispatch receipt");
    assertThat(panel).containsText("Timeline");
    assertThat(panel).containsText("The rider has to leave now");
    assertThat(panel).not().containsText("调度凭据");
    assertThat(page).hasTitle(Pattern.compile("Shanpai"));
    assertThat(complaints).isEmpty();
  }

  @Test
  void riderAndStoreTellTheirDay() {
    signIn();
    Journey journey = carried();
    await().until(() -> number("data-riders") > 20);
    search(journey.rider.value());
    assertThat(page.locator("#panel")).hasAttribute("data-kind", "rider");
    assertThat(page.locator("#panel")).containsText("接下来的站点");
    assertThat(page.locator("#panel .stops li").first()).isVisible();
    search(journey.store.value());
    assertThat(page.locator("#panel")).hasAttribute("data-kind", "store");
    assertThat(page.locator("#panel")).containsText("骑手平均等餐");
    assertThat(complaints).isEmpty();
  }

  private static void neighbour(String path) {
    given()
        .get(ConfigProvider.getConfig().getValue("test.neighbourhood", String.class) + path)
        .then()
        .statusCode(200);
  }

  @Test
  void riderPanelSaysWhyTheScoreIsWhatItIs() {
    neighbour("/_rider?there=true");
    try {
      signIn();
      Journey journey = carried();
      await().until(() -> number("data-riders") > 20);
      assertThat(page.locator("[data-service=rider-service]")).hasAttribute("data-state", "UP");
      search(journey.rider.value());
      assertThat(page.locator("#why")).containsText("起始 70.0 + 加分 1.2 − 扣分 2.0 = 69.2");
      assertThat(page.locator("#why [data-entry=se-2]")).containsText("−2.0");
      assertThat(page.locator("#why [data-entry=se-2]")).containsText("超时5分钟以上 (OT2)");
      assertThat(page.locator("#why [data-entry=se-2]")).containsText("晚于骑手时限");
      assertThat(page.locator("#why [data-entry=se-1]")).containsText("橙色或红色天气预警");
      assertThat(page.locator("#why [data-entry=se-3]")).containsText("已撤销");
      assertThat(page.locator("#why")).containsText("另有 11 单顺利送达");
      assertThat(complaints).isEmpty();
    } finally {
      neighbour("/_rider?there=false");
    }
  }

  @Test
  void deadServicesAreNamedAndTheMapStays() {
    signIn();
    assertThat(page.locator("[data-service=rider-service]"))
        .hasAttribute("data-state", "UNREACHABLE");
    assertThat(page.locator("[data-service=order-service]")).hasAttribute("data-state", "UP");
    assertThat(page.locator("#banner")).containsText("服务异常");
    await().until(() -> number("data-jobs") > 20);
  }

  @Test
  void lostStreamIsToldAndComesBackByItselfWithoutStartingOver() {
    try (Tunnel tunnel = new Tunnel(URI.create(url).getPort())) {
      url = tunnel.url();
      signIn();
      await().until(() -> number("data-jobs") > 20);
      tunnel.cut();
      assertThat(page.locator("#stream")).hasAttribute("data-state", "lost");
      assertThat(page.locator("#banner")).containsText("正在自动重连");
      assertThat(number("data-jobs")).isGreaterThan(20);
      tunnel.mend();
      assertThat(page.locator("#stream")).hasAttribute("data-state", "live");
      assertThat(page.locator("#banner")).not().containsText("正在自动重连");
      assertThat(page.locator("#stream")).hasAttribute("data-resyncs", "0");
    }
  }

  @Test
  void actAsksForAReasonAndSaysWhatCameOfIt() {
    signIn();
    Journey open =
        city.journeys().stream()
            .filter(
                journey -> picture.findStatus(journey.jobId()).orElse(null) == JobStatus.ASSIGNED)
            .findFirst()
            .orElseThrow();
    search(open.orderId().value());
    page.click("#do-reassign");
    assertThat(page.locator("#act")).isVisible();
    page.click("#act-go");
    assertThat(page.locator("#act")).isVisible();
    page.click("#act-presets button >> nth=0");
    page.click("#act-go");
    assertThat(page.locator("#act")).isHidden();
    assertThat(page.locator("#toast")).containsText("已提交改派");
    assertThat(page.locator("#panel")).containsText("骑手车辆故障");
    assertThat(complaints).isEmpty();
  }

  @Test
  void keyboardAloneReachesAStoryAndLeavesIt() {
    signIn();
    await().until(() -> page.locator("#urgent .job").count() > 0);
    page.locator("#urgent .job").first().focus();
    page.keyboard().press("Enter");
    assertThat(page.locator("#panel")).isFocused();
    page.keyboard().press("Escape");
    assertThat(page.locator("#panel")).isHidden();
    assertThat(page.locator("#urgent .job").first()).isFocused();
    page.keyboard().press("l");
    assertThat(page.locator("#tab-urgent")).containsText("Attention");
  }

  @Test
  void pageHasNoSeriousBarriers() {
    signIn();
    await().until(() -> number("data-jobs") > 20);
    assertThat(barriers()).isEmpty();
    search(carried().orderId().value());
    assertThat(page.locator("#panel .timeline")).isVisible();
    assertThat(barriers()).isEmpty();
    page.click("#sign-out");
    assertThat(barriers()).isEmpty();
  }

  @Test
  void pageRunsUnderAStrictPolicyAndOldFilesAreNotKept() {
    given()
        .get("/")
        .then()
        .statusCode(200)
        .header("Content-Security-Policy", org.hamcrest.Matchers.startsWith("default-src 'self'"))
        .header("X-Content-Type-Options", "nosniff");
    given().get("/js/main.js").then().header("Cache-Control", "no-cache");
    given()
        .get("/webjars/leaflet/1.9.4/dist/leaflet.js")
        .then()
        .statusCode(200)
        .header("Cache-Control", org.hamcrest.Matchers.containsString("immutable"));
  }
}
