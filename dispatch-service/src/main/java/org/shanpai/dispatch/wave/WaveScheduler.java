package org.shanpai.dispatch.wave;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.shanpai.chassis.IdSource;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.dispatch.DispatchSettings;
import org.shanpai.dispatch.Repeating;
import org.shanpai.dispatch.area.Alarm;
import org.shanpai.dispatch.area.Areas;
import org.shanpai.dispatch.geo.GeoAway;
import org.shanpai.dispatch.lease.AreaLeases;
import org.shanpai.dispatch.lease.Lease;
import org.shanpai.dispatch.lease.StaleLease;
import org.shanpai.messaging.Tx;

/** Holds this replica's share of the areas and runs their waves when they are due. */
@ApplicationScoped
public class WaveScheduler {

  private static final Logger LOG = Logger.getLogger(WaveScheduler.class);
  private static final Duration LOOK = Duration.ofMillis(25);

  private final Tx tx;
  private final Areas areas;
  private final AreaLeases leases;
  private final WaveRound round;
  private final Alarm alarm;
  private final CityClock clock;
  private final WallClock wall;
  private final DispatchSettings settings;
  private final MeterRegistry metrics;
  private final String me;
  private final Map<String, AreaRun> runs = new ConcurrentHashMap<>();
  private Repeating leasing;
  private Vertx vertx;
  private long looking = -1;

  public WaveScheduler(
      Tx tx,
      Areas areas,
      AreaLeases leases,
      WaveRound round,
      Alarm alarm,
      CityClock clock,
      WallClock wall,
      DispatchSettings settings,
      MeterRegistry metrics,
      IdSource ids) {
    this.tx = tx;
    this.areas = areas;
    this.leases = leases;
    this.round = round;
    this.alarm = alarm;
    this.clock = clock;
    this.wall = wall;
    this.settings = settings;
    this.metrics = metrics;
    this.me = ids.next("d");
  }

  void start(@Observes StartupEvent event, Vertx vertx) {
    this.vertx = vertx;
    Gauge.builder("shanpai.dispatch.areas", runs, Map::size).register(metrics);
    Gauge.builder(
            "shanpai.dispatch.jobs.open",
            runs,
            all -> all.values().stream().mapToInt(AreaRun::open).sum())
        .register(metrics);
    if (settings.timers()) {
      Duration every = Duration.ofMillis(Math.max(200, settings.leaseWallSeconds() * 1000L / 4));
      leasing = new Repeating(vertx, "area leases", every, this::share);
      looking = vertx.setPeriodic(LOOK.toMillis(), id -> look());
    }
  }

  void stop(@Observes ShutdownEvent event) {
    if (leasing == null) {
      return;
    }
    leasing.stop();
    vertx.cancelTimer(looking);
    List<Lease> mine = runs.values().stream().map(AreaRun::lease).toList();
    runs.clear();
    try {
      tx.detached(() -> leases.leave(me, mine)).await().atMost(Duration.ofSeconds(2));
    } catch (RuntimeException e) {
      LOG.debug("the leases run out by themselves", e);
    }
  }

  /** The areas this replica runs now. */
  public List<String> areas() {
    return runs.keySet().stream().sorted().toList();
  }

  /** Renews what is ours, takes up to our share of what is free, gives back what is over it. */
  Uni<Void> share() {
    return tx.detached(() -> leases.beat(me))
        .chain(
            replicas ->
                tx.detached(() -> tx.read(areas::all))
                    .chain(
                        all -> {
                          runs.keySet().retainAll(all);
                          int fair = (all.size() + replicas - 1) / replicas;
                          return Multi.createFrom()
                              .iterable(all)
                              .onItem()
                              .transformToUniAndConcatenate(area -> settle(area, fair))
                              .collect()
                              .last()
                              .replaceWithVoid();
                        }));
  }

  private Uni<Void> settle(String areaId, int fair) {
    AreaRun run = runs.get(areaId);
    if (run == null && runs.size() >= fair) {
      return Uni.createFrom().voidItem();
    }
    if (run != null && runs.size() > fair && !run.running()) {
      runs.remove(areaId);
      return tx.detached(() -> leases.release(run.lease()));
    }
    return tx.detached(() -> leases.acquire(areaId, me))
        .invoke(lease -> settled(areaId, lease))
        .replaceWithVoid();
  }

  private void settled(String areaId, Optional<Lease> lease) {
    if (lease.isEmpty()) {
      if (runs.remove(areaId) != null) {
        LOG.infof("area %s is run by another replica now", areaId);
      }
      return;
    }
    AreaRun run = runs.computeIfAbsent(areaId, fresh -> new AreaRun(lease.get()));
    run.renewed(lease.get());
  }

  private void look() {
    long now = wall.millis();
    long every = clock.toWall(Duration.ofSeconds(settings.waveSeconds())).toMillis();
    long least = settings.waveMinWallMillis();
    boolean everywhere = alarm.takeEverywhere();
    runs.forEach(
        (areaId, run) -> {
          if (alarm.take(areaId) || everywhere) {
            run.hurry();
          }
          if (run.due(now, Math.max(every, least), least)) {
            wave(areaId, run, now);
          }
        });
  }

  private void wave(String areaId, AreaRun run, long now) {
    run.starts(now);
    int lastSeen = run.stillGood(clock.now(), settings.unchangedSeconds());
    round
        .run(run.lease(), lastSeen)
        .subscribe()
        .with(
            result -> {
              run.ended(result, clock.now());
              count(result.ended().name().toLowerCase(Locale.ROOT));
            },
            failure -> failed(areaId, run, failure));
  }

  private void failed(String areaId, AreaRun run, Throwable failure) {
    run.failed();
    if (failure instanceof GeoAway) {
      count("geo_away");
      LOG.debugf("no wave in area %s: %s", areaId, failure.getMessage());
    } else if (failure instanceof StaleLease) {
      count("stale_lease");
      runs.remove(areaId, run);
      LOG.warnf("area %s: %s", areaId, failure.getMessage());
    } else {
      count("failed");
      LOG.warnf(failure, "the wave of area %s failed; the next one reads anew", areaId);
    }
  }

  private void count(String how) {
    metrics.counter("shanpai.dispatch.waves", "ended", how).increment();
  }
}
