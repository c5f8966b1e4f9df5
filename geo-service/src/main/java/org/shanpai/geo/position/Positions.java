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
import org.shanpai.contracts.time.WallClock;
import org.shanpai.geo.area.AreaShape;
import org.shanpai.geo.area.Areas;
import org.shanpai.geo.position.PingReceipt.RejectedPing;
import org.shanpai.geo.redis.RedisUnavailable;

/**
 * Where riders are. Pings are always taken. Where one replica hears all riders its memory answers,
 * and Redis until that is complete; elsewhere Redis answers, which all replicas share.
 */
@ApplicationScoped
public class Positions {

  private static final Logger LOG = Logger.getLogger(Positions.class);
  private static final int TRY_AGAIN_SECONDS = 2;

  private final LastKnown known;
  private final PingCheck check;
  private final SharedPositions shared;
  private final PositionSettings settings;
  private final Areas areas;
  private final CityClock clock;
  private final WallClock wall;
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
      WallClock wall,
      @All List<SightingListener> listeners,
      MeterRegistry metrics) {
    this.known = known;
    this.check = check;
    this.shared = shared;
    this.settings = settings;
    this.areas = areas;
    this.clock = clock;
    this.wall = wall;
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

  /**
   * Counts a request of the rider's phone.
   *
   * @throws Problem 429 with Retry-After when there were too many; a later batch is worth more
   */
  public void admit(String riderId) {
    long wait =
        known.admit(
            riderId,
            wall.millis(),
            Math.max(1, 1_000 / settings.requestsPerSecond()),
            settings.requestsAtOnce());
    if (wait > 0) {
      throw Problem.tooMany(
          "too-many-pings",
          "Your phone sends more batches than a ride needs; send the newest readings later.",
          (int) (wait / 1_000) + 1);
    }
  }

  /** Takes a batch of one rider, in any order; the newest believed reading is where they are. */
  public PingReceipt take(String riderId, PingBatch batch) {
    long now = clock.millis();
    List<Ping> pings = batch.pings();
    PingRejection[] reasons = new PingRejection[pings.size()];
    List<Reading> readings = new ArrayList<>(pings.size());
    for (int i = 0; i < reasons.length; i++) {
      Ping ping = pings.get(i);
      reasons[i] = check.unusable(ping, this::inCity);
      if (reasons[i] == null) {
        GeoPoint place = batch.coordinateSystem().toWgs84(ping.lat(), ping.lon());
        reasons[i] = check.misplaced(place, this::inCity);
        if (reasons[i] == null) {
          readings.add(reading(i, ping, place));
        }
      }
    }
    List<Judgement> judgements = known.take(riderId, batch.phone(), readings, now);
    List<Sighting> sightings = new ArrayList<>(judgements.size());
    for (Judgement judgement : judgements) {
      if (judgement.believed()) {
        sightings.add(sighting(judgement, now));
      } else if (judgement.rejection() != null) {
        reasons[judgement.reading().index()] = judgement.rejection();
      }
    }
    if (!sightings.isEmpty()) {
      shared.wake();
      tell(riderId, sightings);
    }
    return receipt(reasons);
  }

  private static Reading reading(int index, Ping ping, GeoPoint place) {
    double speed = ping.speedMps() == null ? Double.NaN : ping.speedMps();
    return new Reading(
        index,
        ping.seq(),
        place,
        ping.at().toEpochMilli(),
        ping.accuracyMetres(),
        speed,
        Boolean.TRUE.equals(ping.mock()));
  }

  private static Sighting sighting(Judgement judgement, long now) {
    Reading reading = judgement.reading();
    return new Sighting(
        reading.place(),
        reading.at(),
        reading.accuracyMetres(),
        judgement.trust(),
        reading.deviceAt(),
        now);
  }

  private PingReceipt receipt(PingRejection[] reasons) {
    List<RejectedPing> refusals = new ArrayList<>(0);
    for (int i = 0; i < reasons.length; i++) {
      if (reasons[i] != null) {
        refusals.add(new RejectedPing(i, reasons[i]));
        rejected.get(reasons[i]).increment();
      }
    }
    int count = reasons.length - refusals.size();
    accepted.increment(count);
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

  private boolean inCity(GeoPoint place) {
    return areas.covers(place, settings.cityMarginMetres());
  }

  /** The nearest riders within the radius, nearest first. */
  public Uni<List<NearFix>> near(GeoPoint centre, double radiusMetres, int limit) {
    long oldest = oldest();
    if (complete()) {
      return Uni.createFrom().item(known.near(centre, radiusMetres, limit, oldest));
    }
    return shared
        .near(centre, radiusMetres, limit, oldest)
        .onFailure(RedisUnavailable.class)
        .transform(failure -> unknown());
  }

  /** Riders in the area or no further than that from it, by id. */
  public Uni<List<Fix>> within(AreaShape area, double metres) {
    long oldest = oldest();
    double reach = area.reachMetres() + metres;
    Uni<List<Fix>> around =
        complete()
            ? Uni.createFrom().item(() -> known.index().within(area.centre(), reach, oldest))
            : shared
                .around(area.centre(), reach, oldest)
                .onFailure(RedisUnavailable.class)
                .transform(failure -> unknown());
    return around.map(
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
    if (complete()) {
      return Uni.createFrom().item(fresh);
    }
    return shared
        .find(riderId, oldest)
        .onFailure(RedisUnavailable.class)
        .recoverWithUni(
            () ->
                fresh != null
                    ? Uni.createFrom().item(fresh)
                    : Uni.createFrom().failure(Positions::unknown))
        .map(fix -> fix == null || (fresh != null && fresh.at() > fix.at()) ? fresh : fix);
  }

  /** What makes up the rider's trust; null when nobody heard of the rider lately. */
  public Uni<TrustReport> trust(String riderId) {
    TrustReport own = known.trust(riderId);
    return own != null
        ? Uni.createFrom().item(own)
        : find(riderId)
            .map(fix -> fix == null ? null : new TrustReport(riderId, fix.trust(), 0, List.of()));
  }

  /**
   * Whether this replica's memory stands for everything that is known: else a rider who is merely
   * unknown here would look silent.
   */
  private boolean complete() {
    return settings.memoryAnswers()
        && (shared.seenAll() || clock.millis() - startedAt >= settings.silentAfter().toMillis());
  }

  private static Problem unknown() {
    return Problem.unavailable(
        "Positions are not available for a moment; nobody is silent because of it.",
        TRY_AGAIN_SECONDS);
  }

  private long oldest() {
    return clock.millis() - settings.expireAfter().toMillis();
  }

  /** Age in whole city seconds, at least 0. */
  public long ageSeconds(Fix fix) {
    return Math.max(0, (clock.millis() - fix.at()) / 1000);
  }
}
