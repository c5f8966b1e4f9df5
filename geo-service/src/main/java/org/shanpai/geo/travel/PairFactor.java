package org.shanpai.geo.travel;

/**
 * What the fair-weather time of each pair of a question is multiplied with. More than 0; called
 * once for every cell, so it must be cheap.
 */
@FunctionalInterface
public interface PairFactor {

  /**
   * @param origin place in the question's list of origins
   * @param destination place in its list of destinations
   */
  double of(int origin, int destination);

  /** The same for all pairs. */
  static PairFactor same(double factor) {
    return (origin, destination) -> factor;
  }
}
