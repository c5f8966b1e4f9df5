package org.shanpai.bench.rider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.shanpai.bench.report.RawResult;

/** Every row says whether it was reached, from the figures alone. */
class RiderSectionTest {

  private static String markdown(String json) throws JsonProcessingException {
    return new RiderSection()
        .markdown(
            List.of(new RawResult("r.json", new ObjectMapper().readTree(json))), new HashMap<>());
  }

  private static String told(double events, double p99, int winners, int open, double memory)
      throws JsonProcessingException {
    return markdown(
        """
        {"bench": "rider", "riders": 100000, "rowsOfARider": 300, "serviceJvm": "-Xmx768m",
         "scoreEventsPerSecond": %s, "scoreReadP99Ms": %s, "quotaWinners": %d,
         "openStreams": %d, "streamRssMiB": %s,
         "scoreEvents": {"perSecond": {"median": 2100, "spread": 0.031}, "events": 40000,
                         "rivalPerSecond": {"median": 6000}, "ofRival": {"median": 0.35},
                         "serviceCpuMsAnEvent": {"median": 0.312}, "rowsInTheLedger": 30450000},
         "scoreReads": {"p99Ms": {"spread": 0.1}, "p50Ms": {"median": 2.14}, "perSecond": 500,
                        "readers": 5000},
         "quotaRush": {"riders": 500, "places": 50, "rounds": 5},
         "streams": {"kibPerStream": 35.05, "broken": 0, "tellP99Ms": 2198.8},
         "machine": {"cores": 2, "processor": "Some CPU", "loadAverageBefore": 0.1}}
        """
            .formatted(events, p99, winners, open, memory));
  }

  private static String row(String markdown, String what) {
    return markdown.lines().filter(line -> line.startsWith("| " + what)).findFirst().orElseThrow();
  }

  @Test
  void whatIsReachedIsToldSo() throws JsonProcessingException {
    String told = told(2_000, 10, 50, 10_000, 1_024);
    assertThat(row(told, "score events"))
        .contains("| 2,000 /s | 3 % | PostgreSQL alone 6,000 /s | 0.35 ×")
        .endsWith("| yes |");
    assertThat(row(told, "score read")).contains("10.0 ms | 10 %").endsWith("| yes |");
    assertThat(row(told, "places taken of 50, 500 riders")).contains("50 in each of 5 rounds");
    assertThat(row(told, "open streams")).contains("| 10,000 |").endsWith("| yes |");
    assertThat(row(told, "resident memory")).contains("1,024 MiB").endsWith("| yes |");
    assertThat(told)
        .contains("100,000 riders with 300 rows each", "[r.json](benchmarks/results/r.json)")
        .contains("500 offered a second by 5,000 riders; p50 2.1 ms")
        .contains("0.31 ms and – ms of processor an event; 30,450,000 rows")
        .contains("35.1 KiB each", "2,199 ms at p99")
        .doesNotContain("| no |");
  }

  @Test
  void whatIsMissedIsToldSo() throws JsonProcessingException {
    String told = told(1_999.9, 10.1, 51, 9_999, 1_024);
    assertThat(told.lines().filter(line -> line.endsWith("| no |"))).hasSize(5);
    assertThat(told).doesNotContain("| yes |");
    assertThat(row(told(2_000, 10, 50, 10_000, 1_024.5), "resident memory")).endsWith("| no |");
  }

  @Test
  void aPartThatWasNotMeasuredHasNoRow() throws JsonProcessingException {
    String told = markdown("{\"bench\": \"rider\", \"quotaWinners\": 50, \"quotaRush\": {}}");
    assertThat(told.lines().filter(line -> line.startsWith("| "))).hasSize(3);
    assertThat(told).doesNotContain("Reads:", "Events:", "Streams:");
  }
}
