package org.shanpai.bench.peers;

import ai.timefold.solver.core.api.solver.SolverFactory;
import ai.timefold.solver.core.config.heuristic.selector.list.SubListSelectorConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.composite.UnionMoveSelectorConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.generic.list.ListChangeMoveSelectorConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.generic.list.ListSwapMoveSelectorConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.generic.list.SubListChangeMoveSelectorConfig;
import ai.timefold.solver.core.config.localsearch.LocalSearchPhaseConfig;
import ai.timefold.solver.core.config.localsearch.decider.acceptor.LocalSearchAcceptorConfig;
import ai.timefold.solver.core.config.localsearch.decider.forager.LocalSearchForagerConfig;
import ai.timefold.solver.core.config.score.director.ScoreDirectorFactoryConfig;
import ai.timefold.solver.core.config.solver.SolverConfig;
import ai.timefold.solver.core.config.solver.termination.TerminationConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.shanpai.engine.Stop;
import org.shanpai.engine.Wave;

/**
 * Timefold's free edition as it comes: list change, list swap and sub-list change, late acceptance.
 * Nearby selection is not part of it. Starts from greedy insertion.
 *
 * <p>Configured in code: its reader of XML would find OptaPlanner's schema of the same name first.
 */
final class TimefoldPeer implements Peer {

  private static final int LATE_ACCEPTANCE = 400;
  private static final Logger QUIET = Logger.getLogger("ai.timefold");

  static {
    QUIET.setLevel(Level.SEVERE);
  }

  @Override
  public String name() {
    return "timefold";
  }

  @Override
  public Map<String, List<Stop>> solve(Wave wave, long millis, long seed) {
    long start = System.nanoTime();
    FlatWave flat = new FlatWave(wave);
    int[][] from = GreedyPeer.insertAll(flat);
    SolverConfig config = config(seed);
    SolverFactory<TimefoldPlan> factory =
        SolverFactory.create(
            config.withTerminationConfig(
                new TerminationConfig()
                    .withSpentLimit(Duration.ofMillis(OptaPlannerPeer.left(start, millis)))));
    return flat.toStops(factory.buildSolver().solve(new TimefoldPlan(flat, from)).byCourier());
  }

  private static SolverConfig config(long seed) {
    SubListChangeMoveSelectorConfig subLists = new SubListChangeMoveSelectorConfig();
    // From two on: a pickup together with the drop-off that follows it.
    subLists.setSubListSelectorConfig(
        new SubListSelectorConfig().withMinimumSubListSize(2).withMaximumSubListSize(4));
    return new SolverConfig()
        .withSolutionClass(TimefoldPlan.class)
        .withEntityClasses(TimefoldRoute.class)
        .withRandomSeed(seed)
        .withScoreDirectorFactory(
            new ScoreDirectorFactoryConfig()
                .withIncrementalScoreCalculatorClass(TimefoldScore.class))
        .withPhases(
            new LocalSearchPhaseConfig()
                .withMoveSelectorConfig(
                    new UnionMoveSelectorConfig()
                        .withMoveSelectors(
                            new ListChangeMoveSelectorConfig(),
                            new ListSwapMoveSelectorConfig(),
                            subLists))
                .withAcceptorConfig(
                    new LocalSearchAcceptorConfig().withLateAcceptanceSize(LATE_ACCEPTANCE))
                .withForagerConfig(new LocalSearchForagerConfig().withAcceptedCountLimit(1)));
  }
}
