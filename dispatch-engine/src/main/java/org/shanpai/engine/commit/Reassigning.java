package org.shanpai.engine.commit;

import java.util.Arrays;
import org.shanpai.engine.routing.Insertion;
import org.shanpai.engine.routing.PlanState;
import org.shanpai.engine.routing.RouteCost;
import org.shanpai.engine.routing.WaveProblem;

/**
 * Keeps of the search's reassignments (改派) those that pay: a committed job changes couriers only
 * when the finished plan would be dearer with the job where it was.
 */
public final class Reassigning {

  private Reassigning() {}

  /**
   * The plan with every reassignment that does not pay taken back.
   *
   * @param withoutAny a feasible plan in which nobody lost a job; the answer when one that does not
   *     pay cannot be taken back, or when a route needs a job that is not given out yet
   */
  public static PlanState settle(
      WaveProblem problem, PlanState planned, PlanState withoutAny, RouteCost cost) {
    int[][] routes = planned.routes().clone();
    PlanState state = new PlanState(routes, planned.held());
    Insertion insertion = new Insertion(problem, cost);
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int j = problem.openCount; j < problem.jobCount; j++) {
        int to = carrier(problem, routes, j);
        if (to < 0 || gain(problem, state, cost, j) > 0) {
          continue;
        }
        int home = problem.homeOf(j);
        int pickup = WaveProblem.pickupOf(j);
        int dropoff = WaveProblem.dropoffOf(j);
        if (insertion.best(home, routes[home], pickup, dropoff) == RouteCost.INFEASIBLE) {
          return withoutAny;
        }
        routes[home] = insertion.apply(routes[home], pickup, dropoff);
        routes[to] = Insertion.without(routes[to], pickup, dropoff);
        changed = true;
      }
    }
    for (int c = 0; c < routes.length; c++) {
      int[] firm = firm(problem, routes[c]);
      if (problem.usable[c]
          && changesWork(problem, c, firm)
          && cost.of(c, firm) == RouteCost.INFEASIBLE) {
        return withoutAny;
      }
    }
    return state.cost(problem, cost) < RouteCost.INFEASIBLE ? state : withoutAny;
  }

  /**
   * What the plan would cost more, in mc, if the committed job went back. Where it no longer fits
   * beside the new work of its courier, that work counts as held.
   */
  static long gain(WaveProblem problem, PlanState state, RouteCost cost, int job) {
    int home = problem.homeOf(job);
    int to = carrier(problem, state.routes(), job);
    int pickup = WaveProblem.pickupOf(job);
    int dropoff = WaveProblem.dropoffOf(job);
    Insertion insertion = new Insertion(problem, cost);
    int[] left = state.routes()[home];
    long back = insertion.best(home, left, pickup, dropoff);
    if (back == RouteCost.INFEASIBLE) {
      back = insertion.best(home, firm(problem, left), pickup, dropoff);
      if (back == RouteCost.INFEASIBLE) {
        return 0;
      }
      for (int stop : left) {
        if (problem.open[stop] && problem.pickup[stop]) {
          back += problem.holdCost[WaveProblem.jobOf(stop)];
        }
      }
    }
    int[] taken = state.routes()[to];
    int[] spared = Insertion.without(taken, pickup, dropoff);
    long sparedCost = cost.of(to, spared);
    if (sparedCost == RouteCost.INFEASIBLE) {
      return 0;
    }
    return back + sparedCost - cost.of(home, left) - cost.of(to, taken);
  }

  /** Whether the route holds other committed work than the courier came with. */
  static boolean changesWork(WaveProblem problem, int courier, int[] firmRoute) {
    if (firmRoute.length != problem.committed[courier].length) {
      return true;
    }
    return Arrays.stream(firmRoute).anyMatch(stop -> problem.home[stop] != courier);
  }

  /** Who has the committed job now, or -1 when it is where it was. */
  private static int carrier(WaveProblem problem, int[][] routes, int job) {
    int home = problem.homeOf(job);
    for (int c : problem.candidates[job]) {
      if (c == home) {
        continue;
      }
      for (int stop : routes[c]) {
        if (stop == WaveProblem.pickupOf(job)) {
          return c;
        }
      }
    }
    return -1;
  }

  private static int[] firm(WaveProblem problem, int[] route) {
    return Arrays.stream(route).filter(stop -> !problem.open[stop]).toArray();
  }
}
