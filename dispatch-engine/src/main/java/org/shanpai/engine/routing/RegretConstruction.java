package org.shanpai.engine.routing;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.shanpai.engine.Stop;
import org.shanpai.engine.StopKind;

/**
 * Builds a first plan; nobody loses a committed job in it. Again and again the job that would lose
 * most by not getting its best courier now is inserted there (regret-3, the holder counting as one
 * courier). Above {@link #REGRET_UP_TO} jobs, plain best insertion in the order of promises, for
 * regret costs the square of the jobs.
 */
public final class RegretConstruction {

  static final int REGRET_UP_TO = 1500;

  private final WaveProblem problem;
  private final Insertion insertion;
  private final RouteCost cost;

  public RegretConstruction(WaveProblem problem, RouteCost cost) {
    this.problem = problem;
    this.cost = cost;
    this.insertion = new Insertion(problem, cost);
  }

  /** Always the same answer for the same problem. */
  public PlanState build() {
    int[][] routes = new int[problem.courierCount][];
    long[] routeCost = new long[problem.courierCount];
    for (int c = 0; c < routes.length; c++) {
      routes[c] = problem.committed[c];
      routeCost[c] = problem.usable[c] ? cost.of(c, routes[c]) : 0;
    }
    boolean[] held = new boolean[problem.jobCount];
    Arrays.fill(held, 0, problem.openCount, true);
    if (!problem.wave.sketch().isEmpty()) {
      fromSketch(routes, routeCost, held);
    }
    if (problem.openCount <= REGRET_UP_TO) {
      byRegret(routes, routeCost, held);
    } else {
      byPromise(routes, routeCost, held);
    }
    return new PlanState(routes, held);
  }

  /** Takes over what still fits of the earlier plan, courier by courier. */
  private void fromSketch(int[][] routes, long[] routeCost, boolean[] held) {
    Map<String, Integer> open = new HashMap<>();
    for (int j = 0; j < problem.openCount; j++) {
      open.put(problem.job(j).id(), j);
    }
    for (int c = 0; c < routes.length; c++) {
      List<Stop> sketch = problem.wave.sketch().get(problem.courier(c).id());
      if (sketch == null || !problem.usable[c]) {
        continue;
      }
      int[] route = sketched(c, sketch, open, held);
      long price = cost.of(c, route);
      if (price >= RouteCost.INFEASIBLE) {
        continue;
      }
      routes[c] = route;
      routeCost[c] = price;
      for (int s : route) {
        if (problem.open[s]) {
          held[WaveProblem.jobOf(s)] = false;
        }
      }
    }
  }

  /** The committed stops in their order, the sketched open jobs where the sketch had them. */
  private int[] sketched(int c, List<Stop> sketch, Map<String, Integer> open, boolean[] held) {
    int[] committed = problem.committed[c];
    int[] route = new int[committed.length + 2 * sketch.size()];
    int n = 0;
    int passed = 0;
    for (Stop stop : sketch) {
      Integer j = open.get(stop.jobId());
      if (j == null) {
        if (passed < committed.length
            && problem.stop[committed[passed]].jobId().equals(stop.jobId())) {
          route[n++] = committed[passed++];
        }
      } else if (held[j] && isCandidate(j, c)) {
        route[n++] =
            stop.kind() == StopKind.PICKUP ? WaveProblem.pickupOf(j) : WaveProblem.dropoffOf(j);
      }
    }
    while (passed < committed.length) {
      route[n++] = committed[passed++];
    }
    return Arrays.copyOf(route, n);
  }

  private boolean isCandidate(int job, int courier) {
    for (int c : problem.candidates[job]) {
      if (c == courier) {
        return true;
      }
    }
    return false;
  }

  private void byRegret(int[][] routes, long[] routeCost, boolean[] held) {
    int n = problem.openCount;
    long[][] extra = new long[n][];
    boolean[] settled = new boolean[n];
    int unsettled = 0;
    for (int j = 0; j < n; j++) {
      settled[j] = !held[j];
      if (settled[j]) {
        continue;
      }
      unsettled++;
      extra[j] = new long[problem.candidates[j].length];
      for (int k = 0; k < extra[j].length; k++) {
        extra[j][k] = extra(j, problem.candidates[j][k], routes, routeCost);
      }
    }
    for (int left = unsettled; left > 0; left--) {
      int chosen = -1;
      int chosenAt = -1;
      long widest = Long.MIN_VALUE;
      for (int j = 0; j < n; j++) {
        if (settled[j]) {
          continue;
        }
        long first = problem.holdCost[j];
        long second = RouteCost.INFEASIBLE;
        long third = RouteCost.INFEASIBLE;
        int at = -1;
        for (int k = 0; k < extra[j].length; k++) {
          long e = extra[j][k];
          if (e < first) {
            third = second;
            second = first;
            first = e;
            at = k;
          } else if (e < second) {
            third = second;
            second = e;
          } else if (e < third) {
            third = e;
          }
        }
        long regret =
            Math.min(second - first, WaveProblem.MUST_GO)
                + Math.min(third - first, WaveProblem.MUST_GO);
        if (regret > widest) {
          widest = regret;
          chosen = j;
          chosenAt = at;
        }
      }
      settled[chosen] = true;
      if (chosenAt < 0) {
        continue;
      }
      int courier = problem.candidates[chosen][chosenAt];
      put(chosen, courier, routes, routeCost);
      held[chosen] = false;
      for (int j = 0; j < n; j++) {
        if (settled[j]) {
          continue;
        }
        for (int k = 0; k < extra[j].length; k++) {
          if (problem.candidates[j][k] == courier) {
            extra[j][k] = extra(j, courier, routes, routeCost);
          }
        }
      }
    }
  }

  private void byPromise(int[][] routes, long[] routeCost, boolean[] held) {
    int[] order =
        IntStream.range(0, problem.openCount)
            .boxed()
            .sorted(
                Comparator.comparingInt((Integer j) -> problem.due[WaveProblem.dropoffOf(j)])
                    .thenComparing(j -> j))
            .mapToInt(Integer::intValue)
            .toArray();
    for (int j : order) {
      if (!held[j]) {
        continue;
      }
      long cheapest = problem.holdCost[j];
      int courier = -1;
      for (int c : problem.candidates[j]) {
        long e = extra(j, c, routes, routeCost);
        if (e < cheapest) {
          cheapest = e;
          courier = c;
        }
      }
      if (courier >= 0) {
        put(j, courier, routes, routeCost);
        held[j] = false;
      }
    }
  }

  private long extra(int job, int courier, int[][] routes, long[] routeCost) {
    long best =
        insertion.best(
            courier, routes[courier], WaveProblem.pickupOf(job), WaveProblem.dropoffOf(job));
    return best == RouteCost.INFEASIBLE ? best : best - routeCost[courier];
  }

  private void put(int job, int courier, int[][] routes, long[] routeCost) {
    int pickup = WaveProblem.pickupOf(job);
    int dropoff = WaveProblem.dropoffOf(job);
    routeCost[courier] = insertion.best(courier, routes[courier], pickup, dropoff);
    routes[courier] = insertion.apply(routes[courier], pickup, dropoff);
  }
}
