package org.shanpai.geo.travel;

import java.time.Instant;
import java.util.List;
import org.shanpai.contracts.GeoPoint;

/**
 * The times plans are made with: the map's, times weather, times what was learned from finished
 * ways. Never faster than the speed plans may count on, whatever was learned. Thread-safe.
 */
public final class PlannedTimes {

  /** What was learned is believed within these bounds. */
  static final double LEAST_CORRECTION = 0.5;

  static final double MOST_CORRECTION = 4;

  private final TravelTimes travelTimes;
  private final TravelCorrection correction;

  public PlannedTimes(TravelTimes travelTimes, TravelCorrection correction) {
    this.travelTimes = travelTimes;
    this.correction = correction;
  }

  /**
   * Every origin to every destination.
   *
   * @param travelFactor what the weather multiplies times with, 1 or more
   * @param at city time of the start
   */
  public TravelTimeMatrix between(
      List<GeoPoint> origins, List<GeoPoint> destinations, double travelFactor, Instant at) {
    TravelTimes.requireFactor(travelFactor);
    PairFactor learned = correction.factors(origins, destinations, at);
    return travelTimes.between(
        origins,
        destinations,
        (origin, destination) -> travelFactor * believed(learned.of(origin, destination)));
  }

  /**
   * One way with the time plans would count on.
   *
   * @return null when there is none
   */
  public Way way(GeoPoint from, GeoPoint to, double travelFactor, Instant at) {
    TravelTimes.requireFactor(travelFactor);
    return travelTimes.way(from, to, travelFactor * believed(correction.factor(from, to, at)));
  }

  /** See {@link TravelTimes#quick}. */
  public boolean quick(int origins, int destinations) {
    return travelTimes.quick(origins, destinations);
  }

  private static double believed(double factor) {
    // What is not a number counts as not learned.
    return factor > 0 ? Math.max(LEAST_CORRECTION, Math.min(MOST_CORRECTION, factor)) : 1;
  }
}
