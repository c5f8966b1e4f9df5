package org.shanpai.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.shanpai.engine.commit.CommitPolicy;
import org.shanpai.engine.commit.Reassigning;
import org.shanpai.engine.routing.PlanState;
import org.shanpai.engine.routing.RegretConstruction;
import org.shanpai.engine.routing.RouteCost;
import org.shanpai.engine.routing.WaveCompiler;
import org.shanpai.engine.routing.WaveProblem;
import org.shanpai.engine.solver.RouteSearch;
import org.shanpai.engine.solver.StepWatch;

/**
 * Decides who carries what: jobs, couriers and travel times in, routes and reasons out.
 *
 * <p>Thread-safe; one instance serves all areas, each call runs on the caller's thread. Never call
 * it on an event loop: a wave takes up to its wall budget of CPU. Make one instance at start and
 * keep it: building it costs some hundred milliseconds, and the first waves of a cold JVM are slow.
 */
public final class DispatchEngine {

  /** Raised whenever the same wave may be answered differently; a replay needs the same one. */
  public static final String VERSION = "2.0.0";

  /** Kept of the wall budget for decisions and receipts. */
  private static final double SHARE_FOR_DECISIONS = 0.15;

  /** Below this the search would end before it found anything. */
  private static final long LEAST_SEARCH_NANOS = 1_000_000;

  private final LongSupplier elapsedNanos;
  private final RouteSearch search;

  /**
   * @param elapsedNanos a monotonic source of nanoseconds, used for wall budgets and statistics
   *     only; {@code System::nanoTime} in service
   */
  public DispatchEngine(LongSupplier elapsedNanos) {
    this(elapsedNanos, new RouteSearch());
  }

  DispatchEngine(LongSupplier elapsedNanos, RouteSearch search) {
    this.elapsedNanos = Objects.requireNonNull(elapsedNanos, "elapsedNanos");
    this.search = Objects.requireNonNull(search, "search");
  }

  /**
   * Solves one wave. Bad entries are answered, not thrown; a plan that breaks a hard rule is never
   * returned. When the search fails, the plan of the construction is returned; when everything
   * fails, couriers keep their routes and every job gets {@link DecisionRule#ENGINE_FAILED}. Both
   * are told in {@link SolveStats#failure()}.
   *
   * @throws NullPointerException when the wave is null
   */
  public Plan solve(Wave wave) {
    Objects.requireNonNull(wave, "wave");
    return solve(wave, StepWatch.NONE, null);
  }

  /**
   * The same, and shows the whole tentative plan that {@link Plan#cost()} prices: by courier id, in
   * the wave's order, pinned and committed stops and those of every job planned for now or later.
   * For measuring and for maps; only what {@link Plan} says is decided.
   *
   * @param tentative called at most once, before this returns; not when everything failed
   */
  public Plan solve(Wave wave, Consumer<Map<String, List<Stop>>> tentative) {
    Objects.requireNonNull(wave, "wave");
    return solve(wave, StepWatch.NONE, Objects.requireNonNull(tentative, "tentative"));
  }

  Plan solve(Wave wave, StepWatch watch) {
    return solve(wave, watch, null);
  }

  private Plan solve(Wave wave, StepWatch watch, Consumer<Map<String, List<Stop>>> tentative) {
    long start = elapsedNanos.getAsLong();
    try {
      Plan plan = decide(wave, start, watch, tentative);
      List<String> violations = PlanChecker.violations(wave, plan);
      return violations.isEmpty() ? plan : asBefore(wave, start, String.join("; ", violations));
    } catch (RuntimeException e) {
      return asBefore(wave, start, e.toString());
    }
  }

  private Plan decide(
      Wave wave, long start, StepWatch watch, Consumer<Map<String, List<Stop>>> tentative) {
    WaveProblem problem = WaveCompiler.compile(wave);
    RouteCost cost = new RouteCost(problem);
    PlanState constructed = new RegretConstruction(problem, cost).build();
    long constructedCost = constructed.cost(problem, cost);
    PlanState best = constructed;
    long bestCost = constructedCost;
    int steps = 0;
    boolean searched = false;
    String failure = null;
    long deadline = deadline(wave.limit(), start);
    if (worthSearching(problem, wave.limit(), deadline)) {
      try {
        RouteSearch.Improved improved =
            search.improve(
                problem, constructed, wave.limit().steps(), deadline, elapsedNanos, watch);
        searched = true;
        steps = improved.steps();
        long improvedCost = improved.state().cost(problem, cost);
        if (improvedCost < bestCost) {
          best = improved.state();
          bestCost = improvedCost;
        }
      } catch (RuntimeException | LinkageError e) {
        failure = "search failed, construction used: " + e;
      }
    }
    best = Reassigning.settle(problem, best, constructed, cost);
    bestCost = best.cost(problem, cost);
    if (tentative != null) {
      tentative.accept(tentativeRoutes(problem, best));
    }
    CommitPolicy.Decisions decisions = CommitPolicy.decide(problem, best, cost);
    return new Plan(
        decisions.routes(),
        decisions.jobs(),
        decisions.reassignments(),
        price(problem, best, cost),
        new SolveStats(
            constructedCost, bestCost, steps, searched, failure, elapsedMicros(start), VERSION));
  }

  private static Map<String, List<Stop>> tentativeRoutes(WaveProblem problem, PlanState state) {
    Map<String, List<Stop>> routes = new LinkedHashMap<>();
    for (int c = 0; c < problem.courierCount; c++) {
      Courier courier = problem.courier(c);
      if (!problem.usable[c]) {
        routes.putIfAbsent(courier.id(), courier.route());
        continue;
      }
      List<Stop> stops = new ArrayList<>(courier.route().subList(0, courier.pinnedStops()));
      for (int stop : state.routes()[c]) {
        stops.add(problem.stop[stop]);
      }
      routes.put(courier.id(), stops);
    }
    return routes;
  }

  private static long deadline(SolveLimit limit, long start) {
    return limit.wallMillis() == 0
        ? Long.MAX_VALUE
        : start + (long) (limit.wallMillis() * 1_000_000 * (1 - SHARE_FOR_DECISIONS));
  }

  /**
   * With one job, insertion has tried every place; only an order of committed stops could still be
   * better.
   */
  private boolean worthSearching(WaveProblem problem, SolveLimit limit, long deadline) {
    if (limit.steps() == 0) {
      return false;
    }
    int choices = 0;
    boolean reorderable = false;
    boolean releasable = false;
    for (int j = 0; j < problem.jobCount; j++) {
      if (!problem.choosable(j)) {
        continue;
      }
      choices++;
      releasable |= problem.releasable(j);
      for (int courier : problem.candidates[j]) {
        reorderable |= problem.committed[courier].length > 1;
      }
    }
    return (releasable || choices > 1 || choices == 1 && reorderable)
        && (deadline == Long.MAX_VALUE
            || deadline - elapsedNanos.getAsLong() >= LEAST_SEARCH_NANOS);
  }

  private static PlanCost price(WaveProblem problem, PlanState state, RouteCost cost) {
    CostTerms routes = CostTerms.ZERO;
    for (int c = 0; c < problem.courierCount; c++) {
      if (problem.usable[c]) {
        cost.of(c, state.routes()[c]);
        routes = routes.plus(cost.terms());
      }
    }
    long held = 0;
    for (int j = 0; j < problem.jobCount; j++) {
      held += state.held()[j] ? problem.holdCost[j] : 0;
    }
    return new PlanCost(routes, held);
  }

  /** Everybody keeps what they have. */
  private Plan asBefore(Wave wave, long start, String failure) {
    Map<String, List<Stop>> routes = new LinkedHashMap<>();
    for (Courier courier : wave.couriers()) {
      if (!courier.route().isEmpty()) {
        routes.putIfAbsent(courier.id(), courier.route());
      }
    }
    List<JobDecision> decisions = new ArrayList<>();
    for (Job job : wave.jobs()) {
      decisions.add(
          new JobDecision.NoCourier(
              job.id(), DecisionRule.ENGINE_FAILED, Receipt.without(DecisionRule.ENGINE_FAILED)));
    }
    return new Plan(
        routes,
        decisions,
        List.of(),
        new PlanCost(CostTerms.ZERO, 0),
        new SolveStats(0, 0, 0, false, failure, elapsedMicros(start), VERSION));
  }

  private long elapsedMicros(long start) {
    return (elapsedNanos.getAsLong() - start) / 1000;
  }
}
