package org.shanpai.engine.solver;

import java.util.ArrayList;
import java.util.List;
import org.optaplanner.core.api.domain.solution.PlanningEntityCollectionProperty;
import org.optaplanner.core.api.domain.solution.PlanningScore;
import org.optaplanner.core.api.domain.solution.PlanningSolution;
import org.optaplanner.core.api.domain.solution.ProblemFactCollectionProperty;
import org.optaplanner.core.api.domain.solution.cloner.SolutionCloner;
import org.optaplanner.core.api.domain.valuerange.ValueRangeProvider;
import org.optaplanner.core.api.score.buildin.hardsoftlong.HardSoftLongScore;

/**
 * The planning solution: routes of the couriers that some open job may go to, and the holder.
 *
 * <p>The stops are problem facts, not entities: list elements in an entity collection crash the
 * solver.
 */
@PlanningSolution(solutionCloner = RoutePlan.Cloner.class)
public class RoutePlan {

  @PlanningEntityCollectionProperty private List<CourierRoute> routes = new ArrayList<>();

  @ProblemFactCollectionProperty
  @ValueRangeProvider(id = "stops")
  private List<StopNode> stops = new ArrayList<>();

  @PlanningScore private HardSoftLongScore score;

  private SearchRun run;

  /** For the solver. */
  public RoutePlan() {}

  RoutePlan(List<CourierRoute> routes, List<StopNode> stops, SearchRun run) {
    this.routes = routes;
    this.stops = stops;
    this.run = run;
  }

  List<CourierRoute> routes() {
    return routes;
  }

  SearchRun run() {
    return run;
  }

  HardSoftLongScore score() {
    return score;
  }

  /** Copies the lists only; the stops and the problem never change. */
  public static class Cloner implements SolutionCloner<RoutePlan> {
    @Override
    public RoutePlan cloneSolution(RoutePlan original) {
      List<CourierRoute> copies = new ArrayList<>(original.routes.size());
      for (CourierRoute route : original.routes) {
        copies.add(route.copy());
      }
      RoutePlan copy = new RoutePlan(copies, original.stops, original.run);
      copy.score = original.score;
      return copy;
    }
  }
}
