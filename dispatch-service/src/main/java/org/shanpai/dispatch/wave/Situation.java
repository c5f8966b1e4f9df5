package org.shanpai.dispatch.wave;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.dispatch.area.Areas;
import org.shanpai.dispatch.job.Job;
import org.shanpai.dispatch.pool.PoolRules;
import org.shanpai.dispatch.stop.Stops;
import org.shanpai.dispatch.work.NoOffers;
import org.shanpai.dispatch.work.RiderWork;
import org.shanpai.dispatch.zone.NoGoMap;

/**
 * What a wave has read of an area: rows and fresh positions, nothing that is kept from wave to
 * wave.
 *
 * @param now city time of the wave
 * @param standing how the area works
 * @param open open jobs, oldest first
 * @param excluded riders who may not get a job now
 * @param riders who is near, in the order of their ids
 * @param silent how many online riders were left out because their last ping is too old
 * @param stops how long stops take, and where and when goods are had
 * @param noGo where no door is served
 */
record Situation(
    String areaId,
    Instant now,
    Areas.Standing standing,
    List<Job> open,
    Excluded excluded,
    List<Near> riders,
    int silent,
    Stops stops,
    NoGoMap noGo) {

  /**
   * A rider in or near the area.
   *
   * @param held jobs in hand, oldest first
   * @param rules of the rider's pool
   * @param room how many more jobs they may have in hand
   * @param workEnds when anything new has to be finished, by the limits of working time; not after
   *     now where nothing new may be begun; null without limits
   * @param far outside their reach, and only asked for jobs that nobody nearer takes
   * @param noOffers what about the phone stands against offers; null for nothing
   */
  record Near(
      RiderWork work,
      GeoPoint place,
      List<Job> held,
      PoolRules rules,
      int room,
      Instant workEnds,
      boolean far,
      NoOffers noOffers) {

    boolean accepts(Instant now) {
      return noOffers == null && couldAccept(now);
    }

    /** Whether only the phone stands against it. */
    boolean couldAccept(Instant now) {
      return room > 0
          && (workEnds == null || workEnds.isAfter(now))
          && work.takesOffers(now)
          && held.stream().noneMatch(job -> job.status() == JobStatus.EXCEPTION);
    }

    int aboardUnits() {
      return held.stream().filter(Job::aboard).mapToInt(Job::loadUnits).sum();
    }
  }

  /**
   * The same with fewer riders, if there are more places than can be asked for: who takes no offers
   * goes first, then who is farther from every open pickup.
   */
  Situation fitting(int mostPlaces) {
    Set<GeoPoint> places = new HashSet<>();
    open.forEach(job -> places.addAll(List.of(stops.pickup(job), job.dropoff())));
    List<Near> byUse =
        riders.stream()
            .sorted(
                Comparator.comparing((Near near) -> !near.accepts(now))
                    .thenComparingDouble(this::metresToWork))
            .toList();
    List<Near> kept = new ArrayList<>();
    for (Near near : byUse) {
      places.add(near.place());
      near.work().route().stops().forEach(stop -> places.add(stop.place()));
      if (places.size() > mostPlaces) {
        break;
      }
      kept.add(near);
    }
    return kept.size() == riders.size()
        ? this
        : new Situation(areaId, now, standing, open, excluded, kept, silent, stops, noGo);
  }

  private double metresToWork(Near near) {
    return open.stream()
        .mapToDouble(job -> stops.pickup(job).metresTo(near.place()))
        .min()
        .orElse(Double.MAX_VALUE);
  }

  /** How many riders only their phones keep from offers, by reason. */
  Map<NoOffers, Integer> unfit() {
    Map<NoOffers, Integer> unfit = new EnumMap<>(NoOffers.class);
    for (Near near : riders) {
      if (near.noOffers() != null && near.couldAccept(now)) {
        unfit.merge(near.noOffers(), 1, Integer::sum);
      }
    }
    return unfit;
  }

  /** How many riders would have been asked for a job but for their own wish. */
  int wishing(String jobId) {
    Set<String> wishing = excluded.wishing(jobId);
    return wishing.isEmpty()
        ? 0
        : (int)
            riders.stream()
                .filter(near -> wishing.contains(near.work().riderId()) && near.accepts(now))
                .count();
  }

  /** Riders who are only asked for jobs that nobody nearer takes. */
  Set<String> far() {
    return riders.stream()
        .filter(Near::far)
        .map(near -> near.work().riderId())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Equal for two waves between which nothing happened but that riders moved on. */
  int fingerprint() {
    int print = 7 + excluded.wished().hashCode();
    for (Job job : open) {
      print = 31 * print + Objects.hash(job.id(), job.epoch(), stops.ready(job), job.unclaimed());
    }
    for (Near near : riders) {
      print =
          31 * print
              + Objects.hash(near.work().riderId(), near.work().version(), near.accepts(now));
    }
    return print;
  }
}
