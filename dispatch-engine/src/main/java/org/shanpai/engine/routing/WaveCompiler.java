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
  private static final int FARTHEST_SECONDS = 10_000_000;
  private static final double SLOWEST = 0.2;
  private static final double HOURS_FOR_A_RATE = 0.5;

  private final Wave wave;
  private final Map<Integer, DecisionRule> refused = new TreeMap<>();

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
    WaveProblem problem =
        new WaveProblem(
            wave, jobs, refused, 2 * jobs.length + committedStops, wave.couriers().size());
    for (int j = 0; j < jobs.length; j++) {
      fillJob(problem, j);
    }
    int next = 2 * jobs.length;
    Set<String> couriers = new HashSet<>();
    Set<String> onRoutes = new HashSet<>();
    for (int c = 0; c < problem.courierCount; c++) {
      Courier courier = wave.couriers().get(c);
      boolean first = couriers.add(courier.id());
      problem.usable[c] = first && courierInRange(courier) && routeInOrder(courier, onRoutes);
      problem.committed[c] = new int[0];
      if (problem.usable[c]) {
        next = fillCourier(problem, c, next);
      }
    }
    fillEquity(problem);
    new CandidateSearch(problem).fill();
    return problem;
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
        || badLoad(job.loadUnits())) {
      return DecisionRule.VALUE_OUT_OF_RANGE;
    }
    if (!times.reachable(job.pickup(), job.dropoff())) {
      return DecisionRule.NO_WAY;
    }
    return null;
  }

  private static boolean badService(int seconds) {
    return seconds < 0 || seconds > LONGEST_SERVICE_SECONDS;
  }

  private static boolean badLoad(int units) {
    return units < 0 || units > LARGEST_LOAD;
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
            job.loadUnits());
    Stop hand =
        new Stop(
            job.id(),
            StopKind.DROPOFF,
            job.dropoff(),
            0,
            job.promiseEndMillis(),
            job.dropoffServiceSeconds(),
            job.loadUnits());
    fillStop(p, pickup, take, dropoff);
    fillStop(p, dropoff, hand, pickup);
    p.open[pickup] = p.open[dropoff] = true;
    p.direct[pickup] = p.direct[dropoff] = job.direct();
  }

  private void fillStop(WaveProblem p, int index, Stop stop, int partner) {
    p.stop[index] = stop;
    p.place[index] = stop.place();
    p.pickup[index] = stop.kind() == StopKind.PICKUP;
    p.earliest[index] =
        stop.earliestMillis() == 0 ? -FARTHEST_SECONDS : secondsUp(stop.earliestMillis());
    p.due[index] = stop.dueMillis() == 0 ? WaveProblem.NEVER : secondsDown(stop.dueMillis());
    p.service[index] = stop.serviceSeconds();
    p.units[index] = stop.loadUnits();
    p.partner[index] = partner;
    p.loadLimit[index] = Integer.MAX_VALUE;
    p.latestStart[index] = Integer.MAX_VALUE;
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
    double speed = Math.max(SLOWEST, Math.min(1.0, courier.speedFactor()));
    p.slowness[c] = (int) Math.ceil(1024 / speed);
    p.capacity[c] = courier.capacityUnits();
    p.shiftEnd[c] =
        courier.shiftEndMillis() == 0 || courier.shiftEndMillis() == Long.MAX_VALUE
            ? WaveProblem.NEVER
            : secondsDown(courier.shiftEndMillis());
    int level = Math.max(0, Math.min(100_000, courier.levelMillis()));
    p.levelShareMicros[c] =
        (int) (wave.weights().levelShareMillis() * 1000L * (100_000 - level) / 100_000);

    int t = Math.max(0, secondsUp(courier.freeAtMillis()));
    int at = courier.place();
    Set<String> taken = new HashSet<>();
    int aboardUnits = 0;
    int aboard = 0;
    for (Stop stop : courier.route()) {
      if (stop.kind() == StopKind.PICKUP) {
        taken.add(stop.jobId());
      } else if (!taken.contains(stop.jobId())) {
        aboardUnits += stop.loadUnits();
        aboard++;
      }
    }
    // The stops know better than a load that was not brought up to date.
    int load = Math.max(courier.loadUnits(), aboardUnits);
    Map<String, Integer> pickupIndex = new HashMap<>();
    int next = firstStop;
    List<Integer> movable = new ArrayList<>();
    for (int i = 0; i < courier.route().size(); i++) {
      Stop stop = courier.route().get(i);
      int leg = p.leg(c, at, stop.place());
      if (leg < 0) {
        p.usable[c] = false;
        return firstStop;
      }
      t = Math.max(t + leg, stop.earliestMillis() == 0 ? 0 : secondsUp(stop.earliestMillis()));
      boolean pickup = stop.kind() == StopKind.PICKUP;
      if (i >= courier.pinnedStops()) {
        int partner = -1;
        if (pickup) {
          pickupIndex.put(stop.jobId(), next);
        } else if (pickupIndex.containsKey(stop.jobId())) {
          partner = pickupIndex.get(stop.jobId());
          p.partner[partner] = next;
        }
        fillStop(p, next, stop, partner);
        movable.add(next);
      }
      if (pickup) {
        load += stop.loadUnits();
        aboard++;
        if (i >= courier.pinnedStops()) {
          p.loadLimit[next] = Math.max(load, p.capacity[c]);
          p.latestStart[next] = Math.max(t, p.shiftEnd[c]);
        }
      } else {
        load = Math.max(0, load - stop.loadUnits());
        aboard--;
      }
      t += stop.serviceSeconds();
      at = stop.place();
      if (i >= courier.pinnedStops()) {
        next++;
      }
      if (i == courier.pinnedStops() - 1) {
        setStart(p, c, at, t, load, aboard);
      }
    }
    if (courier.pinnedStops() == 0) {
      setStart(
          p,
          c,
          courier.place(),
          Math.max(0, secondsUp(courier.freeAtMillis())),
          Math.max(courier.loadUnits(), aboardUnits),
          (int) courier.route().stream().filter(s -> s.kind() == StopKind.DROPOFF).count()
              - taken.size());
    }
    p.committed[c] = movable.stream().mapToInt(Integer::intValue).toArray();
    return next;
  }

  private static void setStart(WaveProblem p, int c, int place, int time, int load, int aboard) {
    p.startPlace[c] = place;
    p.startTime[c] = time;
    p.startLoad[c] = load;
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
