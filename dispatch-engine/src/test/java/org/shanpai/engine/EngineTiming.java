package org.shanpai.engine;

import java.util.Arrays;

/**
 * Prints how long waves take. Not a test: run {@code main} on a quiet machine.
 *
 * <p>Columns: jobs, couriers, budget in ms (0 = until nothing better is found), median and p99 of
 * elapsed ms, moves tried per second, cost after construction and at the end (sum over waves).
 */
public final class EngineTiming {

  private static final int WAVES = 60;

  private EngineTiming() {}

  public static void main(String[] args) {
    DispatchEngine engine = new DispatchEngine(System::nanoTime);
    for (int i = 0; i < 5; i++) {
      round(engine, 20, 60, SolveLimit.wallMillis(40), false);
    }
    System.out.println("jobs couriers budgetMs p50Ms p99Ms steps/s constructed end");
    round(engine, 1, 60, SolveLimit.wallMillis(40), true);
    round(engine, 5, 60, SolveLimit.wallMillis(40), true);
    round(engine, 20, 60, SolveLimit.constructionOnly(), true);
    round(engine, 20, 60, SolveLimit.wallMillis(20), true);
    round(engine, 20, 60, SolveLimit.wallMillis(40), true);
    round(engine, 20, 60, SolveLimit.wallMillis(60), true);
    round(engine, 20, 60, SolveLimit.wallMillis(1000), true);
    round(engine, 20, 60, SolveLimit.steps(1500), true);
    round(engine, 20, 60, SolveLimit.steps(6000), true);
    round(engine, 60, 120, SolveLimit.steps(3000), true);
    round(engine, 60, 120, SolveLimit.wallMillis(200), true);
    round(engine, 200, 400, SolveLimit.wallMillis(1000), true);
  }

  private static void round(
      DispatchEngine engine, int jobs, int couriers, SolveLimit limit, boolean print) {
    int waves = jobs > 100 ? 5 : WAVES;
    double[] ms = new double[waves];
    long steps = 0;
    long constructed = 0;
    long end = 0;
    for (int seed = 0; seed < waves; seed++) {
      Plan plan = engine.solve(RandomWaves.wave(seed, jobs, couriers, limit));
      ms[seed] = plan.stats().elapsedMicros() / 1000.0;
      steps += plan.stats().steps();
      constructed += plan.stats().constructedCost() % 10_000_000_000_000L;
      end += plan.stats().cost() % 10_000_000_000_000L;
    }
    double total = Arrays.stream(ms).sum();
    Arrays.sort(ms);
    if (print) {
      System.out.printf(
          "%4d %4d %5d %8.2f %8.2f %9.0f %12d %12d%n",
          jobs,
          couriers,
          limit.wallMillis(),
          ms[waves / 2],
          ms[(int) Math.ceil(waves * 0.99) - 1],
          steps / total * 1000,
          constructed / 1000,
          end / 1000);
    }
  }
}
