package org.shanpai.bench.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.shanpai.bench.CannotRun;
import org.shanpai.bench.areas.AreasBench;
import org.shanpai.bench.report.ReportFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench areas}: what an order costs in CPU as areas are added. */
@Command(
    name = "areas",
    description = "CPU for each order with 1 to 64 areas side by side.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class AreasCommand implements Callable<Integer> {

  @Option(
      names = "--areas",
      split = ",",
      defaultValue = "1,2,4,8,16,32,64",
      paramLabel = "N",
      description = "Numbers of areas.")
  private List<Integer> areas;

  @Option(
      names = "--waves",
      defaultValue = "20",
      paramLabel = "N",
      description = "Measured waves of each area, 30 s apart.")
  private int waves;

  @Option(
      names = "--filling",
      defaultValue = "16",
      paramLabel = "N",
      description = "Waves before them, so that riders are at work.")
  private int filling;

  @Option(
      names = "--orders-per-minute",
      defaultValue = "10",
      paramLabel = "X",
      description = "Of each area.")
  private double ordersPerMinute;

  @Option(names = "--riders", defaultValue = "130", paramLabel = "N", description = "Of each area.")
  private int riders;

  @Option(
      names = "--steps",
      defaultValue = "600",
      paramLabel = "N",
      description = "Moves tried in a wave: a wall budget would cost the same at any size.")
  private int steps;

  @Option(
      names = "--threads",
      defaultValue = "2",
      paramLabel = "N",
      description = "Waves solved at a time.")
  private int threads;

  @Option(names = "--seed", defaultValue = "1", paramLabel = "S", description = "First seed.")
  private long seed;

  @Option(names = "--report", paramLabel = "FILE", description = "Writes the figures as JSON.")
  private Path report;

  @Override
  public Integer call() {
    areas.forEach(n -> inRange("--areas", n, 1, 4_096));
    inRange("--waves", waves, 1, 100_000);
    inRange("--filling", filling, 0, 100_000);
    inRange("--orders-per-minute", ordersPerMinute, 0.01, 1_000);
    inRange("--riders", riders, 1, 10_000);
    inRange("--steps", steps, 0, 1_000_000);
    inRange("--threads", threads, 1, 256);
    ReportFile.check(report);
    List<AreasBench.Cost> costs =
        new AreasBench(
                new AreasBench.Setup(
                    areas, seed, waves, filling, ordersPerMinute, riders, steps, threads),
                System::nanoTime)
            .run();
    System.out.printf(
        "%6s %8s %8s %12s %14s %13s%n",
        "areas", "waves", "orders", "CPU ms/order", "process CPU ms", "wall ms/order");
    ObjectNode json = ReportFile.begin("areas");
    ArrayNode numbers = json.putArray("areas");
    ArrayNode cpu = json.putArray("cpuMsPerOrder");
    ArrayNode process = json.putArray("processCpuMsPerOrder");
    ArrayNode wall = json.putArray("wallMsPerOrder");
    ArrayNode orders = json.putArray("orders");
    for (AreasBench.Cost cost : costs) {
      System.out.printf(
          "%6d %8d %8d %12.3f %14.3f %13.3f%n",
          cost.areas(),
          cost.waves(),
          cost.orders(),
          cost.cpuMsPerOrder(),
          cost.processCpuMsPerOrder(),
          cost.wallMsPerOrder());
      numbers.add(cost.areas());
      cpu.add(ReportFile.rounded(cost.cpuMsPerOrder(), 4));
      process.add(ReportFile.rounded(cost.processCpuMsPerOrder(), 4));
      wall.add(ReportFile.rounded(cost.wallMsPerOrder(), 4));
      orders.add(cost.orders());
    }
    json.put("waves", waves);
    json.put("ordersPerMinute", ordersPerMinute);
    json.put("riders", riders);
    json.put("steps", steps);
    json.put("threads", threads);
    json.put("seed", seed);
    ReportFile.addMachine(json);
    ReportFile.write(report, json);
    return 0;
  }

  private static void inRange(String option, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new CannotRun(
          "%s must be within %s and %s, not %s."
              .formatted(option, text(least), text(most), text(value)));
    }
  }

  private static String text(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
