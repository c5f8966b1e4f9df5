package org.shanpai.geo.travel;

import java.util.List;
import org.shanpai.contracts.GeoPoint;

/**
 * How long a rider takes from place to place. The port behind which a street graph or a model
 * stands. Implementations are thread-safe, take the CPU of the calling thread and never block.
 */
public interface TravelTimes {

  /**
   * Every origin to every destination.
   *
   * @param travelFactor what the weather multiplies times with, 1.0 or more
   */
  TravelTimeMatrix between(
      List<GeoPoint> origins, List<GeoPoint> destinations, double travelFactor);
}
