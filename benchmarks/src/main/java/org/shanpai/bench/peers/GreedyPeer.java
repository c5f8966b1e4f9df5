package org.shanpai.bench.peers;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.shanpai.engine.Stop;
import org.shanpai.engine.Wave;

/**
 * Cheapest insertion, the most urgent promise first, among the couriers soonest at the shop. Also
 * the plan that all other solvers but ours start from, so that none of them spends its budget on
 * finding one.
 */
final class GreedyPeer implements Peer {

  /** Couriers tried for a job. */
  static final int NEAREST = 30;

  private static final double BROKEN = 1e9;

  @Override
  public String name() {
    return "greedy";
  }

  @Override
  public Map<String, List<Stop>> solve(Wave wave, long millis, long seed) {
    FlatWave flat = new FlatWave(wave);
    return flat.toStops(insertAll(flat));
  }

  /** Cost of routes and held jobs, each broken rule at a price that no plan is worth, mc. */
  static double cost(FlatWave wave, FlatRide ride, int[][] routes) {
    double sum = 0;
    boolean[] planned = new boolean[wave.jobs];
    for (int c = 0; c < routes.length; c++) {
      ride.ride(c, routes[c]);
      sum += ride.cost() + BROKEN * ride.broken();
      for (int stop : routes[c]) {
        if (wave.owner[stop] < 0) {
          planned[stop >> 1] = true;
        }
      }
    }
    for (int j = 0; j < wave.jobs; j++) {
      sum += planned[j] ? 0 : wave.holdCost[j];
    }
    return sum;
  }

  /** Takes new jobs out of routes that break a rule until none does, and inserts them again. */
  static int[][] reinsertBroken(FlatWave wave, int[][] routes) {
    FlatRide ride = new FlatRide(wave);
    int[][] kept = routes.clone();
    boolean[] open = new boolean[wave.jobs];
    Arrays.fill(open, true);
    for (int c = 0; c < kept.length; c++) {
      while (!ride.ride(c, kept[c])) {
        int last = -1;
        for (int stop : kept[c]) {
          last = wave.owner[stop] < 0 ? stop >> 1 : last;
        }
        if (last < 0) {
          kept[c] = wave.committed[c];
          break;
        }
        int gone = last;
        kept[c] = Arrays.stream(kept[c]).filter(s -> s >> 1 != gone).toArray();
      }
      for (int stop : kept[c]) {
        if (wave.owner[stop] < 0) {
          open[stop >> 1] = false;
        }
      }
    }
    return insert(wave, ride, kept, open);
  }

  /** Movable stops by courier; jobs on no route are held. */
  static int[][] insertAll(FlatWave wave) {
    boolean[] open = new boolean[wave.jobs];
    Arrays.fill(open, true);
    return insert(wave, new FlatRide(wave), wave.committedRoutes(), open);
  }

  private static int[][] insert(FlatWave wave, FlatRide ride, int[][] routes, boolean[] open) {
    int[][] near = nearest(wave, NEAREST);
    long[] costs = new long[wave.couriers];
    for (int c = 0; c < wave.couriers; c++) {
      ride.ride(c, routes[c]);
      costs[c] = ride.cost();
    }
    int[] order =
        IntStream.range(0, wave.jobs)
            .filter(j -> open[j])
            .boxed()
            .sorted(Comparator.comparingInt((Integer j) -> wave.due[2 * j + 1]))
            .mapToInt(Integer::intValue)
            .toArray();
    for (int job : order) {
      long least = wave.holdCost[job];
      int[] best = null;
      int at = -1;
      for (int c : near[job]) {
        int[] with = insert(wave, ride, c, routes[c], job, least + costs[c]);
        if (with != null) {
          ride.ride(c, with);
          least = ride.cost() - costs[c];
          best = with;
          at = c;
        }
      }
      if (at >= 0) {
        routes[at] = best;
        costs[at] += least;
      }
    }
    return routes;
  }

  /** The route with the job at its cheapest places, or null when that costs no less than told. */
  static int[] insert(
      FlatWave wave, FlatRide ride, int courier, int[] route, int job, long lessThan) {
    int[] best = null;
    long least = lessThan;
    int n = route.length;
    int[] with = new int[n + 2];
    for (int p = 0; p <= n; p++) {
      for (int d = p; d <= n; d++) {
        System.arraycopy(route, 0, with, 0, p);
        with[p] = 2 * job;
        System.arraycopy(route, p, with, p + 1, d - p);
        with[d + 1] = 2 * job + 1;
        System.arraycopy(route, d, with, d + 2, n - d);
        if (ride.ride(courier, with) && ride.cost() < least) {
          least = ride.cost();
          best = with.clone();
        }
      }
    }
    return best;
  }

  /** For each job the allowed couriers soonest at its shop, from wherever their route leads. */
  static int[][] nearest(FlatWave wave, int most) {
    FlatRide ride = new FlatRide(wave);
    int[][] ends = new int[wave.couriers][];
    for (int c = 0; c < wave.couriers; c++) {
      int[] route = wave.committed[c];
      ends[c] = new int[route.length + 1];
      ends[c][0] = wave.startTime[c];
      for (int i = 0; i < route.length; i++) {
        ride.ride(c, route, i + 1);
        ends[c][i + 1] = ride.end();
      }
    }
    int[][] near = new int[wave.jobs][];
    long[] ranked = new long[wave.couriers];
    for (int j = 0; j < wave.jobs; j++) {
      int found = 0;
      for (int c = 0; c < wave.couriers; c++) {
        if (!wave.allowed(j, c)) {
          continue;
        }
        int soonest = FlatWave.NEVER;
        int[] route = wave.committed[c];
        for (int i = 0; i < ends[c].length; i++) {
          int from = i == 0 ? wave.startPlace[c] : wave.place[route[i - 1]];
          int leg = wave.leg(c, from, wave.place[2 * j]);
          if (leg >= 0) {
            soonest = Math.min(soonest, ends[c][i] + leg);
          }
        }
        if (soonest < FlatWave.NEVER) {
          ranked[found++] = (long) soonest << 32 | c;
        }
      }
      Arrays.sort(ranked, 0, found);
      near[j] =
          Arrays.stream(ranked, 0, Math.min(found, most)).mapToInt(rank -> (int) rank).toArray();
    }
    return near;
  }
}
