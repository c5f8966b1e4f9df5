package org.shanpai.bench.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.shanpai.bench.CannotRun;
import org.shanpai.bench.checkpoint.CheckpointBench;
import org.shanpai.bench.city.CitySize;
import org.shanpai.bench.report.ReportFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench checkpoint}: one decision for a whole city. */
@Command(
    name = "checkpoint",
    description = "One decision of the size Meituan describes: cost after 0.25, 1, 5 and 60 s.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class CheckpointCommand implements Callable<Integer> {

  /** The budget that the time of a decision is told for. */
  private static final double DECISION_SECONDS = 1;

  private static final double LONGEST_SECONDS = 3_600;

  @Option(names = "--jobs", defaultValue = "663", paramLabel = "N", description = "Open orders.")
  private int jobs;

  @Option(names = "--riders", defaultValue = "2585", paramLabel = "N", description = "Riders.")
  private int riders;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "S",
      description = "Seed of the city and the search.")
  private long seed;

  @Option(
      names = "--budgets",
      split = ",",
      defaultValue = "0.25,1,5,60",
      paramLabel = "SECONDS",
      description = "Wall budgets, ascending.")
  private List<Double> budgets;

  @Option(
      names = "--best-seconds",
      defaultValue = "60",
      paramLabel = "SECONDS",
      description = "For each further search for the best known cost.")
  private double bestSeconds;

  @Option(
      names = "--best-seeds",
      defaultValue = "2",
      paramLabel = "N",
      description = "Further seeds of the engine for it.")
  private int bestSeeds;

  @Option(
      names = "--others",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Let other solvers search for it too; --no-others leaves them out.")
  private boolean others;

  @Option(names = "--report", paramLabel = "FILE", description = "Writes the figures as JSON.")
  private Path report;

  @Override
  public Integer call() {
    for (int i = 0; i < budgets.size(); i++) {
      inRange("--budgets", budgets.get(i));
      if (i > 0 && budgets.get(i) <= budgets.get(i - 1)) {
        throw new CannotRun("--budgets must ascend.");
      }
    }
    inRange("--best-seconds", bestSeconds);
    if (bestSeeds < 0 || bestSeeds > 100) {
      throw new CannotRun("--best-seeds must be within 0 and 100, not %d.".formatted(bestSeeds));
    }
    CitySize size = CitySize.of(jobs, riders);
    ReportFile.check(report);
    CheckpointBench.Setup setup =
        new CheckpointBench.Setup(size, seed, budgets, bestSeconds, bestSeeds, others);
    CheckpointBench.Outcome outcome = new CheckpointBench(setup, System::nanoTime).run();
    print(outcome);
    ReportFile.write(report, json(setup, outcome));
    return outcome.feasible() ? 0 : 1;
  }

  private static void inRange(String option, double seconds) {
    if (!(seconds >= 0.01 && seconds <= LONGEST_SECONDS)) {
      throw new CannotRun(
          "%s takes seconds within 0.01 and %.0f, not %s."
              .formatted(option, LONGEST_SECONDS, seconds));
    }
  }

  private static void print(CheckpointBench.Outcome outcome) {
    long best = outcome.bestKnownCost();
    System.out.printf(
        "%-12s %5s %8s %8s %14s %8s %9s %5s %8s %5s%n",
        "engine",
        "seed",
        "budget",
        "seconds",
        "cost",
        "to best",
        "new work",
        "held",
        "steps",
        "MiB");
    for (List<CheckpointBench.Run> runs : List.of(outcome.byBudget(), outcome.searches())) {
      for (CheckpointBench.Run run : runs) {
        System.out.printf(
            "%-12s %5d %8.2f %8.2f %14d %+7.2f%% %+8.2f%% %5d %8d %5d%n",
            run.engine(),
            run.seed(),
            run.budgetSeconds(),
            run.seconds(),
            run.cost(),
            100.0 * (run.cost() - best) / best,
            100.0 * (run.cost() - best) / Math.max(1, best - outcome.committedCost()),
            run.held(),
            run.steps(),
            run.heapMiB());
        run.broken().forEach(reason -> System.out.println("  broken: " + reason));
      }
    }
  }

  private static ObjectNode json(CheckpointBench.Setup setup, CheckpointBench.Outcome outcome) {
    ObjectNode json = ReportFile.begin("checkpoint");
    CheckpointBench.Run decision = decision(outcome.byBudget());
    json.put("seconds", ReportFile.rounded(decision.seconds(), 3));
    ObjectNode costs = json.putObject("costAfterSeconds");
    for (CheckpointBench.Run run : outcome.byBudget()) {
      costs.put(plain(run.budgetSeconds()), run.cost());
    }
    json.put("bestKnownCost", outcome.bestKnownCost());
    json.put(
        "heapMiB",
        outcome.byBudget().stream().mapToLong(CheckpointBench.Run::heapMiB).max().orElse(0));
    json.put("feasible", outcome.feasible());
    json.put("decisionBudgetSeconds", decision.budgetSeconds());
    json.put("committedCost", outcome.committedCost());
    ObjectNode city = json.putObject("city");
    city.put("jobs", setup.size().jobs());
    city.put("riders", setup.size().riders());
    city.put("districts", setup.size().districts());
    city.put("seed", setup.seed());
    city.put("places", outcome.places());
    city.put("committedStops", outcome.committedStops());
    ArrayNode runs = json.putArray("runs");
    outcome.byBudget().forEach(run -> add(runs, run));
    ArrayNode searches = json.putArray("searchesForBest");
    outcome.searches().forEach(run -> add(searches, run));
    ReportFile.addMachine(json);
    return json;
  }

  /** The run with the budget nearest to that of a decision. */
  private static CheckpointBench.Run decision(List<CheckpointBench.Run> runs) {
    CheckpointBench.Run nearest = runs.get(0);
    for (CheckpointBench.Run run : runs) {
      if (Math.abs(run.budgetSeconds() - DECISION_SECONDS)
          < Math.abs(nearest.budgetSeconds() - DECISION_SECONDS)) {
        nearest = run;
      }
    }
    return nearest;
  }

  private static String plain(double seconds) {
    return seconds == Math.rint(seconds) ? Long.toString((long) seconds) : Double.toString(seconds);
  }

  private static void add(ArrayNode runs, CheckpointBench.Run run) {
    ObjectNode node = runs.addObject();
    node.put("engine", run.engine());
    node.put("seed", run.seed());
    node.put("budgetSeconds", run.budgetSeconds());
    node.put("seconds", ReportFile.rounded(run.seconds(), 3));
    node.put("cost", run.cost());
    if (run.ownCost() >= 0) {
      node.put("costAsReported", run.ownCost());
      node.put("steps", run.steps());
    }
    node.put("held", run.held());
    node.put("overdue", run.overdue());
    node.put("heapMiB", run.heapMiB());
    ArrayNode broken = node.putArray("broken");
    run.broken().forEach(broken::add);
  }
}
