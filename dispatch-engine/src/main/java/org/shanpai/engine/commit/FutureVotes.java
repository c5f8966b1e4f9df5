package org.shanpai.engine.commit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.shanpai.engine.Foresight;
import org.shanpai.engine.Job;
import org.shanpai.engine.routing.PlanState;
import org.shanpai.engine.routing.RouteCost;
import org.shanpai.engine.routing.RuinRecreate;
import org.shanpai.engine.routing.WaveCompiler;
import org.shanpai.engine.routing.WaveProblem;

/**
 * Asks possible futures whether an offer should be made now: the plan is continued in each of them,
 * and an offer stands when more than the needed share makes the same one, the same jobs to the same
 * courier. From half on, no two offers that stand can contradict each other.
 */
final class FutureVotes {

  private static final int HALF = 50;

  private FutureVotes() {}

  /**
   * The routes to give out, by courier; null when there is no foresight or nothing is due.
   *
   * @param state the plan on what is known
   */
  static Map<Integer, int[]> agreed(WaveProblem problem, PlanState state, RouteCost cost) {
    Foresight foresight = problem.wave.foresight();
    if (foresight.futures().isEmpty() || offers(problem, state, cost, 0).isEmpty()) {
      return null;
    }
    Map<List<Integer>, Integer> votes = new HashMap<>();
    Map<List<Integer>, int[]> routes = new HashMap<>();
    for (int f = 0; f < foresight.futures().size(); f++) {
      continued(problem, state, f)
          .forEach(
              (courier, route) -> {
                List<Integer> key = key(problem, courier, route);
                votes.merge(key, 1, Integer::sum);
                routes.putIfAbsent(key, route);
              });
    }
    int needed = foresight.futures().size() * Math.max(HALF, foresight.neededPercent());
    Map<Integer, int[]> agreed = new TreeMap<>();
    votes.forEach(
        (key, count) -> {
          if (count * 100 > needed && cost.of(key.get(0), routes.get(key)) < RouteCost.INFEASIBLE) {
            agreed.put(key.get(0), routes.get(key));
          }
        });
    return agreed;
  }

  /** What would be offered in one future, as routes in the numbers of the wave itself. */
  private static Map<Integer, int[]> continued(WaveProblem problem, PlanState state, int future) {
    Foresight foresight = problem.wave.foresight();
    List<Job> jobs = new ArrayList<>(problem.wave.jobs());
    jobs.addAll(foresight.futures().get(future));
    long seed = problem.wave.seed() * 31 + future;
    WaveProblem longer = WaveCompiler.compile(problem.wave.withFuture(jobs, seed));
    int added = longer.openCount - problem.openCount;
    int[][] routes = new int[problem.courierCount][];
    for (int c = 0; c < routes.length; c++) {
      routes[c] = shifted(state.routes()[c], problem.openCount, added);
    }
    boolean[] held = new boolean[longer.jobCount];
    System.arraycopy(state.held(), 0, held, 0, problem.openCount);
    Arrays.fill(held, problem.openCount, longer.openCount, true);
    RouteCost cost = new RouteCost(longer);
    RuinRecreate search =
        new RuinRecreate(longer, cost, new PlanState(routes, held), new SplittableRandom(seed));
    search.insertHeld();
    search.cycle(foresight.stepsPerFuture(), () -> true, better -> {});
    Map<Integer, int[]> offers = offers(longer, search.state(), cost, added);
    Map<Integer, int[]> known = new TreeMap<>();
    offers.forEach(
        (courier, route) -> {
          for (int stop : route) {
            if (longer.open[stop] && WaveProblem.jobOf(stop) >= problem.openCount) {
              return;
            }
          }
          known.put(courier, shifted(route, problem.openCount, -added));
        });
    return known;
  }

  /** Numbers behind the open jobs move when there are more of them. */
  private static int[] shifted(int[] route, int openCount, int added) {
    int[] moved = new int[route.length];
    for (int i = 0; i < route.length; i++) {
      moved[i] = route[i] < 2 * openCount ? route[i] : route[i] + 2 * added;
    }
    return moved;
  }

  private static Map<Integer, int[]> offers(
      WaveProblem problem, PlanState state, RouteCost cost, int added) {
    CommitPolicy policy = new CommitPolicy(problem, state, cost, null);
    Map<Integer, int[]> offers = new TreeMap<>();
    for (int c = 0; c < problem.courierCount; c++) {
      int[] route = state.routes()[c];
      boolean any = false;
      for (int stop : route) {
        any |= problem.open[stop];
      }
      if (!any || !problem.usable[c]) {
        continue;
      }
      var offered = policy.due(c, route, cost.timeline(c, route));
      int[] given = offered.isEmpty() ? null : policy.offeredRoute(c, route, offered);
      if (given != null) {
        offers.put(c, given);
      }
    }
    return offers;
  }

  private static List<Integer> key(WaveProblem problem, int courier, int[] route) {
    List<Integer> jobs = new ArrayList<>();
    for (int stop : route) {
      if (problem.open[stop] && problem.pickup[stop]) {
        jobs.add(WaveProblem.jobOf(stop));
      }
    }
    jobs.sort(null);
    jobs.add(0, courier);
    return jobs;
  }
}
