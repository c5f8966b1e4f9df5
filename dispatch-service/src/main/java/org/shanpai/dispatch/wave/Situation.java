package org.shanpai.dispatch.wave;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.dispatch.geo.Geo;
import org.shanpai.dispatch.job.Job;
import org.shanpai.dispatch.work.RiderWork;

/**
 * What a wave has read of an area: rows and fresh positions, nothing that is kept from wave to
 * wave.
 *
 * @param now city time of the wave
 * @param open open jobs, oldest first
 * @param excluded riders who may not get a job now, by job
 * @param riders who is near, in the order of their ids
 */
record Situation(
    String areaId,
    Instant now,
    List<Job> open,
    Map<String, Set<String>> excluded,
    List<Near> riders) {

  /**
   * A rider in or near the area.
   *
   * @param held jobs in hand, oldest first
   */
  record Near(RiderWork work, GeoPoint place, List<Job> held) {

    boolean accepts(Instant now) {
      return work.takesOffers(now)
          && held.stream().noneMatch(job -> job.status() == JobStatus.EXCEPTION);
    }

    int aboardUnits() {
      return held.stream().filter(Job::aboard).mapToInt(Job::loadUnits).sum();
    }
  }

  static List<Near> near(
      List<Geo.Seen> seen, List<RiderWork> works, List<Job> held, Instant now, int freshSeconds) {
    Instant oldest = now.minus(Duration.ofSeconds(freshSeconds));
    Map<String, GeoPoint> places =
        seen.stream()
            .filter(s -> !s.at().isBefore(oldest))
            .collect(Collectors.toMap(Geo.Seen::riderId, Geo.Seen::place, (first, again) -> first));
    Map<String, List<Job>> byRider = held.stream().collect(Collectors.groupingBy(Job::riderId));
    return works.stream()
        .filter(work -> places.containsKey(work.riderId()))
        .map(
            work ->
                new Near(
                    work,
                    places.get(work.riderId()),
                    byRider.getOrDefault(work.riderId(), List.of())))
        .toList();
  }

  /**
   * The same with fewer riders, if there are more places than can be asked for: who takes no offers
   * goes first, then who is farther from every open pickup.
   */
  Situation fitting(int mostPlaces) {
    Set<GeoPoint> places = new HashSet<>();
    open.forEach(job -> places.addAll(List.of(job.pickup(), job.dropoff())));
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
    return kept.size() == riders.size() ? this : new Situation(areaId, now, open, excluded, kept);
  }

  private double metresToWork(Near near) {
    return open.stream()
        .mapToDouble(job -> job.pickup().metresTo(near.place()))
        .min()
        .orElse(Double.MAX_VALUE);
  }

  /** Equal for two waves between which nothing happened but that riders moved on. */
  int fingerprint() {
    int print = 7;
    for (Job job : open) {
      print = 31 * print + Objects.hash(job.id(), job.epoch(), job.readyOrExpected());
    }
    for (Near near : riders) {
      print =
          31 * print
              + Objects.hash(near.work().riderId(), near.work().version(), near.accepts(now));
    }
    return print;
  }
}
