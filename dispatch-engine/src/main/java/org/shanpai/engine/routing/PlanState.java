package org.shanpai.engine.routing;

/**
 * A tentative plan: every open job is on one route or on the virtual holder, every committed job on
 * a route.
 *
 * @param routes stop indexes by courier; couriers that are not usable have an empty one
 * @param held by job, whether the holder has it
 */
public record PlanState(int[][] routes, boolean[] held) {

  /** Cost of all routes and held jobs, mc; {@link RouteCost#INFEASIBLE} or more when broken. */
  public long cost(WaveProblem problem, RouteCost cost) {
    long total = 0;
    for (int c = 0; c < routes.length; c++) {
      if (problem.usable[c]) {
        long route = cost.of(c, routes[c]);
        if (route == RouteCost.INFEASIBLE) {
          return RouteCost.INFEASIBLE;
        }
        total += route;
      }
    }
    for (int j = 0; j < held.length; j++) {
      if (held[j]) {
        total += problem.holdCost[j];
      }
    }
    return total;
  }
}
