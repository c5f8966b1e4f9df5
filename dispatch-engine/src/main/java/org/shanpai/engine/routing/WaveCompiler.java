package org.shanpai.engine.routing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.shanpai.engine.Courier;
import org.shanpai.engine.DecisionRule;
import org.shanpai.engine.Job;
import org.shanpai.engine.Stop;
import org.shanpai.engine.StopKind;
import org.shanpai.engine.TravelTimes;
import org.shanpai.engine.Wave;

/**
 * Checks a wave and turns it into arrays. Bad entries are set aside with a reason, never thrown.
 */
public final class WaveCompiler {

  private static final int LONGEST_SERVICE_SECONDS = 6 * 3600;
  private static final int LARGEST_LOAD = 1_000_000;
  private static final int HEAVIEST_GRAMS = 1_000_000;
  private static final int FARTHEST_SECONDS = 10_000_000;
  private static final double HOURS_FOR_A_RATE = 0.5;

  private final Wave wave;
  private final Map<Integer, DecisionRule> refused = new TreeMap<>();

  /** Jobs that may be taken away, by id, with their index in the problem. */
  private final Map<String, Integer> releasableIndex = new HashMap<>();

  private WaveCompiler(Wave wave) {
    this.wave = wave;
  }

  /** Checks, converts, and finds the candidates of every job. */
  public static WaveProblem compile(Wave wave) {
    return new WaveCompiler(wave).compile();
  }

  private WaveProblem compile() {
    Set<String> committedJobs = new HashSet<>();
    int committedStops = 0;
    for (Courier courier : wave.couriers()) {
      committedStops += courier.route().size();
      courier.route().forEach(stop -> committedJobs.add(stop.jobId()));
    }
    int[] jobs = acceptedJobs(committedJobs);
    boolean[] usable = usableCouriers();
    List<Job> releasable = releasableJobs(usable, jobs.length);
    int movable = jobs.length + releasable.size();
    WaveProblem problem =
        new WaveProblem(
            wave, jobs, releasable, refused, 2 * movable + committedStops, wave.couriers().size());
    for (int j = 0; j < jobs.length; j++) {
      fillJob(problem, j);
    }
    int next = 2 * movable;
    for (int c = 0; c < problem.courierCount; c++) {
      problem.usable[c] = usable[c];
      problem.committed[c] = new int[0];
      if (problem.usable[c]) {
        next = fillCourier(problem, c, next);
      }
    }
    fillEquity(problem);
    new CandidateSearch(problem).fill();
    return problem;
  }

  private boolean[] usableCouriers() {
    boolean[] usable = new boolean[wave.couriers().size()];
    Set<String> ids = new HashSet<>();
    Set<String> onRoutes = new HashSet<>();
    for (int c = 0; c < usable.length; c++) {
      Courier courier = wave.couriers().get(c);
      boolean first = ids.add(courier.id());
      usable[c] = first && courierInRange(courier) && routeInOrder(courier, onRoutes);
    }
    return usable;
  }

  /** Entries that match the unpinned part of their courier's route, in the order of couriers. */
  private List<Job> releasableJobs(boolean[] usable, int firstIndex) {
    List<Job> releasable = new ArrayList<>();
    for (int c = 0; c < usable.length; c++) {
      Courier courier = wave.couriers().get(c);
      if (!usable[c]) {
        continue;
      }
      List<Stop> movable = courier.route().subList(courier.pinnedStops(), courier.route().size());
      for (Job job : courier.releasable()) {
        if (refusal(job, Set.of()) == null
            && has(movable, job, StopKind.PICKUP, job.pickup())
            && has(movable, job, StopKind.DROPOFF, job.dropoff())
            && releasableIndex.putIfAbsent(job.id(), firstIndex + releasable.size()) == null) {
          releasable.add(job);
        }
      }
    }
    return releasable;
  }

  private static boolean has(List<Stop> stops, Job job, StopKind kind, int place) {
    return stops.stream()
        .anyMatch(s -> s.jobId().equals(job.id()) && s.kind() == kind && s.place() == place);
  }

  private int[] acceptedJobs(Set<String> committedJobs) {
    Set<String> seen = new HashSet<>();
    List<Integer> accepted = new ArrayList<>();
    for (int i = 0; i < wave.jobs().size(); i++) {
      Job job = wave.jobs().get(i);
      DecisionRule rule =
          seen.add(job.id()) ? refusal(job, committedJobs) : DecisionRule.DUPLICATE_JOB;
      if (rule == null) {
        accepted.add(i);
      } else {
        refused.put(i, rule);
      }
    }
    return accepted.stream().mapToInt(Integer::intValue).toArray();
  }

  private DecisionRule refusal(Job job, Set<String> committedJobs) {
    TravelTimes times = wave.times();
    if (committedJobs.contains(job.id())) {
      return DecisionRule.ALREADY_COMMITTED;
    }
    if (!times.knows(job.pickup()) || !times.knows(job.dropoff())) {
      return DecisionRule.UNKNOWN_PLACE;
    }
    if (job.readyMillis() < 0
        || job.promiseEndMillis() <= 0
        || job.placedMillis() < 0
        || job.holdUntilMillis() < 0
        || badService(job.pickupServiceSeconds())
        || badService(job.dropoffServiceSeconds())
        || badLoad(job.loadUnits())
        || badWeight(job.weightGrams())
        || job.longestCarrySeconds() < 0) {
      return DecisionRule.VALUE_OUT_OF_RANGE;
    }
    if (!times.reachable(job.pickup(), job.dropoff())) {
      return DecisionRule.NO_WAY;
    }
    int straight = times.seconds(job.pickup(), job.dropoff()) + job.dropoffServiceSeconds();
    if (job.longestCarrySeconds() > 0 && straight > job.longestCarrySeconds()) {
      return DecisionRule.CARRY_TOO_LONG;
    }
    return null;
  }

  private static boolean badService(int seconds) {
    return seconds < 0 || seconds > LONGEST_SERVICE_SECONDS;
  }

  private static boolean badLoad(int units) {
    return units < 0 || units > LARGEST_LOAD;
  }

  private static boolean badWeight(int grams) {
    return grams < 0 || grams > HEAVIEST_GRAMS;
  }

  private void fillJob(WaveProblem p, int j) {
    Job job = p.job(j);
    int pickup = WaveProblem.pickupOf(j);
    int dropoff = WaveProblem.dropoffOf(j);
    Stop take =
        new Stop(
            job.id(),
            StopKind.PICKUP,
            job.pickup(),
            job.readyMillis(),
            0,
            job.pickupServiceSeconds(),
            job.loadUnits(),
            job.weightGrams(),
            job.longestCarrySeconds(),
            0);
    Stop hand =
        new Stop(
            job.id(),
            StopKind.DROPOFF,
            job.dropoff(),
            0,
            job.promiseEndMillis(),
            job.dropoffServiceSeconds(),
            job.loadUnits(),
            job.weightGrams(),
            job.longestCarrySeconds(),
            0);
    fillStop(p, pickup, take, dropoff, -1);
    fillStop(p, dropoff, hand, pickup, -1);
    p.open[pickup] = p.open[dropoff] = true;
    p.direct[pickup] = p.direct[dropoff] = job.direct();
    if (job.placedMillis() > wave.nowMillis()) {
      p.knownFrom[pickup] = secondsUp(job.placedMillis());
      p.foresees = true;
    }
  }

  private void fillStop(WaveProblem p, int index, Stop stop, int partner, int home) {
    p.stop[index] = stop;
    p.place[index] = stop.place();
    p.pickup[index] = stop.kind() == StopKind.PICKUP;
    p.earliest[index] =
        stop.earliestMillis() == 0 ? -FARTHEST_SECONDS : secondsUp(stop.earliestMillis());
    p.due[index] = stop.dueMillis() == 0 ? WaveProblem.NEVER : secondsDown(stop.dueMillis());
    p.service[index] = stop.serviceSeconds();
    p.units[index] = stop.loadUnits();
    p.partner[index] = partner;
    p.grams[index] = stop.weightGrams();
    p.home[index] = home;
    p.freshCarry[index] = carryLimit(stop.longestCarrySeconds());
    p.homeCarry[index] = WaveProblem.NEVER;
    p.gramsLimit[index] = Integer.MAX_VALUE;
    p.loadLimit[index] = Integer.MAX_VALUE;
    p.latestStart[index] = Integer.MAX_VALUE;
  }

  private static int carryLimit(int longestCarrySeconds) {
    return longestCarrySeconds == 0 || longestCarrySeconds > WaveProblem.NEVER
        ? WaveProblem.NEVER
        : longestCarrySeconds;
  }

  private int secondsUp(long millis) {
    return clamp(-Math.floorDiv(wave.nowMillis() - millis, 1000L));
  }

  private int secondsDown(long millis) {
    return clamp(Math.floorDiv(millis - wave.nowMillis(), 1000L));
  }

  private static int clamp(long seconds) {
    return (int) Math.max(-FARTHEST_SECONDS, Math.min(FARTHEST_SECONDS, seconds));
  }

  private boolean courierInRange(Courier courier) {
    return wave.times().knows(courier.place())
        && !badLoad(courier.capacityUnits())
        && !badLoad(courier.loadUnits())
        && courier.freeAtMillis() >= 0
        && courier.shiftEndMillis() >= 0
        && courier.dutyEndMillis() >= 0
        && courier.capacityGrams() >= 0
        && courier.pinnedStops() >= 0
        && courier.pinnedStops() <= courier.route().size()
        && courier.speedFactor() > 0
        && Double.isFinite(courier.speedFactor());
  }

  /** Every job at most once as pickup and once as drop-off, pickup first, on one courier only. */
  private boolean routeInOrder(Courier courier, Set<String> onRoutes) {
    Set<String> picked = new HashSet<>();
    Set<String> dropped = new HashSet<>();
    for (Stop stop : courier.route()) {
      if (!wave.times().knows(stop.place())
          || badService(stop.serviceSeconds())
          || badLoad(stop.loadUnits())
          || badWeight(stop.weightGrams())
          || stop.longestCarrySeconds() < 0
          || stop.takenMillis() < 0
          || stop.earliestMillis() < 0
          || stop.dueMillis() < 0) {
        return false;
      }
      if (stop.kind() == StopKind.PICKUP) {
        if (dropped.contains(stop.jobId()) || !picked.add(stop.jobId())) {
          return false;
        }
      } else if (!dropped.add(stop.jobId())) {
        return false;
      }
    }
    if (!dropped.containsAll(picked)) {
      return false;
    }
    for (String jobId : dropped) {
      if (!onRoutes.add(jobId)) {
        return false;
      }
    }
    return true;
  }

  /** Returns the next free stop index; on an unridable route the courier becomes unusable. */
  private int fillCourier(WaveProblem p, int c, int firstStop) {
    Courier courier = p.courier(c);
    p.slowness[c] = (int) Math.ceil(1024 / courier.plannedSpeed());
    p.capacity[c] = courier.capacityUnits();
    p.capacityGrams[c] = courier.capacityGrams();
    p.coveredJobs[c] = Math.max(0, courier.coveredJobs());
    p.shiftEnd[c] = endSeconds(courier.shiftEndMillis());
    p.dutyEnd[c] = endSeconds(courier.dutyEndMillis());
    int level = Math.max(0, Math.min(100_000, courier.levelMillis()));
    p.levelShareMicros[c] =
        (int) (wave.weights().levelShareMillis() * 1000L * (100_000 - level) / 100_000);

    int t = Math.max(0, secondsUp(courier.freeAtMillis()));
    int at = courier.place();
    Set<String> taken = new HashSet<>();
    int aboardUnits = 0;
    int grams = 0;
    int aboard = 0;
    for (Stop stop : courier.route()) {
      if (stop.kind() == StopKind.PICKUP) {
        taken.add(stop.jobId());
      } else if (!taken.contains(stop.jobId())) {
        aboardUnits += stop.loadUnits();
        grams += stop.weightGrams();
        aboard++;
      }
    }
    // The stops know better than a load that was not brought up to date.
    int load = Math.max(courier.loadUnits(), aboardUnits);
    setStart(p, c, at, t, load, grams, aboard);
    int visit = 0;
    boolean shares = false;
    Map<String, Integer> pickupIndex = new HashMap<>();
    Map<String, Integer> leftShop = new HashMap<>();
    int next = firstStop;
    List<Integer> movable = new ArrayList<>();
    for (int i = 0; i < courier.route().size(); i++) {
      Stop stop = courier.route().get(i);
      int leg = p.leg(c, at, stop.place());
      if (leg < 0) {
        p.usable[c] = false;
        return firstStop;
      }
      boolean pickup = stop.kind() == StopKind.PICKUP;
      int earliest = stop.earliestMillis() == 0 ? 0 : secondsUp(stop.earliestMillis());
      shares = shares && pickup && at == stop.place() && wave.rules().sharedPickup();
      int arrived = t + leg;
      t = Math.max(shares ? visit : arrived, earliest);
      visit = t;
      boolean pinned = i < courier.pinnedStops();
      int index = -1;
      if (!pinned) {
        Integer job = releasableIndex.get(stop.jobId());
        index =
            job == null ? next++ : pickup ? WaveProblem.pickupOf(job) : WaveProblem.dropoffOf(job);
        fillStop(p, index, stop, -1, c);
        if (job != null) {
          p.direct[index] = p.job(job).direct();
          p.freshCarry[index] = carryLimit(p.job(job).longestCarrySeconds());
        }
        movable.add(index);
      }
      int begin = t;
      t += stop.serviceSeconds();
      if (shares) {
        t = Math.max(t, arrived);
      }
      shares = pickup;
      at = stop.place();
      if (pickup) {
        load += stop.loadUnits();
        grams += stop.weightGrams();
        aboard++;
        leftShop.put(stop.jobId(), t);
        if (!pinned) {
          pickupIndex.put(stop.jobId(), index);
          p.loadLimit[index] = Math.max(load, p.capacity[c]);
          p.gramsLimit[index] = Math.max(grams, p.capacityGrams[c]);
          p.latestStart[index] = Math.max(begin, p.shiftEnd[c]);
        }
      } else {
        load = Math.max(0, load - stop.loadUnits());
        grams = Math.max(0, grams - stop.weightGrams());
        aboard--;
        if (!pinned) {
          Integer partner = pickupIndex.get(stop.jobId());
          if (partner != null) {
            p.partner[index] = partner;
            p.partner[partner] = index;
          }
          limitCarry(p, index, stop, t, leftShop.get(stop.jobId()));
        }
      }
      if (i == courier.pinnedStops() - 1) {
        setStart(p, c, at, t, load, grams, aboard);
      }
    }
    p.committed[c] = movable.stream().mapToInt(Integer::intValue).toArray();
    return next;
  }

  /**
   * What the committed route keeps, or exceeds already, is allowed.
   *
   * @param end of the hand-over as committed, in seconds from now
   * @param leftShop when the goods leave the shop as committed; null when they are aboard now
   */
  private void limitCarry(WaveProblem p, int dropoff, Stop stop, int end, Integer leftShop) {
    if (stop.longestCarrySeconds() == 0) {
      return;
    }
    int longest = carryLimit(stop.longestCarrySeconds());
    if (p.partner[dropoff] >= 0) {
      p.homeCarry[dropoff] = Math.max(longest, end - leftShop);
      return;
    }
    long since =
        leftShop != null ? leftShop : stop.takenMillis() == 0 ? 0 : secondsDown(stop.takenMillis());
    p.homeCarry[dropoff] = (int) Math.max(end, Math.min(since + longest, WaveProblem.NEVER));
  }

  private int endSeconds(long millis) {
    return millis == 0 || millis == Long.MAX_VALUE ? WaveProblem.NEVER : secondsDown(millis);
  }

  private static void setStart(
      WaveProblem p, int c, int place, int time, int load, int grams, int aboard) {
    p.startPlace[c] = place;
    p.startTime[c] = time;
    p.startLoad[c] = load;
    p.startGrams[c] = grams;
    p.startAboard[c] = aboard;
  }

  private void fillEquity(WaveProblem p) {
    double sum = 0;
    int counted = 0;
    double[] rate = new double[p.courierCount];
    for (int c = 0; c < p.courierCount; c++) {
      Courier courier = p.courier(c);
      double r = courier.earnedOrders() / courier.onlineHours();
      boolean counts = courier.onlineHours() >= HOURS_FOR_A_RATE && Double.isFinite(r) && r >= 0;
      rate[c] = counts ? r : 0;
      if (counts) {
        sum += r;
        counted++;
      }
    }
    if (counted == 0 || sum <= 0) {
      return;
    }
    double mean = sum / counted;
    for (int c = 0; c < p.courierCount; c++) {
      double above = Math.max(0, Math.min(1, rate[c] / mean - 1));
      p.equityPerJob[c] = Math.round(above * wave.weights().equityPerJob());
    }
  }
}
