package org.shanpai.bench.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.shanpai.bench.report.RawResult;

/** Every row says whether it was reached, from the figures alone. */
class IntakeSectionTest {

  private static String told(double rate, double p99, double ratio, int errors, double webhooks)
      throws JsonProcessingException {
    String json =
        """
        {"bench": "intake", "createsPerSecond": %s, "createP99Ms": %s,
         "postgresRowsPerSecond": 1200.4, "ratio": %s, "errors": %d, "webhooksPerSecond": %s,
         "creates": {"perSecond": {"spread": 0.021}, "merchants": 60, "rowsOfAnOrder": 5,
                     "serviceCores": {"median": 1.2}},
         "webhooks": {"merchants": 59, "lagP99Ms": {"median": 180},
                      "lagBesideDeadP99Ms": {"median": 190}},
         "machine": {"cores": 2, "processor": "Some CPU", "loadAverageBefore": 0.1}}
        """
            .formatted(rate, p99, ratio, errors, webhooks);
    return new IntakeSection()
        .markdown(
            List.of(new RawResult("i.json", new ObjectMapper().readTree(json))), new HashMap<>());
  }

  private static String row(String markdown, String what) {
    return markdown.lines().filter(line -> line.startsWith("| " + what)).findFirst().orElseThrow();
  }

  @Test
  void whatIsReachedIsToldSo() throws JsonProcessingException {
    String told = told(500, 100, 0.5, 0, 1_000);
    assertThat(row(told, "orders"))
        .contains("| 500 /s | 2 % | PostgreSQL alone 1,200 /s | 0.50 ×")
        .endsWith("| yes; aim yes |");
    assertThat(row(told, "their p99")).contains("100.0 ms").endsWith("| yes |");
    assertThat(row(told, "webhooks")).contains("59 merchants", "1,000 /s").endsWith("| yes |");
    assertThat(told).contains("lag p50 – ms, p99 180 ms; beside a dead receiver p50 – ms, p99 190");
    assertThat(told).contains("2 cores (Some CPU)", "[i.json](benchmarks/results/i.json)");
  }

  @Test
  void whatIsMissedIsToldSo() throws JsonProcessingException {
    String told = told(499.9, 100.1, 0.49, 0, 999);
    assertThat(row(told, "orders")).endsWith("| no; aim no |");
    assertThat(told.lines().filter(line -> line.endsWith("| no |"))).hasSize(2);
    assertThat(told).doesNotContain("yes");
  }

  @Test
  void oneErrorIsEnoughToMissIt() throws JsonProcessingException {
    assertThat(row(told(900, 10, 0.6, 1, 2_000), "their p99")).endsWith("| no |");
  }
}
