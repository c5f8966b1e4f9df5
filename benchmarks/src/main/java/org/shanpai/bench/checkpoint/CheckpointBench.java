package org.shanpai.bench.checkpoint;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.shanpai.bench.city.CitySize;
import org.shanpai.bench.city.CitySnapshot;
import org.shanpai.bench.city.EngineRecords;
import org.shanpai.bench.peers.Peer;
import org.shanpai.bench.peers.Peers;
import org.shanpai.bench.peers.RouteJudge;
import org.shanpai.bench.report.Progress;
import org.shanpai.engine.DispatchEngine;
import org.shanpai.engine.Plan;
import org.shanpai.engine.PlanChecker;
import org.shanpai.engine.SolveLimit;
import org.shanpai.engine.Stop;
import org.shanpai.engine.Wave;

/**
 * One decision of the size Meituan describes: open orders of some 22 districts and all their
 * riders, most with orders in hand. The engine gets several wall budgets; the best cost that any
 * solver and seed reaches in the longest one is the mark.
 */
public final class CheckpointBench {

  private static final int WARM_UP_ROUNDS = 4;
  private static final long WARM_UP_MILLIS = 1_000;

  /**
   * What to run.
   *
   * @param size of the city
   * @param seed of the city; the searches use it and the ones after it
   * @param budgets wall seconds the engine gets, ascending
   * @param bestSeconds wall seconds for each further search for the best known cost
   * @param bestSeeds further seeds of the engine for it
   * @param others whether other solvers search for it too
   */
  public record Setup(
      CitySize size,
      long seed,
      List<Double> budgets,
      double bestSeconds,
      int bestSeeds,
      boolean others) {}

  /**
   * One run.
   *
   * @param engine who
   * @param seed of the search
   * @param budgetSeconds given
   * @param seconds taken, wall
   * @param cost by the one evaluator, mc
   * @param ownCost as the engine reported it, mc; -1 for other solvers
   * @param held jobs left without a rider
   * @param overdue of them, those that may not wait
   * @param steps moves tried; -1 for other solvers
   * @param heapMiB peak of the heap, garbage included
   * @param broken rules broken, one sentence each
   */
  public record Run(
      String engine,
      long seed,
      double budgetSeconds,
      double seconds,
      long cost,
      long ownCost,
      int held,
      int overdue,
      int steps,
      long heapMiB,
      List<String> broken) {}

  /**
   * All runs.
   *
   * @param places places in the wave
   * @param committedStops stops the riders have already
   * @param committedCost what these cost alone, mc
   * @param byBudget of the engine, in the order of the budgets
   * @param searches further ones for the best known cost
   */
  public record Outcome(
      int places, int committedStops, long committedCost, List<Run> byBudget, List<Run> searches) {

    /** The lowest cost of any run, mc. */
    public long bestKnownCost() {
      long best = Long.MAX_VALUE;
      for (List<Run> runs : List.of(byBudget, searches)) {
        for (Run run : runs) {
          best = Math.min(best, run.cost());
        }
      }
      return best;
    }

    /** Whether every plan of the engine keeps every hard rule. */
    public boolean feasible() {
      return byBudget.stream().allMatch(run -> run.broken().isEmpty());
    }
  }

  private final Setup setup;
  private final LongSupplier nanos;
  private final DispatchEngine engine;

  public CheckpointBench(Setup setup, LongSupplier nanos) {
    this.setup = setup;
    this.nanos = nanos;
    this.engine = new DispatchEngine(nanos);
  }

  /** Warms up and runs everything. */
  public Outcome run() {
    Wave wave = CitySnapshot.wave(setup.seed(), setup.size(), SolveLimit.constructionOnly());
    List<Run> byBudget = new ArrayList<>();
    List<Run> searches = new ArrayList<>();
    List<Peer> others = setup.others() ? Peers.forLargeWaves() : List.of();
    double total =
        WARM_UP_ROUNDS * WARM_UP_MILLIS / 1000.0
            + setup.budgets().stream().mapToDouble(Double::doubleValue).sum()
            + setup.bestSeconds() * (setup.bestSeeds() + others.size());
    try (Progress progress = Progress.show("Checkpoint", Math.round(total * 1000))) {
      progress.doing("warming up");
      Wave other =
          CitySnapshot.wave(setup.seed() + 1_000, setup.size(), SolveLimit.constructionOnly());
      for (int round = 0; round < WARM_UP_ROUNDS; round++) {
        engine.solve(EngineRecords.with(other, round, SolveLimit.wallMillis(WARM_UP_MILLIS)));
        progress.add(WARM_UP_MILLIS);
      }
      for (double budget : setup.budgets()) {
        progress.doing("%s s".formatted(budget));
        byBudget.add(own(wave, setup.seed(), budget));
        progress.add(Math.round(budget * 1000));
      }
      for (int k = 1; k <= setup.bestSeeds(); k++) {
        progress.doing("best known, seed " + (setup.seed() + k));
        searches.add(own(wave, setup.seed() + k, setup.bestSeconds()));
        progress.add(Math.round(setup.bestSeconds() * 1000));
      }
      for (Peer peer : others) {
        progress.doing("best known, " + peer.name());
        searches.add(other(wave, peer));
        progress.add(Math.round(setup.bestSeconds() * 1000));
      }
    }
    int committed = wave.couriers().stream().mapToInt(c -> c.route().size()).sum();
    return new Outcome(
        wave.times().places(), committed, new RouteJudge(wave).committedCost(), byBudget, searches);
  }

  private Run own(Wave city, long seed, double budget) {
    Wave wave = EngineRecords.with(city, seed, SolveLimit.wallMillis(Math.round(budget * 1000)));
    Map<String, List<Stop>> whole = new HashMap<>();
    PeakHeap.reset();
    long start = nanos.getAsLong();
    Plan plan = engine.solve(wave, whole::putAll);
    double seconds = (nanos.getAsLong() - start) / 1e9;
    long heap = PeakHeap.mebibytes();
    List<String> broken = new ArrayList<>(PlanChecker.violations(wave, plan));
    if (plan.stats().failure() != null) {
      broken.add(plan.stats().failure());
    }
    RouteJudge.Verdict verdict = new RouteJudge(wave).judge(whole);
    broken.addAll(verdict.broken());
    return new Run(
        "shanpai",
        seed,
        budget,
        seconds,
        verdict.cost(),
        plan.cost().total(),
        verdict.held(),
        verdict.overdue(),
        plan.stats().steps(),
        heap,
        broken);
  }

  private Run other(Wave wave, Peer peer) {
    PeakHeap.reset();
    long start = nanos.getAsLong();
    Map<String, List<Stop>> routes =
        peer.solve(wave, Math.round(setup.bestSeconds() * 1000), setup.seed());
    double seconds = (nanos.getAsLong() - start) / 1e9;
    long heap = PeakHeap.mebibytes();
    RouteJudge.Verdict verdict = new RouteJudge(wave).judge(routes);
    return new Run(
        peer.name(),
        setup.seed(),
        setup.bestSeconds(),
        seconds,
        verdict.cost(),
        -1,
        verdict.held(),
        verdict.overdue(),
        -1,
        heap,
        verdict.broken());
  }
}
