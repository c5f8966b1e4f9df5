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
   * @throws IllegalArgumentException unless the factor is 1 or more
   */
  static void requireFactor(double travelFactor) {
    if (!(travelFactor >= 1)) {
      throw new IllegalArgumentException("travelFactor must be 1 or more but is " + travelFactor);
    }
  }
}
