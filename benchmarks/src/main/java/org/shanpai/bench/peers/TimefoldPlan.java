package org.shanpai.bench.peers;

import ai.timefold.solver.core.api.domain.solution.PlanningEntityCollectionProperty;
import ai.timefold.solver.core.api.domain.solution.PlanningScore;
import ai.timefold.solver.core.api.domain.solution.PlanningSolution;
import ai.timefold.solver.core.api.domain.solution.ProblemFactCollectionProperty;
import ai.timefold.solver.core.api.domain.solution.cloner.SolutionCloner;
import ai.timefold.solver.core.api.domain.valuerange.ValueRangeProvider;
import ai.timefold.solver.core.api.score.buildin.hardsoftlong.HardSoftLongScore;
import java.util.ArrayList;
import java.util.List;

/** All routes and the holder, as Timefold plans them. */
@PlanningSolution(solutionCloner = TimefoldPlan.Cloner.class)
public class TimefoldPlan {

  @PlanningEntityCollectionProperty private List<TimefoldRoute> routes = new ArrayList<>();

  @ProblemFactCollectionProperty
  @ValueRangeProvider(id = "stops")
  private List<ListedStop> stops = new ArrayList<>();

  @PlanningScore private HardSoftLongScore score;

  private FlatWave wave;

  /** For the solver. */
  public TimefoldPlan() {}

  /** Starts from routes by courier; jobs on none are held. */
  TimefoldPlan(FlatWave wave, int[][] byCourier) {
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
      routes.add(new TimefoldRoute(c, c, list));
    }
    List<ListedStop> held = new ArrayList<>();
    for (int s = 0; s < wave.stops; s++) {
      if (!placed[s]) {
        held.add(stops.get(s));
      }
    }
    routes.add(new TimefoldRoute(RouteLedger.HOLDER, routes.size(), held));
  }

  List<TimefoldRoute> routes() {
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
    for (TimefoldRoute route : routes) {
      if (route.courier() != RouteLedger.HOLDER) {
        all[route.courier()] = route.stops().stream().mapToInt(ListedStop::index).toArray();
      }
    }
    return all;
  }

  /** Copies the lists; stops and wave never change. */
  public static class Cloner implements SolutionCloner<TimefoldPlan> {
    @Override
    public TimefoldPlan cloneSolution(TimefoldPlan original) {
      TimefoldPlan copy = new TimefoldPlan();
      original.routes.forEach(route -> copy.routes.add(route.copy()));
      copy.stops = original.stops;
      copy.score = original.score;
      copy.wave = original.wave;
      return copy;
    }
  }
}
