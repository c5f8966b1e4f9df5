package org.shanpai.geo.learning;

/** How rides went, by positions. */
@FunctionalInterface
interface RiddenWays {

  /**
   * A ride as positions show it.
   *
   * @param metres ridden
   * @param topKmh the fastest half minute
   */
  record Ridden(double metres, double topKmh) {}

  /** Null when the rider was not seen well enough on the way. */
  Ridden of(Leg leg);
}
