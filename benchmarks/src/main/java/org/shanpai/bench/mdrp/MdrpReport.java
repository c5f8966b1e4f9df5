package org.shanpai.bench.mdrp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.shanpai.bench.report.ReportFile;

/** The figures of a run over instances: for the whole, for each dispatcher, for each instance. */
public final class MdrpReport {

  /**
   * How it was run.
   *
   * @param variant rules of the game: {@code base}
   */
  public record Run(
      String variant, double waveMinutes, long seed, int threads, double wallSeconds) {}

  /**
   * A dispatcher over all instances. Excess and click-to-door are means over instances, as the
   * instances differ in size; undelivered and cost are sums.
   */
  record Total(
      double excessMean,
      int undelivered,
      double cost,
      double costPerOrder,
      double onTime,
      double clickToDoorP50,
      double clickToDoorP90,
      double clickToDoorMax,
      double ordersPerTrip,
      int waves,
      double waveP50Ms,
      double waveP99Ms,
      double waveMaxMs) {}

  private final Map<String, Map<String, MdrpBench.Outcome>> outcomes;
  private final Run run;
  private final Map<String, Total> totals = new LinkedHashMap<>();

  /**
   * @param outcomes by instance, then by dispatcher; the same dispatchers for each
   */
  public MdrpReport(Map<String, Map<String, MdrpBench.Outcome>> outcomes, Run run) {
    this.outcomes = outcomes;
    this.run = run;
    for (String dispatcher : outcomes.values().iterator().next().keySet()) {
      totals.put(
          dispatcher,
          total(outcomes.values().stream().map(byName -> byName.get(dispatcher)).toList()));
    }
  }

  private static Total total(List<MdrpBench.Outcome> days) {
    List<Metrics> metrics = days.stream().map(MdrpBench.Outcome::metrics).toList();
    double[] waves =
        days.stream()
            .flatMapToLong(day -> Arrays.stream(day.waveNanos()))
            .mapToDouble(nanos -> nanos / 1e6)
            .sorted()
            .toArray();
    int undelivered = metrics.stream().mapToInt(Metrics::undelivered).sum();
    int orders = metrics.stream().mapToInt(Metrics::orders).sum();
    double cost = metrics.stream().mapToDouble(Metrics::cost).sum();
    return new Total(
        mean(metrics.stream().mapToDouble(Metrics::excessMean).toArray()),
        undelivered,
        cost,
        cost / Math.max(1, orders - undelivered),
        mean(metrics.stream().mapToDouble(Metrics::onTime).toArray()),
        mean(metrics.stream().mapToDouble(Metrics::clickToDoorP50).toArray()),
        mean(metrics.stream().mapToDouble(Metrics::clickToDoorP90).toArray()),
        metrics.stream().mapToDouble(Metrics::clickToDoorMax).max().orElse(Double.NaN),
        mean(metrics.stream().mapToDouble(Metrics::ordersPerTrip).toArray()),
        waves.length,
        Metrics.quantile(waves, 0.5),
        Metrics.quantile(waves, 0.99),
        Metrics.quantile(waves, 1));
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).filter(v -> !Double.isNaN(v)).average().orElse(Double.NaN);
  }

  /** Whose figures are on top: the engine's, or the last dispatcher's where it did not run. */
  private String headline() {
    return totals.containsKey(Contender.ENGINE)
        ? Contender.ENGINE
        : new ArrayList<>(totals.keySet()).get(totals.size() - 1);
  }

  /** The report as {@code --report} writes it. */
  public ObjectNode json() {
    ObjectNode json = ReportFile.begin("mdrp");
    Total headline = totals.get(headline());
    json.put("instances", outcomes.size());
    json.put("excessMean", ReportFile.rounded(headline.excessMean(), 4));
    json.put("undelivered", headline.undelivered());
    json.put("costPerOrder", ReportFile.rounded(headline.costPerOrder(), 4));
    json.put("waveP99Ms", ReportFile.rounded(headline.waveP99Ms(), 3));
    json.put("dispatcher", headline());
    Total yardstick = totals.get(Contender.YARDSTICK);
    if (yardstick != null) {
      json.put("excessRatioToRolling", ratio(headline.excessMean(), yardstick.excessMean()));
      json.put("costRatioToRolling", ratio(headline.cost(), yardstick.cost()));
    }
    ObjectNode how = json.putObject("run");
    how.put("variant", run.variant());
    how.put("waveMinutes", run.waveMinutes());
    how.put("seed", run.seed());
    how.put("threads", run.threads());
    how.put("wallSeconds", ReportFile.rounded(run.wallSeconds(), 1));
    ReportFile.addMachine(json);
    ObjectNode dispatchers = json.putObject("dispatchers");
    totals.forEach((name, total) -> add(dispatchers.putObject(name), total, yardstick));
    ObjectNode perInstance = json.putObject("perInstance");
    outcomes.forEach(
        (instance, byName) -> {
          ObjectNode node = perInstance.putObject(instance);
          byName.forEach((name, outcome) -> add(node.putObject(name), outcome, byName));
        });
    return json;
  }

  private static Double ratio(double value, double yardstick) {
    return ReportFile.rounded(value / yardstick, 4);
  }

  private static void add(ObjectNode node, Total total, Total yardstick) {
    node.put("excessMean", ReportFile.rounded(total.excessMean(), 4));
    node.put("undelivered", total.undelivered());
    node.put("cost", ReportFile.rounded(total.cost(), 2));
    node.put("costPerOrder", ReportFile.rounded(total.costPerOrder(), 4));
    node.put("onTime", ReportFile.rounded(total.onTime(), 4));
    node.put("clickToDoorP50", ReportFile.rounded(total.clickToDoorP50(), 2));
    node.put("clickToDoorP90", ReportFile.rounded(total.clickToDoorP90(), 2));
    node.put("clickToDoorMax", ReportFile.rounded(total.clickToDoorMax(), 2));
    node.put("ordersPerTrip", ReportFile.rounded(total.ordersPerTrip(), 3));
    node.put("waves", total.waves());
    node.put("waveP50Ms", ReportFile.rounded(total.waveP50Ms(), 3));
    node.put("waveP99Ms", ReportFile.rounded(total.waveP99Ms(), 3));
    node.put("waveMaxMs", ReportFile.rounded(total.waveMaxMs(), 3));
    if (yardstick != null) {
      node.put("excessRatioToRolling", ratio(total.excessMean(), yardstick.excessMean()));
      node.put("costRatioToRolling", ratio(total.cost(), yardstick.cost()));
    }
  }

  private static void add(
      ObjectNode node, MdrpBench.Outcome outcome, Map<String, MdrpBench.Outcome> day) {
    Metrics metrics = outcome.metrics();
    node.put("orders", metrics.orders());
    node.put("undelivered", metrics.undelivered());
    node.put("excess", ReportFile.rounded(metrics.excessMean(), 4));
    node.put("onTime", ReportFile.rounded(metrics.onTime(), 4));
    node.put("clickToDoorP50", ReportFile.rounded(metrics.clickToDoorP50(), 2));
    node.put("clickToDoorP90", ReportFile.rounded(metrics.clickToDoorP90(), 2));
    node.put("clickToDoorMax", ReportFile.rounded(metrics.clickToDoorMax(), 2));
    node.put("cost", ReportFile.rounded(metrics.cost(), 2));
    node.put("costPerOrder", ReportFile.rounded(metrics.costPerOrder(), 4));
    node.put("ordersPerTrip", ReportFile.rounded(metrics.ordersPerTrip(), 3));
    double[] waves =
        Arrays.stream(outcome.waveNanos()).mapToDouble(nanos -> nanos / 1e6).sorted().toArray();
    node.put("waves", waves.length);
    node.put("waveP99Ms", ReportFile.rounded(Metrics.quantile(waves, 0.99), 3));
    MdrpBench.Outcome yardstick = day.get(Contender.YARDSTICK);
    if (yardstick != null) {
      node.put(
          "excessRatioToRolling", ratio(metrics.excessMean(), yardstick.metrics().excessMean()));
    }
  }

  /** A table for the terminal. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%d instances, %s variant, a wave every %s min, seed %d, %.0f s%n",
            outcomes.size(),
            run.variant(),
            run.waveMinutes(),
            run.seed(),
            run.wallSeconds()));
    text.append(
        String.format(
            "%-12s %10s %11s %8s %11s %8s %9s %10s%n",
            "dispatcher",
            "excess min",
            "undelivered",
            "on time",
            "cost/order",
            "ctd max",
            "of rolling",
            "wave p99"));
    Total yardstick = totals.get(Contender.YARDSTICK);
    totals.forEach(
        (name, total) ->
            text.append(
                String.format(
                    Locale.ROOT,
                    "%-12s %10.3f %11d %7.1f%% %11.3f %8.0f %9s %8.1fms%n",
                    name,
                    total.excessMean(),
                    total.undelivered(),
                    100 * total.onTime(),
                    total.costPerOrder(),
                    total.clickToDoorMax(),
                    yardstick == null
                        ? "-"
                        : String.format(
                            Locale.ROOT, "%.3f", total.excessMean() / yardstick.excessMean()),
                    total.waveP99Ms())));
    return text.toString();
  }
}
