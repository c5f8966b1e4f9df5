package org.shanpai.bench.peers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.shanpai.bench.city.EngineRecords;
import org.shanpai.engine.Courier;
import org.shanpai.engine.EngineWeights;
import org.shanpai.engine.Job;
import org.shanpai.engine.Stop;
import org.shanpai.engine.StopKind;
import org.shanpai.engine.TravelTimes;
import org.shanpai.engine.Wave;

/**
 * A wave in arrays for solvers other than ours, made from the records alone.
 *
 * <p>Job j has pickup stop 2j and drop-off stop 2j + 1; committed stops that are not pinned follow
 * and stay with their courier. Times are whole seconds from the wave's now: what may begin is
 * rounded up, what is due is rounded down. Never changed once made.
 */
final class FlatWave {

  /** A moment that never comes, seconds. */
  static final int NEVER = 1_000_000_000;

  /** Price of leaving a job that may not be held. */
  static final long MUST_GO = 10_000_000_000_000L;

  private static final double HOURS_FOR_A_RATE = 0.5;

  final Wave wave;
  final TravelTimes times;
  final EngineWeights weights;
  final int jobs;
  final int couriers;
  final int stops;

  // By stop.
  final Stop[] stop;
  final int[] place;
  final boolean[] pickup;
  final boolean[] direct;
  final int[] earliest;
  final int[] due;
  final int[] service;
  final int[] units;
  final int[] grams;

  /** The other stop of the job, or -1: goods aboard. */
  final int[] partner;

  /** Courier who has it already, or -1: open. */
  final int[] owner;

  /** Drop-offs: seconds under way allowed; goods aboard: second of the hand-over instead. */
  final int[] carryLimit;

  /** Committed pickups: what the committed route needs anyway is allowed. */
  final int[] unitsLimit;

  final int[] gramsLimit;
  final int[] latestStart;

  // By courier.
  final int[] startPlace;
  final int[] startTime;
  final int[] startUnits;
  final int[] startGrams;
  final int[] startAboard;
  final int[] unitCapacity;
  final int[] gramCapacity;
  final int[] shiftEnd;
  final int[] dutyEnd;
  final int[] slowness;
  final long[] equityPerJob;
  final int[] levelMicros;
  final int[][] committed;

  // By job.
  final long[] holdCost;
  private final boolean[][] allowed;

  FlatWave(Wave wave) {
    this.wave = wave;
    this.times = wave.times();
    this.weights = wave.weights();
    this.jobs = wave.jobs().size();
    this.couriers = wave.couriers().size();
    int count = 2 * jobs;
    for (Courier courier : wave.couriers()) {
      count += courier.route().size() - courier.pinnedStops();
    }
    this.stops = count;
    stop = new Stop[stops];
    place = new int[stops];
    pickup = new boolean[stops];
    direct = new boolean[stops];
    earliest = new int[stops];
    due = new int[stops];
    service = new int[stops];
    units = new int[stops];
    grams = new int[stops];
    partner = new int[stops];
    owner = new int[stops];
    carryLimit = new int[stops];
    unitsLimit = new int[stops];
    gramsLimit = new int[stops];
    latestStart = new int[stops];
    startPlace = new int[couriers];
    startTime = new int[couriers];
    startUnits = new int[couriers];
    startGrams = new int[couriers];
    startAboard = new int[couriers];
    unitCapacity = new int[couriers];
    gramCapacity = new int[couriers];
    shiftEnd = new int[couriers];
    dutyEnd = new int[couriers];
    slowness = new int[couriers];
    equityPerJob = new long[couriers];
    levelMicros = new int[couriers];
    committed = new int[couriers][];
    holdCost = new long[jobs];
    allowed = new boolean[jobs][couriers];
    for (int j = 0; j < jobs; j++) {
      fillJob(j);
    }
    int next = 2 * jobs;
    for (int c = 0; c < couriers; c++) {
      next = fillCourier(c, next);
    }
    fillEquity();
  }

  /** Whether a courier may be given a job at all. */
  boolean allowed(int job, int courier) {
    return allowed[job][courier];
  }

  /** Seconds a courier rides, or -1. */
  int leg(int courier, int from, int to) {
    int seconds = times.seconds(from, to);
    return seconds == TravelTimes.UNREACHABLE ? -1 : (seconds * slowness[courier] + 1023) >> 10;
  }

  private void fillJob(int j) {
    Job job = wave.jobs().get(j);
    Stop[] both = EngineRecords.stops(job);
    for (int k = 0; k < 2; k++) {
      fillStop(2 * j + k, both[k], -1);
      partner[2 * j + k] = 2 * j + 1 - k;
      direct[2 * j + k] = job.direct();
    }
    for (int c = 0; c < couriers; c++) {
      Courier courier = wave.couriers().get(c);
      allowed[j][c] =
          courier.acceptsOffers()
              && !job.excludedCouriers().contains(courier.id())
              && courier.equipment().containsAll(job.needs())
              && job.loadUnits() <= courier.capacityUnits()
              && job.weightGrams() <= courier.capacityGrams();
    }
    holdCost[j] = holdCost(job, j);
  }

  private long holdCost(Job job, int j) {
    EngineWeights w = weights;
    long ready = Math.max(0, earliest[2 * j]);
    long begin = Math.max(ready, w.holdLookaheadSeconds());
    long direct = times.seconds(job.pickup(), job.dropoff());
    long delivered = begin + job.pickupServiceSeconds() + direct + job.dropoffServiceSeconds();
    boolean near = delivered + w.safetySeconds() >= due[2 * j + 1];
    boolean heldEnough =
        job.holdUntilMillis() > 0 && (job.holdUntilMillis() - wave.nowMillis()) / 1000 <= 0;
    if (near || heldEnough) {
      return MUST_GO;
    }
    return (w.holdApproachSeconds() + direct) * w.travelPerSecond()
        + (direct + job.dropoffServiceSeconds()) * w.carryPerSecond()
        + (begin - ready) * w.shelfPerSecond()
        + w.holdPrice();
  }

  private void fillStop(int index, Stop what, int courier) {
    stop[index] = what;
    place[index] = what.place();
    pickup[index] = what.kind() == StopKind.PICKUP;
    earliest[index] = what.earliestMillis() == 0 ? -NEVER : up(what.earliestMillis());
    due[index] = what.dueMillis() == 0 ? NEVER : down(what.dueMillis());
    service[index] = what.serviceSeconds();
    units[index] = what.loadUnits();
    grams[index] = what.weightGrams();
    partner[index] = -1;
    owner[index] = courier;
    carryLimit[index] = what.longestCarrySeconds() == 0 ? NEVER : what.longestCarrySeconds();
  }

  private int fillCourier(int c, int firstStop) {
    Courier courier = wave.couriers().get(c);
    slowness[c] = (int) Math.ceil(1024 / courier.plannedSpeed());
    unitCapacity[c] = courier.capacityUnits();
    gramCapacity[c] = courier.capacityGrams();
    shiftEnd[c] = end(courier.shiftEndMillis());
    dutyEnd[c] = end(courier.dutyEndMillis());
    levelMicros[c] =
        (int)
            (weights.levelShareMillis()
                * 1000L
                * (100_000 - Math.max(0, Math.min(100_000, courier.levelMillis())))
                / 100_000);
    Map<String, int[]> seen = new HashMap<>();
    int aboardUnits = 0;
    int heavy = 0;
    int aboard = 0;
    Set<String> toPick = new HashSet<>();
    for (Stop at : courier.route()) {
      if (at.kind() == StopKind.PICKUP) {
        toPick.add(at.jobId());
      } else if (!toPick.contains(at.jobId())) {
        aboardUnits += at.loadUnits();
        heavy += at.weightGrams();
        aboard++;
      }
    }
    int load = Math.max(courier.loadUnits(), aboardUnits);
    int from = courier.place();
    int t = Math.max(0, up(courier.freeAtMillis()));
    start(c, from, t, load, heavy, aboard);
    List<Integer> movable = new ArrayList<>();
    int next = firstStop;
    for (int i = 0; i < courier.route().size(); i++) {
      Stop at = courier.route().get(i);
      boolean pinned = i < courier.pinnedStops();
      int index = pinned ? -1 : next++;
      int leg = leg(c, from, at.place());
      if (leg < 0) {
        throw new IllegalArgumentException(
            "courier %s has no way to %s".formatted(courier.id(), at.jobId()));
      }
      int begin = Math.max(t + leg, at.earliestMillis() == 0 ? 0 : up(at.earliestMillis()));
      t = begin + at.serviceSeconds();
      from = at.place();
      if (!pinned) {
        fillStop(index, at, c);
        movable.add(index);
      }
      if (at.kind() == StopKind.PICKUP) {
        load += at.loadUnits();
        heavy += at.weightGrams();
        aboard++;
        seen.put(at.jobId(), new int[] {index, t});
        if (!pinned) {
          unitsLimit[index] = Math.max(load, unitCapacity[c]);
          gramsLimit[index] = Math.max(heavy, gramCapacity[c]);
          latestStart[index] = Math.max(begin, shiftEnd[c]);
        }
      } else {
        load = Math.max(0, load - at.loadUnits());
        heavy = Math.max(0, heavy - at.weightGrams());
        aboard--;
        if (!pinned) {
          joinPickup(index, at, t, seen.get(at.jobId()));
        }
      }
      if (i == courier.pinnedStops() - 1) {
        start(c, from, t, load, heavy, aboard);
      }
    }
    committed[c] = movable.stream().mapToInt(Integer::intValue).toArray();
    return next;
  }

  /**
   * @param taken index of the pickup (-1: pinned) and when the goods leave the store; null: aboard
   */
  private void joinPickup(int dropoff, Stop at, int end, int[] taken) {
    if (taken != null && taken[0] >= 0) {
      partner[dropoff] = taken[0];
      partner[taken[0]] = dropoff;
      if (carryLimit[dropoff] < NEVER) {
        carryLimit[dropoff] = Math.max(carryLimit[dropoff], end - taken[1]);
      }
    } else if (carryLimit[dropoff] < NEVER) {
      int since = taken != null ? taken[1] : at.takenMillis() == 0 ? 0 : down(at.takenMillis());
      carryLimit[dropoff] = Math.max(end, since + carryLimit[dropoff]);
    }
  }

  private void start(int c, int at, int time, int load, int heavy, int aboard) {
    startPlace[c] = at;
    startTime[c] = time;
    startUnits[c] = load;
    startGrams[c] = heavy;
    startAboard[c] = aboard;
  }

  private void fillEquity() {
    double sum = 0;
    int counted = 0;
    double[] rate = new double[couriers];
    for (int c = 0; c < couriers; c++) {
      Courier courier = wave.couriers().get(c);
      if (courier.onlineHours() >= HOURS_FOR_A_RATE) {
        rate[c] = courier.earnedOrders() / courier.onlineHours();
        sum += rate[c];
        counted++;
      }
    }
    if (sum <= 0) {
      return;
    }
    for (int c = 0; c < couriers; c++) {
      double above = Math.max(0, Math.min(1, rate[c] / (sum / counted) - 1));
      equityPerJob[c] = Math.round(above * weights.equityPerJob());
    }
  }

  private int end(long millis) {
    return millis == 0 || millis == Long.MAX_VALUE ? NEVER : down(millis);
  }

  private int up(long millis) {
    return clamp(-Math.floorDiv(wave.nowMillis() - millis, 1000L));
  }

  private int down(long millis) {
    return clamp(Math.floorDiv(millis - wave.nowMillis(), 1000L));
  }

  private static int clamp(long seconds) {
    return (int) Math.max(-10_000_000, Math.min(10_000_000, seconds));
  }

  /** Everybody keeps what they have. */
  int[][] committedRoutes() {
    return committed.clone();
  }

  /** Routes of stop indexes as the records that a {@link Peer} answers with. */
  Map<String, List<Stop>> toStops(int[][] routes) {
    Map<String, List<Stop>> byId = new LinkedHashMap<>();
    for (int c = 0; c < couriers; c++) {
      Courier courier = wave.couriers().get(c);
      List<Stop> list = new ArrayList<>(courier.route().subList(0, courier.pinnedStops()));
      for (int index : routes[c]) {
        list.add(stop[index]);
      }
      byId.put(courier.id(), list);
    }
    return byId;
  }
}
