package org.shanpai.engine.solver;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.optaplanner.core.api.score.director.ScoreDirector;
import org.optaplanner.core.impl.heuristic.move.AbstractMove;

/**
 * Gives one or several routes new lists at once, so that a pickup never travels without its
 * drop-off and ruin and recreate is one move.
 */
final class RoutesMove extends AbstractMove<RoutePlan> {

  private static final String VARIABLE = "stops";

  private final CourierRoute[] routes;
  private final List<StopNode>[] lists;

  RoutesMove(CourierRoute[] routes, List<StopNode>[] lists) {
    this.routes = routes;
    this.lists = lists;
  }

  @Override
  public boolean isMoveDoable(ScoreDirector<RoutePlan> director) {
    return routes.length > 0;
  }

  @Override
  protected AbstractMove<RoutePlan> createUndoMove(ScoreDirector<RoutePlan> director) {
    @SuppressWarnings("unchecked")
    List<StopNode>[] before = new List[routes.length];
    for (int i = 0; i < routes.length; i++) {
      before[i] = new ArrayList<>(routes[i].stops());
    }
    return new RoutesMove(routes, before);
  }

  @Override
  protected void doMoveOnGenuineVariables(ScoreDirector<RoutePlan> director) {
    for (CourierRoute route : routes) {
      director.beforeListVariableChanged(route, VARIABLE, 0, route.stops().size());
    }
    for (int i = 0; i < routes.length; i++) {
      routes[i].stops().clear();
      routes[i].stops().addAll(lists[i]);
    }
    for (CourierRoute route : routes) {
      director.afterListVariableChanged(route, VARIABLE, 0, route.stops().size());
    }
  }

  @Override
  public String toString() {
    return "routes " + Arrays.toString(routes) + " -> " + Arrays.toString(lists);
  }
}
