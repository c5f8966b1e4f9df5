package org.shanpai.bench.areas;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.shanpai.bench.report.MarkdownTable;
import org.shanpai.bench.report.RawResult;
import org.shanpai.bench.report.Section;
import org.shanpai.bench.report.SvgPlot;

/** The chapter about CPU as areas are added. */
public final class AreasSection implements Section {

  private static final String ABOUT =
      """
      One engine serves ever more areas, each with its own stream of waves. The search gets moves, not time: under a wall budget every wave would cost the same. *CPU* is that of the threads that solve; *process* has collector, compiler and the simulated city in it.

      ```
      ./shanpai bench areas --report FILE
      ```

      """;

  @Override
  public String bench() {
    return "areas";
  }

  @Override
  public String title() {
    return "CPU an order as areas are added";
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
    StringBuilder text = new StringBuilder();
    text.append(
        "%s orders a minute and %d riders in each area, %d moves a wave, %d threads on %d cores. Raw: [%s](benchmarks/results/%s).\n\n"
            .formatted(
                json.path("ordersPerMinute").asText(),
                json.path("riders").asInt(),
                json.path("steps").asInt(),
                json.path("threads").asInt(),
                json.path("machine").path("cores").asInt(),
                result.file(),
                result.file()));
    MarkdownTable table =
        new MarkdownTable(
            "areas", "orders", "CPU, ms an order", "process, ms an order", "wall, ms an order");
    int points = json.path("areas").size();
    double[] areas = new double[points];
    double[] cpu = new double[points];
    for (int i = 0; i < points; i++) {
      areas[i] = json.path("areas").get(i).asDouble();
      cpu[i] = json.path("cpuMsPerOrder").get(i).asDouble();
      table.row(
          json.path("areas").get(i).asText(),
          json.path("orders").get(i).asText(),
          decimals(cpu[i]),
          decimals(json.path("processCpuMsPerOrder").get(i).asDouble()),
          decimals(json.path("wallMsPerOrder").get(i).asDouble()));
    }
    text.append(table.text()).append('\n');
    String plot = "areas-%d.svg".formatted(number);
    plots.put(
        plot,
        SvgPlot.lines(
            "CPU an order",
            "ms",
            "areas",
            areas,
            true,
            List.of(new SvgPlot.Series("threads that solve", cpu))));
    return text.append("![CPU an order by areas](benchmarks/plots/%s)\n\n".formatted(plot))
        .toString();
  }

  private static String decimals(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
