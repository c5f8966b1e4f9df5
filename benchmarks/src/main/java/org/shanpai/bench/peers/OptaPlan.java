package org.shanpai.bench.peers;

import java.util.ArrayList;
import java.util.List;
import org.optaplanner.core.api.domain.solution.PlanningEntityCollectionProperty;
import org.optaplanner.core.api.domain.solution.PlanningScore;
import org.optaplanner.core.api.domain.solution.PlanningSolution;
import org.optaplanner.core.api.domain.solution.ProblemFactCollectionProperty;
import org.optaplanner.core.api.domain.solution.cloner.SolutionCloner;
import org.optaplanner.core.api.domain.valuerange.ValueRangeProvider;
import org.optaplanner.core.api.score.buildin.hardsoftlong.HardSoftLongScore;

/** All routes and the holder, as OptaPlanner plans them. */
@PlanningSolution(solutionCloner = OptaPlan.Cloner.class)
public class OptaPlan {

  @PlanningEntityCollectionProperty private List<OptaRoute> routes = new ArrayList<>();

  @ProblemFactCollectionProperty
  @ValueRangeProvider(id = "stops")
  private List<ListedStop> stops = new ArrayList<>();

  @PlanningScore private HardSoftLongScore score;

  private FlatWave wave;

  /** For the solver. */
  public OptaPlan() {}

  /** Starts from routes by courier; jobs on none are held. */
  OptaPlan(FlatWave wave, int[][] byCourier) {
    this.wave = wave;
    boolean[] placed = new boolean[wave.stops];
    for (int s = 0; s < wave.stops; s++) {
      stops.add(new ListedStop(wave, s));
    }
    for (int c = 0; c < byCourier.length; c++) {
      List<ListedStop> list = new ArrayList<>();
      for (int s : byCourier[c]) {
        list.add(stops.get(s));
        placed[s] = true;
      }
      routes.add(new OptaRoute(c, c, list));
    }
    List<ListedStop> held = new ArrayList<>();
    for (int s = 0; s < wave.stops; s++) {
      if (!placed[s]) {
        held.add(stops.get(s));
      }
    }
    routes.add(new OptaRoute(RouteLedger.HOLDER, routes.size(), held));
  }

  List<OptaRoute> routes() {
    return routes;
  }

  FlatWave wave() {
    return wave;
  }

  HardSoftLongScore score() {
    return score;
  }

  int[][] byCourier() {
    int[][] all = new int[wave.couriers][];
    for (OptaRoute route : routes) {
      if (route.courier() != RouteLedger.HOLDER) {
        all[route.courier()] = route.stops().stream().mapToInt(ListedStop::index).toArray();
      }
    }
    return all;
  }

  /** Copies the lists; stops and wave never change. */
  public static class Cloner implements SolutionCloner<OptaPlan> {
    @Override
    public OptaPlan cloneSolution(OptaPlan original) {
      OptaPlan copy = new OptaPlan();
      original.routes.forEach(route -> copy.routes.add(route.copy()));
      copy.stops = original.stops;
      copy.score = original.score;
      copy.wave = original.wave;
      return copy;
    }
  }
}
