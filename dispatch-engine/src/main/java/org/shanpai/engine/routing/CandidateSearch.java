package org.shanpai.engine.routing;

import java.util.stream.IntStream;
import org.shanpai.engine.Courier;
import org.shanpai.engine.EngineWeights;
import org.shanpai.engine.Job;
import org.shanpai.engine.RejectRule;

/**
 * Finds for each job that may change couriers those worth trying, the soonest at the shop first,
 * and prices leaving it unplanned. The rest is counted by the rule that rejected it.
 */
final class CandidateSearch {

  /**
   * Couriers tried for a job. With 8 at 663 jobs, the soonest were all busy at the same mall and
   * the plan cost 2 % more than with 30.
   */
  private static final int MOST = 24;

  /** Of them, or beside them, couriers without any work. */
  private static final int MOST_IDLE = 8;

  /** Jobs times couriers from which several threads pay. */
  private static final long LARGE = 300_000;

  private static final int MANY_JOBS = 2000;
  private static final int MOST_OF_MANY = 8;

  private final WaveProblem problem;
  private final int[][] knownPlaces;
  private final int[][] knownTimes;

  CandidateSearch(WaveProblem problem) {
    this.problem = problem;
    knownPlaces = new int[problem.courierCount][];
    knownTimes = new int[problem.courierCount][];
    RouteCost cost = new RouteCost(problem);
    for (int c = 0; c < problem.courierCount; c++) {
      if (!problem.usable[c]) {
        continue;
      }
      int[] route = problem.committed[c];
      int[] end = cost.timeline(c, route).end();
      knownPlaces[c] = new int[route.length + 1];
      knownTimes[c] = new int[route.length + 1];
      knownPlaces[c][0] = problem.startPlace[c];
      knownTimes[c][0] = problem.startTime[c];
      for (int i = 0; i < route.length; i++) {
        knownPlaces[c][i + 1] = problem.place[route[i]];
        knownTimes[c][i + 1] = end[i];
      }
    }
  }

  void fill() {
    IntStream jobs = IntStream.range(0, problem.jobCount);
    boolean large = (long) problem.jobCount * problem.courierCount >= LARGE;
    // Jobs do not depend on each other, so the answer is the same however many threads ask.
    (large ? jobs.parallel() : jobs).forEach(this::fill);
  }

  private void fill(int j) {
    Smallest soonest = new Smallest(problem.jobCount <= MANY_JOBS ? MOST : MOST_OF_MANY);
    Smallest soonestIdle = new Smallest(problem.jobCount <= MANY_JOBS ? MOST_IDLE : 1);
    int home = problem.homeOf(j);
    if (j >= problem.openCount && !problem.usable[home]) {
      problem.candidates[j] = new int[0];
      problem.holdCost[j] = RouteCost.INFEASIBLE;
      return;
    }
    int found = 0;
    for (int c = 0; c < problem.courierCount; c++) {
      if (c == home) {
        continue;
      }
      RejectRule rule = unfit(j, c);
      int arrival = 0;
      if (rule == null) {
        arrival = soonestAtShop(j, c);
        rule = rejection(j, c, arrival);
      }
      if (rule != null) {
        problem.rejectedBy[j][rule.ordinal()]++;
        continue;
      }
      found++;
      long key = ((long) arrival << 32) | c;
      soonest.offer(key);
      if (problem.committed[c].length == 0) {
        soonestIdle.offer(key);
      }
    }
    int[] candidates = soonest.with(soonestIdle);
    int kept = candidates.length;
    problem.rejectedBy[j][RejectRule.FARTHER_THAN_OTHERS.ordinal()] += found - kept;
    if (home < 0) {
      problem.candidates[j] = candidates;
      priceHold(j);
      return;
    }
    int[] withHome = new int[kept + 1];
    withHome[0] = home;
    System.arraycopy(candidates, 0, withHome, 1, kept);
    problem.candidates[j] = withHome;
    problem.holdCost[j] = RouteCost.INFEASIBLE;
  }

  private int soonestAtShop(int job, int courier) {
    if (!problem.usable[courier]) {
      return WaveProblem.NEVER;
    }
    int shop = problem.place[WaveProblem.pickupOf(job)];
    int best = WaveProblem.NEVER;
    int[] places = knownPlaces[courier];
    int[] times = knownTimes[courier];
    for (int i = 0; i < places.length && times[i] < best; i++) {
      int leg = problem.leg(courier, places[i], shop);
      if (leg >= 0) {
        best = Math.min(best, times[i] + leg);
      }
    }
    return best;
  }

  /** What rules the courier out wherever they are. */
  private RejectRule unfit(int job, int courier) {
    if (!problem.usable[courier]) {
      return RejectRule.BAD_COURIER_DATA;
    }
    Courier who = problem.courier(courier);
    Job what = problem.job(job);
    if (!who.acceptsOffers()) {
      return RejectRule.NOT_ACCEPTING;
    }
    if (!what.excludedCouriers().isEmpty() && what.excludedCouriers().contains(who.id())) {
      return RejectRule.EXCLUDED;
    }
    if (!what.needs().isEmpty() && !who.equipment().containsAll(what.needs())) {
      return RejectRule.LACKS_EQUIPMENT;
    }
    if (what.loadUnits() > who.capacityUnits()) {
      return RejectRule.TOO_LARGE;
    }
    if (what.weightGrams() > who.capacityGrams()) {
      return RejectRule.TOO_HEAVY;
    }
    return null;
  }

  private RejectRule rejection(int job, int courier, int arrival) {
    if (arrival == WaveProblem.NEVER) {
      return RejectRule.UNREACHABLE;
    }
    int begin = Math.max(arrival, problem.earliest[WaveProblem.pickupOf(job)]);
    if (begin > problem.shiftEnd[courier]) {
      return RejectRule.SHIFT_ENDS;
    }
    int pickup = WaveProblem.pickupOf(job);
    int dropoff = WaveProblem.dropoffOf(job);
    int straight =
        problem.leg(courier, problem.place[pickup], problem.place[dropoff])
            + problem.service[dropoff];
    if (begin + problem.service[pickup] + straight > problem.dutyEnd[courier]) {
      return RejectRule.FATIGUE;
    }
    if (straight > problem.freshCarry[dropoff]) {
      return RejectRule.CARRY_TOO_LONG;
    }
    if (problem.committed[courier].length + 2 > WaveProblem.LONGEST_ROUTE) {
      return RejectRule.ROUTE_FULL;
    }
    return null;
  }

  /**
   * Waiting is priced as if a courier turned up after the look-ahead and rode the usual approach.
   * When even that courier would come near the promise, or the job was held long enough, waiting is
   * not allowed.
   */
  private void priceHold(int job) {
    EngineWeights w = problem.weights;
    Job what = problem.job(job);
    int pickup = WaveProblem.pickupOf(job);
    int dropoff = WaveProblem.dropoffOf(job);
    int ready = Math.max(0, problem.earliest[pickup]);
    int begin = Math.max(ready, w.holdLookaheadSeconds());
    int direct = problem.times.seconds(problem.place[pickup], problem.place[dropoff]);
    int delivered = begin + problem.service[pickup] + direct + problem.service[dropoff];
    long spare = (long) problem.due[dropoff] - w.safetySeconds() - delivered;
    if (what.holdUntilMillis() > 0) {
      spare = Math.min(spare, (what.holdUntilMillis() - problem.wave.nowMillis()) / 1000);
    }
    if (spare <= 0) {
      problem.holdCost[job] = WaveProblem.MUST_GO;
      problem.holdSeconds[job] = 0;
      return;
    }
    problem.holdSeconds[job] = (int) Math.min(spare, WaveProblem.NEVER);
    problem.holdCost[job] =
        (long) (w.holdApproachSeconds() + direct) * w.travelPerSecond()
            + (long) (direct + problem.service[dropoff]) * w.carryPerSecond()
            + (long) (begin - ready) * w.shelfPerSecond()
            + w.holdPrice();
  }
}
