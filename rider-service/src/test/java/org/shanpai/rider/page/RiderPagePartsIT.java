package org.shanpai.rider.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The parts of the riders' page, by night, in English, on another phone. */
@QuarkusTest
class RiderPagePartsIT extends PageScenario {

  @Test
  void inEnglishAndAtNightTheHallTheCodeAndTheCallForHelpWork() {
    Login login = onboarded();
    Page page = phone(360, 740, "en-GB", ColorScheme.DARK);
    signIn(page, login);
    assertThat(page.locator("#stream-text")).hasText("Connected");
    page.click("#shift");
    assertThat(page.locator("#shift-state")).hasText("Online: offers come");
    page.click("#tab-hall");
    Locator job = page.locator("#hall .card");
    assertThat(job).containsText("¥9.20");
    assertThat(overflows(page)).isFalse();
    assertThat(barriers(page)).isEmpty();
    picture(page, "rider-hall");
    job.locator("button").click();
    page.click("#tab-work");
    assertThat(page.locator("#stop-kind")).hasText("Pick up");
    page.click("#at-store");
    page.fill("#picked-up-code", "4711");
    page.keyboard().press("Enter");
    portraits(page);
    page.click("#at-customer");
    // No code, no delivery: the page asks for it before it sends anything.
    page.click("#delivered");
    assertThat(page.locator("#toast")).hasText("Please enter the code.");
    page.fill("#delivered-code", "081542");
    assertThat(overflows(page)).isFalse();
    assertThat(barriers(page)).isEmpty();
    page.click("#delivered");
    assertThat(page.locator("#idle")).isVisible();

    page.locator("#sos").focus();
    page.keyboard().down("Enter");
    page.waitForTimeout(300);
    page.keyboard().up("Enter");
    assertThat(count("select count(*) from sos_alarm where rider_id = ?", login.rider())).isZero();
    page.keyboard().down("Enter");
    assertThat(page.locator("#sos-words")).isVisible();
    page.keyboard().up("Enter");
    page.fill("#sos-words", "I fell");
    page.click("#act-go");
    assertThat(page.locator("#sos")).containsText("Help was called");
    await()
        .until(
            () ->
                count(
                        "select count(*) from sos_alarm where rider_id = ? and words = 'I fell'",
                        login.rider())
                    == 1);

    asManager()
        .header("Idempotency-Key", "m-" + unique())
        .body(
            Map.of(
                "audience",
                "RIDER",
                "whom",
                login.rider(),
                "text",
                "<img src=x onerror=alert(1)> hello"))
        .post("/v1/rider-messages")
        .then()
        .statusCode(200);
    assertThat(page.locator("#latest")).containsText("<img src=x onerror=alert(1)> hello");
    page.click("#tab-more");
    assertThat(page.locator("#messages")).containsText("hello");
    assertThat(page.locator("#campaigns-box")).containsText("Campaigns");
    assertThat(overflows(page)).isFalse();
    assertThat(barriers(page)).isEmpty();
    page.click("#tab-score");
    assertThat(page.locator("#training")).isVisible();
    assertThat(barriers(page)).isEmpty();
    page.click("#lang");
    assertThat(page.locator("#tab-score")).containsText("服务分");
    page.click("#tab-more");
    page.click("#sign-out");
    assertThat(page.locator("#sign")).isVisible();
    assertThat(page.evaluate("() => localStorage.getItem('shanpai.rider.session')")).isNull();
    assertThat(page.locator("#more")).isEmpty();
    assertThat(surprises()).isEmpty();
  }

  /** The pictures of the README; the language changes where one is. */
  private static void portraits(Page page) {
    assertThat(page.locator("#stop-kind")).hasText("Deliver");
    assertThat(page.locator("#stop-eta")).containsText("Arriving about");
    page.setViewportSize(390, 844);
    page.evaluate("() => { document.getElementById('toast').hidden = true; scrollTo(0, 0); }");
    picture(page, "rider");
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    page.click("#lang");
    assertThat(page.locator("#stop-kind")).hasText("去送货");
    picture(page, "rider-zh");
    page.click("#lang");
    assertThat(page.locator("#stop-kind")).hasText("Deliver");
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
    page.setViewportSize(360, 740);
  }

  @Test
  void anotherPhoneIsToldWhomToAskAndAWrongSecretIsSaidSo() {
    Login login = onboarded();
    Page first = phone(390, 844, "zh-CN", ColorScheme.LIGHT);
    signIn(first, login);
    Page other = phone(390, 844, "en-GB", ColorScheme.LIGHT);
    other.navigate(here.resolve("/rider").toString() + "#rider=" + login.rider());
    assertThat(other.locator("#sign-rider")).hasValue(login.rider());
    other.fill("#sign-secret", "not this one");
    other.click("#sign-in");
    assertThat(other.locator("#sign-error")).hasText("The rider number or the secret is wrong.");
    other.fill("#sign-secret", login.secret());
    other.click("#sign-in");
    assertThat(other.locator("#sign-error")).containsText("ask your station manager");
    assertThat(barriers(other)).isEmpty();
    // A reload goes on with the session of this phone.
    first.reload();
    assertThat(first.locator("#stream-text")).hasText("已连接");
    assertThat(first.locator("#sign")).isHidden();
  }

  @Test
  void rideForMeSendsSimulatedPositionsAndSaysSo() {
    Login login = onboarded();
    Page page = phone(390, 844, "zh-CN", ColorScheme.LIGHT);
    page.navigate(here.resolve("/rider/index.html#at=30.2740,120.1260").toString());
    signIn(page, login);
    page.check("#ride");
    assertThat(page.locator("#simulated")).isVisible();
    page.click("#shift");
    await()
        .until(
            () ->
                askedOfNeighbours().stream()
                    .anyMatch(
                        asked ->
                            asked.startsWith("POST /v1/positions")
                                && asked.contains("\"sessionId\":\"simulated-")));
    page.uncheck("#ride");
    assertThat(page.locator("#simulated")).isHidden();
  }

  @Test
  void pageRunsNothingFromElsewhereAndIsInstallable() {
    given()
        .get("/rider")
        .then()
        .statusCode(200)
        .header("Content-Security-Policy", containsString("default-src 'self'"))
        .header("Content-Security-Policy", not(containsString("unsafe")))
        .header("Cache-Control", "no-cache")
        .body(containsString("main.js"));
    given()
        .get("/rider/manifest.webmanifest")
        .then()
        .statusCode(200)
        .body(containsString("standalone"));
    given().get("/rider/sw.js").then().statusCode(200).body(not(containsString("'/v1")));
  }
}
