package org.shanpai.bench.mdrp;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.shanpai.bench.report.MarkdownTable;
import org.shanpai.bench.report.RawResult;
import org.shanpai.bench.report.Section;
import org.shanpai.bench.report.SvgPlot;
import org.shanpai.bench.report.Tables;

/**
 * The chapter about whole days of the Grubhub instances; runs that differ in seed alone are one.
 */
public final class MdrpSection implements Section {

  private static final String ABOUT =
      """
      Whole days of meal delivery from real orders ([mdrplib](https://github.com/grubhub/mdrplib); Reyes, Erera, Savelsbergh, Sahasrabudhe, O'Neil 2018). A dispatcher learns of an order at its placement; couriers finish an assignment before they get the next (base variant).
      *Excess* is the mean over orders of click-to-door less its lower bound, a courier waiting at the restaurant's door; an undelivered order counts as 120 minutes. *Nearest* gives each order to the nearest free courier, *rolling* is rolling-horizon matching with bundles after Reyes et al.; both run in the same run as the engine. Money is the instances' own.

      ```
      ./shanpai bench mdrp --instances DIR --out DIR --seed 1 --report FILE
      ```

      """;

  private static final String LIVE =
      """
      The engine's own mode of operation, which the base variant forbids: couriers take new orders into the route they ride, of several restaurants at a time, and may be sent another way.

      """;

  /** Runs that may be compared: the same rules, the same rhythm, the same instances. */
  private record Setting(String variant, double waveMinutes, List<String> instances) {

    static Setting of(JsonNode report) {
      List<String> names = new ArrayList<>();
      report.path("perInstance").fieldNames().forEachRemaining(names::add);
      return new Setting(
          report.path("run").path("variant").asText(),
          report.path("run").path("waveMinutes").asDouble(),
          names);
    }
  }

  @Override
  public String bench() {
    return "mdrp";
  }

  @Override
  public String title() {
    return "Days of meal delivery";
  }

  @Override
  public String markdown(List<RawResult> results, Map<String, String> plots) {
    Map<Setting, List<RawResult>> bySetting =
        results.stream()
            .collect(
                Collectors.groupingBy(
                    result -> Setting.of(result.json()), LinkedHashMap::new, Collectors.toList()));
    StringBuilder text = new StringBuilder(ABOUT);
    int number = 0;
    for (Map.Entry<Setting, List<RawResult>> group : bySetting.entrySet()) {
      text.append(group(group.getKey(), group.getValue(), ++number, plots));
    }
    return text.toString();
  }

  private static String group(
      Setting setting, List<RawResult> runs, int number, Map<String, String> plots) {
    String heading =
        "%d instances, %s variant, a wave every %s min"
            .formatted(setting.instances().size(), setting.variant(), plain(setting.waveMinutes()));
    TreeSet<Long> seeds = new TreeSet<>();
    runs.forEach(run -> seeds.add(run.json().path("run").path("seed").asLong()));
    List<String> dispatchers = names(runs.get(0).json().path("dispatchers"));
    StringBuilder text = new StringBuilder("### ").append(heading).append("\n\n");
    text.append(runs.size() == 1 ? "Seed " : "Medians over the seeds ")
        .append(seeds.stream().map(String::valueOf).collect(Collectors.joining(", ")))
        .append(", ")
        .append(runs.get(0).json().path("machine").path("cores").asInt())
        .append(" cores. Raw: ")
        .append(
            runs.stream()
                .map(run -> "[%s](benchmarks/results/%s)".formatted(run.file(), run.file()))
                .collect(Collectors.joining(", ")))
        .append(".\n\n")
        .append(totals(runs, dispatchers.stream().filter(d -> !live(d)).toList()).text())
        .append('\n');
    if (dispatchers.stream().anyMatch(MdrpSection::live)) {
      text.append(LIVE)
          .append(
              totals(
                      runs,
                      dispatchers.stream()
                          .filter(d -> live(d) || d.equals(Contender.ENGINE))
                          .toList())
                  .text())
          .append('\n');
    }

    String excess = "mdrp-excess-%d.svg".formatted(number);
    plots.put(
        excess,
        SvgPlot.bars(
            "Excess over the lower bound: " + heading,
            "minutes an order",
            dispatchers,
            List.of(
                new SvgPlot.Series(
                    "mean over instances",
                    dispatchers.stream()
                        .mapToDouble(d -> median(runs, "/dispatchers/" + d + "/excessMean"))
                        .toArray()))));
    text.append("![Excess by dispatcher](benchmarks/plots/%s)\n\n".formatted(excess));
    String headline = runs.get(0).json().path("dispatcher").asText();
    if (dispatchers.contains(Contender.YARDSTICK) && !headline.equals(Contender.YARDSTICK)) {
      String ratios = "mdrp-ratio-%d.svg".formatted(number);
      plots.put(
          ratios,
          SvgPlot.bars(
              "Excess of %s as a share of rolling matching's, by instance".formatted(headline),
              "ratio",
              setting.instances(),
              List.of(
                  new SvgPlot.Series(
                      headline,
                      setting.instances().stream()
                          .mapToDouble(
                              i ->
                                  median(
                                      runs,
                                      "/perInstance/%s/%s/excessRatioToRolling"
                                          .formatted(i, headline)))
                          .toArray()))));
      text.append("![Ratio by instance](benchmarks/plots/%s)\n\n".formatted(ratios));
    }
    text.append("<details><summary>Every instance</summary>\n\n")
        .append(perInstance(setting, runs, dispatchers).text())
        .append("\n</details>\n\n");
    return text.toString();
  }

  private static boolean live(String dispatcher) {
    return dispatcher.equals(Contender.LIVE_ENGINE);
  }

  private static MarkdownTable totals(List<RawResult> runs, List<String> dispatchers) {
    MarkdownTable table =
        new MarkdownTable(
            "dispatcher",
            "excess, min",
            "of rolling",
            "undelivered",
            "on time",
            "cost an order",
            "cost of rolling",
            "slowest order, min",
            "orders a trip",
            "wave p50, ms",
            "wave p99, ms");
    for (String dispatcher : dispatchers) {
      String at = "/dispatchers/" + dispatcher + "/";
      table.row(
          dispatcher,
          decimals(3, median(runs, at + "excessMean")),
          decimals(3, median(runs, at + "excessRatioToRolling")),
          plain(median(runs, at + "undelivered")),
          decimals(1, 100 * median(runs, at + "onTime")) + " %",
          decimals(3, median(runs, at + "costPerOrder")),
          decimals(3, median(runs, at + "costRatioToRolling")),
          plain(median(runs, at + "clickToDoorMax")),
          decimals(2, median(runs, at + "ordersPerTrip")),
          decimals(1, median(runs, at + "waveP50Ms")),
          decimals(1, median(runs, at + "waveP99Ms")));
    }
    return table;
  }

  private static MarkdownTable perInstance(
      Setting setting, List<RawResult> runs, List<String> dispatchers) {
    List<String> headings = new ArrayList<>(List.of("instance", "orders"));
    for (String dispatcher : dispatchers) {
      headings.add(dispatcher + " excess");
      headings.add("undelivered");
      headings.add("cost");
    }
    MarkdownTable table = new MarkdownTable(headings.toArray(String[]::new));
    for (String instance : setting.instances()) {
      List<String> cells = new ArrayList<>();
      cells.add(instance);
      cells.add(
          plain(median(runs, "/perInstance/%s/%s/orders".formatted(instance, dispatchers.get(0)))));
      for (String dispatcher : dispatchers) {
        String at = "/perInstance/%s/%s/".formatted(instance, dispatcher);
        cells.add(decimals(2, median(runs, at + "excess")));
        cells.add(plain(median(runs, at + "undelivered")));
        cells.add(decimals(0, median(runs, at + "cost")));
      }
      table.row(cells.toArray(String[]::new));
    }
    return table;
  }

  private static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** The median over the runs that have the value; NaN when none has. */
  private static double median(List<RawResult> runs, String pointer) {
    return Tables.median(
        runs.stream()
            .map(run -> run.json().at(pointer))
            .filter(JsonNode::isNumber)
            .mapToDouble(JsonNode::asDouble)
            .toArray());
  }

  private static String decimals(int decimals, double value) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? decimals(0, value) : decimals(1, value);
  }
}
