package org.shanpai.bench.peers;

import com.graphhopper.jsprit.core.algorithm.VehicleRoutingAlgorithm;
import com.graphhopper.jsprit.core.algorithm.box.Jsprit;
import com.graphhopper.jsprit.core.algorithm.state.StateManager;
import com.graphhopper.jsprit.core.algorithm.termination.TimeTermination;
import com.graphhopper.jsprit.core.problem.VehicleRoutingProblem;
import com.graphhopper.jsprit.core.problem.constraint.ConstraintManager;
import com.graphhopper.jsprit.core.problem.solution.VehicleRoutingProblemSolution;
import com.graphhopper.jsprit.core.problem.solution.route.VehicleRoute;
import com.graphhopper.jsprit.core.problem.solution.route.activity.TourActivity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.shanpai.engine.Stop;
import org.shanpai.engine.Wave;

/**
 * jsprit: shipments, ruin and recreate, from greedy insertion. Solutions are accepted by the exact
 * cost; insertion works with the nearest it can say, see {@link JspritModel}. Looks at the clock
 * between iterations only.
 */
final class JspritPeer implements Peer {

  private static final int ENDLESS = 1_000_000;

  private static final List<Jsprit.Parameter> SMALLEST_SHARES =
      List.of(
          Jsprit.Parameter.RADIAL_MIN_SHARE,
          Jsprit.Parameter.RANDOM_BEST_MIN_SHARE,
          Jsprit.Parameter.RANDOM_REGRET_MIN_SHARE,
          Jsprit.Parameter.WORST_MIN_SHARE,
          Jsprit.Parameter.CLUSTER_MIN_SHARE);

  private static final List<Jsprit.Parameter> LARGEST_SHARES =
      List.of(
          Jsprit.Parameter.RADIAL_MAX_SHARE,
          Jsprit.Parameter.RANDOM_BEST_MAX_SHARE,
          Jsprit.Parameter.RANDOM_REGRET_MAX_SHARE,
          Jsprit.Parameter.WORST_MAX_SHARE,
          Jsprit.Parameter.CLUSTER_MAX_SHARE);

  @Override
  public String name() {
    return "jsprit";
  }

  @Override
  public Map<String, List<Stop>> solve(Wave wave, long millis, long seed) {
    long start = System.nanoTime();
    FlatWave flat = new FlatWave(wave);
    int[][] from = GreedyPeer.insertAll(flat);
    if (flat.jobs == 0 || flat.couriers == 0) {
      return flat.toStops(from);
    }
    JspritModel model = new JspritModel(flat);
    VehicleRoutingProblem problem = model.problem();
    FlatRide ride = new FlatRide(flat);
    StateManager states = new StateManager(problem);
    ConstraintManager constraints = new ConstraintManager(problem, states);
    model.addConstraints(constraints);
    Jsprit.Builder builder = Jsprit.Builder.newInstance(problem);
    // Its defaults ruin up to half of the jobs at a time, and the budget ends after a few times.
    for (Jsprit.Parameter least : SMALLEST_SHARES) {
      builder.setProperty(least, "1");
    }
    for (Jsprit.Parameter most : LARGEST_SHARES) {
      builder.setProperty(most, Integer.toString(Math.max(2, flat.jobs / 8)));
    }
    VehicleRoutingAlgorithm algorithm =
        builder
            .setStateAndConstraintManager(states, constraints)
            .addCoreStateAndConstraintStuff(true)
            .setProperty(Jsprit.Parameter.THREADS, "1")
            .setProperty(Jsprit.Parameter.VEHICLE_SWITCH, "false")
            .setProperty(Jsprit.Parameter.FAST_REGRET, "true")
            .setObjectiveFunction(solution -> GreedyPeer.cost(flat, ride, routes(flat, solution)))
            .setRandom(new Random(seed))
            .buildAlgorithm();
    algorithm.setMaxIterations(ENDLESS);
    TimeTermination clock = new TimeTermination(OptaPlannerPeer.left(start, millis));
    algorithm.addListener(clock);
    algorithm.setPrematureAlgorithmTermination(clock);
    algorithm.addInitialSolution(model.solution(from, GreedyPeer.cost(flat, ride, from)));
    int[][] best = from;
    double least = GreedyPeer.cost(flat, ride, from);
    for (VehicleRoutingProblemSolution solution : algorithm.searchSolutions()) {
      int[][] routes = routes(flat, solution);
      double cost = GreedyPeer.cost(flat, ride, routes);
      if (cost < least) {
        least = cost;
        best = routes;
      }
    }
    return flat.toStops(best);
  }

  private static int[][] routes(FlatWave wave, VehicleRoutingProblemSolution solution) {
    int[][] routes = wave.committedRoutes();
    for (VehicleRoute route : solution.getRoutes()) {
      int courier = (Integer) route.getVehicle().getUserData();
      if (courier == JspritModel.HOLDER) {
        continue;
      }
      List<Integer> stops = new ArrayList<>();
      for (TourActivity activity : route.getActivities()) {
        stops.add(JspritModel.stopOf(activity));
      }
      routes[courier] = stops.stream().mapToInt(Integer::intValue).toArray();
    }
    return routes;
  }
}
