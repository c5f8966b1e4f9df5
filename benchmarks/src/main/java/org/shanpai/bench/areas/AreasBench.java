package org.shanpai.bench.areas;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import org.shanpai.bench.city.AreaDay;
import org.shanpai.bench.city.AreaStream;
import org.shanpai.bench.report.Progress;
import org.shanpai.engine.DispatchEngine;
import org.shanpai.engine.Plan;
import org.shanpai.engine.SolveLimit;
import org.shanpai.engine.Wave;

/**
 * What an order costs in CPU when one engine serves ever more areas, each with its own stream of
 * waves, solved side by side on as many threads as told.
 *
 * <p>The search gets moves, not time: under a wall budget every wave would cost the same. Few areas
 * are run several times over, so that each figure rests on about as many waves; the areas are the
 * same ones each time.
 */
public final class AreasBench {

  private static final int AREAS_AT_LEAST = 16;
  private static final long WAVE_MILLIS = 30_000;

  /**
   * What to run.
   *
   * @param areas numbers of areas, ascending
   * @param seed of the areas
   * @param waves measured waves of each area
   * @param filling waves before them, so that riders are at work
   * @param ordersPerMinute of each area
   * @param riders of each area
   * @param steps moves tried in a wave
   * @param threads waves solved at a time
   */
  public record Setup(
      List<Integer> areas,
      long seed,
      int waves,
      int filling,
      double ordersPerMinute,
      int riders,
      int steps,
      int threads) {}

  /**
   * What so many areas cost.
   *
   * @param areas side by side
   * @param repeats how often that was run, with other areas
   * @param waves solved
   * @param orders that found a rider
   * @param cpuMsPerOrder CPU of the threads that solved, ms
   * @param processCpuMsPerOrder CPU of the whole process, collector and compiler included, ms
   * @param wallMsPerOrder wall time, ms
   */
  public record Cost(
      int areas,
      int repeats,
      int waves,
      int orders,
      double cpuMsPerOrder,
      double processCpuMsPerOrder,
      double wallMsPerOrder) {}

  private final Setup setup;
  private final LongSupplier nanos;
  private final DispatchEngine engine;
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  public AreasBench(Setup setup, LongSupplier nanos) {
    this.setup = setup;
    this.nanos = nanos;
    this.engine = new DispatchEngine(nanos);
  }

  /** Warms up and measures every number of areas. */
  public List<Cost> run() {
    List<Cost> costs = new ArrayList<>();
    long work = AREAS_AT_LEAST;
    for (int areas : setup.areas()) {
      work += (long) repeats(areas) * areas;
    }
    ExecutorService pool = Executors.newFixedThreadPool(setup.threads());
    try (Progress progress = Progress.show("Areas", work)) {
      progress.doing("warming up");
      measure(pool, AREAS_AT_LEAST, 1, progress);
      for (int areas : setup.areas()) {
        progress.doing(areas + " areas");
        costs.add(measure(pool, areas, repeats(areas), progress));
      }
    } finally {
      pool.shutdownNow();
    }
    return costs;
  }

  private static int repeats(int areas) {
    return Math.max(1, AREAS_AT_LEAST / areas);
  }

  private Cost measure(ExecutorService pool, int areas, int repeats, Progress progress) {
    Sum sum = new Sum();
    for (int repeat = 0; repeat < repeats; repeat++) {
      List<Area> all = new ArrayList<>();
      for (int a = 0; a < areas; a++) {
        all.add(new Area(repeat * areas + a));
      }
      rounds(pool, all, setup.filling(), null);
      long cpu = system.getProcessCpuTime();
      long wall = nanos.getAsLong();
      rounds(pool, all, setup.waves(), sum);
      sum.wallNanos += nanos.getAsLong() - wall;
      sum.processNanos += system.getProcessCpuTime() - cpu;
      progress.add(areas);
    }
    double orders = Math.max(1, sum.orders);
    return new Cost(
        areas,
        repeats,
        areas * repeats * setup.waves(),
        sum.orders,
        sum.cpuNanos / 1e6 / orders,
        sum.processNanos / 1e6 / orders,
        sum.wallNanos / 1e6 / orders);
  }

  /** Each round is one wave of every area; the city moves on between rounds. */
  private void rounds(ExecutorService pool, List<Area> areas, int rounds, Sum sum) {
    for (int round = 0; round < rounds; round++) {
      List<Future<Solved>> waves = new ArrayList<>();
      for (Area area : areas) {
        Wave wave = area.next(round);
        waves.add(pool.submit(() -> solve(wave)));
      }
      for (int a = 0; a < areas.size(); a++) {
        Solved solved = get(waves.get(a));
        int before = areas.get(a).stream.accepted();
        areas.get(a).stream.carryOut(solved.plan());
        if (sum != null) {
          sum.cpuNanos += solved.cpuNanos();
          sum.orders += areas.get(a).stream.accepted() - before;
        }
      }
    }
  }

  private Solved solve(Wave wave) {
    long before = threads.getCurrentThreadCpuTime();
    Plan plan = engine.solve(wave);
    return new Solved(plan, threads.getCurrentThreadCpuTime() - before);
  }

  private static Solved get(Future<Solved> wave) {
    try {
      return wave.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waves were solved", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a wave failed", e.getCause());
    }
  }

  private record Solved(Plan plan, long cpuNanos) {}

  private static final class Sum {
    private long cpuNanos;
    private long processNanos;
    private long wallNanos;
    private int orders;
  }

  private final class Area {
    private final long seed;
    private final AreaStream stream;

    Area(int number) {
      this.seed = setup.seed() + number;
      int minutes = (int) ((setup.waves() + setup.filling()) * WAVE_MILLIS / 60_000) + 1;
      this.stream =
          new AreaStream(
              AreaDay.lunch(seed, minutes, setup.ordersPerMinute(), setup.riders()), seed);
    }

    Wave next(int round) {
      return stream.waveAfter(WAVE_MILLIS, seed + round, SolveLimit.steps(setup.steps()));
    }
  }
}
