package org.shanpai.order.tracking.http;

import com.fasterxml.jackson.core.type.TypeReference;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.shanpai.messaging.Json;

/** What the customer's page says, in Chinese and in English, from {@code tracking/words.json}. */
@Singleton
class PageWords {

  /** The languages of the page, in the order the words are listed in. */
  enum Language {
    ZH("zh-CN"),
    EN("en");

    final String tag;

    Language(String tag) {
      this.tag = tag;
    }

    Language other() {
      return this == ZH ? EN : ZH;
    }

    /**
     * @param chosen what the address asks for, or null
     * @param accepted the header Accept-Language, or null
     */
    static Language of(String chosen, String accepted) {
      if (chosen != null) {
        return chosen.toLowerCase(Locale.ROOT).startsWith("en") ? EN : ZH;
      }
      if (accepted == null || accepted.isBlank()) {
        return ZH;
      }
      try {
        return Locale.LanguageRange.parse(accepted).stream()
            .map(Locale.LanguageRange::getRange)
            .filter(range -> range.startsWith("zh") || range.startsWith("en"))
            .findFirst()
            .map(range -> range.startsWith("zh") ? ZH : EN)
            .orElse(EN);
      } catch (IllegalArgumentException malformed) {
        return ZH;
      }
    }
  }

  private final String json;
  private final Map<String, List<String>> words;

  PageWords() {
    json = read("/tracking/words.json");
    try {
      words = Json.mapper().readValue(json, new TypeReference<>() {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All words as the page's script wants them. */
  String json() {
    return json;
  }

  /**
   * @param values names and values by turns
   * @throws IllegalArgumentException when nobody has words for the key
   */
  String say(Language language, String key, String... values) {
    List<String> found = words.get(key);
    if (found == null) {
      throw new IllegalArgumentException("There are no words for " + key + ".");
    }
    String text = found.get(language.ordinal());
    for (int i = 0; i + 1 < values.length; i += 2) {
      text = text.replace("{" + values[i] + "}", values[i + 1]);
    }
    return text;
  }

  static String read(String resource) {
    try (InputStream in = PageWords.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("There is no " + resource + ".");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
