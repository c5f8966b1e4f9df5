package org.shanpai.order.merchantdocs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What merchants read of problems and signatures is what the code does. */
class ProblemPageTest {

  private static final Path PAGE = Path.of("../docs/merchants/errors-idempotency-webhooks.md");

  /** A kebab-case literal as the type of a refusal: after a factory of problems, or a status. */
  private static final Pattern TYPE =
      Pattern.compile(
          "(?:Problem\\s*\\.\\s*(?:conflict|conflictRetry|tooMany|unprocessable)\\(|noWay\\("
              + "|refus\\w*\\(|[rR]efusal\\(|\\b[45]\\d\\d,)\\s*\"([a-z]+(?:-[a-z]+)+)\"");

  /** Said by the chassis to everybody. */
  private static final Set<String> OF_ALL =
      Set.of(
          "bad-request",
          "unauthorized",
          "forbidden",
          "not-found",
          "method-not-allowed",
          "not-acceptable",
          "too-large",
          "unsupported-media-type",
          "unprocessable",
          "rate-limited",
          "in-progress",
          "idempotency-key-reused",
          "unavailable",
          "internal");

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Set<String> types(String source) {
    Set<String> types = new TreeSet<>();
    Matcher matcher = TYPE.matcher(source);
    while (matcher.find()) {
      types.add(matcher.group(1));
    }
    return types;
  }

  @Test
  void everyTypeOfProblemIsOnThePageAndNoOther() throws IOException {
    Set<String> said = new TreeSet<>(OF_ALL);
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      files
          .filter(file -> file.toString().endsWith(".java"))
          .forEach(file -> said.addAll(types(read(file))));
    }
    String page = read(PAGE);
    String table =
        page.substring(page.indexOf("<!-- problems -->"), page.indexOf("<!-- /problems -->"));
    Set<String> shown = new TreeSet<>();
    Matcher rows = Pattern.compile("(?m)^\\| `([a-z-]+)` \\| ").matcher(table);
    while (rows.find()) {
      shown.add(rows.group(1));
    }
    assertThat(shown)
        .as("the table of problems in %s; a new type wants a row there", PAGE)
        .isEqualTo(said);
  }

  @Test
  void typesAreFoundInEveryWayTheyAreWritten() {
    assertThat(
            types(
                "throw Problem.conflict(\n      \"order-ended\", \"x\"); new Refusal(OUT, 422,"
                    + " \"out-of-range\", f); noWay(\"no-way\", d); Problem .unprocessable("
                    + " \"quote-used\", \"quoteId\", d); String h = \"webhook-id\";"))
        .containsExactly("no-way", "order-ended", "out-of-range", "quote-used");
  }

  /** The sample of the page, run as it stands there. */
  @Test
  void signatureCanBeCheckedInAShell() throws Exception {
    String page = read(PAGE);
    String section = page.substring(page.indexOf("### Check a signature"));
    String script = ShellBlocks.of(section).get(0);
    assertThat(ShellBlocks.run(script, java.util.Map.of(), 30, TimeUnit.SECONDS))
        .isEqualToIgnoringNewLines("genuine");
    assertThat(
            ShellBlocks.run(
                script.replace("2432232314", "2432232315") + "\ntrue\n",
                java.util.Map.of(),
                30,
                TimeUnit.SECONDS))
        .isEmpty();
  }
}
