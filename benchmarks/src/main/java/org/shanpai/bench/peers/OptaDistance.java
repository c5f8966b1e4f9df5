package org.shanpai.bench.peers;

import org.optaplanner.core.impl.heuristic.selector.common.nearby.NearbyDistanceMeter;

/** Riding seconds between stops, for nearby selection. */
public class OptaDistance implements NearbyDistanceMeter<ListedStop, Object> {

  @Override
  public double getNearbyDistance(ListedStop from, Object to) {
    return to instanceof ListedStop stop
        ? from.secondsTo(stop)
        : from.fromStartOf(((OptaRoute) to).courier());
  }
}
