package org.shanpai.bench.peers;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.shanpai.bench.report.MarkdownTable;
import org.shanpai.bench.report.RawResult;
import org.shanpai.bench.report.Section;
import org.shanpai.bench.report.SvgPlot;

/** The chapter about other solvers on the same waves. */
public final class PeersSection implements Section {

  private static final String ABOUT =
      """
      Frozen waves of made-up cities (20 to 200 open orders, 30 to 400 riders) and of real days, with stops under way. Everybody has the same wall budget and is judged by one evaluator that shares no line with the engine: hard rules by the plan checker, cost from the records; a route that breaks a rule counts as the committed one, its new jobs as held; held jobs cost everybody the same.
      The others start from the greedy plan, so that none spends its budget on finding one. *optaplanner* is OptaPlanner with its own list moves and nearby selection, *timefold* the free edition of Timefold with its own list moves (nearby selection is not in it); both optimise the evaluator's own cost, route by route. *or-tools* approximates convex lateness by two straight pieces and makes no move within a short budget above 500 stops, *jsprit* looks at the clock between iterations. *New work* leaves out the cost of routes that were there before.

      ```
      ./shanpai bench peers --instances DIR --report FILE
      ```

      """;

  @Override
  public String bench() {
    return "peers";
  }

  @Override
  public String title() {
    return "Other solvers on the same waves";
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
    String heading =
        "%d waves, %d ms".formatted(json.path("waves").asInt(), json.path("budgetMillis").asInt());
    StringBuilder text = new StringBuilder("### ").append(heading).append("\n\n");
    text.append(
        "Ours is cheapest on %s %% of them. Medians over %d seeds, %d cores. Raw: [%s](benchmarks/results/%s).\n\n"
            .formatted(
                decimals(1, 100 * json.path("bestShare").asDouble()),
                json.path("seeds").asInt(),
                json.path("machine").path("cores").asInt(),
                result.file(),
                result.file()));
    MarkdownTable table =
        new MarkdownTable(
            "engine",
            "cheapest on",
            "above the best, median",
            "of new work, median",
            "seconds, median",
            "seconds, most",
            "jobs held",
            "plans with a broken rule");
    List<String> names = new ArrayList<>();
    List<Double> newWork = new ArrayList<>();
    json.path("engines")
        .properties()
        .forEach(
            entry -> {
              JsonNode engine = entry.getValue();
              names.add(entry.getKey());
              newWork.add(100 * engine.path("newWorkAboveBestMedian").asDouble());
              table.row(
                  entry.getKey(),
                  decimals(1, 100 * engine.path("bestShare").asDouble()) + " %",
                  decimals(2, 100 * engine.path("aboveBestMedian").asDouble()) + " %",
                  decimals(1, 100 * engine.path("newWorkAboveBestMedian").asDouble()) + " %",
                  decimals(2, engine.path("secondsMedian").asDouble()),
                  decimals(2, engine.path("secondsMost").asDouble()),
                  engine.path("held").asText(),
                  engine.path("broken").asText());
            });
    text.append(table.text()).append('\n');
    String plot = "peers-%d.svg".formatted(number);
    plots.put(
        plot,
        SvgPlot.bars(
            "Cost of new work above the best: " + heading,
            "%",
            names,
            List.of(
                new SvgPlot.Series(
                    "median", newWork.stream().mapToDouble(Double::doubleValue).toArray()))));
    text.append("![Cost above the best by engine](benchmarks/plots/%s)\n\n".formatted(plot));
    text.append("<details><summary>Every wave</summary>\n\n")
        .append(perWave(json, names).text())
        .append("\n</details>\n\n");
    return text.toString();
  }

  private static MarkdownTable perWave(JsonNode json, List<String> names) {
    List<String> headings = new ArrayList<>(List.of("wave", "jobs", "riders"));
    headings.addAll(names);
    MarkdownTable table = new MarkdownTable(headings.toArray(String[]::new));
    for (JsonNode wave : json.path("results")) {
      List<String> cells =
          new ArrayList<>(
              List.of(
                  wave.path("wave").asText(),
                  wave.path("jobs").asText(),
                  wave.path("couriers").asText()));
      double committed = wave.path("committedCost").asDouble();
      for (String name : names) {
        double cost = wave.path("scores").path(name).path("cost").asDouble() - committed;
        cells.add(decimals(3, cost / 1e6));
      }
      table.row(cells.toArray(String[]::new));
    }
    return table;
  }

  private static String decimals(int decimals, double value) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
