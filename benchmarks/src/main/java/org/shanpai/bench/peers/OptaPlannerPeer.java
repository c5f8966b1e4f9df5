package org.shanpai.bench.peers;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.optaplanner.core.api.solver.SolverFactory;
import org.optaplanner.core.config.solver.SolverConfig;
import org.optaplanner.core.config.solver.termination.TerminationConfig;
import org.shanpai.engine.Stop;
import org.shanpai.engine.Wave;

/**
 * OptaPlanner as it comes out of the box: list change, list swap and sub-list change with nearby
 * selection, late acceptance. Starts from greedy insertion.
 */
final class OptaPlannerPeer implements Peer {

  private static final String CONFIG = "org/shanpai/bench/peers/optaplanner.xml";
  private static final Logger QUIET = Logger.getLogger("org.optaplanner");

  static {
    QUIET.setLevel(Level.SEVERE);
  }

  @Override
  public String name() {
    return "optaplanner";
  }

  @Override
  public Map<String, List<Stop>> solve(Wave wave, long millis, long seed) {
    long start = System.nanoTime();
    FlatWave flat = new FlatWave(wave);
    int[][] from = GreedyPeer.insertAll(flat);
    SolverConfig config =
        SolverConfig.createFromXmlResource(CONFIG, OptaPlannerPeer.class.getClassLoader())
            .withRandomSeed(seed);
    SolverFactory<OptaPlan> factory =
        SolverFactory.create(
            config.withTerminationConfig(
                new TerminationConfig().withSpentLimit(Duration.ofMillis(left(start, millis)))));
    return flat.toStops(factory.buildSolver().solve(new OptaPlan(flat, from)).byCourier());
  }

  /** Milliseconds left of a budget, at least one. */
  static long left(long startNanos, long millis) {
    return Math.max(1, millis - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos));
  }
}
