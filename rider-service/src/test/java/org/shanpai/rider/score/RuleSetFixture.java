package org.shanpai.rider.score;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.shanpai.messaging.Json;

/** The rule set that the migration publishes, read from the migration itself. */
public final class RuleSetFixture {

  private RuleSetFixture() {}

  public static RuleSet v1() {
    return Json.read(v1Document(), RuleSet.class);
  }

  /** The book with that one rule set in it. */
  public static RuleBook book() {
    return new RuleBook(
        java.util.List.of(
            new RuleBook.Edition(java.time.Instant.parse("2019-12-31T16:00:00Z"), v1())));
  }

  static String v1Document() {
    try (InputStream in =
        RuleSetFixture.class.getResourceAsStream("/db/migration/V120__score_in_full.sql")) {
      String sql = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      Matcher document =
          Pattern.compile("set document = '(\\{.*?\\n\\})' where version = 'v1'", Pattern.DOTALL)
              .matcher(sql);
      if (!document.find()) {
        throw new IllegalStateException("the migration publishes no rule set v1");
      }
      return document.group(1).replace("''", "'");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
