package org.shanpai.engine;

/**
 * How long the improving search may go on. Construction always runs to its end.
 *
 * <p>A step is one move tried. A run under a wall budget reports the steps it took ({@link
 * SolveStats#steps()}); the same wave solved again with {@link #steps(int)} of that number gives
 * the same plan.
 *
 * @param wallMillis wall-clock milliseconds for the whole wave; 0 = no such limit
 * @param steps moves tried; 0 = construction alone; -1 = no such limit
 */
public record SolveLimit(long wallMillis, int steps) {
  public SolveLimit {
    if (wallMillis < 0 || steps < -1) {
      throw new IllegalArgumentException(
          "limit out of range: wallMillis %d, steps %d".formatted(wallMillis, steps));
    }
    if (wallMillis == 0 && steps == -1) {
      throw new IllegalArgumentException("a limit needs a wall budget or a number of steps");
    }
  }

  /** Anytime: stops when the budget is spent. Not reproducible by itself. */
  public static SolveLimit wallMillis(long millis) {
    if (millis <= 0) {
      return constructionOnly();
    }
    return new SolveLimit(millis, -1);
  }

  /** Deterministic: the same seed and steps give the same plan. */
  public static SolveLimit steps(int steps) {
    return new SolveLimit(0, steps);
  }

  /** Insertion alone, without improving search. */
  public static SolveLimit constructionOnly() {
    return new SolveLimit(0, 0);
  }
}
