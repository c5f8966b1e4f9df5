package org.shanpai.bench.peers;

import com.google.ortools.Loader;
import com.google.ortools.constraintsolver.Assignment;
import com.google.ortools.constraintsolver.FirstSolutionStrategy;
import com.google.ortools.constraintsolver.LocalSearchMetaheuristic;
import com.google.ortools.constraintsolver.RoutingIndexManager;
import com.google.ortools.constraintsolver.RoutingModel;
import com.google.ortools.constraintsolver.RoutingSearchParameters;
import com.google.ortools.constraintsolver.main;
import com.google.protobuf.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.shanpai.engine.Stop;
import org.shanpai.engine.Wave;

/**
 * OR-Tools' routing library: pickups and deliveries, time and load dimensions, guided local search
 * from greedy insertion. What its model cannot say is approximated, see {@link OrToolsModel}; the
 * plan is judged by the exact cost like everybody's. On waves of more than {@link #MOST_STOPS}
 * stops a short budget ends before its first move.
 */
final class OrToolsPeer implements Peer {

  /**
   * With more stops the library tried not one move in the 5 to 270 s that it took for a budget of 1
   * to 5 s, whatever its operators: the start is what it has when a second is over.
   */
  private static final int MOST_STOPS = 500;

  private static final long SHORT_MILLIS = 30_000;

  private static boolean loaded;

  @Override
  public String name() {
    return "or-tools";
  }

  private static synchronized void load() {
    if (!loaded) {
      Loader.loadNativeLibraries();
      loaded = true;
    }
  }

  @Override
  public Map<String, List<Stop>> solve(Wave wave, long millis, long seed) {
    load();
    long start = System.nanoTime();
    FlatWave flat = new FlatWave(wave);
    int[][] from = GreedyPeer.insertAll(flat);
    boolean hopeless = flat.stops > MOST_STOPS && millis <= SHORT_MILLIS;
    if (hopeless || flat.stops == 0 || flat.couriers == 0) {
      return flat.toStops(from);
    }
    OrToolsModel model = new OrToolsModel(flat);
    RoutingModel routing = model.routing();
    routing.closeModel();
    Assignment first = routing.readAssignmentFromRoutes(model.toIndexes(from), true);
    long left = OptaPlannerPeer.left(start, millis);
    RoutingSearchParameters.Builder search =
        main.defaultRoutingSearchParameters().toBuilder()
            .setFirstSolutionStrategy(FirstSolutionStrategy.Value.PARALLEL_CHEAPEST_INSERTION)
            .setLocalSearchMetaheuristic(LocalSearchMetaheuristic.Value.GUIDED_LOCAL_SEARCH)
            .setTimeLimit(
                Duration.newBuilder()
                    .setSeconds(left / 1000)
                    .setNanos((int) (left % 1000) * 1_000_000));
    Assignment solution =
        first == null
            ? routing.solveWithParameters(search.build())
            : routing.solveFromAssignmentWithParameters(first, search.build());
    return flat.toStops(
        solution == null ? from : repaired(flat, routes(flat, model, solution), from));
  }

  /**
   * Jobs that break a rule the model has no word for are put in again, cheapest first; the start
   * stays where that came out dearer.
   */
  private static int[][] repaired(FlatWave flat, int[][] routes, int[][] from) {
    FlatRide ride = new FlatRide(flat);
    int[][] mended = GreedyPeer.reinsertBroken(flat, routes);
    return GreedyPeer.cost(flat, ride, mended) <= GreedyPeer.cost(flat, ride, from) ? mended : from;
  }

  private static int[][] routes(FlatWave flat, OrToolsModel model, Assignment solution) {
    RoutingModel routing = model.routing();
    RoutingIndexManager indexes = model.indexes();
    int[][] routes = new int[flat.couriers][];
    for (int c = 0; c < flat.couriers; c++) {
      List<Integer> stops = new ArrayList<>();
      long at = solution.value(routing.nextVar(routing.start(c)));
      while (!routing.isEnd(at)) {
        stops.add(indexes.indexToNode(at));
        at = solution.value(routing.nextVar(at));
      }
      routes[c] = stops.stream().mapToInt(Integer::intValue).toArray();
    }
    return routes;
  }
}
