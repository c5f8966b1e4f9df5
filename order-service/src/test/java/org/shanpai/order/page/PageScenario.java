package org.shanpai.order.page;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.quarkus.test.common.http.TestHTTPResource;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.shanpai.browser.Barriers;
import org.shanpai.browser.Chromium;
import org.shanpai.order.OrderServiceScenario;

/** What the tests of the pages share: a browser, and nothing that it complains of. */
abstract class PageScenario extends OrderServiceScenario {

  private static Chromium chromium;

  @TestHTTPResource("/")
  URI here;

  final List<String> complaints = new ArrayList<>();
  private final List<BrowserContext> contexts = new ArrayList<>();

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

  Page page(int width, int height, String language, boolean script) {
    BrowserContext context =
        chromium
            .browser()
            .newContext(
                new Browser.NewContextOptions()
                    .setViewportSize(width, height)
                    .setLocale(language)
                    .setDeviceScaleFactor(2)
                    .setTimezoneId("Europe/Berlin")
                    .setJavaScriptEnabled(script));
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
}
