package org.shanpai.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Page;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BarriersIT {

  private static final String PAGE =
      "<!doctype html><html lang='en'><head><title>t</title></head><body><main><h1>A</h1>%s</main></body></html>";

  private static Chromium chromium;

  @BeforeAll
  static void open() {
    chromium = new Chromium();
  }

  @AfterAll
  static void close() {
    chromium.close();
  }

  @Test
  void aPictureWithoutWordsIsFound() {
    assertThat(barriers("<img src='data:,'>")).singleElement().asString().startsWith("image-alt: ");
  }

  @Test
  void paleWordsAreFound() {
    assertThat(barriers("<p style='color:#ccc;background:#fff'>hardly there</p>"))
        .singleElement()
        .asString()
        .startsWith("color-contrast: ");
  }

  @Test
  void aPlainPageHasNone() {
    assertThat(barriers("<p>words</p>")).isEmpty();
  }

  @Test
  void aMissingBrowserIsSaidNotSkipped() {
    String before = System.getProperty("shanpai.chromium");
    System.setProperty("shanpai.chromium", "/nowhere/chromium");
    try {
      assertThatThrownBy(Chromium::new)
          .hasMessageContaining("There is no browser at /nowhere/chromium");
    } finally {
      if (before == null) {
        System.clearProperty("shanpai.chromium");
      } else {
        System.setProperty("shanpai.chromium", before);
      }
    }
  }

  private static List<String> barriers(String body) {
    try (Page page = chromium.browser().newPage()) {
      page.setContent(PAGE.formatted(body));
      return Barriers.of(page);
    }
  }
}
