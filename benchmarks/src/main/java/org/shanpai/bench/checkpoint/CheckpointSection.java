package org.shanpai.bench.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.shanpai.bench.report.MarkdownTable;
import org.shanpai.bench.report.RawResult;
import org.shanpai.bench.report.Section;
import org.shanpai.bench.report.SvgPlot;

/** The chapter about one decision for a whole city. */
public final class CheckpointSection implements Section {

  private static final String ABOUT =
      """
      One decision of the size Meituan describes, in a made-up city calibrated to published figures: stops under way, slow kitchens, direct orders, boxes, weights, shifts and hours on duty included. The best known cost is the lowest that any engine and seed reached in any run listed. Most of a plan's cost is that of the routes the riders have already, which no decision can change: *new work* leaves it out.

      ```
      ./shanpai bench checkpoint --report FILE
      ```

      """;

  @Override
  public String bench() {
    return "checkpoint";
  }

  @Override
  public String title() {
    return "One decision for a whole city";
  }

  @Override
  public String markdown(List<RawResult> results, Map<String, String> plots) {
    StringBuilder text = new StringBuilder(ABOUT);
    int number = 0;
    for (RawResult result : results) {
      text.append(one(result, ++number, plots));
    }
    return text.toString();
  }

  private static String one(RawResult result, int number, Map<String, String> plots) {
    JsonNode json = result.json();
    JsonNode city = json.path("city");
    String heading =
        "%d open orders, %d riders, seed %d"
            .formatted(
                city.path("jobs").asInt(), city.path("riders").asInt(), city.path("seed").asLong());
    StringBuilder text = new StringBuilder("### ").append(heading).append("\n\n");
    text.append(
        "%d districts, %d places, %d stops under way; %d cores; every plan keeps every hard rule: %s. Raw: [%s](benchmarks/results/%s).\n\n"
            .formatted(
                city.path("districts").asInt(),
                city.path("places").asInt(),
                city.path("committedStops").asInt(),
                json.path("machine").path("cores").asInt(),
                json.path("feasible").asBoolean() ? "yes" : "**no**",
                result.file(),
                result.file()));
    MarkdownTable table =
        new MarkdownTable(
            "engine",
            "seed",
            "budget, s",
            "taken, s",
            "cost, million",
            "above best known",
            "of new work",
            "held",
            "heap, MiB");
    List<Double> budgets = new ArrayList<>();
    List<Double> above = new ArrayList<>();
    for (JsonNode run : json.path("runs")) {
      row(table, json, run);
      budgets.add(run.path("budgetSeconds").asDouble());
      above.add(100 * aboveBest(json, run));
    }
    for (JsonNode run : json.path("searchesForBest")) {
      row(table, json, run);
    }
    text.append(table.text()).append('\n');
    String plot = "checkpoint-%d.svg".formatted(number);
    plots.put(
        plot,
        SvgPlot.lines(
            "Cost above the best known: " + heading,
            "%",
            "seconds allowed",
            budgets.stream().mapToDouble(Double::doubleValue).toArray(),
            true,
            List.of(
                new SvgPlot.Series(
                    "shanpai", above.stream().mapToDouble(Double::doubleValue).toArray()))));
    return text.append("![Cost by seconds allowed](benchmarks/plots/%s)\n\n".formatted(plot))
        .toString();
  }

  private static double aboveBest(JsonNode json, JsonNode run) {
    double best = json.path("bestKnownCost").asDouble();
    return (run.path("cost").asDouble() - best) / best;
  }

  private static void row(MarkdownTable table, JsonNode json, JsonNode run) {
    double best = json.path("bestKnownCost").asDouble();
    double newWork = best - json.path("committedCost").asDouble();
    table.row(
        run.path("engine").asText(),
        run.path("seed").asText(),
        run.path("budgetSeconds").asText(),
        decimals(2, run.path("seconds").asDouble()),
        decimals(2, run.path("cost").asDouble() / 1e6),
        decimals(2, 100 * aboveBest(json, run)) + " %",
        decimals(1, 100 * (run.path("cost").asDouble() - best) / newWork) + " %",
        run.path("held").asText(),
        run.path("heapMiB").asText());
  }

  private static String decimals(int decimals, double value) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
