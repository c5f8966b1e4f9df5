package org.shanpai.engine.commit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
 * and jobs are offered together when more than the needed share offers them now, whoever they go
 * to; the courier is the one most futures chose. Where two offers contradict each other, the one
 * with more votes stands.
 */
final class FutureVotes {

  private FutureVotes() {}

  /**
   * The routes to give out, by courier; null when there is no foresight or nothing is due.
   *
   * @param state the plan on what is known
   */
  static Map<Integer, int[]> agreed(WaveProblem problem, PlanState state, RouteCost cost) {
    Foresight foresight = problem.wave.foresight();
    if (foresight.futures().isEmpty()) {
      return null;
    }
    Set<Integer> due = new HashSet<>();
    for (int[] route : offers(problem, state, cost).values()) {
      due.addAll(bundle(problem, route));
    }
    if (due.isEmpty()) {
      return null;
    }
    Map<List<Integer>, Map<Integer, Integer>> votes = new HashMap<>();
    Map<List<Integer>, int[]> routes = new HashMap<>();
    for (int f = 0; f < foresight.futures().size(); f++) {
      continued(problem, state, f, due)
          .forEach(
              (courier, route) -> {
                List<Integer> bundle = bundle(problem, route);
                votes
                    .computeIfAbsent(bundle, key -> new TreeMap<>())
                    .merge(courier, 1, Integer::sum);
                routes.putIfAbsent(with(courier, bundle), route);
              });
    }
    int needed = foresight.futures().size() * foresight.neededPercent();
    List<List<Integer>> bundles = new ArrayList<>(votes.keySet());
    bundles.removeIf(bundle -> sum(votes.get(bundle)) * 100 <= needed);
    bundles.sort(
        Comparator.comparingInt((List<Integer> bundle) -> -sum(votes.get(bundle)))
            .thenComparing(List::toString));
    Map<Integer, int[]> agreed = new TreeMap<>();
    Set<Integer> given = new HashSet<>();
    for (List<Integer> bundle : bundles) {
      if (bundle.stream().anyMatch(given::contains)) {
        continue;
      }
      int best = -1;
      int most = 0;
      for (Map.Entry<Integer, Integer> vote : votes.get(bundle).entrySet()) {
        int courier = vote.getKey();
        if (vote.getValue() > most
            && !agreed.containsKey(courier)
            && cost.of(courier, routes.get(with(courier, bundle))) < RouteCost.INFEASIBLE) {
          best = courier;
          most = vote.getValue();
        }
      }
      if (best >= 0) {
        agreed.put(best, routes.get(with(best, bundle)));
        given.addAll(bundle);
      }
    }
    return agreed;
  }

  private static int sum(Map<Integer, Integer> votes) {
    return votes.values().stream().mapToInt(Integer::intValue).sum();
  }

  private static List<Integer> with(int courier, List<Integer> bundle) {
    List<Integer> key = new ArrayList<>(bundle);
    key.add(0, courier);
    return key;
  }

  /** What would be offered in one future, as routes in the numbers of the wave itself. */
  private static Map<Integer, int[]> continued(
      WaveProblem problem, PlanState state, int future, Set<Integer> due) {
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
        new RuinRecreate(
            longer, cost, new PlanState(routes, held), new SplittableRandom(seed), false);
    search.insertHeld();
    search.focusOn(due);
    search.cycle(foresight.stepsPerFuture(), () -> true, better -> {});
    Map<Integer, int[]> offers = offers(longer, search.state(), cost);
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

  private static Map<Integer, int[]> offers(WaveProblem problem, PlanState state, RouteCost cost) {
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

  private static List<Integer> bundle(WaveProblem problem, int[] route) {
    List<Integer> jobs = new ArrayList<>();
    for (int stop : route) {
      if (problem.open[stop] && problem.pickup[stop]) {
        jobs.add(WaveProblem.jobOf(stop));
      }
    }
    jobs.sort(null);
    return jobs;
  }
}
