package org.shanpai.engine.routing;

import java.util.Arrays;

/**
 * Finds the cheapest pair of places for a job on one route, the order of the other stops kept.
 * Holds scratch space: one per thread.
 */
public final class Insertion {

  private final WaveProblem problem;
  private final RouteCost cost;
  private final boolean wholeTrips;
  private int[] scratch = new int[64];
  private int pickupAt;
  private int dropoffAt;

  public Insertion(WaveProblem problem, RouteCost cost) {
    this.problem = problem;
    this.cost = cost;
    this.wholeTrips = problem.wave.rules().wholeTrips();
  }

  /** The same for a route that fills its array. */
  public long best(int courier, int[] route, int pickup, int dropoff) {
    return best(courier, route, route.length, pickup, dropoff);
  }

  /**
   * Cost of the whole route with the stops of one job put in at the best places, or {@link
   * RouteCost#INFEASIBLE}.
   *
   * @param length stops of the route; the rest of the array is not read
   * @param pickup the job's pickup stop, or -1 when its goods are aboard
   * @param dropoff the job's drop-off stop
   */
  public long best(int courier, int[] route, int length, int pickup, int dropoff) {
    int added = pickup < 0 ? 1 : 2;
    if (scratch.length < length + added) {
      scratch = new int[2 * (length + added)];
    }
    if (pickup < 0) {
      return bestDropoff(courier, route, length, dropoff);
    }
    if (problem.open[pickup] && length + 2 > WaveProblem.LONGEST_ROUTE) {
      return RouteCost.INFEASIBLE;
    }
    return wholeTrips
        ? bestTrip(courier, route, length, pickup, dropoff)
        : bestPair(courier, route, length, pickup, dropoff);
  }

  private long bestPair(int courier, int[] route, int length, int pickup, int dropoff) {
    boolean direct = problem.direct[pickup];
    long best = RouteCost.INFEASIBLE;
    for (int p = 0; p <= length; p++) {
      int[] s = scratch;
      System.arraycopy(route, 0, s, 0, p);
      s[p] = pickup;
      s[p + 1] = dropoff;
      System.arraycopy(route, p, s, p + 2, length - p);
      for (int d = p + 1; d <= length + 1; d++) {
        if (d > p + 1) {
          s[d - 1] = s[d];
          s[d] = dropoff;
        }
        long total = cost.of(courier, s, length + 2);
        if (total < best) {
          best = total;
          pickupAt = p;
          dropoffAt = d;
        }
        // What failed before the drop-off fails wherever it comes later.
        if (direct || total == RouteCost.INFEASIBLE && cost.failedAt() < d) {
          break;
        }
      }
    }
    return best;
  }

  /** Between two trips, or within a trip from the same shop. */
  private long bestTrip(int courier, int[] route, int length, int pickup, int dropoff) {
    long best = RouteCost.INFEASIBLE;
    int shop = problem.place[pickup];
    int aboard = problem.startAboard[courier];
    int i = 0;
    while (i < length && aboard > 0) {
      aboard += problem.pickup[route[i++]] ? 1 : -1;
    }
    while (true) {
      best = tried(courier, route, length, i, i + 1, pickup, dropoff, best);
      if (i >= length) {
        return best;
      }
      int handing = i;
      while (handing < length && problem.pickup[route[handing]]) {
        handing++;
      }
      int end = handing;
      while (end < length && !problem.pickup[route[end]]) {
        end++;
      }
      if (problem.place[route[i]] == shop && !problem.direct[pickup]) {
        for (int d = handing + 1; d <= end + 1; d++) {
          best = tried(courier, route, length, handing, d, pickup, dropoff, best);
        }
      }
      i = end;
    }
  }

  private long tried(
      int courier, int[] route, int length, int p, int d, int pickup, int dropoff, long best) {
    int[] s = scratch;
    System.arraycopy(route, 0, s, 0, p);
    s[p] = pickup;
    System.arraycopy(route, p, s, p + 1, d - p - 1);
    s[d] = dropoff;
    System.arraycopy(route, d - 1, s, d + 1, length - d + 1);
    long total = cost.of(courier, s, length + 2);
    if (total >= best) {
      return best;
    }
    pickupAt = p;
    dropoffAt = d;
    return total;
  }

  private long bestDropoff(int courier, int[] route, int length, int dropoff) {
    long best = RouteCost.INFEASIBLE;
    int[] s = scratch;
    s[0] = dropoff;
    System.arraycopy(route, 0, s, 1, length);
    for (int d = 0; d <= length; d++) {
      if (d > 0) {
        s[d - 1] = s[d];
        s[d] = dropoff;
      }
      long total = cost.of(courier, s, length + 1);
      if (total < best) {
        best = total;
        dropoffAt = d;
      }
    }
    return best;
  }

  /** Where the last feasible {@link #best} put the pickup, among the stops with it. */
  int pickupAt() {
    return pickupAt;
  }

  /** Where the last feasible {@link #best} put the drop-off, among the stops with both. */
  int dropoffAt() {
    return dropoffAt;
  }

  /** The route with the stops at the places the last feasible {@link #best} found. */
  public int[] apply(int[] route, int pickup, int dropoff) {
    if (pickup < 0) {
      return with(route, dropoffAt, dropoff);
    }
    return with(with(route, pickupAt, pickup), dropoffAt, dropoff);
  }

  private static int[] with(int[] route, int at, int stop) {
    int[] longer = new int[route.length + 1];
    System.arraycopy(route, 0, longer, 0, at);
    longer[at] = stop;
    System.arraycopy(route, at, longer, at + 1, route.length - at);
    return longer;
  }

  /** The route without the stops of one job; the same array when it has none of them. */
  public static int[] without(int[] route, int pickup, int dropoff) {
    int kept = 0;
    int[] shorter = new int[route.length];
    for (int s : route) {
      if (s != pickup && s != dropoff) {
        shorter[kept++] = s;
      }
    }
    return kept == route.length ? route : Arrays.copyOf(shorter, kept);
  }
}
