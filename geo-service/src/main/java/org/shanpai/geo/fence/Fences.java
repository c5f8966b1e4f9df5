package org.shanpai.geo.fence;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.event.GeofenceEvent.Kind;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.geo.learning.LearningSettings;
import org.shanpai.geo.learning.Lessons;
import org.shanpai.geo.position.Sighting;
import org.shanpai.geo.position.SightingListener;

/**
 * Sees from readings that riders come to the places of their jobs. Holds the jobs in hand by rider;
 * a rider without one costs a look into a map. What is proved waits here until it is written.
 *
 * <p>Memory: one row for each rider with a job, and two proofs for each job at most.
 */
@ApplicationScoped
public class Fences implements SightingListener {

  private static final int LEAST_STAND_READINGS = 3;

  private final FenceRule rule;
  private final long standMillis;
  private final long lateMillis;
  private final Lessons lessons;
  private final CityClock clock;
  private final Map<String, RiderRow> riders = new ConcurrentHashMap<>();
  private final Set<String> pickedUp = ConcurrentHashMap.newKeySet();
  private final Map<Key, Proved> waiting = new LinkedHashMap<>();

  private record Key(String jobId, long epoch, Kind kind) {}

  /** Evidence that is not written yet, and the job it is of. */
  public record Proved(FencedJob job, FenceEvidence evidence) {}

  public Fences(
      FenceSettings settings,
      LearningSettings learning,
      Lessons lessons,
      CityClock clock,
      MeterRegistry metrics) {
    this.standMillis = learning.pickup().before().toMillis();
    this.rule = settings.rule();
    this.lateMillis = settings.late().toMillis();
    this.lessons = lessons;
    this.clock = clock;
    Gauge.builder("shanpai.geo.fence.riders", riders, Map::size).register(metrics);
    Gauge.builder("shanpai.geo.fence.waiting", this, Fences::countWaiting).register(metrics);
  }

  @Override
  public void saw(String riderId, List<Sighting> sightings) {
    RiderRow row = riders.get(riderId);
    if (row != null) {
      row.saw(sightings, this::centre, this::proved);
    }
  }

  /** Takes a job's state; older than known does nothing. */
  public void put(FencedJob job) {
    if (job.endedAt() != null && job.endedAt().toEpochMilli() < oldest()) {
      return;
    }
    if (job.pickedUpAt() != null) {
      pickedUp.add(job.riderId());
    }
    riders.compute(
        job.riderId(),
        (id, row) -> {
          RiderRow known = row == null ? new RiderRow(rule) : row;
          known.put(job, this::centre, this::proved);
          return known;
        });
  }

  /** Forgets jobs for which late batches no longer count. */
  void sweep() {
    long oldest = oldest();
    for (String riderId : riders.keySet()) {
      riders.computeIfPresent(riderId, (id, row) -> row.sweep(oldest) ? null : row);
    }
  }

  private long oldest() {
    return clock.millis() - lateMillis;
  }

  /** Where riders stood at pickups that became known since the last call. */
  List<RiderRow.Stand> stands() {
    List<RiderRow.Stand> stands = new ArrayList<>();
    for (String riderId : pickedUp) {
      pickedUp.remove(riderId);
      RiderRow row = riders.get(riderId);
      if (row != null) {
        row.stands(standMillis, LEAST_STAND_READINGS, stands::add);
      }
    }
    return stands;
  }

  private GeoPoint centre(FencedJob job) {
    return lessons.pickup(StoreId.of(job.storeId()), job.pickup()).place();
  }

  private void proved(FencedJob job, RiderRow.Found found) {
    FenceRule.Proof proof = found.proof();
    FenceEvidence evidence =
        new FenceEvidence(
            job.jobId(),
            job.epoch(),
            found.kind(),
            job.riderId(),
            Instant.ofEpochMilli(proof.at()),
            found.centre(),
            proof.firstMetres(),
            proof.lastMetres(),
            proof.readings(),
            proof.trust(),
            found.kind() == Kind.AT_STORE && !found.centre().equals(job.pickup()));
    synchronized (waiting) {
      waiting.putIfAbsent(
          new Key(job.jobId(), job.epoch(), found.kind()), new Proved(job, evidence));
    }
  }

  /** What is proved and not written, oldest first. */
  List<Proved> waiting(int most) {
    synchronized (waiting) {
      return waiting.values().stream().limit(most).toList();
    }
  }

  /** These are written. */
  void written(List<Proved> proofs) {
    synchronized (waiting) {
      for (Proved proved : proofs) {
        FenceEvidence evidence = proved.evidence();
        waiting.remove(new Key(evidence.jobId(), evidence.epoch(), evidence.kind()));
      }
    }
  }

  /** The usable readings of a rider with a job in that span of city time, as far as still held. */
  public List<Sighting> readings(String riderId, Instant from, Instant until) {
    RiderRow row = riders.get(riderId);
    return row == null
        ? List.of()
        : new ArrayList<>(row.between(from.toEpochMilli(), until.toEpochMilli()));
  }

  private int countWaiting() {
    synchronized (waiting) {
      return waiting.size();
    }
  }
}
