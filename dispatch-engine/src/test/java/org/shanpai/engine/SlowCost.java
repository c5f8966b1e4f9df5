package org.shanpai.engine;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Prices routes from the records alone, one stop after the other, with no array, no cache and no
 * line shared with the search: the oracle for the incremental score.
 */
final class SlowCost {

  private final Wave wave;
  private final Map<String, Job> jobs = new HashMap<>();
  private final Set<String> hadByOthers = new HashSet<>();

  SlowCost(Wave wave) {
    this.wave = wave;
    wave.couriers()
        .forEach(courier -> courier.releasable().forEach(job -> jobs.put(job.id(), job)));
    wave.jobs().forEach(job -> jobs.put(job.id(), job));
    wave.couriers()
        .forEach(courier -> courier.route().forEach(stop -> hadByOthers.add(stop.jobId())));
  }

  /** Cost of the stops after the pinned ones, or -1 when a hard rule is broken. */
  long route(Courier courier, List<Stop> stops) {
    EngineWeights w = wave.weights();
    List<Stop> pinned = courier.route().subList(0, courier.pinnedStops());
    Set<String> pickedBefore = new HashSet<>();
    Set<String> aboard = new HashSet<>();
    int aboardUnits = 0;
    int grams = 0;
    for (Stop stop : courier.route()) {
      if (stop.kind() == StopKind.PICKUP) {
        pickedBefore.add(stop.jobId());
      } else if (!pickedBefore.contains(stop.jobId())) {
        aboard.add(stop.jobId());
        aboardUnits += stop.loadUnits();
        grams += stop.weightGrams();
      }
    }
    int load = Math.max(courier.loadUnits(), aboardUnits);
    long t = Math.max(0, up(courier.freeAtMillis()));
    int at = courier.place();
    Map<String, Long> left = new HashMap<>();
    for (Stop stop : pinned) {
      t += leg(courier, at, stop.place());
      t = begin(t, stop) + stop.serviceSeconds();
      at = stop.place();
      if (stop.kind() == StopKind.PICKUP) {
        aboard.add(stop.jobId());
        load += stop.loadUnits();
        grams += stop.weightGrams();
        left.put(stop.jobId(), t);
      } else {
        aboard.remove(stop.jobId());
        grams = Math.max(0, grams - stop.weightGrams());
        load = Math.max(0, load - stop.loadUnits());
      }
    }
    Map<String, long[]> limits = committedLimits(courier);
    long shiftEnd =
        courier.shiftEndMillis() == 0
            ? Long.MAX_VALUE
            : Math.floorDiv(courier.shiftEndMillis() - wave.nowMillis(), 1000L);
    long lateness = 0;
    long travel = 0;
    long waiting = 0;
    long carry = 0;
    long shelf = 0;
    int fresh = 0;
    int takenOver = 0;
    Stop last = null;
    long visit = 0;
    String direct = null;
    for (Stop stop : stops) {
      if (direct != null && !direct.equals(stop.jobId())) {
        return -1;
      }
      int leg = leg(courier, at, stop.place());
      if (leg < 0) {
        return -1;
      }
      boolean sameVisit =
          last != null
              && last.kind() == StopKind.PICKUP
              && stop.kind() == StopKind.PICKUP
              && last.place() == stop.place();
      boolean together = sameVisit && wave.rules().sharedPickup();
      if (wave.rules().wholeTrips()
          && stop.kind() == StopKind.PICKUP
          && !aboard.isEmpty()
          && !sameVisit) {
        return -1;
      }
      last = stop;
      travel += leg;
      long arrived = t + leg;
      long begin = begin(together ? visit : arrived, stop);
      visit = begin;
      boolean mayLeaveLater = aboard.isEmpty() && !pickedBefore.contains(stop.jobId());
      waiting += mayLeaveLater ? 0 : Math.max(0, begin - arrived);
      t = begin;
      if (stop.kind() == StopKind.PICKUP) {
        load += stop.loadUnits();
        Job job = jobs.get(stop.jobId());
        grams += stop.weightGrams();
        boolean open = !pickedBefore.contains(stop.jobId());
        if (open) {
          fresh++;
          takenOver += hadByOthers.contains(stop.jobId()) ? 1 : 0;
          if (load > courier.capacityUnits() || grams > courier.capacityGrams() || t > shiftEnd) {
            return -1;
          }
          if (job.direct()) {
            if (!aboard.isEmpty()) {
              return -1;
            }
            direct = job.id();
          }
        } else {
          long[] limit = limits.get(stop.jobId());
          if (load > Math.max(courier.capacityUnits(), limit[0])
              || grams > Math.max(courier.capacityGrams(), limit[2])
              || t > Math.max(shiftEnd, limit[1])) {
            return -1;
          }
        }
        if (!aboard.add(stop.jobId())) {
          return -1;
        }
        shelf += t - Math.max(0, stop.earliestMillis() == 0 ? 0 : up(stop.earliestMillis()));
        t = Math.max(t + stop.serviceSeconds(), together ? arrived : 0);
        left.put(stop.jobId(), t);
        carry -= t;
      } else {
        if (!aboard.remove(stop.jobId())) {
          return -1;
        }
        load = Math.max(0, load - stop.loadUnits());
        grams = Math.max(0, grams - stop.weightGrams());
        direct = null;
        t += stop.serviceSeconds();
        if (t - left.getOrDefault(stop.jobId(), since(stop))
            > longestCarry(courier, stop, limits)) {
          return -1;
        }
        carry += t;
        lateness += lateness(t, stop);
      }
      at = stop.place();
    }
    if (!aboard.isEmpty()) {
      return -1;
    }
    if (fresh > 0
        && courier.dutyEndMillis() != 0
        && t > Math.floorDiv(courier.dutyEndMillis() - wave.nowMillis(), 1000L)) {
      return -1;
    }
    long sum =
        lateness
            + travel * w.travelPerSecond()
            + wave.foresight().endPrice(at)
            + waiting * w.waitPerSecond()
            + carry * w.carryPerSecond()
            + shelf * w.shelfPerSecond()
            + fresh * equity(courier)
            + Math.max(0, fresh - Math.max(0, courier.coveredJobs()))
                * (long) w.beyondGuaranteePerJob();
    long micros = w.levelShareMillis() * 1000L * (100_000 - courier.levelMillis()) / 100_000;
    long level =
        java.math.BigInteger.valueOf(sum)
            .multiply(java.math.BigInteger.valueOf(micros))
            .divide(java.math.BigInteger.valueOf(1_000_000))
            .longValueExact();
    List<Stop> movable = courier.route().subList(courier.pinnedStops(), courier.route().size());
    boolean flipped =
        !movable.isEmpty() && (!stops.containsAll(movable) || !stops.get(0).equals(movable.get(0)));
    return sum + level + (flipped ? w.disturbance() : 0) + (long) takenOver * w.reassignPrice();
  }

  /** Seconds from now at which goods aboard left their shop. */
  private long since(Stop dropoff) {
    return dropoff.takenMillis() == 0
        ? 0
        : Math.floorDiv(dropoff.takenMillis() - wave.nowMillis(), 1000L);
  }

  private long longestCarry(Courier courier, Stop dropoff, Map<String, long[]> limits) {
    boolean committed = courier.route().stream().anyMatch(s -> s.jobId().equals(dropoff.jobId()));
    int seconds =
        committed ? dropoff.longestCarrySeconds() : jobs.get(dropoff.jobId()).longestCarrySeconds();
    if (seconds == 0) {
      return Long.MAX_VALUE;
    }
    return committed ? Math.max(seconds, limits.get(dropoff.jobId())[3]) : seconds;
  }

  /** Price of leaving a job without a courier. */
  long held(Job job) {
    EngineWeights w = wave.weights();
    long ready = Math.max(0, up(job.readyMillis()));
    long begin = Math.max(ready, w.holdLookaheadSeconds());
    long direct = wave.times().seconds(job.pickup(), job.dropoff());
    long delivered = begin + job.pickupServiceSeconds() + direct + job.dropoffServiceSeconds();
    long due = Math.floorDiv(job.promiseEndMillis() - wave.nowMillis(), 1000L);
    boolean near = delivered + w.safetySeconds() >= due;
    boolean heldEnough =
        job.holdUntilMillis() != 0 && job.holdUntilMillis() - wave.nowMillis() < 1000;
    if (near || heldEnough) {
      return 10_000_000_000_000L;
    }
    return (w.holdApproachSeconds() + direct) * w.travelPerSecond()
        + (direct + job.dropoffServiceSeconds()) * w.carryPerSecond()
        + (begin - ready) * w.shelfPerSecond()
        + w.holdPrice();
  }

  /** By job: units and start of the pickup, grams after it, seconds carried, as committed. */
  private Map<String, long[]> committedLimits(Courier courier) {
    Map<String, long[]> limits = new HashMap<>();
    Set<String> picked = new HashSet<>();
    int aboard = 0;
    int grams = 0;
    for (Stop stop : courier.route()) {
      if (stop.kind() == StopKind.PICKUP) {
        picked.add(stop.jobId());
      } else if (!picked.contains(stop.jobId())) {
        aboard += stop.loadUnits();
        grams += stop.weightGrams();
      }
    }
    int load = Math.max(courier.loadUnits(), aboard);
    long t = Math.max(0, up(courier.freeAtMillis()));
    int at = courier.place();
    Map<String, Long> left = new HashMap<>();
    for (Stop stop : courier.route()) {
      t = begin(t + leg(courier, at, stop.place()), stop);
      long[] limit = limits.computeIfAbsent(stop.jobId(), id -> new long[4]);
      if (stop.kind() == StopKind.PICKUP) {
        load += stop.loadUnits();
        grams += stop.weightGrams();
        limit[0] = load;
        limit[1] = t;
        limit[2] = grams;
        left.put(stop.jobId(), t + stop.serviceSeconds());
      } else {
        load = Math.max(0, load - stop.loadUnits());
        grams = Math.max(0, grams - stop.weightGrams());
        limit[3] = t + stop.serviceSeconds() - left.getOrDefault(stop.jobId(), since(stop));
      }
      t += stop.serviceSeconds();
      at = stop.place();
    }
    return limits;
  }

  private long lateness(long finished, Stop stop) {
    if (stop.dueMillis() == 0) {
      return 0;
    }
    EngineWeights w = wave.weights();
    long late = finished - Math.floorDiv(stop.dueMillis() - wave.nowMillis(), 1000L);
    long risk = late + w.safetySeconds();
    if (risk <= 0) {
      return 0;
    }
    long bent = Math.min(risk, 14_400);
    long square = bent * bent + 2 * bent * (risk - bent);
    return square * w.lateConvexPerMinute() / 60 + Math.max(0, late) * w.latePerSecond();
  }

  private long equity(Courier courier) {
    double sum = 0;
    int counted = 0;
    for (Courier other : wave.couriers()) {
      if (other.onlineHours() >= 0.5) {
        sum += other.earnedOrders() / other.onlineHours();
        counted++;
      }
    }
    if (sum <= 0 || courier.onlineHours() < 0.5) {
      return 0;
    }
    double mean = sum / counted;
    double above = courier.earnedOrders() / courier.onlineHours() / mean - 1;
    return Math.round(Math.max(0, Math.min(1, above)) * wave.weights().equityPerJob());
  }

  private long begin(long arrival, Stop stop) {
    return stop.earliestMillis() == 0 ? arrival : Math.max(arrival, up(stop.earliestMillis()));
  }

  private long up(long millis) {
    return -Math.floorDiv(wave.nowMillis() - millis, 1000L);
  }

  private int leg(Courier courier, int from, int to) {
    int seconds = wave.times().seconds(from, to);
    if (seconds == TravelTimes.UNREACHABLE) {
      return -1;
    }
    int factor = (int) Math.ceil(1024 / Math.max(0.2, Math.min(1, courier.speedFactor())));
    return (seconds * factor + 1023) / 1024;
  }
}
