package org.shanpai.dispatch.wave;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.shanpai.chassis.City;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.dispatch.DispatchSettings;
import org.shanpai.dispatch.area.Areas;
import org.shanpai.dispatch.block.Blocks;
import org.shanpai.dispatch.fatigue.Fatigue;
import org.shanpai.dispatch.fatigue.FatigueRules;
import org.shanpai.dispatch.geo.Geo;
import org.shanpai.dispatch.job.Job;
import org.shanpai.dispatch.job.Jobs;
import org.shanpai.dispatch.pool.PoolRules;
import org.shanpai.dispatch.pool.Pools;
import org.shanpai.dispatch.stop.StopPlans;
import org.shanpai.dispatch.stop.Stops;
import org.shanpai.dispatch.work.RiderWork;
import org.shanpai.dispatch.work.RiderWorks;
import org.shanpai.dispatch.work.Whereabouts;
import org.shanpai.dispatch.zone.NoGoMap;
import org.shanpai.dispatch.zone.NoGoZones;
import org.shanpai.messaging.Tx;

/** Reads what a wave needs: rows first, then positions of who may serve them. */
@ApplicationScoped
class WaveReader {

  /** The open jobs of an area, or why there is nothing to do. */
  record Waiting(Areas.Standing standing, List<Job> open, Excluded excluded) {

    boolean neighboursAsked() {
      return open.stream().anyMatch(Job::neighboursAsked);
    }
  }

  private final Tx tx;
  private final Jobs jobs;
  private final RiderWorks works;
  private final Areas areas;
  private final Geo geo;
  private final CityClock clock;
  private final Pools pools;
  private final City city;
  private final DispatchSettings settings;
  private final StopPlans stops;
  private final NoGoZones zones;
  private final Blocks blocks;

  WaveReader(
      Tx tx,
      Jobs jobs,
      RiderWorks works,
      Areas areas,
      Geo geo,
      CityClock clock,
      Pools pools,
      City city,
      DispatchSettings settings,
      StopPlans stops,
      NoGoZones zones,
      Blocks blocks) {
    this.tx = tx;
    this.jobs = jobs;
    this.works = works;
    this.areas = areas;
    this.geo = geo;
    this.clock = clock;
    this.pools = pools;
    this.city = city;
    this.settings = settings;
    this.stops = stops;
    this.zones = zones;
    this.blocks = blocks;
  }

  Uni<Waiting> waiting(String areaId) {
    return tx.detached(
        () ->
            tx.read(
                () ->
                    jobs.open(areaId, clock.now(), settings.waveMaxJobs())
                        .chain(
                            open -> {
                              if (open.isEmpty()) {
                                return Uni.createFrom()
                                    .item(new Waiting(null, open, Excluded.NOBODY));
                              }
                              return areas
                                  .standing(areaId)
                                  .chain(
                                      standing ->
                                          excluded(open)
                                              .map(out -> new Waiting(standing, open, out)));
                            })));
  }

  private record Rules(Map<String, PoolRules> pools, NoGoMap noGo) {}

  Uni<Situation> situation(String areaId, Waiting waiting) {
    return tx.detached(
            () ->
                tx.read(
                    () ->
                        pools.all().chain(all -> zones.present().map(map -> new Rules(all, map)))))
        .chain(
            rules ->
                geo.riders(areaId, farthest(rules.pools(), waiting.neighboursAsked()))
                    .chain(
                        seen -> {
                          List<String> ids =
                              seen.stream().map(Geo.Seen::riderId).distinct().toList();
                          return tx.detached(() -> tx.read(() -> rows(ids)))
                              .chain(
                                  rows ->
                                      stops
                                          .of(planned(waiting, rows))
                                          .map(
                                              times ->
                                                  situation(
                                                      areaId, waiting, rules, seen, rows, times)));
                        }));
  }

  /** The jobs whose stops are planned: what is open, and what may still go to somebody else. */
  private static List<Job> planned(Waiting waiting, Rows rows) {
    return Stream.concat(
            waiting.open().stream(),
            rows.held().stream().filter(job -> job.status() == JobStatus.ASSIGNED))
        .toList();
  }

  private Situation situation(
      String areaId, Waiting waiting, Rules rules, List<Geo.Seen> seen, Rows rows, Stops times) {
    Instant now = clock.now();
    Instant freshFrom = now.minusSeconds(settings.positionFreshSeconds());
    Reach reach =
        new Reach(
            waiting.standing().shape(),
            rules.pools(),
            waiting.neighboursAsked(),
            now,
            Fatigue.Day.of(city, now),
            FatigueRules.of(settings),
            Whereabouts.Rules.of(settings));
    Set<String> stale =
        seen.stream()
            .filter(s -> s.at().isBefore(freshFrom))
            .map(Geo.Seen::riderId)
            .collect(Collectors.toSet());
    return new Situation(
            areaId,
            now,
            waiting.standing(),
            waiting.open(),
            waiting.excluded().and(rows.wished()),
            reach.near(seen, rows.works(), rows.held(), freshFrom),
            (int) rows.works().stream().filter(work -> stale.contains(work.riderId())).count(),
            times,
            rules.noGo())
        .fitting(settings.waveMaxPlaces());
  }

  private static int farthest(Map<String, PoolRules> rules, boolean neighbours) {
    return rules.values().stream()
        .mapToInt(
            r -> neighbours ? Math.max(r.reachMetres(), r.neighbourReachMetres()) : r.reachMetres())
        .max()
        .orElse(0);
  }

  /**
   * @param wished who wants no orders of the customers of jobs in hand: those may change hands
   */
  private record Rows(List<RiderWork> works, List<Job> held, Map<String, Set<String>> wished) {}

  private Uni<Rows> rows(List<String> riderIds) {
    return works
        .list(riderIds)
        .map(all -> all.stream().filter(w -> w.active() && w.online()).toList())
        .chain(
            online -> {
              List<String> busy =
                  online.stream()
                      .filter(w -> !w.route().stops().isEmpty())
                      .map(RiderWork::riderId)
                      .toList();
              return busy.isEmpty()
                  ? Uni.createFrom().item(new Rows(online, List.of(), Map.of()))
                  : jobs.heldBy(busy)
                      .chain(
                          held ->
                              blocks
                                  .against(held.stream().map(Job::id).toList(), clock.now())
                                  .map(wished -> new Rows(online, held, wished)));
            });
  }

  private Uni<Excluded> excluded(List<Job> open) {
    return declined(open)
        .chain(
            declined ->
                blocks
                    .against(open.stream().map(Job::id).toList(), clock.now())
                    .map(wished -> new Excluded(declined, wished)));
  }

  private Uni<Map<String, Set<String>>> declined(List<Job> open) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select job_id, rider_id from declined"
                            + " where job_id in (:jobs) and until_at > :now",
                        Object[].class)
                    .setParameter("jobs", open.stream().map(Job::id).toList())
                    .setParameter("now", clock.now())
                    .getResultList())
        .map(
            rows -> {
              Map<String, Set<String>> out = new HashMap<>();
              for (Object[] row : rows) {
                out.computeIfAbsent((String) row[0], job -> new HashSet<>()).add((String) row[1]);
              }
              return out;
            });
  }
}
