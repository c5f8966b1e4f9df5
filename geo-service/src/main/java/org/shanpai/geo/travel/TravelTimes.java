package org.shanpai.geo.travel;

import java.util.List;
import org.shanpai.contracts.GeoPoint;

/**
 * How long a rider takes from place to place, by the map alone. The port behind which a street
 * graph or a model stands. Plans use {@link PlannedTimes}. Implementations are thread-safe, take
 * the CPU of the calling thread and never block.
 */
public interface TravelTimes {

  /**
   * Every origin to every destination.
   *
   * @param factor what the time of each pair is multiplied with; a time so shortened still never
   *     needs more than the speed plans may count on
   */
  TravelTimeMatrix between(List<GeoPoint> origins, List<GeoPoint> destinations, PairFactor factor);

  /**
   * Every origin to every destination.
   *
   * @param travelFactor what the weather multiplies times with, 1 or more
   */
  default TravelTimeMatrix between(
      List<GeoPoint> origins, List<GeoPoint> destinations, double travelFactor) {
    requireFactor(travelFactor);
    return between(origins, destinations, PairFactor.same(travelFactor));
  }

  /**
   * The way from one place to another.
   *
   * @param factor what its time is multiplied with
   * @return null when there is no way
   */
  default Way way(GeoPoint from, GeoPoint to, double factor) {
    TravelTimeMatrix one = between(List.of(from), List.of(to), PairFactor.same(factor));
    return one.seconds(0, 0) == TravelTimeMatrix.NO_WAY
        ? null
        : new Way(List.of(from, to), one.metres(0, 0), one.seconds(0, 0), false, one.metres(0, 0));
  }

  /** Whether so many pairs take so little time that an event loop may work them out. */
  default boolean quick(int origins, int destinations) {
    return false;
  }

  /** Whether metres are those of legal ways, and not an estimate. */
  default boolean onStreets() {
    return false;
  }

  /**
   * @throws IllegalArgumentException unless the factor is 1 or more
   */
  static void requireFactor(double travelFactor) {
    if (!(travelFactor >= 1)) {
      throw new IllegalArgumentException("travelFactor must be 1 or more but is " + travelFactor);
    }
  }
}
