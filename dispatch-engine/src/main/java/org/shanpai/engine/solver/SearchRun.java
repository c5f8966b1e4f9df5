package org.shanpai.engine.solver;

import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.shanpai.engine.routing.WaveProblem;

/**
 * What one search may use up and what it has used. A problem fact, so that the cached solver
 * configuration stays the same for every wave.
 *
 * <p>The search also ends when it has not found anything better for a while; that rule counts
 * moves, not time, so that it does not spoil reproducibility.
 */
final class SearchRun {

  private static final int PATIENCE = 400;
  private static final int PATIENCE_PER_JOB = 100;
  private static final int CYCLE = 300;
  private static final int CYCLE_PER_JOB = 10;
  private static final int LONGEST_CYCLE = 5_000;

  private final WaveProblem problem;
  private final SplittableRandom random;
  private final int maxSteps;
  private final long deadlineNanos;
  private final LongSupplier elapsedNanos;
  private final StepWatch watch;
  private final int patience;

  private int steps;
  private int bestAtStep;
  private long best = Long.MAX_VALUE;

  /**
   * @param maxSteps -1 = no limit
   * @param deadlineNanos {@link Long#MAX_VALUE} = none
   */
  SearchRun(
      WaveProblem problem,
      long seed,
      int maxSteps,
      long deadlineNanos,
      LongSupplier elapsedNanos,
      StepWatch watch) {
    this.problem = problem;
    this.random = new SplittableRandom(seed);
    this.maxSteps = maxSteps;
    this.deadlineNanos = deadlineNanos;
    this.elapsedNanos = elapsedNanos;
    this.watch = watch;
    this.patience = PATIENCE + PATIENCE_PER_JOB * problem.jobCount;
  }

  WaveProblem problem() {
    return problem;
  }

  SplittableRandom random() {
    return random;
  }

  int steps() {
    return steps;
  }

  StepWatch watch() {
    return watch;
  }

  /** Moves of one cooling cycle. */
  int cycleSteps() {
    return Math.min(CYCLE + CYCLE_PER_JOB * problem.jobCount, LONGEST_CYCLE);
  }

  /** Whether a step is left, without taking it. */
  boolean mayGoOn() {
    return !(maxSteps >= 0 && steps >= maxSteps)
        && steps - bestAtStep < patience
        && !(deadlineNanos != Long.MAX_VALUE && elapsedNanos.getAsLong() - deadlineNanos >= 0);
  }

  /** Called where a new best may have been reached. */
  void reached(long cost) {
    if (cost < best) {
      best = cost;
      bestAtStep = steps;
    }
  }

  /** Takes one step from the limit, or says that nothing is left. */
  boolean takeStep() {
    if (!mayGoOn()) {
      return false;
    }
    steps++;
    return true;
  }
}
