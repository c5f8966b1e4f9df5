package org.shanpai.dispatch.wave;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.contracts.event.RouteStop;
import org.shanpai.dispatch.DispatchSettings;
import org.shanpai.dispatch.job.Job;
import org.shanpai.dispatch.work.PlannedStop;
import org.shanpai.dispatch.work.Route;
import org.shanpai.engine.Courier;
import org.shanpai.engine.EngineWeights;
import org.shanpai.engine.SolveLimit;
import org.shanpai.engine.Stop;
import org.shanpai.engine.StopKind;
import org.shanpai.engine.TravelTimes;
import org.shanpai.engine.Wave;

/**
 * Puts a situation into the engine's words, and the engine's routes back into ours. Places are
 * asked for once, however many jobs share a store.
 */
final class WaveModel {

  private final Situation situation;
  private final DispatchSettings settings;
  private final Set<String> far;
  private final Map<GeoPoint, Integer> places = new LinkedHashMap<>();
  private final Map<String, Situation.Near> riders = new LinkedHashMap<>();
  private final Map<String, Job> jobs = new HashMap<>();

  /** Jobs whose longest carry nobody could keep, however straight the ride. */
  private final Set<String> tooFar = new HashSet<>();

  private TravelTimes times;

  WaveModel(Situation situation, DispatchSettings settings) {
    this.situation = situation;
    this.settings = settings;
    this.far = situation.far();
    for (Job job : situation.open()) {
      jobs.put(job.id(), job);
      index(situation.stops().pickup(job));
      index(job.dropoff());
    }
    for (Situation.Near near : situation.riders()) {
      riders.put(near.work().riderId(), near);
      near.held().forEach(job -> jobs.put(job.id(), job));
      index(standsAt(near));
      near.work().route().stops().forEach(stop -> index(stop.place()));
    }
  }

  /** The places whose travel times are needed, in the matrix's order. */
  List<GeoPoint> places() {
    return List.copyOf(places.keySet());
  }

  Wave wave(int[] seconds, long seed, SolveLimit limit) {
    times = TravelTimes.of(places.size(), closed(seconds));
    return new Wave(
        situation.areaId(),
        situation.now().toEpochMilli(),
        seed,
        situation.open().stream().map(this::job).toList(),
        situation.riders().stream().map(this::courier).toList(),
        times,
        EngineWeights.live(),
        limit);
  }

  /** No way leads to or from a job's place in a no-go zone, whatever the streets say. */
  private int[] closed(int[] seconds) {
    int size = places.size();
    int[] closed = seconds;
    for (Job job : situation.open()) {
      for (GeoPoint place : List.of(situation.stops().pickup(job), job.dropoff())) {
        if (!situation.noGo().covers(place)) {
          continue;
        }
        closed = closed == seconds ? seconds.clone() : closed;
        int at = index(place);
        for (int other = 0; other < size; other++) {
          if (other != at) {
            closed[at * size + other] = -1;
            closed[other * size + at] = -1;
          }
        }
      }
    }
    return closed;
  }

  Situation.Near rider(String riderId) {
    return riders.get(riderId);
  }

  Job job(String jobId) {
    return jobs.get(jobId);
  }

  /** The engine's route of a rider, with the times at which the rider would be there. */
  Route route(String riderId, List<Stop> stops, TravelTimes times) {
    Situation.Near near = riders.get(riderId);
    Route present = near.work().route();
    List<PlannedStop> planned = new ArrayList<>();
    Instant left = situation.now();
    int place = index(standsAt(near));
    for (Stop stop : stops) {
      PlannedStop mine = visit(stop, present);
      int travel = mine.arrived() ? 0 : times.seconds(place, stop.place());
      Instant arrival = mine.arrived() ? mine.plannedArrivalAt() : left.plusSeconds(travel);
      Instant begin =
          mine.readyAt() != null && mine.readyAt().isAfter(arrival) ? mine.readyAt() : arrival;
      Instant leave = begin.plus(Duration.ofSeconds(mine.serviceSeconds()));
      planned.add(
          new PlannedStop(
              mine.jobId(),
              mine.kind(),
              mine.place(),
              travel,
              mine.serviceSeconds(),
              mine.readyAt(),
              mine.dueAt(),
              arrival,
              leave,
              mine.arrived(),
              mine.spread()));
      left = leave.isAfter(situation.now()) ? leave : situation.now();
      place = stop.place();
    }
    return new Route(planned);
  }

  /** The stop as the rider has it already, or as it will be. */
  private PlannedStop visit(Stop stop, Route present) {
    if (stop.kind() == StopKind.DROPOFF) {
      var goingBack = present.find(stop.jobId(), RouteStop.Kind.RETURN);
      if (goingBack.isPresent()) {
        return goingBack.get();
      }
    }
    RouteStop.Kind kind =
        stop.kind() == StopKind.PICKUP ? RouteStop.Kind.PICKUP : RouteStop.Kind.DROPOFF;
    return present
        .find(stop.jobId(), kind)
        .orElseGet(
            () -> {
              Job job = jobs.get(stop.jobId());
              boolean pickup = kind == RouteStop.Kind.PICKUP;
              return new PlannedStop(
                  job.id(),
                  kind,
                  pickup ? situation.stops().pickup(job) : job.dropoff(),
                  0,
                  stop.serviceSeconds(),
                  pickup ? situation.stops().ready(job) : null,
                  pickup ? situation.stops().ready(job) : job.promise().end(),
                  situation.now(),
                  situation.now(),
                  false,
                  situation.stops().spread(job, kind));
            });
  }

  private org.shanpai.engine.Job job(Job job) {
    return job(job, situation.stops().pickup(job));
  }

  /**
   * @param pickup where it is picked up; a job in hand keeps the place its rider was told
   */
  private org.shanpai.engine.Job job(Job job, GeoPoint pickup) {
    return new org.shanpai.engine.Job(
        job.id(),
        index(pickup),
        index(job.dropoff()),
        situation.stops().ready(job).toEpochMilli(),
        job.promise().end().toEpochMilli(),
        job.dispatchedFrom().toEpochMilli(),
        situation.stops().pickupSeconds(job),
        situation.stops().dropoffSeconds(job),
        job.loadUnits(),
        job.weightGrams(),
        longestCarry(job, index(pickup), index(job.dropoff())),
        job.direct(),
        job.needs(),
        excluded(job),
        0);
  }

  /**
   * How long the goods may be under way. Where even the straight ride takes longer, the straight
   * ride is the limit: so little too long that nothing would be less.
   */
  private int longestCarry(Job job, int pickup, int dropoff) {
    int told = job.terms().longestCarrySeconds();
    int ride = times.seconds(pickup, dropoff);
    if (told == 0 || ride == TravelTimes.UNREACHABLE) {
      return told;
    }
    int least = ride + situation.stops().dropoffSeconds(job);
    if (least <= told) {
      return told;
    }
    tooFar.add(job.id());
    return least;
  }

  /** Whether the goods are carried longer than they should be, whoever carries them. */
  boolean carriedTooLong(String jobId) {
    return tooFar.contains(jobId);
  }

  private Courier courier(Situation.Near near) {
    List<Stop> route = new ArrayList<>();
    int pinned = 0;
    for (PlannedStop stop : near.work().route().stops()) {
      Job job = jobs.get(stop.jobId());
      if (job == null) {
        continue;
      }
      route.add(stop(stop, job));
      // Somebody who stands at the counter is not sent elsewhere, and a direct job rides alone.
      if (stop.arrived() || job.direct()) {
        pinned = route.size();
      }
    }
    Instant now = situation.now();
    return new Courier(
        near.work().riderId(),
        index(standsAt(near)),
        now.toEpochMilli(),
        near.work().capacityUnits(),
        near.work().capacityGrams(settings.gramsPerUnit()),
        near.aboardUnits(),
        route,
        pinned,
        releasable(near, route.subList(0, pinned)),
        near.work().dutyEnds() == null ? 0 : near.work().dutyEnds().toEpochMilli(),
        near.workEnds() == null ? 0 : near.workEnds().toEpochMilli(),
        1.0,
        near.work().levelMilliPoints(),
        near.work().equipment(),
        near.accepts(now),
        near.work().onlineHours(now),
        near.work().deliveredCount());
  }

  /**
   * Jobs in hand that may go to somebody better placed: not picked up, their rider not at the
   * counter, and not taken by the rider's own hand. One that went from rider to rider stays.
   */
  private List<org.shanpai.engine.Job> releasable(Situation.Near near, List<Stop> pinned) {
    Set<String> bound = pinned.stream().map(Stop::jobId).collect(Collectors.toSet());
    return near.held().stream()
        .filter(
            job ->
                job.status() == JobStatus.ASSIGNED
                    && !job.grabbed()
                    && job.reassigned() < settings.reassignMost()
                    && !bound.contains(job.id())
                    && near.work().route().find(job.id(), RouteStop.Kind.PICKUP).isPresent())
        .map(job -> job(job, told(near, job)))
        .toList();
  }

  private static GeoPoint told(Situation.Near near, Job job) {
    return near.work().route().find(job.id(), RouteStop.Kind.PICKUP).orElseThrow().place();
  }

  private Stop stop(PlannedStop stop, Job job) {
    boolean pickup = stop.kind() == RouteStop.Kind.PICKUP;
    boolean dropoff = stop.kind() == RouteStop.Kind.DROPOFF;
    return new Stop(
        stop.jobId(),
        pickup ? StopKind.PICKUP : StopKind.DROPOFF,
        index(stop.place()),
        pickup && stop.readyAt() != null ? stop.readyAt().toEpochMilli() : 0,
        dropoff && stop.dueAt() != null ? stop.dueAt().toEpochMilli() : 0,
        stop.serviceSeconds(),
        job.loadUnits(),
        job.weightGrams(),
        job.terms().longestCarrySeconds(),
        dropoff && job.pickedUpAt() != null ? job.pickedUpAt().toEpochMilli() : 0);
  }

  /**
   * Who declined it or wants none of its customer, and, as long as nearer ones are asked, who is
   * far away.
   */
  private Set<String> excluded(Job job) {
    Set<String> declined = situation.excluded().from(job.id());
    if (far.isEmpty() || job.neighboursAsked()) {
      return declined;
    }
    Set<String> all = new HashSet<>(far);
    all.addAll(declined);
    return all;
  }

  private static GeoPoint standsAt(Situation.Near near) {
    List<PlannedStop> stops = near.work().route().stops();
    return !stops.isEmpty() && stops.get(0).arrived() ? stops.get(0).place() : near.place();
  }

  private int index(GeoPoint place) {
    return places.computeIfAbsent(place, unknown -> places.size());
  }
}
