package org.shanpai.engine.solver;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.optaplanner.core.api.solver.SolverFactory;
import org.optaplanner.core.config.heuristic.selector.common.SelectionCacheType;
import org.optaplanner.core.config.heuristic.selector.common.SelectionOrder;
import org.optaplanner.core.config.heuristic.selector.move.factory.MoveIteratorFactoryConfig;
import org.optaplanner.core.config.localsearch.LocalSearchPhaseConfig;
import org.optaplanner.core.config.localsearch.decider.acceptor.AcceptorType;
import org.optaplanner.core.config.localsearch.decider.acceptor.LocalSearchAcceptorConfig;
import org.optaplanner.core.config.localsearch.decider.forager.LocalSearchForagerConfig;
import org.optaplanner.core.config.score.director.ScoreDirectorFactoryConfig;
import org.optaplanner.core.config.solver.EnvironmentMode;
import org.optaplanner.core.config.solver.SolverConfig;
import org.shanpai.engine.routing.PlanState;
import org.shanpai.engine.routing.WaveProblem;

/**
 * Improves a tentative plan by OptaPlanner's local search. Thread-safe: the factory is built once,
 * every call has its own solver.
 */
public final class RouteSearch {

  // Held so that the level stays: loggers are otherwise collected. Solvers start and end many times
  // a second and would say so each time.
  private static final Logger QUIET = Logger.getLogger("org.optaplanner");

  // Solvers in several threads register the same gauges; the second one is told about it.
  private static final Logger QUIET_GAUGES = Logger.getLogger("io.micrometer");

  static {
    QUIET.setLevel(Level.SEVERE);
    QUIET_GAUGES.setLevel(Level.SEVERE);
  }

  private final SolverFactory<RoutePlan> factory;

  /** Builds the solver configuration, which takes some hundred milliseconds when cold. */
  public RouteSearch() {
    MoveIteratorFactoryConfig moves = new MoveIteratorFactoryConfig();
    moves.setMoveIteratorFactoryClass(PairMoves.class);
    moves.setCacheType(SelectionCacheType.JUST_IN_TIME);
    moves.setSelectionOrder(SelectionOrder.RANDOM);
    LocalSearchPhaseConfig phase =
        new LocalSearchPhaseConfig()
            .withMoveSelectorConfig(moves)
            // A cycle proposes only what is better than where it began; it has its own annealing.
            .withAcceptorConfig(
                new LocalSearchAcceptorConfig()
                    .withAcceptorTypeList(List.of(AcceptorType.HILL_CLIMBING)))
            .withForagerConfig(new LocalSearchForagerConfig().withAcceptedCountLimit(1));
    SolverConfig config =
        new SolverConfig()
            .withSolutionClass(RoutePlan.class)
            .withEntityClasses(CourierRoute.class)
            .withEnvironmentMode(EnvironmentMode.REPRODUCIBLE)
            .withScoreDirectorFactory(
                new ScoreDirectorFactoryConfig()
                    .withIncrementalScoreCalculatorClass(RouteScore.class))
            .withPhases(phase);
    factory = SolverFactory.create(config);
  }

  /**
   * What a search came to.
   *
   * @param state the best plan found
   * @param steps moves tried
   */
  public record Improved(PlanState state, int steps) {}

  /**
   * Searches from a feasible plan.
   *
   * @param maxSteps moves to try; -1 = no limit
   * @param deadlineNanos when to stop by {@code elapsedNanos}; {@link Long#MAX_VALUE} = never
   */
  public Improved improve(
      WaveProblem problem,
      PlanState from,
      int maxSteps,
      long deadlineNanos,
      LongSupplier elapsedNanos,
      StepWatch watch) {
    SearchRun run =
        new SearchRun(problem, problem.wave.seed(), maxSteps, deadlineNanos, elapsedNanos, watch);
    RoutePlan best = factory.buildSolver().solve(toPlan(problem, from, run));
    int[][] routes = from.routes().clone();
    boolean[] held = new boolean[problem.jobCount];
    for (CourierRoute route : best.routes()) {
      if (!route.isHolder()) {
        routes[route.courier()] = route.indexes();
        continue;
      }
      for (int stop : route.indexes()) {
        held[WaveProblem.jobOf(stop)] = true;
      }
    }
    return new Improved(new PlanState(routes, held), run.steps());
  }

  private static RoutePlan toPlan(WaveProblem problem, PlanState from, SearchRun run) {
    boolean[] wanted = new boolean[problem.courierCount];
    for (int j = 0; j < problem.jobCount; j++) {
      if (problem.choosable(j)) {
        for (int courier : problem.candidates[j]) {
          wanted[courier] = true;
        }
      }
    }
    List<CourierRoute> routes = new ArrayList<>();
    List<StopNode> all = new ArrayList<>();
    for (int c = 0; c < wanted.length; c++) {
      if (wanted[c]) {
        List<StopNode> stops = Arrays.stream(from.routes()[c]).mapToObj(StopNode::new).toList();
        all.addAll(stops);
        routes.add(new CourierRoute(c, routes.size(), stops));
      }
    }
    List<StopNode> held = new ArrayList<>();
    for (int j = 0; j < problem.jobCount; j++) {
      if (from.held()[j]) {
        held.add(new StopNode(WaveProblem.pickupOf(j)));
        held.add(new StopNode(WaveProblem.dropoffOf(j)));
      }
    }
    all.addAll(held);
    routes.add(new CourierRoute(CourierRoute.HOLDER, routes.size(), held));
    return new RoutePlan(routes, all, run);
  }
}
