package org.shanpai.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.shanpai.engine.routing.WaveCompiler;
import org.shanpai.engine.routing.WaveProblem;

/** Tries every assignment and every order of stops. For a handful of jobs only. */
final class PlanOracle {

  private final Wave wave;
  private final SlowCost cost;

  /** Open jobs, then those that may be taken away. */
  private final List<Job> jobs = new ArrayList<>();

  private final List<Integer> homes = new ArrayList<>();

  /** The cheapest order by courier and stops; few sets, many assignments. */
  private final Map<Map.Entry<Integer, Set<Stop>>, Long> known = new HashMap<>();

  /** Couriers that some job may go to; the others' routes are no business of the wave. */
  private final Set<Integer> takesPart = new HashSet<>();

  private PlanOracle(Wave wave) {
    this.wave = wave;
    this.cost = new SlowCost(wave);
    WaveProblem problem = WaveCompiler.compile(wave);
    for (int j = 0; j < problem.jobCount; j++) {
      jobs.add(problem.job(j));
      homes.add(problem.homeOf(j));
      if (problem.choosable(j)) {
        for (int courier : problem.candidates[j]) {
          takesPart.add(courier);
        }
      }
    }
  }

  /** The cheapest cost there is. */
  static long best(Wave wave) {
    PlanOracle oracle = new PlanOracle(wave);
    return oracle.assign(0, new int[oracle.jobs.size()]);
  }

  private long assign(int job, int[] to) {
    if (job == to.length) {
      return price(to);
    }
    long best = Long.MAX_VALUE;
    int home = homes.get(job);
    for (int c = home < 0 ? -1 : 0; c < wave.couriers().size(); c++) {
      if (c >= 0 && c != home && !allowed(jobs.get(job), wave.couriers().get(c))) {
        continue;
      }
      to[job] = c;
      best = Math.min(best, assign(job + 1, to));
    }
    return best;
  }

  private static boolean allowed(Job job, Courier courier) {
    return courier.acceptsOffers()
        && !job.excludedCouriers().contains(courier.id())
        && courier.equipment().containsAll(job.needs());
  }

  private long price(int[] to) {
    long total = 0;
    for (int j = 0; j < to.length; j++) {
      if (to[j] < 0) {
        total += cost.held(jobs.get(j));
      }
    }
    for (int c = 0; c < wave.couriers().size(); c++) {
      Courier courier = wave.couriers().get(c);
      List<Stop> stops =
          new ArrayList<>(courier.route().subList(courier.pinnedStops(), courier.route().size()));
      for (int j = 0; j < to.length; j++) {
        Job job = jobs.get(j);
        if (homes.get(j) == c && to[j] != c) {
          stops.removeIf(stop -> stop.jobId().equals(job.id()));
        }
        if (to[j] == c && homes.get(j) != c) {
          stops.addAll(GridCity.stopsOf(job));
        }
      }
      if (!takesPart.contains(c)) {
        long asItIs = cost.route(courier, stops);
        if (asItIs < 0) {
          return Long.MAX_VALUE;
        }
        total += asItIs;
        continue;
      }
      long cheapest =
          known.computeIfAbsent(
              Map.entry(c, Set.copyOf(stops)),
              key -> cheapestOrder(courier, new ArrayList<>(), stops, Long.MAX_VALUE));
      if (cheapest == Long.MAX_VALUE) {
        return Long.MAX_VALUE;
      }
      total += cheapest;
    }
    return total;
  }

  private long cheapestOrder(Courier courier, List<Stop> done, List<Stop> left, long best) {
    if (left.isEmpty()) {
      long price = cost.route(courier, done);
      return price < 0 ? best : Math.min(best, price);
    }
    for (int i = 0; i < left.size(); i++) {
      Stop stop = left.get(i);
      boolean beforePickup =
          stop.kind() == StopKind.DROPOFF
              && left.stream()
                  .anyMatch(s -> s.kind() == StopKind.PICKUP && s.jobId().equals(stop.jobId()));
      if (beforePickup) {
        continue;
      }
      List<Stop> rest = new ArrayList<>(left);
      rest.remove(i);
      done.add(stop);
      best = cheapestOrder(courier, done, rest, best);
      done.remove(done.size() - 1);
    }
    return best;
  }
}
