package org.shanpai.geo.travel;

import java.time.Instant;
import java.util.List;
import org.shanpai.contracts.GeoPoint;

/**
 * How much longer (more than 1) or shorter (less than 1) ways take than the map says, by place and
 * hour. 1 where nothing is known. Weather is not part of it. Thread-safe, never blocks.
 */
@FunctionalInterface
public interface TravelCorrection {

  /** Knows nothing better than the map. */
  TravelCorrection NONE = (from, to, at) -> 1.0;

  /**
   * What the map's time for this way is multiplied with.
   *
   * @param at city time of the start
   */
  double factor(GeoPoint from, GeoPoint to, Instant at);

  /** The same for many pairs at once; worth overriding where a place costs something to look up. */
  default PairFactor factors(List<GeoPoint> origins, List<GeoPoint> destinations, Instant at) {
    return (origin, destination) -> factor(origins.get(origin), destinations.get(destination), at);
  }
}
