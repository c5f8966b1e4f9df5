package org.shanpai.geo.position;

import java.util.List;

/**
 * Hears of every batch of believed readings, also of those that came too late to move the rider.
 *
 * <p>Called on the event loop inside the rider's request: must be cheap and must not block. What it
 * throws is logged and spoils neither the request nor the other listeners.
 */
public interface SightingListener {

  /**
   * @param sightings oldest first, at least one
   */
  void saw(String riderId, List<Sighting> sightings);
}
