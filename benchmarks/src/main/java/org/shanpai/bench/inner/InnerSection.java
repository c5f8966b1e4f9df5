package org.shanpai.bench.inner;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.shanpai.bench.report.MarkdownTable;
import org.shanpai.bench.report.RawResult;
import org.shanpai.bench.report.Section;

/** The chapter about the engine's inner loops. */
public final class InnerSection implements Section {

  private static final String ABOUT =
      """
      JMH, mean times on one thread. *route*: one route ridden and priced; *insertion*: the best places for a job on a route; *candidates*: a wave checked and candidates found for every job; *construction*: the first plan of a wave.

      ```
      ./shanpai bench inner --report FILE
      ```

      """;

  @Override
  public String bench() {
    return "inner";
  }

  @Override
  public String title() {
    return "Inner loops";
  }

  @Override
  public String markdown(List<RawResult> results, Map<String, String> plots) {
    StringBuilder text = new StringBuilder(ABOUT);
    for (RawResult result : results) {
      MarkdownTable table = new MarkdownTable("loop", "jobs × riders", "µs", "± µs (99.9 %)");
      for (JsonNode loop : result.json().path("loops")) {
        table.row(
            loop.path("loop").asText(),
            loop.path("wave").asText().replace("x", " × "),
            decimals(loop.path("micros")),
            decimals(loop.path("error")));
      }
      text.append("Raw: [%s](benchmarks/results/%s).\n\n".formatted(result.file(), result.file()))
          .append(table.text())
          .append('\n');
    }
    return text.toString();
  }

  private static String decimals(JsonNode value) {
    return value.isNumber() ? String.format(Locale.ROOT, "%.3f", value.asDouble()) : "–";
  }
}
