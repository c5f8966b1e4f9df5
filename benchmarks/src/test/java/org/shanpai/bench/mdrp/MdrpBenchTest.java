package org.shanpai.bench.mdrp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shanpai.bench.report.RawResult;

/** A run over instances, its files and its report. */
class MdrpBenchTest {

  @TempDir private Path out;

  private static final Metrics NEAREST = new Metrics(10, 2, 8, 0.5, 30, 40, 60, 100, 12.5, 1);
  private static final Metrics ROLLING = new Metrics(10, 1, 4, 0.7, 25, 35, 50, 110, 12.2, 1.2);
  private static final Metrics ENGINE = new Metrics(10, 0, 1, 0.9, 20, 30, 45, 108, 10.8, 1.3);
  private static final Metrics ENGINE_ELSEWHERE =
      new Metrics(30, 3, 3, 0.8, 20, 30, 55, 300, 11.1, 1.3);
  private static final Metrics ROLLING_ELSEWHERE =
      new Metrics(30, 3, 6, 0.8, 20, 30, 55, 310, 11.5, 1.3);

  private static MdrpBench.Outcome outcome(Metrics metrics, long... millis) {
    long[] nanos = new long[millis.length];
    for (int i = 0; i < nanos.length; i++) {
      nanos[i] = millis[i] * 1_000_000;
    }
    return new MdrpBench.Outcome(metrics, nanos);
  }

  private static JsonNode report(long seed, Metrics engine) {
    Map<String, Map<String, MdrpBench.Outcome>> outcomes = new LinkedHashMap<>();
    Map<String, MdrpBench.Outcome> one = new LinkedHashMap<>();
    one.put("nearest", outcome(NEAREST, 1, 1));
    one.put("rolling", outcome(ROLLING, 2, 2));
    one.put("engine", outcome(engine, 10, 20));
    one.put("engine-live", outcome(ENGINE, 10, 20));
    outcomes.put("one", one);
    Map<String, MdrpBench.Outcome> two = new LinkedHashMap<>(one);
    two.put("rolling", outcome(ROLLING_ELSEWHERE, 2, 2));
    two.put("engine", outcome(ENGINE_ELSEWHERE, 30));
    outcomes.put("two", two);
    return new MdrpReport(outcomes, new MdrpReport.Run("base", 1, seed, 2, 12)).json();
  }

  @Test
  void engineIsOnTopAndComparedWithRollingMatching() {
    JsonNode json = report(1, ENGINE);
    assertThat(json.path("instances").asInt()).isEqualTo(2);
    assertThat(json.path("dispatcher").asText()).isEqualTo("engine");
    assertThat(json.path("excessMean").asDouble()).isEqualTo(2);
    assertThat(json.path("undelivered").asInt()).isEqualTo(3);
    // 408 for 10 + 27 orders.
    assertThat(json.path("costPerOrder").asDouble()).isCloseTo(408 / 37.0, within(1e-4));
    // 10, 20, 30: 98 % of the way from the second to the third.
    assertThat(json.path("waveP99Ms").asDouble()).isCloseTo(29.8, within(1e-9));
    assertThat(json.path("excessRatioToRolling").asDouble()).isEqualTo(0.4);
    assertThat(json.path("costRatioToRolling").asDouble()).isCloseTo(408 / 420.0, within(1e-4));
    assertThat(json.at("/dispatchers/nearest/excessMean").asDouble()).isEqualTo(8);
    assertThat(json.at("/perInstance/one/engine/excessRatioToRolling").asDouble()).isEqualTo(0.25);
    assertThat(json.at("/run/seed").asLong()).isEqualTo(1);
    assertThat(json.at("/machine/cores").asInt()).isPositive();
  }

  @Test
  void solutionsLieWhereTheEvaluatorLooks() {
    List<Contender> contenders =
        List.of(
            Contender.base("nearest", 1, NearestDispatcher::new),
            Contender.base(Contender.ENGINE, 1, RollingMatching::new));
    Map<String, Map<String, MdrpBench.Outcome>> outcomes =
        new MdrpBench(
                new MdrpBench.Plan(List.of(Crossroads.folder()), contenders, 10, 1, 2, out),
                System::nanoTime)
            .run();
    assertThat(out.resolve("crossroads/solution_info_orders.txt")).exists();
    assertThat(out.resolve("crossroads/solution_info_couriers.txt")).exists();
    assertThat(out.resolve("crossroads/nearest/solution_info_assignments.txt")).exists();
    assertThat(outcomes.get("crossroads").keySet()).containsExactly("nearest", "engine");
    assertThat(outcomes.get("crossroads").get("engine").metrics().orders()).isEqualTo(4);
  }

  @Test
  void tablesShowMediansOverSeeds() {
    Metrics better = new Metrics(10, 0, 0.5, 0.9, 20, 30, 45, 108, 10.8, 1.3);
    Metrics worse = new Metrics(10, 0, 3, 0.9, 20, 30, 45, 108, 10.8, 1.3);
    Map<String, String> plots = new TreeMap<>();
    String text =
        new MdrpSection()
            .markdown(
                List.of(
                    new RawResult("a.json", report(1, better)),
                    new RawResult("b.json", report(2, ENGINE)),
                    new RawResult("c.json", report(3, worse))),
                plots);
    assertThat(text)
        .contains("### 2 instances, base variant, a wave every 1 min")
        .contains("Medians over the seeds 1, 2, 3")
        .contains("[b.json](benchmarks/results/b.json)")
        .contains("| engine | 2.000 | 0.400 | 3 |")
        .containsSubsequence(
            "| rolling |", "own mode of operation", "| engine |", "| engine-live |")
        .contains(
            "| one | 10 | 8.00 | 2 | 100 | 4.00 | 1 | 110 | 1.00 | 0 | 108 | 1.00 | 0 | 108 |");
    assertThat(plots).containsOnlyKeys("mdrp-excess-1.svg", "mdrp-ratio-1.svg");
    assertThat(text).contains("benchmarks/plots/mdrp-ratio-1.svg");
  }
}
