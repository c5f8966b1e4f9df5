package org.shanpai.dispatch.wave;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.shanpai.chassis.City;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.dispatch.DispatchSettings;
import org.shanpai.dispatch.area.Areas;
import org.shanpai.dispatch.geo.Geo;
import org.shanpai.dispatch.job.Job;
import org.shanpai.dispatch.job.Jobs;
import org.shanpai.dispatch.pool.PoolRules;
import org.shanpai.dispatch.pool.Pools;
import org.shanpai.dispatch.work.RiderWork;
import org.shanpai.dispatch.work.RiderWorks;
import org.shanpai.messaging.Tx;

/** Reads what a wave needs: rows first, then positions of who may serve them. */
@ApplicationScoped
class WaveReader {

  /** The open jobs of an area, or why there is nothing to do. */
  record Waiting(Areas.Standing standing, List<Job> open, Map<String, Set<String>> excluded) {

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

  WaveReader(
      Tx tx,
      Jobs jobs,
      RiderWorks works,
      Areas areas,
      Geo geo,
      CityClock clock,
      Pools pools,
      City city,
      DispatchSettings settings) {
    this.tx = tx;
    this.jobs = jobs;
    this.works = works;
    this.areas = areas;
    this.geo = geo;
    this.clock = clock;
    this.pools = pools;
    this.city = city;
    this.settings = settings;
  }

  Uni<Waiting> waiting(String areaId) {
    return tx.detached(
        () ->
            tx.read(
                () ->
                    jobs.open(areaId, settings.waveMaxJobs())
                        .chain(
                            open -> {
                              if (open.isEmpty()) {
                                return Uni.createFrom().item(new Waiting(null, open, Map.of()));
                              }
                              return areas
                                  .standing(areaId)
                                  .chain(
                                      standing ->
                                          excluded(open)
                                              .map(out -> new Waiting(standing, open, out)));
                            })));
  }

  Uni<Situation> situation(String areaId, Waiting waiting) {
    return tx.detached(() -> tx.read(pools::all))
        .chain(
            rules ->
                geo.riders(areaId, farthest(rules, waiting.neighboursAsked()))
                    .chain(
                        seen -> {
                          List<String> ids =
                              seen.stream().map(Geo.Seen::riderId).distinct().toList();
                          return tx.detached(() -> tx.read(() -> rows(ids)))
                              .map(rows -> situation(areaId, waiting, rules, seen, rows));
                        }));
  }

  private Situation situation(
      String areaId,
      Waiting waiting,
      Map<String, PoolRules> rules,
      List<Geo.Seen> seen,
      Rows rows) {
    Instant now = clock.now();
    Reach reach =
        new Reach(
            waiting.standing().shape(),
            rules,
            waiting.neighboursAsked(),
            now,
            city.businessDate(now),
            Duration.ofSeconds(settings.fatigueStreakSeconds()),
            Duration.ofSeconds(settings.fatigueRestSeconds()));
    return new Situation(
            areaId,
            now,
            waiting.standing(),
            waiting.open(),
            waiting.excluded(),
            reach.near(
                seen, rows.works(), rows.held(), now.minusSeconds(settings.positionFreshSeconds())))
        .fitting(settings.waveMaxPlaces());
  }

  private static int farthest(Map<String, PoolRules> rules, boolean neighbours) {
    return rules.values().stream()
        .mapToInt(
            r -> neighbours ? Math.max(r.reachMetres(), r.neighbourReachMetres()) : r.reachMetres())
        .max()
        .orElse(0);
  }

  private record Rows(List<RiderWork> works, List<Job> held) {}

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
                  ? Uni.createFrom().item(new Rows(online, List.of()))
                  : jobs.heldBy(busy).map(held -> new Rows(online, held));
            });
  }

  private Uni<Map<String, Set<String>>> excluded(List<Job> open) {
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
