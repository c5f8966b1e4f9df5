package org.shanpai.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.shanpai.engine.routing.WaveCompiler;

/** Tries every assignment and every order of stops. For a handful of jobs only. */
final class PlanOracle {

  private final Wave wave;
  private final SlowCost cost;

  /** Couriers that some job may go to; the others' routes are no business of the wave. */
  private final Set<Integer> takesPart = new HashSet<>();

  private PlanOracle(Wave wave) {
    this.wave = wave;
    this.cost = new SlowCost(wave);
    for (int[] candidates : WaveCompiler.compile(wave).candidates) {
      for (int courier : candidates) {
        takesPart.add(courier);
      }
    }
  }

  /** The cheapest cost there is. */
  static long best(Wave wave) {
    return new PlanOracle(wave).assign(0, new int[wave.jobs().size()]);
  }

  private long assign(int job, int[] to) {
    if (job == to.length) {
      return price(to);
    }
    long best = Long.MAX_VALUE;
    for (int c = -1; c < wave.couriers().size(); c++) {
      if (c >= 0 && !allowed(wave.jobs().get(job), wave.couriers().get(c))) {
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
        total += cost.held(wave.jobs().get(j));
      }
    }
    for (int c = 0; c < wave.couriers().size(); c++) {
      Courier courier = wave.couriers().get(c);
      List<Stop> stops =
          new ArrayList<>(courier.route().subList(courier.pinnedStops(), courier.route().size()));
      for (int j = 0; j < to.length; j++) {
        if (to[j] == c) {
          Job job = wave.jobs().get(j);
          stops.add(
              new Stop(
                  job.id(),
                  StopKind.PICKUP,
                  job.pickup(),
                  job.readyMillis(),
                  0,
                  job.pickupServiceSeconds(),
                  job.loadUnits()));
          stops.add(
              new Stop(
                  job.id(),
                  StopKind.DROPOFF,
                  job.dropoff(),
                  0,
                  job.promiseEndMillis(),
                  job.dropoffServiceSeconds(),
                  job.loadUnits()));
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
      long cheapest = cheapestOrder(courier, new ArrayList<>(), stops, Long.MAX_VALUE);
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
