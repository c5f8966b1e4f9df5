package org.shanpai.bench.inner;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.shanpai.bench.city.CitySize;
import org.shanpai.bench.city.CitySnapshot;
import org.shanpai.engine.SolveLimit;
import org.shanpai.engine.Wave;
import org.shanpai.engine.routing.Insertion;
import org.shanpai.engine.routing.PlanState;
import org.shanpai.engine.routing.RegretConstruction;
import org.shanpai.engine.routing.RouteCost;
import org.shanpai.engine.routing.WaveCompiler;
import org.shanpai.engine.routing.WaveProblem;

/**
 * The loops in which a wave's time goes, on a wave of a made-up city.
 *
 * <ul>
 *   <li>{@code route}: one route ridden and priced.
 *   <li>{@code insertion}: the best places for one job on one route.
 *   <li>{@code candidates}: a wave checked, turned into arrays, and candidates found for every job.
 *   <li>{@code construction}: the first plan of a wave.
 * </ul>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class InnerLoops {

  /** Jobs and riders of the wave. */
  @Param({"20x60", "100x300", "663x2585"})
  public String size;

  private Wave wave;
  private WaveProblem problem;
  private RouteCost cost;
  private Insertion insertion;
  private int[][] routes;
  private int courier;
  private int job;
  private int candidate;

  /** Makes the wave and a plan for it. */
  @Setup
  public void plan() {
    String[] parts = size.split("x");
    wave =
        CitySnapshot.wave(
            1,
            CitySize.of(Integer.parseInt(parts[0]), Integer.parseInt(parts[1])),
            SolveLimit.constructionOnly());
    problem = WaveCompiler.compile(wave);
    cost = new RouteCost(problem);
    insertion = new Insertion(problem, cost);
    PlanState state = new RegretConstruction(problem, cost).build();
    routes = state.routes();
  }

  /** Courier by courier, those with nothing to do left out. */
  @Benchmark
  public long route() {
    do {
      courier = courier + 1 == routes.length ? 0 : courier + 1;
    } while (routes[courier].length == 0);
    return cost.of(courier, routes[courier]);
  }

  /** Job by job and candidate by candidate; a job already on the route is taken off first. */
  @Benchmark
  public long insertion() {
    do {
      candidate++;
      if (candidate >= problem.candidates[job].length) {
        candidate = 0;
        job = job + 1 == problem.jobCount ? 0 : job + 1;
      }
    } while (problem.candidates[job].length == 0);
    int pickup = WaveProblem.pickupOf(job);
    int dropoff = WaveProblem.dropoffOf(job);
    int to = problem.candidates[job][candidate];
    return insertion.best(to, Insertion.without(routes[to], pickup, dropoff), pickup, dropoff);
  }

  @Benchmark
  public WaveProblem candidates() {
    return WaveCompiler.compile(wave);
  }

  @Benchmark
  public PlanState construction() {
    return new RegretConstruction(problem, cost).build();
  }
}
