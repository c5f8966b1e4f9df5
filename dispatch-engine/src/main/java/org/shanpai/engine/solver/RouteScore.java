package org.shanpai.engine.solver;

import java.util.List;
import org.optaplanner.core.api.score.buildin.hardsoftlong.HardSoftLongScore;
import org.optaplanner.core.api.score.calculator.IncrementalScoreCalculator;
import org.shanpai.engine.routing.RouteCost;
import org.shanpai.engine.routing.WaveProblem;

/** Incremental score: only routes that changed are priced again. */
public class RouteScore implements IncrementalScoreCalculator<RoutePlan, HardSoftLongScore> {

  private WaveProblem problem;
  private RouteCost cost;
  private SearchRun run;
  private List<CourierRoute> routes;
  private long[] routeCost;
  private boolean[] broken;
  private long total;
  private long brokenRoutes;
  private int[] scratch = new int[64];

  @Override
  public void resetWorkingSolution(RoutePlan plan) {
    run = plan.run();
    if (problem != run.problem()) {
      problem = run.problem();
      cost = new RouteCost(problem);
    }
    routes = plan.routes();
    routeCost = new long[routes.size()];
    broken = new boolean[routes.size()];
    total = 0;
    brokenRoutes = 0;
    for (CourierRoute route : routes) {
      price(route);
    }
  }

  private void price(CourierRoute route) {
    int slot = route.slot();
    total -= routeCost[slot];
    if (broken[slot]) {
      brokenRoutes--;
    }
    long price = route.isHolder() ? held(route) : ridden(route);
    broken[slot] = price == RouteCost.INFEASIBLE;
    routeCost[slot] = broken[slot] ? 0 : price;
    total += routeCost[slot];
    if (broken[slot]) {
      brokenRoutes++;
    }
  }

  private long held(CourierRoute holder) {
    long price = 0;
    List<StopNode> stops = holder.stops();
    for (int i = 0; i < stops.size(); i++) {
      int stop = stops.get(i).index();
      if (!problem.open[stop]) {
        return RouteCost.INFEASIBLE;
      }
      if (problem.pickup[stop]) {
        price += problem.holdCost[WaveProblem.jobOf(stop)];
      }
    }
    return price;
  }

  private long ridden(CourierRoute route) {
    List<StopNode> stops = route.stops();
    int length = stops.size();
    if (scratch.length < length) {
      scratch = new int[2 * length];
    }
    for (int i = 0; i < length; i++) {
      scratch[i] = stops.get(i).index();
    }
    return cost.of(route.courier(), scratch, length);
  }

  @Override
  public void afterListVariableChanged(Object entity, String variable, int from, int to) {
    price((CourierRoute) entity);
  }

  @Override
  public HardSoftLongScore calculateScore() {
    run.watch().scored(this::snapshot, -brokenRoutes, -total);
    return HardSoftLongScore.of(-brokenRoutes, -total);
  }

  private int[][] snapshot() {
    int[][] all = new int[routes.size()][];
    for (int i = 0; i < all.length; i++) {
      int[] stops = routes.get(i).indexes();
      all[i] = new int[stops.length + 1];
      all[i][0] = routes.get(i).courier();
      System.arraycopy(stops, 0, all[i], 1, stops.length);
    }
    return all;
  }

  @Override
  public void beforeEntityAdded(Object entity) {
    // Routes are neither added nor removed during a search.
  }

  @Override
  public void afterEntityAdded(Object entity) {
    // See above.
  }

  @Override
  public void beforeVariableChanged(Object entity, String variable) {
    // There is only the list variable.
  }

  @Override
  public void afterVariableChanged(Object entity, String variable) {
    // See above.
  }

  @Override
  public void beforeEntityRemoved(Object entity) {
    // See above.
  }

  @Override
  public void afterEntityRemoved(Object entity) {
    // See above.
  }
}
