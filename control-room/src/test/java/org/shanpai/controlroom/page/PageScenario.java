package org.shanpai.controlroom.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.quarkus.test.common.http.TestHTTPResource;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.shanpai.browser.Barriers;
import org.shanpai.browser.Chromium;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.controlroom.city.CityPicture;
import org.shanpai.controlroom.fixture.Journey;
import org.shanpai.controlroom.fixture.Operator;
import org.shanpai.controlroom.fixture.RushHour;
import org.shanpai.controlroom.fixture.Wire;
import org.shanpai.servers.ServersTestResource;

/** What the tests of the page share: a browser, a city at lunch, an operator who signs in. */
abstract class PageScenario {

  static final String PASSWORD = "tea at 3 in the rain";

  private static Chromium chromium;

  @Inject CityClock clock;
  @Inject CityPicture picture;

  @TestHTTPResource("/")
  String url;

  final List<String> complaints = new ArrayList<>();
  final String name = "op" + UUID.randomUUID().toString().substring(0, 8);
  private BrowserContext context;
  Page page;
  RushHour city;

  @BeforeAll
  static void openBrowser() {
    chromium = new Chromium();
    PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
  }

  @AfterAll
  static void closeBrowser() {
    chromium.close();
  }

  @BeforeEach
  void fillTheCity() {
    String manager = "Bearer " + Operator.token("boss", "manager");
    given()
        .header("Authorization", manager)
        .contentType(ContentType.JSON)
        .body(Map.of("coordinateSystem", "WGS-84", "streets", RushHour.streets()))
        .put("/v1/map/streets")
        .then()
        .statusCode(200);
    given()
        .header("Authorization", manager)
        .header("Idempotency-Key", name)
        .contentType(ContentType.JSON)
        .body(Map.of("username", name, "password", PASSWORD, "roles", List.of("dispatcher")))
        .post("/v1/operators")
        .then()
        .statusCode(201);
    city = new RushHour(11, clock.now(), 30, 40, 60);
    if (picture.findRider(RushHour.rider(1)).isEmpty()) {
      try (Wire wire = new Wire(ServersTestResource.kafka().bootstrap())) {
        city.tell(wire);
      }
    }
    Journey last = city.journeys().get(city.journeys().size() - 1);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> picture.findStatus(last.jobId()).isPresent());
    ride();

    context =
        chromium
            .browser()
            .newContext(
                new Browser.NewContextOptions().setViewportSize(1280, 720).setLocale("zh-CN"));
    page = context.newPage();
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            complaints.add(message.text());
          }
        });
    page.onPageError(complaints::add);
  }

  @AfterEach
  void close() {
    page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "page", name + ".png")));
    context.close();
  }

  /** Tells where the riders are until the page's feed has heard it. */
  void ride() {
    try (Wire wire = new Wire(ServersTestResource.kafka().bootstrap())) {
      await()
          .atMost(Duration.ofSeconds(40))
          .pollInterval(Duration.ofMillis(300))
          .until(
              () -> {
                city.ride(wire, 10, clock.now());
                return picture.findRider(RushHour.rider(1)).orElseThrow().place() != null;
              });
    }
  }

  void signIn() {
    page.navigate(url);
    page.fill("#sign-name", name);
    page.fill("#sign-password", PASSWORD);
    page.click("#sign-submit");
    assertThat(page.locator("#stream")).hasAttribute("data-state", "live");
  }

  Journey carried() {
    return city.journeys().stream()
        .filter(journey -> picture.findStatus(journey.jobId()).orElse(null) == JobStatus.PICKED_UP)
        .findFirst()
        .orElseThrow();
  }

  void search(String text) {
    page.keyboard().press("/");
    page.keyboard().type(text);
    page.keyboard().press("Enter");
  }

  int number(String attribute) {
    String text = page.locator("#map").getAttribute(attribute);
    return text == null ? 0 : Integer.parseInt(text);
  }

  List<String> barriers() {
    return Barriers.of(page);
  }
}
