package org.shanpai.bench.peers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.shanpai.bench.city.EngineRecords;
import org.shanpai.engine.CostTerms;
import org.shanpai.engine.Courier;
import org.shanpai.engine.DecisionRule;
import org.shanpai.engine.DispatchEngine;
import org.shanpai.engine.Job;
import org.shanpai.engine.JobDecision;
import org.shanpai.engine.Plan;
import org.shanpai.engine.PlanChecker;
import org.shanpai.engine.PlanCost;
import org.shanpai.engine.Receipt;
import org.shanpai.engine.SolveLimit;
import org.shanpai.engine.SolveStats;
import org.shanpai.engine.Stop;
import org.shanpai.engine.StopKind;
import org.shanpai.engine.Wave;

/**
 * The one evaluator: prices any solver's routes by the same rules.
 *
 * <p>Each changed route is checked by {@link PlanChecker}. A route that breaks a hard rule counts
 * as the committed one, and its new jobs as held. A job on two routes counts on the first. Thread
 * confined.
 */
public final class RouteJudge {

  /**
   * What routes are worth.
   *
   * @param cost routes and held jobs, mc
   * @param planned open jobs on a route
   * @param held open jobs on none, at the price of holding
   * @param overdue of the held, those that may not be held
   * @param broken what was wrong, one sentence each
   */
  public record Verdict(long cost, int planned, int held, int overdue, List<String> broken) {}

  private final FlatWave flat;
  private final FlatRide ride;
  private final Map<String, Integer> stopIndex = new HashMap<>();

  public RouteJudge(Wave wave) {
    this.flat = new FlatWave(wave);
    this.ride = new FlatRide(flat);
    for (int s = 0; s < flat.stops; s++) {
      stopIndex.put(key(flat.stop[s]), s);
    }
  }

  private static String key(Stop stop) {
    return stop.kind() + " " + stop.jobId();
  }

  /** What the committed routes cost when nothing is changed and no job counts, mc. */
  public long committedCost() {
    long cost = 0;
    for (int c = 0; c < flat.couriers; c++) {
      ride.ride(c, flat.committed[c]);
      cost += ride.cost();
    }
    return cost;
  }

  /** Judges routes by courier id, pinned stops first; a courier left out keeps what they have. */
  public Verdict judge(Map<String, List<Stop>> routes) {
    List<String> broken = new ArrayList<>();
    Set<String> planned = new HashSet<>();
    long cost = 0;
    for (int c = 0; c < flat.couriers; c++) {
      Courier courier = flat.wave.couriers().get(c);
      List<Stop> route = routes.getOrDefault(courier.id(), courier.route());
      List<Job> fresh = new ArrayList<>();
      int[] movable = movable(c, courier, route, planned, fresh, broken);
      if (movable != null && !route.equals(courier.route())) {
        List<String> violations = violations(courier, route, fresh);
        if (!violations.isEmpty()) {
          broken.addAll(violations);
          movable = null;
        }
      }
      if (movable == null) {
        movable = flat.committed[c];
      } else {
        fresh.forEach(job -> planned.add(job.id()));
      }
      ride.ride(c, movable);
      cost += ride.cost();
    }
    int held = 0;
    int overdue = 0;
    for (int j = 0; j < flat.jobs; j++) {
      if (!planned.contains(flat.wave.jobs().get(j).id())) {
        cost += flat.holdCost[j];
        held++;
        overdue += flat.holdCost[j] == FlatWave.MUST_GO ? 1 : 0;
      }
    }
    return new Verdict(cost, flat.jobs - held, held, overdue, broken);
  }

  /** Indexes of the stops after the pinned ones; null when the route is not made of our stops. */
  private int[] movable(
      int c,
      Courier courier,
      List<Stop> route,
      Set<String> planned,
      List<Job> fresh,
      List<String> broken) {
    int pinned = courier.pinnedStops();
    if (route.size() < pinned
        || !route.subList(0, pinned).equals(courier.route().subList(0, pinned))) {
      broken.add("courier %s: the pinned stops changed".formatted(courier.id()));
      return null;
    }
    int[] indexes = new int[route.size() - pinned];
    for (int i = pinned; i < route.size(); i++) {
      Stop stop = route.get(i);
      Integer index = stopIndex.get(key(stop));
      if (index == null
          || !flat.stop[index].equals(stop)
          || flat.owner[index] >= 0 && flat.owner[index] != c
          || planned.contains(stop.jobId())) {
        broken.add(
            "courier %s: has a stop of %s that is not theirs"
                .formatted(courier.id(), stop.jobId()));
        return null;
      }
      indexes[i - pinned] = index;
      if (flat.owner[index] < 0 && stop.kind() == StopKind.PICKUP) {
        fresh.add(flat.wave.jobs().get(index >> 1));
      }
    }
    return indexes;
  }

  /** Asks the engine's checker about this one route, its new jobs taken as offers. */
  private List<String> violations(Courier courier, List<Stop> route, List<Job> fresh) {
    List<JobDecision> offers = new ArrayList<>();
    for (Job job : fresh) {
      offers.add(
          new JobDecision.Offer(
              job.id(),
              courier.id(),
              job.id(),
              indexOf(route, job, StopKind.PICKUP),
              indexOf(route, job, StopKind.DROPOFF),
              0,
              0,
              0,
              Receipt.without(DecisionRule.LEAVE_NOW)));
    }
    Wave alone =
        EngineRecords.with(flat.wave, 0, SolveLimit.constructionOnly(), fresh, List.of(courier));
    return PlanChecker.violations(
        alone,
        new Plan(
            Map.of(courier.id(), route),
            offers,
            List.of(),
            new PlanCost(CostTerms.ZERO, 0),
            new SolveStats(0, 0, 0, false, null, 0, DispatchEngine.VERSION)));
  }

  private static int indexOf(List<Stop> route, Job job, StopKind kind) {
    for (int i = 0; i < route.size(); i++) {
      if (route.get(i).jobId().equals(job.id()) && route.get(i).kind() == kind) {
        return i;
      }
    }
    return -1;
  }
}
