package org.shanpai.rider.page;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Geolocation;
import io.quarkus.test.common.http.TestHTTPResource;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.shanpai.browser.Barriers;
import org.shanpai.browser.Chromium;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.JobId;
import org.shanpai.contracts.Money;
import org.shanpai.contracts.OfferId;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.TimeWindow;
import org.shanpai.contracts.event.OfferState;
import org.shanpai.rider.RiderServiceTestBase;

/** What the tests of the riders' page share: a phone, and nothing that it complains of. */
abstract class PageScenario extends RiderServiceTestBase {

  private static Chromium chromium;

  @TestHTTPResource("/")
  URI here;

  final List<String> complaints = new ArrayList<>();
  private final List<BrowserContext> contexts = new ArrayList<>();

  /** Who signs in with what. */
  record Login(String rider, String secret) {}

  @BeforeAll
  static void openBrowser() {
    chromium = new Chromium();
    PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
  }

  @AfterAll
  static void closeBrowser() {
    chromium.close();
  }

  @AfterEach
  void closePages() {
    contexts.forEach(BrowserContext::close);
  }

  /** A phone that knows where it is. */
  Page phone(int width, int height, String language, ColorScheme light) {
    BrowserContext context =
        chromium
            .browser()
            .newContext(
                new Browser.NewContextOptions()
                    .setViewportSize(width, height)
                    .setLocale(language)
                    .setDeviceScaleFactor(2)
                    .setHasTouch(true)
                    .setColorScheme(light)
                    .setTimezoneId("Europe/Berlin")
                    .setGeolocation(new Geolocation(30.276, 120.126).setAccuracy(12))
                    .setPermissions(List.of("geolocation")));
    contexts.add(context);
    Page page = context.newPage();
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            complaints.add(message.text() + " " + message.location());
          }
        });
    page.onPageError(complaints::add);
    return page;
  }

  static Login onboarded() {
    String rider = "r-web-" + unique();
    String secret =
        asManager()
            .body(profile())
            .put("/v1/riders/" + rider)
            .then()
            .statusCode(201)
            .extract()
            .path("secret");
    return new Login(rider, secret);
  }

  void signIn(Page page, Login login) {
    page.navigate(here.resolve("/rider").toString());
    page.fill("#sign-rider", login.rider());
    page.fill("#sign-secret", login.secret());
    page.click("#sign-in");
    page.waitForSelector("#stream[data-state=live]");
  }

  /** An offer of one job, as dispatch makes it. */
  static void offer(String order, String rider, long version, OfferState.Status status) {
    Instant now = Instant.now();
    send(
        new OfferState(
            OfferId.of("of-" + order),
            CityId.of("city-1"),
            AreaId.of("a-1"),
            RiderId.of(rider),
            version,
            status,
            List.of(
                new OfferState.OfferedJob(
                    JobId.of("j-" + order),
                    StoreId.of("s-wensan-7"),
                    new GeoPoint(30.28, 120.13),
                    new GeoPoint(30.29, 120.14),
                    new TimeWindow(now, now.plusSeconds(1_800)),
                    now.plusSeconds(240),
                    2,
                    3,
                    1_800,
                    Set.of("COLD_BOX"))),
            List.of(),
            Money.ofFen(650),
            now,
            now.plusSeconds(120),
            now.toEpochMilli(),
            "nearest",
            "w-1",
            status == OfferState.Status.OPEN ? "OFFERED" : "ACCEPTED",
            Money.ofFen(300)));
  }

  static List<String> barriers(Page page) {
    return Barriers.of(page);
  }

  static void picture(Page page, String name) {
    page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "page", name + ".png")));
  }

  /** Whether anything stands out of the window to the side. */
  static boolean overflows(Page page) {
    return (Boolean)
        page.evaluate(
            "() => document.documentElement.scrollWidth > document.documentElement.clientWidth");
  }

  /**
   * What the page complains of. A line that was cut on purpose is no complaint, nor is the 404 of
   * whoever has not signed up for a campaign.
   */
  List<String> surprises() {
    return complaints.stream()
        .filter(one -> !one.contains("ERR_INTERNET_DISCONNECTED") && !one.contains("ERR_NETWORK"))
        .filter(one -> !(one.contains("status of 404") && one.contains("/enrolment")))
        .toList();
  }
}
