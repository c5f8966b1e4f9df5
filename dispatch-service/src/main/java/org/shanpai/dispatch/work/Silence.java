package org.shanpai.dispatch.work;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.shanpai.contracts.event.Fault;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.dispatch.DispatchSettings;
import org.shanpai.dispatch.Repeating;
import org.shanpai.dispatch.assignment.Holding;
import org.shanpai.dispatch.geo.Geo;
import org.shanpai.dispatch.geo.GeoAway;
import org.shanpai.dispatch.job.Job;
import org.shanpai.dispatch.job.Jobs;
import org.shanpai.messaging.Tx;

/**
 * Riders who send no pings: jobs they have not picked up go to others; goods aboard become an
 * exception. The same round notes on the work rows what outlasts it: the last ping, the last
 * trusted place, the battery.
 *
 * <p>Only while positions are known to work: at least one other rider, and at least half of those
 * online, are fresh, and that has been so for as long as the silence lasts. When geo-service or
 * Redis is away nobody loses a job because of it, and the count begins anew when they are back.
 */
@ApplicationScoped
public class Silence {

  private static final Logger LOG = Logger.getLogger(Silence.class);
  private static final Duration EVERY_CITY = Duration.ofSeconds(20);
  private static final long LEAST_WALL_MILLIS = 1000;

  private final Tx tx;
  private final Geo geo;
  private final RiderWorks works;
  private final Jobs jobs;
  private final Holding holding;
  private final CityClock clock;
  private final DispatchSettings settings;
  private final UnfitRiders unfit;
  private Repeating turns;

  /** City time since when positions have worked without a break; null while they do not. */
  private volatile Instant workingSince;

  public Silence(
      Tx tx,
      Geo geo,
      RiderWorks works,
      Jobs jobs,
      Holding holding,
      CityClock clock,
      DispatchSettings settings,
      UnfitRiders unfit) {
    this.tx = tx;
    this.geo = geo;
    this.works = works;
    this.jobs = jobs;
    this.holding = holding;
    this.clock = clock;
    this.settings = settings;
    this.unfit = unfit;
  }

  void start(@Observes StartupEvent event, Vertx vertx) {
    if (settings.timers()) {
      long wall = Math.max(LEAST_WALL_MILLIS, clock.toWall(EVERY_CITY).toMillis());
      turns = new Repeating(vertx, "silent riders", Duration.ofMillis(wall), this::sweep);
    }
  }

  void stop(@Observes ShutdownEvent event) {
    if (turns != null) {
      turns.stop();
    }
  }

  /** One round over everybody online. */
  public Uni<Void> sweep() {
    return tx.detached(() -> tx.read(works::areasInUse))
        .chain(
            areas -> areas.isEmpty() ? Uni.createFrom().voidItem() : pings(areas).chain(this::look))
        .onFailure(GeoAway.class)
        .recoverWithUni(
            away -> {
              workingSince = null;
              LOG.debug("positions are unknown; nobody counts as silent", away);
              return Uni.createFrom().voidItem();
            });
  }

  private Uni<Map<String, Geo.Seen>> pings(List<String> areas) {
    Uni<Map<String, Geo.Seen>> all = Uni.createFrom().item(new HashMap<>());
    for (String area : areas) {
      all =
          all.chain(
              known ->
                  geo.riders(area, settings.silentWithinMetres())
                      .invoke(
                          seen ->
                              seen.forEach(
                                  s ->
                                      known.merge(
                                          s.riderId(),
                                          s,
                                          (a, b) -> a.at().isAfter(b.at()) ? a : b)))
                      .replaceWith(known));
    }
    return all;
  }

  private Uni<Void> look(Map<String, Geo.Seen> pings) {
    return tx.detached(() -> tx.write(() -> works.seen(pings.values(), settings.leastTrust())))
        .chain(() -> tx.detached(() -> tx.read(works::online)))
        .chain(
            online -> {
              unfit.count(online);
              Instant now = clock.now();
              Instant freshFrom = now.minusSeconds(settings.positionFreshSeconds());
              long fresh =
                  online.stream()
                      .filter(
                          w ->
                              pings.containsKey(w.riderId())
                                  && pings.get(w.riderId()).at().isAfter(freshFrom))
                      .count();
              if (fresh == 0 || 2 * fresh < online.size()) {
                workingSince = null;
                return Uni.createFrom().voidItem();
              }
              if (workingSince == null) {
                workingSince = now;
              }
              Instant since = workingSince;
              List<String> silent =
                  online.stream()
                      .filter(w -> silentFor(w, since, now) >= settings.silentSeconds())
                      .map(RiderWork::riderId)
                      .toList();
              return Multi.createFrom()
                  .iterable(silent)
                  .onItem()
                  .transformToUniAndConcatenate(
                      rider -> seenElsewhere(rider).chain(() -> relieveApart(rider, since)))
                  .collect()
                  .last()
                  .replaceWithVoid();
            });
  }

  /** Far from every area in use, a rider is still asked for by name. */
  private Uni<Void> seenElsewhere(String riderId) {
    return geo.position(riderId)
        .chain(
            seen ->
                seen == null
                    ? Uni.createFrom().voidItem()
                    : tx.detached(
                        () -> tx.write(() -> works.seen(List.of(seen), settings.leastTrust()))));
  }

  private Uni<Void> relieveApart(String riderId, Instant since) {
    return tx.detached(() -> relieve(riderId, since));
  }

  private Uni<Void> relieve(String riderId, Instant since) {
    return tx.write(
        () ->
            works
                .lock(riderId)
                .chain(work -> jobs.lockHeldBy(riderId).chain(held -> relieve(work, held, since))));
  }

  private Uni<Void> relieve(RiderWork work, List<Job> held, Instant since) {
    long silent = silentFor(work, since, clock.now());
    Uni<Void> all = Uni.createFrom().voidItem();
    int changed = 0;
    for (Job job : held) {
      if (!job.aboard() && silent >= settings.silentSeconds()) {
        all = all.chain(() -> holding.takeBack(work, job, "RIDER_SILENT", Fault.NONE));
        changed++;
      } else if (job.status().carried() && silent >= settings.silentWithGoodsSeconds()) {
        job.except("RIDER_SILENT", Fault.NONE, clock.now());
        all = all.chain(() -> jobs.publish(job));
        changed++;
      }
    }
    if (changed == 0) {
      return all;
    }
    LOG.infof("rider %s is silent for %d s: %d jobs changed", work.riderId(), silent, changed);
    return all.chain(() -> works.publish(work)).replaceWithVoid();
  }

  private static long silentFor(RiderWork work, Instant since, Instant now) {
    Instant seen = work.lastSeenAt();
    Instant from = seen == null || seen.isBefore(since) ? since : seen;
    return Duration.between(from, now).toSeconds();
  }
}
