package org.shanpai.dispatch.wave;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.dispatch.DispatchSettings;
import org.shanpai.dispatch.replay.EngineVersion;
import org.shanpai.dispatch.replay.Rerun;
import org.shanpai.dispatch.replay.WaveAnswer;
import org.shanpai.engine.CostTerms;
import org.shanpai.engine.DecisionRule;
import org.shanpai.engine.JobDecision;
import org.shanpai.engine.Plan;
import org.shanpai.engine.PlanCost;
import org.shanpai.engine.SolveLimit;
import org.shanpai.engine.SolveStats;
import org.shanpai.engine.Wave;

/**
 * Gets an answer out of the engine, come what may. When a wave fails, the area goes on with
 * insertion alone for a while; the failed wave is told apart so that it can be stored and run
 * again.
 */
@ApplicationScoped
class Decider {

  private static final Logger LOG = Logger.getLogger(Decider.class);

  /**
   * @param wave as the engine got it
   * @param plan to commit: the wave's, or insertion's when the wave failed
   * @param steps of the answer to that wave
   * @param answer to that wave, which is not the plan when it failed
   * @param failure what went wrong; null when nothing did
   * @param engineVersion of the engine that answered
   */
  record Decided(
      Wave wave, Plan plan, int steps, WaveAnswer answer, String failure, String engineVersion) {}

  private final Solver solver;
  private final CityClock clock;
  private final DispatchSettings settings;
  private final Map<String, Instant> insertionUntil = new ConcurrentHashMap<>();

  Decider(Solver solver, CityClock clock, DispatchSettings settings) {
    this.solver = solver;
    this.clock = clock;
    this.settings = settings;
  }

  /** The limit for the area's next wave: none of the search while it is being careful. */
  SolveLimit limit(String areaId, long searchMillis) {
    Instant until = insertionUntil.get(areaId);
    if (until == null) {
      return SolveLimit.wallMillis(searchMillis);
    }
    if (until.isAfter(clock.now())) {
      return SolveLimit.constructionOnly();
    }
    insertionUntil.remove(areaId, until);
    return SolveLimit.wallMillis(searchMillis);
  }

  /** Solves the wave. For worker threads only. */
  Decided decide(Wave wave) {
    String failure;
    WaveAnswer answer;
    Plan plan = null;
    try {
      plan = solver.solve(wave);
      failure = plan.stats().failure();
      answer = WaveAnswer.of(plan);
    } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
      failure = e.toString();
      answer = WaveAnswer.of(e);
    }
    if (failure == null) {
      return decided(wave, plan, plan.stats().steps(), answer, null);
    }
    LOG.errorf("the wave of area %s failed: %s; insertion goes on", wave.areaId(), failure);
    insertionUntil.put(
        wave.areaId(), clock.now().plusSeconds(settings.insertionAfterFailureSeconds()));
    Plan instead = plan != null && !gaveUp(plan) ? plan : inserted(wave);
    return decided(wave, instead, plan == null ? 0 : plan.stats().steps(), answer, failure);
  }

  private static Decided decided(
      Wave wave, Plan plan, int steps, WaveAnswer answer, String failure) {
    return new Decided(wave, plan, steps, answer, failure, plan.stats().engineVersion());
  }

  /** Insertion alone; when even that breaks, nothing is decided in this wave. */
  private Plan inserted(Wave wave) {
    try {
      return solver.solve(Rerun.within(wave, SolveLimit.constructionOnly()));
    } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
      LOG.errorf(
          e, "insertion failed as well in area %s; everybody keeps what they have", wave.areaId());
      return new Plan(
          Map.of(),
          List.of(),
          List.of(),
          new PlanCost(CostTerms.ZERO, 0),
          new SolveStats(0, 0, 0, false, e.toString(), 0, EngineVersion.present()));
    }
  }

  private static boolean gaveUp(Plan plan) {
    return plan.decisions().stream()
        .anyMatch(
            d ->
                d instanceof JobDecision.NoCourier none
                    && none.reason() == DecisionRule.ENGINE_FAILED);
  }
}
