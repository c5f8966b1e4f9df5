package org.shanpai.controlroom.page;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import org.shanpai.browser.Chromium;

/**
 * Takes a picture of a running control room: {@code URL USER PASSWORD FILE [LANGUAGE]}. With {@code
 * #layer=coverage} at the end of the URL, of the coverage layer.
 */
public final class Screenshot {

  private Screenshot() {}

  public static void main(String[] given) {
    if (given.length < 4) {
      System.err.println("Say URL USER PASSWORD FILE and, if you like, zh-CN or en-GB.");
      System.exit(2);
    }
    try (Chromium chromium = new Chromium()) {
      Page page =
          chromium
              .browser()
              .newPage(
                  new Browser.NewPageOptions()
                      .setViewportSize(1600, 900)
                      .setLocale(given.length > 4 ? given[4] : "en-GB"));
      page.navigate(given[0]);
      page.fill("#sign-name", given[1]);
      page.fill("#sign-password", given[2]);
      page.click("#sign-submit");
      page.waitForSelector("#stream[data-state=live]");
      page.waitForFunction(
          "Number(document.getElementById('map').dataset.jobs) > 0"
              + " && Number(document.getElementById('map').dataset.riders) > 0");
      // An address that asks for a layer is a picture of the layer; else a story is opened.
      boolean layer = given[0].contains("#layer=coverage");
      if (layer) {
        page.waitForFunction("Number(document.getElementById('map').dataset.cells) > 0");
      }
      Object order =
          layer
              ? null
              : page.evaluate(
                  "() => [...window.shanpai.city.jobs.values()]"
                      + ".find(job => job.status === 'PICKED_UP' || job.riderId)?.orderId ?? null");
      if (order != null) {
        page.keyboard().press("/");
        page.keyboard().type(order.toString());
        page.keyboard().press("Enter");
        page.waitForSelector("#panel .timeline");
        page.keyboard().press("f");
      }
      page.waitForTimeout(2_500);
      page.screenshot(new Page.ScreenshotOptions().setPath(Path.of(given[3])));
    }
  }
}
