package org.shanpai.bench.peers;

import java.util.List;

/**
 * Cost and broken rules of a set of routes, kept up to date route by route: the incremental score
 * of OptaPlanner and Timefold.
 */
final class RouteLedger {

  /** Courier index of the route that holds what nobody gets. */
  static final int HOLDER = -1;

  private static final int FOREIGN = 2;

  private final FlatWave wave;
  private final FlatRide ride;
  private final long[] cost;
  private final int[] broken;
  private int[] scratch = new int[64];
  private long totalCost;
  private int totalBroken;

  /**
   * @param routes couriers' routes and the holder's, in slots 0 to routes − 1
   */
  RouteLedger(FlatWave wave, int routes) {
    this.wave = wave;
    this.ride = new FlatRide(wave);
    this.cost = new long[routes];
    this.broken = new int[routes];
  }

  FlatWave wave() {
    return wave;
  }

  void update(int slot, int courier, List<ListedStop> stops) {
    totalCost -= cost[slot];
    totalBroken -= broken[slot];
    if (courier == HOLDER) {
      hold(slot, stops);
    } else {
      int length = stops.size();
      if (scratch.length < length) {
        scratch = new int[2 * length];
      }
      for (int i = 0; i < length; i++) {
        scratch[i] = stops.get(i).index();
      }
      ride.ride(courier, scratch, length);
      cost[slot] = ride.cost();
      broken[slot] = ride.broken();
    }
    totalCost += cost[slot];
    totalBroken += broken[slot];
  }

  private void hold(int slot, List<ListedStop> stops) {
    cost[slot] = 0;
    broken[slot] = 0;
    for (ListedStop stop : stops) {
      int s = stop.index();
      if (wave.owner[s] >= 0) {
        broken[slot] += FOREIGN;
      } else if (wave.pickup[s]) {
        cost[slot] += wave.holdCost[s >> 1];
      }
    }
  }

  long cost() {
    return totalCost;
  }

  int broken() {
    return totalBroken;
  }
}
