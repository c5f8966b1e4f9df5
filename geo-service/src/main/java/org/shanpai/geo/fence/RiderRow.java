package org.shanpai.geo.fence;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.event.GeofenceEvent.Kind;
import org.shanpai.geo.learning.GeometricMedian;
import org.shanpai.geo.position.Sighting;

/**
 * One rider's jobs and latest usable readings. At most {@value #MOST_READINGS} readings are held.
 * Thread-safe.
 */
final class RiderRow {

  static final int MOST_READINGS = 32;

  private final FenceRule rule;
  private final List<Held> jobs = new ArrayList<>(2);
  private final List<Sighting> readings = new ArrayList<>(8);

  /** A job and what was proved of it. */
  private static final class Held {
    private FencedJob job;
    private boolean store;
    private boolean customer;
    private int standReadings;
  }

  RiderRow(FenceRule rule) {
    this.rule = rule;
  }

  /** Takes the state unless a newer one is here, then judges what was read before it came. */
  synchronized void put(
      FencedJob job, Function<FencedJob, GeoPoint> centre, BiConsumer<FencedJob, Found> proved) {
    Held held = find(job);
    if (held == null) {
      held = new Held();
      jobs.add(held);
    } else if (held.job.version() > job.version()) {
      return;
    }
    held.job = job;
    held.store |= job.seenAtStore();
    held.customer |= job.seenAtCustomer();
    judge(held, 0, centre, proved);
  }

  /** A proof and the kind of place. */
  record Found(Kind kind, GeoPoint centre, FenceRule.Proof proof) {}

  /**
   * Where the rider stood as the goods of the jobs were taken over: the middle of the readings
   * within so much time before the pickup. A job is told again when more readings came.
   *
   * @param leastReadings fewer say nothing
   */
  synchronized void stands(long beforeMillis, int leastReadings, Consumer<Stand> told) {
    for (Held held : jobs) {
      if (held.job.pickedUpAt() == null) {
        continue;
      }
      long picked = held.job.pickedUpAt().toEpochMilli();
      long from = Math.max(held.job.acceptedAt().toEpochMilli(), picked - beforeMillis);
      List<GeoPoint> places = between(from, picked).stream().map(Sighting::place).toList();
      if (places.size() >= leastReadings && places.size() > held.standReadings) {
        held.standReadings = places.size();
        told.accept(new Stand(held.job, GeometricMedian.ofPlaces(places), places.size()));
      }
    }
  }

  /** Where a rider stood, and how many readings say so. */
  record Stand(FencedJob job, GeoPoint place, int readings) {}

  /**
   * @param batch oldest first
   */
  synchronized void saw(
      List<Sighting> batch,
      Function<FencedJob, GeoPoint> centre,
      BiConsumer<FencedJob, Found> proved) {
    int oldest = Integer.MAX_VALUE;
    for (Sighting sighting : batch) {
      if (rule.usable(sighting)) {
        oldest = Math.min(oldest, insert(sighting));
      }
    }
    if (oldest == Integer.MAX_VALUE) {
      return;
    }
    // A row that a new reading completes began at most so many readings before it.
    int begin = Math.max(0, oldest - rule.readings() + 1);
    for (Held held : jobs) {
      judge(held, begin, centre, proved);
    }
    int tooMany = readings.size() - MOST_READINGS;
    if (tooMany > 0) {
      readings.subList(0, tooMany).clear();
    }
  }

  private int insert(Sighting sighting) {
    int at = readings.size();
    while (at > 0 && readings.get(at - 1).at() > sighting.at()) {
      at--;
    }
    readings.add(at, sighting);
    return at;
  }

  private void judge(
      Held held,
      int begin,
      Function<FencedJob, GeoPoint> centre,
      BiConsumer<FencedJob, Found> proved) {
    FencedJob job = held.job;
    long ended = job.endedAt() == null ? Long.MAX_VALUE : job.endedAt().toEpochMilli();
    long pickedUp = job.pickedUpAt() == null ? ended : job.pickedUpAt().toEpochMilli();
    if (!held.store) {
      GeoPoint place = centre.apply(job);
      FenceRule.Proof proof =
          rule.find(readings, begin, place, job.acceptedAt().toEpochMilli(), pickedUp);
      if (proof != null) {
        held.store = true;
        proved.accept(job, new Found(Kind.AT_STORE, place, proof));
      }
    }
    if (!held.customer && job.pickedUpAt() != null) {
      FenceRule.Proof proof = rule.find(readings, begin, job.dropoff(), pickedUp, ended);
      if (proof != null) {
        held.customer = true;
        proved.accept(job, new Found(Kind.AT_CUSTOMER, job.dropoff(), proof));
      }
    }
  }

  private Held find(FencedJob job) {
    for (Held held : jobs) {
      if (held.job.jobId().equals(job.jobId()) && held.job.epoch() == job.epoch()) {
        return held;
      }
    }
    return null;
  }

  /** Forgets jobs that ended before that city time; whether none is left. */
  synchronized boolean sweep(long endedBefore) {
    jobs.removeIf(
        held -> held.job.endedAt() != null && held.job.endedAt().toEpochMilli() < endedBefore);
    return jobs.isEmpty();
  }

  synchronized int jobCount() {
    return jobs.size();
  }

  /** The usable readings of that span of city time that are still held, oldest first. */
  synchronized List<Sighting> between(long from, long until) {
    return readings.stream()
        .filter(sighting -> sighting.at() >= from && sighting.at() <= until)
        .toList();
  }
}
