package org.shanpai.engine.solver;

/** Sees every score the search computes. Tests compare it with a slow calculator. */
@FunctionalInterface
public interface StepWatch {

  /** Does nothing. */
  StepWatch NONE = (routes, hard, soft) -> {};

  /**
   * @param routes the working routes, by {@code [slot]}: courier index (-1 = holder), then stops
   * @param hard number of broken routes, negated
   * @param soft cost, negated
   */
  void scored(java.util.function.Supplier<int[][]> routes, long hard, long soft);
}
