package org.shanpai.engine.routing;

import org.shanpai.engine.CostTerms;
import org.shanpai.engine.EngineWeights;

/**
 * Rides a route in the head and prices it. Holds scratch space: one per thread.
 *
 * <p>A route is an array of stop indexes of a {@link WaveProblem} and a length.
 */
public final class RouteCost {

  /** Answer for a route that breaks a hard rule. */
  public static final long INFEASIBLE = Long.MAX_VALUE / 4;

  /** Lateness above this grows linearly, at the slope reached here (seconds). */
  private static final long CONVEX_UP_TO = 14_400;

  private static final long LONGEST_LATENESS = 1_000_000;

  private final WaveProblem problem;
  private final EngineWeights weights;
  private final boolean wholeTrips;
  private final boolean sharedPickup;
  private final boolean foresees;
  private final int[] taken;
  private final int[] leftShop;
  private int round;

  private long lateness;
  private long travel;
  private long waiting;
  private long carry;
  private long equity;
  private long level;
  private long disturbance;
  private int failedAt;

  public RouteCost(WaveProblem problem) {
    this.problem = problem;
    this.weights = problem.weights;
    this.wholeTrips = problem.wave.rules().wholeTrips();
    this.sharedPickup = problem.wave.rules().sharedPickup();
    this.foresees = problem.foresees;
    this.taken = new int[problem.stopCount];
    this.leftShop = new int[problem.stopCount];
  }

  /** Price of finishing a drop-off at a time, both in seconds from now. */
  public static long lateness(EngineWeights weights, int finished, int due) {
    if (due >= WaveProblem.NEVER) {
      return 0;
    }
    long late = (long) finished - due;
    long risk = Math.min(late + weights.safetySeconds(), LONGEST_LATENESS);
    if (risk <= 0) {
      return 0;
    }
    long square =
        risk <= CONVEX_UP_TO
            ? risk * risk
            : CONVEX_UP_TO * CONVEX_UP_TO + 2 * CONVEX_UP_TO * (risk - CONVEX_UP_TO);
    long price = square * weights.lateConvexPerMinute() / 60;
    if (late > 0) {
      price += Math.min(late, LONGEST_LATENESS) * weights.latePerSecond();
    }
    return price;
  }

  /** Cost in mc, or {@link #INFEASIBLE}. */
  public long of(int courier, int[] route, int length) {
    WaveProblem p = problem;
    EngineWeights w = weights;
    int mark = ++round;
    int t = p.startTime[courier];
    int at = p.startPlace[courier];
    int load = p.startLoad[courier];
    int aboard = p.startAboard[courier];
    int directDropoff = -1;
    int grams = p.startGrams[courier];
    int newJobs = 0;
    int takenOver = 0;
    boolean handing = false;
    boolean afterPickup = false;
    int visit = 0;
    int kept = 0;
    long rode = 0;
    long stood = 0;
    long carried = 0;
    long shelved = 0;
    long late = 0;
    for (int i = 0; i < length; i++) {
      int s = route[i];
      failedAt = i;
      if (directDropoff >= 0 && s != directDropoff) {
        return INFEASIBLE;
      }
      int to = p.place[s];
      int leg = p.leg(courier, at, to);
      if (leg < 0) {
        return INFEASIBLE;
      }
      boolean fresh = p.home[s] != courier;
      if (!fresh) {
        kept++;
      }
      boolean sameVisit = afterPickup && p.pickup[s] && to == at;
      if (wholeTrips && aboard > 0 && p.pickup[s] && (handing || to != at)) {
        return INFEASIBLE;
      }
      if (foresees && p.pickup[s] && !sameVisit) {
        t = Math.max(t, knownFrom(route, i, length));
      }
      rode += leg;
      t += leg;
      int arrived = t;
      if (sameVisit && sharedPickup) {
        t = visit;
      }
      int earliest = p.earliest[s];
      if (earliest > t) {
        // With nothing aboard and nothing promised, the courier sets out later instead.
        if (aboard > 0 || !fresh) {
          stood += Math.max(0, earliest - Math.max(t, arrived));
        }
        t = earliest;
      }
      visit = t;
      afterPickup = p.pickup[s];
      if (p.pickup[s]) {
        load += p.units[s];
        grams += p.grams[s];
        if (fresh) {
          if (load > p.capacity[courier]
              || grams > p.capacityGrams[courier]
              || t > p.shiftEnd[courier]) {
            return INFEASIBLE;
          }
          newJobs++;
          if (p.home[s] >= 0) {
            takenOver++;
          }
        } else if (load > p.loadLimit[s] || grams > p.gramsLimit[s] || t > p.latestStart[s]) {
          return INFEASIBLE;
        }
        if (fresh && p.direct[s]) {
          if (aboard > 0) {
            return INFEASIBLE;
          }
          directDropoff = p.partner[s];
        }
        aboard++;
        taken[p.partner[s]] = mark;
        shelved += t - Math.max(earliest, 0);
        t += p.service[s];
        if (sameVisit && sharedPickup) {
          t = Math.max(t, arrived);
        }
        handing = false;
        leftShop[p.partner[s]] = t;
        carried -= t;
      } else {
        if (p.partner[s] >= 0 && taken[s] != mark) {
          return INFEASIBLE;
        }
        directDropoff = -1;
        handing = true;
        aboard--;
        load = Math.max(0, load - p.units[s]);
        grams = Math.max(0, grams - p.grams[s]);
        t += p.service[s];
        int since = p.partner[s] >= 0 ? leftShop[s] : 0;
        if (t - since > (fresh ? p.freshCarry[s] : p.homeCarry[s])) {
          return INFEASIBLE;
        }
        carried += t;
        late += lateness(w, t, p.due[s]);
      }
      at = to;
    }
    failedAt = length;
    if (aboard != 0 || newJobs > 0 && t > p.dutyEnd[courier]) {
      return INFEASIBLE;
    }
    lateness = late;
    travel = rode * w.travelPerSecond() + p.endPrice[at];
    waiting = stood * w.waitPerSecond();
    carry = carried * w.carryPerSecond() + shelved * w.shelfPerSecond();
    equity =
        newJobs * p.equityPerJob[courier]
            + Math.max(0, newJobs - p.coveredJobs[courier]) * (long) w.beyondGuaranteePerJob();
    long sum = lateness + travel + waiting + carry + equity;
    long share = p.levelShareMicros[courier];
    level = sum / 1_000_000 * share + sum % 1_000_000 * share / 1_000_000;
    int[] before = p.committed[courier];
    boolean disturbed = kept < before.length || before.length > 0 && route[0] != before[0];
    disturbance = (disturbed ? w.disturbance() : 0) + (long) takenOver * w.reassignPrice();
    return sum + level + disturbance;
  }

  /** Second at which all that is taken in one visit is known; the courier is sent once. */
  private int knownFrom(int[] route, int from, int length) {
    int place = problem.place[route[from]];
    int known = 0;
    for (int i = from; i < length; i++) {
      int s = route[i];
      if (!problem.pickup[s] || problem.place[s] != place) {
        break;
      }
      known = Math.max(known, problem.knownFrom[s]);
      if (!wholeTrips) {
        break;
      }
    }
    return known;
  }

  /** Cost of a route that fills its array. */
  public long of(int courier, int[] route) {
    return of(courier, route, route.length);
  }

  /** After an infeasible answer: the position at which the ride failed. */
  int failedAt() {
    return failedAt;
  }

  /** Terms of the last feasible answer. */
  public CostTerms terms() {
    return new CostTerms(lateness, travel, waiting, carry, equity, level, disturbance);
  }

  /**
   * Times of a feasible route, in seconds from now.
   *
   * @param arrival at each stop
   * @param begin of service, after waiting
   * @param end of service
   */
  public record Timeline(int[] arrival, int[] begin, int[] end) {}

  /** Rides a feasible route and notes the times. */
  public Timeline timeline(int courier, int[] route) {
    int n = route.length;
    Timeline line = new Timeline(new int[n], new int[n], new int[n]);
    int t = problem.startTime[courier];
    int at = problem.startPlace[courier];
    boolean afterPickup = false;
    for (int i = 0; i < n; i++) {
      int s = route[i];
      boolean sameVisit = afterPickup && problem.pickup[s] && problem.place[s] == at;
      if (foresees && problem.pickup[s] && !sameVisit) {
        t = Math.max(t, knownFrom(route, i, n));
      }
      t += problem.leg(courier, at, problem.place[s]);
      line.arrival[i] = t;
      int arrived = t;
      boolean shares = sameVisit && sharedPickup;
      t = Math.max(shares ? line.begin[i - 1] : t, problem.earliest[s]);
      line.begin[i] = t;
      t += problem.service[s];
      line.end[i] = shares ? Math.max(t, arrived) : t;
      t = line.end[i];
      afterPickup = problem.pickup[s];
      at = problem.place[s];
    }
    return line;
  }
}
