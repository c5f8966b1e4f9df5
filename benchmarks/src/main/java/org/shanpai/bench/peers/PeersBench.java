package org.shanpai.bench.peers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.shanpai.bench.report.Progress;
import org.shanpai.engine.Wave;

/** Several solvers on the same frozen waves with the same wall budget, judged by one evaluator. */
public final class PeersBench {

  private static final int WARM_UP_WAVES = 3;

  /**
   * What to run.
   *
   * @param seed of the cities; the searches use it and the ones after it
   * @param seeds searches of each solver on each wave; the median counts
   * @param ofEachSize waves of each city size
   * @param millis wall budget of each search
   * @param instances folder of Grubhub instances, or null
   * @param only which of them
   * @param days how many of them at most
   * @param ofEachDay waves of each of them
   * @param peers who takes part, ours first
   */
  public record Setup(
      long seed,
      int seeds,
      int ofEachSize,
      long millis,
      Path instances,
      String only,
      int days,
      int ofEachDay,
      List<Peer> peers) {}

  /**
   * What a solver made of a wave, medians over its searches.
   *
   * @param costs by search, mc
   * @param cost median, mc
   * @param seconds wall, median
   * @param held jobs without a courier, median
   * @param broken searches whose plan broke a rule somewhere
   * @param reasons the first rules broken, for the record
   */
  public record Score(
      long[] costs, long cost, double seconds, int held, int broken, List<String> reasons) {}

  /**
   * A wave and its scores.
   *
   * @param name of the wave
   * @param jobs open
   * @param couriers on duty
   * @param committedCost what the committed routes cost alone, no job planned and none held, mc
   * @param scores by solver
   */
  public record Result(
      String name, int jobs, int couriers, long committedCost, Map<String, Score> scores) {

    /** The lowest cost, mc. */
    public long best() {
      return scores.values().stream().mapToLong(Score::cost).min().orElseThrow();
    }

    /** Whether nobody was cheaper. */
    public boolean isBest(String peer) {
      return scores.get(peer).cost() == best();
    }
  }

  private final Setup setup;
  private final LongSupplier nanos;

  public PeersBench(Setup setup, LongSupplier nanos) {
    this.setup = setup;
    this.nanos = nanos;
  }

  /** Cuts the waves, warms everybody up, runs. */
  public List<Result> run() {
    List<Wave> waves = new ArrayList<>(FrozenWaves.ofCities(setup.seed(), setup.ofEachSize()));
    if (setup.instances() != null) {
      waves.addAll(
          FrozenWaves.ofDays(
              setup.instances(), setup.only(), setup.days(), setup.ofEachDay(), setup.seed()));
    }
    List<Result> results = new ArrayList<>();
    List<Wave> warmUp = FrozenWaves.ofCities(setup.seed() + 1_000_000, 1);
    long searches =
        (long) setup.peers().size()
            * (waves.size() * setup.seeds() + Math.min(WARM_UP_WAVES, warmUp.size()));
    try (Progress progress = Progress.show("Peers", searches)) {
      for (Peer peer : setup.peers()) {
        for (Wave wave : warmUp.subList(0, Math.min(WARM_UP_WAVES, warmUp.size()))) {
          progress.doing("warming up " + peer.name());
          peer.solve(wave, setup.millis(), setup.seed());
          progress.add(1);
        }
      }
      for (Wave wave : waves) {
        Map<String, Score> scores = new LinkedHashMap<>();
        RouteJudge judge = new RouteJudge(wave);
        for (Peer peer : setup.peers()) {
          progress.doing("%s, %s".formatted(wave.areaId(), peer.name()));
          scores.put(peer.name(), score(wave, judge, peer));
          progress.add(setup.seeds());
        }
        results.add(
            new Result(
                wave.areaId(),
                wave.jobs().size(),
                wave.couriers().size(),
                judge.committedCost(),
                scores));
      }
    }
    return results;
  }

  private Score score(Wave wave, RouteJudge judge, Peer peer) {
    int n = setup.seeds();
    long[] costs = new long[n];
    double[] seconds = new double[n];
    int[] held = new int[n];
    int broken = 0;
    List<String> reasons = new ArrayList<>();
    for (int k = 0; k < n; k++) {
      long start = nanos.getAsLong();
      var routes = peer.solve(wave, setup.millis(), setup.seed() + k);
      seconds[k] = (nanos.getAsLong() - start) / 1e9;
      RouteJudge.Verdict verdict = judge.judge(routes);
      costs[k] = verdict.cost();
      held[k] = verdict.held();
      if (!verdict.broken().isEmpty()) {
        broken++;
        reasons.add(verdict.broken().get(0));
      }
    }
    long[] sorted = costs.clone();
    Arrays.sort(sorted);
    Arrays.sort(seconds);
    Arrays.sort(held);
    return new Score(costs, sorted[n / 2], seconds[n / 2], held[n / 2], broken, reasons);
  }
}
