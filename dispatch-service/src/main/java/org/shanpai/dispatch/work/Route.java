package org.shanpai.dispatch.work;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntBiFunction;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.event.RouteStop;

/**
 * The stops a rider has to come, in order. Every change plans the times of the later stops anew.
 * Immutable.
 *
 * @param stops at most two for each job: goods aboard have only a drop-off or a return
 */
public record Route(List<PlannedStop> stops) {

  public static final Route EMPTY = new Route(List.of());

  public Route {
    stops = List.copyOf(stops);
  }

  /** The stop of that job and kind, or empty. */
  public Optional<PlannedStop> find(String jobId, RouteStop.Kind kind) {
    return stops.stream().filter(s -> s.jobId().equals(jobId) && s.kind() == kind).findFirst();
  }

  /** The rider stands at the stop: it is now the first. Unknown stops change nothing. */
  public Route arrivedAt(String jobId, RouteStop.Kind kind, Instant at) {
    Optional<PlannedStop> stop = find(jobId, kind);
    if (stop.isEmpty()) {
      return this;
    }
    List<PlannedStop> changed = new ArrayList<>(stops);
    changed.remove(stop.get());
    changed.add(0, stop.get().arrivedAt(at));
    return new Route(timed(changed, at));
  }

  /** The stop is done; the rider leaves it now. */
  public Route doneAt(String jobId, RouteStop.Kind kind, Instant at) {
    Optional<PlannedStop> stop = find(jobId, kind);
    if (stop.isEmpty()) {
      return this;
    }
    List<PlannedStop> changed = new ArrayList<>(stops);
    changed.remove(stop.get());
    return new Route(timed(changed, at));
  }

  /**
   * Without the stops of some jobs. The way past a dropped stop is kept as the sum of the legs
   * through it, so that a time mended without a map errs late.
   */
  public Route without(Collection<String> jobIds) {
    return keeping(stops, s -> !jobIds.contains(s.jobId()));
  }

  /** With one more stop at the end, {@code travelSeconds} after the last. */
  public Route then(PlannedStop stop, Instant now) {
    List<PlannedStop> changed = new ArrayList<>(stops);
    changed.add(stop);
    return new Route(timed(changed, departure(stops, now)));
  }

  /** The kitchen of a job changed its mind. */
  public Route ready(String jobId, Instant readyAt) {
    List<PlannedStop> changed = new ArrayList<>();
    for (PlannedStop stop : stops) {
      boolean meant = stop.jobId().equals(jobId) && stop.kind() == RouteStop.Kind.PICKUP;
      changed.add(meant ? stop.due(readyAt, readyAt) : stop);
    }
    return new Route(timed(changed, departure(stops, Instant.EPOCH)));
  }

  /**
   * A stop lies elsewhere now. It keeps its turn.
   *
   * @param ways seconds from place to place, for the ways to and from it
   */
  public Route moved(
      String jobId, RouteStop.Kind kind, GeoPoint place, ToIntBiFunction<GeoPoint, GeoPoint> ways) {
    List<PlannedStop> changed = new ArrayList<>(stops);
    for (int i = 0; i < changed.size(); i++) {
      PlannedStop stop = changed.get(i);
      if (!stop.jobId().equals(jobId) || stop.kind() != kind) {
        continue;
      }
      GeoPoint from = i == 0 ? stop.place() : changed.get(i - 1).place();
      int more = i == 0 ? stop.travelSeconds() : 0;
      changed.set(i, stop.at(place, more + ways.applyAsInt(from, place)));
      if (i + 1 < changed.size()) {
        PlannedStop next = changed.get(i + 1);
        changed.set(i + 1, next.at(next.place(), ways.applyAsInt(place, next.place())));
      }
    }
    return new Route(timed(changed, departure(stops, Instant.EPOCH)));
  }

  /** The deadlines of drop-offs, by job. Jobs not in the map keep theirs. */
  public Route deadlines(Map<String, Instant> byJob) {
    List<PlannedStop> changed = new ArrayList<>();
    for (PlannedStop stop : stops) {
      Instant due = byJob.get(stop.jobId());
      changed.add(
          due != null && stop.kind() == RouteStop.Kind.DROPOFF
              ? stop.due(stop.readyAt(), due)
              : stop);
    }
    return new Route(changed);
  }

  /**
   * The offered route, made true again: since it was planned the rider may have taken steps, lost a
   * job or got a return. What is done is dropped, what is new is appended, and where the rider
   * stands comes first.
   *
   * @param offered the whole route as planned at the offer
   * @param added the jobs of the offer
   */
  public Route adopt(Route offered, Set<String> added, Instant now) {
    Route kept =
        keeping(
            offered.stops, s -> added.contains(s.jobId()) || stops.stream().anyMatch(s::sameVisit));
    List<PlannedStop> merged = new ArrayList<>(kept.stops);
    for (PlannedStop mine : stops) {
      if (merged.stream().noneMatch(mine::sameVisit)) {
        merged.add(mine);
      }
    }
    if (!stops.isEmpty() && stops.get(0).arrived()) {
      PlannedStop here = stops.get(0);
      merged.removeIf(here::sameVisit);
      merged.add(0, here);
    }
    boolean asPlanned =
        !merged.isEmpty()
            && !offered.stops.isEmpty()
            && merged.get(0).sameVisit(offered.stops.get(0));
    return new Route(timed(merged, asPlanned ? departure(offered.stops, now) : now));
  }

  /**
   * Whether it can be ridden: each pickup before its drop-off, never more aboard than fits, a
   * direct job alone between its two stops.
   *
   * @param aboard units in the box now; or grams, and grams in all that follows
   * @param units by job
   * @param direct jobs that go alone
   */
  public boolean feasible(
      int aboard, int capacity, Map<String, Integer> units, Set<String> direct) {
    int load = aboard;
    Set<String> open = new HashSet<>();
    Set<String> done = new HashSet<>();
    for (PlannedStop stop : stops) {
      int size = units.getOrDefault(stop.jobId(), 0);
      if (stop.kind() == RouteStop.Kind.PICKUP) {
        if (done.contains(stop.jobId())) {
          return false;
        }
        load += size;
        open.add(stop.jobId());
        boolean crowdsDirect =
            (direct.contains(stop.jobId()) && load > size)
                || open.stream().anyMatch(j -> direct.contains(j) && !j.equals(stop.jobId()));
        if (load > capacity || crowdsDirect) {
          return false;
        }
      } else {
        load -= size;
        open.remove(stop.jobId());
        done.add(stop.jobId());
      }
    }
    return true;
  }

  /** As others see it. */
  public List<RouteStop> published() {
    return stops.stream().map(PlannedStop::published).toList();
  }

  private static Route keeping(
      List<PlannedStop> from, java.util.function.Predicate<PlannedStop> wanted) {
    List<PlannedStop> kept = new ArrayList<>();
    int passed = 0;
    for (PlannedStop stop : from) {
      if (wanted.test(stop)) {
        kept.add(stop.travelling(stop.travelSeconds() + passed));
        passed = 0;
      } else {
        passed += stop.travelSeconds();
      }
    }
    return new Route(timed(kept, departure(from, Instant.EPOCH)));
  }

  private static Instant departure(List<PlannedStop> stops, Instant otherwise) {
    if (stops.isEmpty()) {
      return otherwise;
    }
    PlannedStop first = stops.get(0);
    return first.plannedArrivalAt().minusSeconds(first.travelSeconds());
  }

  private static List<PlannedStop> timed(List<PlannedStop> stops, Instant departure) {
    List<PlannedStop> timed = new ArrayList<>();
    Instant left = departure;
    for (PlannedStop stop : stops) {
      PlannedStop planned = stop.from(left);
      timed.add(planned);
      left = planned.plannedLeaveAt();
    }
    return timed;
  }
}
