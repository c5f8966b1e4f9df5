package org.shanpai.dispatch.stop;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.shanpai.contracts.event.RouteStop;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.dispatch.DispatchSettings;
import org.shanpai.dispatch.geo.Geo;
import org.shanpai.dispatch.geo.GeoAway;
import org.shanpai.dispatch.job.Job;
import org.shanpai.dispatch.store.LearnedStore;
import org.shanpai.dispatch.store.LearnedStores;
import org.shanpai.messaging.Tx;

/**
 * Gathers what is known of the stops of some jobs. Stop times are kept for a while, so that a wave
 * asks geo-service about new doors only; when it does not answer, plans go on with the settings'
 * times, and it is left alone for a moment. Thread-safe.
 */
@ApplicationScoped
public class StopPlans {

  private static final Logger LOG = Logger.getLogger(StopPlans.class);

  /** Stops asked about in one question. */
  private static final int MOST_ASKED = 500;

  private static final Duration PATIENCE = Duration.ofMillis(800);

  /** No stop takes longer, whatever was learned. */
  private static final int LONGEST_SECONDS = 3_600;

  /**
   * A time once learned.
   *
   * @param time null when nobody has learned one
   */
  private record Kept(Stops.Time time, Instant until) {}

  private final Geo geo;
  private final Tx tx;
  private final LearnedStores stores;
  private final CityClock clock;
  private final DispatchSettings settings;
  private final Map<Geo.StopAsked, Kept> kept;
  private Instant leftAloneUntil = Instant.MIN;

  public StopPlans(
      Geo geo, Tx tx, LearnedStores stores, CityClock clock, DispatchSettings settings) {
    this.geo = geo;
    this.tx = tx;
    this.stores = stores;
    this.clock = clock;
    this.settings = settings;
    this.kept =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<Geo.StopAsked, Kept> eldest) {
            return size() > settings.stopTimesMost();
          }
        };
  }

  /** What to plan the stops of these jobs with. Never fails for want of geo-service. */
  public Uni<Stops> of(Collection<Job> jobs) {
    return learned(jobs)
        .chain(known -> seconds(jobs).map(times -> new Stops(settings, known, times)));
  }

  private Uni<Map<String, LearnedStore>> learned(Collection<Job> jobs) {
    if (!settings.learnedStores() || jobs.isEmpty()) {
      return Uni.createFrom().item(Map.of());
    }
    Set<String> ids = jobs.stream().map(Job::storeId).collect(Collectors.toSet());
    return tx.detached(() -> tx.read(() -> stores.of(ids)));
  }

  private Uni<Map<Geo.StopAsked, Stops.Time>> seconds(Collection<Job> jobs) {
    if (!settings.learnedStops() || jobs.isEmpty()) {
      return Uni.createFrom().item(Map.of());
    }
    Set<Geo.StopAsked> wanted = new LinkedHashSet<>();
    for (Job job : jobs) {
      wanted.add(Stops.asked(job, RouteStop.Kind.PICKUP));
      wanted.add(Stops.asked(job, RouteStop.Kind.DROPOFF));
    }
    List<Geo.StopAsked> unknown = unknown(wanted);
    if (unknown.isEmpty()) {
      return Uni.createFrom().item(present(wanted));
    }
    return geo.stopTimes(unknown)
        .ifNoItem()
        .after(PATIENCE)
        .fail()
        .invoke(times -> keep(unknown, times))
        .onFailure()
        .recoverWithItem(
            failure -> {
              leaveAlone(failure);
              return List.of();
            })
        .map(done -> present(wanted));
  }

  private synchronized List<Geo.StopAsked> unknown(Set<Geo.StopAsked> wanted) {
    Instant now = clock.now();
    if (now.isBefore(leftAloneUntil)) {
      return List.of();
    }
    List<Geo.StopAsked> unknown = new ArrayList<>();
    for (Geo.StopAsked stop : wanted) {
      Kept known = kept.get(stop);
      if ((known == null || !known.until().isAfter(now)) && unknown.size() < MOST_ASKED) {
        unknown.add(stop);
      }
    }
    return unknown;
  }

  private synchronized void keep(List<Geo.StopAsked> stops, List<Geo.StopTime> times) {
    Instant until = clock.now().plusSeconds(settings.stopTimeSeconds());
    for (int i = 0; i < stops.size(); i++) {
      Geo.StopTime time = times.get(i);
      boolean learned = time.samples() > 0 && time.seconds() >= 0;
      kept.put(
          stops.get(i),
          new Kept(
              learned
                  ? new Stops.Time(
                      Math.min(LONGEST_SECONDS, time.seconds()),
                      Math.min(LONGEST_SECONDS, Math.max(time.seconds(), time.p80Seconds())))
                  : null,
              until));
    }
  }

  private synchronized Map<Geo.StopAsked, Stops.Time> present(Set<Geo.StopAsked> wanted) {
    Map<Geo.StopAsked, Stops.Time> present = new HashMap<>();
    for (Geo.StopAsked stop : wanted) {
      // One that ran out while geo-service is away is still the best there is.
      Kept known = kept.get(stop);
      if (known != null && known.time() != null) {
        present.put(stop, known.time());
      }
    }
    return present;
  }

  private synchronized void leaveAlone(Throwable failure) {
    leftAloneUntil = clock.now().plusSeconds(settings.stopTimesRestSeconds());
    LOG.debugf(
        failure,
        "stop times are not told%s; plans go on without",
        failure instanceof GeoAway ? "" : " in time");
  }
}
