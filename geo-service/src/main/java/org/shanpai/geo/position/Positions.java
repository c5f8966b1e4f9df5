package org.shanpai.geo.position;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.geo.area.AreaShape;
import org.shanpai.geo.area.Areas;
import org.shanpai.geo.position.PingReceipt.RejectedPing;
import org.shanpai.geo.redis.RedisUnavailable;

/**
 * Where riders are. Pings are always taken; questions go to what all replicas share, and to this
 * replica's memory while that is away.
 */
@ApplicationScoped
public class Positions {

  private static final Logger LOG = Logger.getLogger(Positions.class);
  private static final int FULL_TRUST = 100;
  private static final int TRY_AGAIN_SECONDS = 2;

  private final LastKnown known;
  private final PingCheck check;
  private final SharedPositions shared;
  private final PositionSettings settings;
  private final Areas areas;
  private final CityClock clock;
  private final List<SightingListener> listeners;
  private final long startedAt;
  private final Counter accepted;
  private final Map<PingRejection, Counter> rejected = new EnumMap<>(PingRejection.class);

  public Positions(
      LastKnown known,
      PingCheck check,
      SharedPositions shared,
      PositionSettings settings,
      Areas areas,
      CityClock clock,
      @All List<SightingListener> listeners,
      MeterRegistry metrics) {
    this.known = known;
    this.check = check;
    this.shared = shared;
    this.settings = settings;
    this.areas = areas;
    this.clock = clock;
    this.listeners = listeners;
    this.startedAt = clock.millis();
    this.accepted = metrics.counter("shanpai.geo.pings", "outcome", "ACCEPTED");
    for (PingRejection reason : PingRejection.values()) {
      rejected.put(reason, metrics.counter("shanpai.geo.pings", "outcome", reason.name()));
    }
    metrics.gauge("shanpai.geo.positions.known", known, LastKnown::size);
    metrics.gauge("shanpai.geo.positions.waiting", known, LastKnown::waiting);
    FunctionCounter.builder("shanpai.geo.positions.dropped", known, LastKnown::dropped)
        .description("Readings dropped before Redis had them, because too many riders were known")
        .register(metrics);
  }

  private record Candidate(int index, Reading reading) {}

  /** Takes a batch of one rider, in any order; the newest believed reading is where they are. */
  public PingReceipt take(String riderId, List<Ping> pings) {
    long now = clock.millis();
    List<RejectedPing> refusals = new ArrayList<>(0);
    List<Candidate> candidates = new ArrayList<>(pings.size());
    for (int i = 0; i < pings.size(); i++) {
      Ping ping = pings.get(i);
      PingRejection reason = check.alone(ping, now, this::inCity);
      if (reason == null) {
        candidates.add(new Candidate(i, Reading.of(ping)));
      } else {
        refuse(refusals, i, reason);
      }
    }
    candidates.sort(Comparator.comparingLong(candidate -> candidate.reading().at()));
    boolean[] believed = known.take(riderId, candidates.stream().map(Candidate::reading).toList());
    List<Sighting> sightings = new ArrayList<>(believed.length);
    for (int i = 0; i < believed.length; i++) {
      if (believed[i]) {
        Reading reading = candidates.get(i).reading();
        sightings.add(
            new Sighting(reading.place(), reading.at(), reading.accuracyMetres(), FULL_TRUST));
      } else {
        refuse(refusals, candidates.get(i).index(), PingRejection.TELEPORT);
      }
    }
    refusals.sort(Comparator.comparingInt(RejectedPing::index));
    int count = pings.size() - refusals.size();
    accepted.increment(count);
    if (count > 0) {
      shared.wake();
      tell(riderId, sightings);
    }
    return new PingReceipt(count, refusals);
  }

  private void tell(String riderId, List<Sighting> sightings) {
    for (SightingListener listener : listeners) {
      try {
        listener.saw(riderId, sightings);
      } catch (RuntimeException e) {
        LOG.errorf(e, "A listener failed on the readings of rider %s", riderId);
      }
    }
  }

  private void refuse(List<RejectedPing> refusals, int index, PingRejection reason) {
    refusals.add(new RejectedPing(index, reason));
    rejected.get(reason).increment();
  }

  private boolean inCity(GeoPoint place) {
    return areas.covers(place, settings.cityMarginMetres());
  }

  /** The nearest riders within the radius, nearest first. */
  public Uni<List<NearFix>> near(GeoPoint centre, double radiusMetres, int limit) {
    long oldest = oldest();
    return shared
        .near(centre, radiusMetres, limit, oldest)
        .onFailure(RedisUnavailable.class)
        .recoverWithUni(
            () -> remembered().map(memory -> memory.near(centre, radiusMetres, limit, oldest)));
  }

  /** Riders in the area or no further than that from it, by id. */
  public Uni<List<Fix>> within(AreaShape area, double metres) {
    long oldest = oldest();
    return shared
        .around(area.centre(), area.reachMetres() + metres, oldest)
        .onFailure(RedisUnavailable.class)
        .recoverWithUni(() -> remembered().map(memory -> memory.where(place -> true, oldest)))
        .map(
            fixes ->
                fixes.stream()
                    .filter(fix -> area.metresTo(fix.place()) <= metres)
                    .sorted(Comparator.comparing(Fix::riderId))
                    .toList());
  }

  /** Where the rider is, or null. */
  public Uni<Fix> find(String riderId) {
    long oldest = oldest();
    Fix own = known.find(riderId);
    Fix fresh = own == null || own.at() < oldest ? null : own;
    return shared
        .find(riderId, oldest)
        .onFailure(RedisUnavailable.class)
        .recoverWithUni(
            () ->
                fresh != null
                    ? Uni.createFrom().item(fresh)
                    : remembered().map(memory -> (Fix) null))
        .map(fix -> fix == null || (fresh != null && fresh.at() > fix.at()) ? fresh : fix);
  }

  /**
   * This replica's memory, when it can stand for everything that is known: else a rider who is
   * merely unknown here would look silent.
   */
  private Uni<LastKnown> remembered() {
    boolean complete =
        shared.seenAll() || clock.millis() - startedAt >= settings.silentAfter().toMillis();
    if (!settings.memoryAnswers() || !complete) {
      return Uni.createFrom()
          .failure(
              () ->
                  Problem.unavailable(
                      "Positions are not available for a moment; nobody is silent because of it.",
                      TRY_AGAIN_SECONDS));
    }
    return Uni.createFrom().item(known);
  }

  private long oldest() {
    return clock.millis() - settings.expireAfter().toMillis();
  }

  /** Age in whole city seconds, at least 0. */
  public long ageSeconds(Fix fix) {
    return Math.max(0, (clock.millis() - fix.at()) / 1000);
  }
}
