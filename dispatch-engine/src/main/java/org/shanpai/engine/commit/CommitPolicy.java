package org.shanpai.engine.commit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.shanpai.engine.Courier;
import org.shanpai.engine.DecisionRule;
import org.shanpai.engine.EngineWeights;
import org.shanpai.engine.JobDecision;
import org.shanpai.engine.Reassignment;
import org.shanpai.engine.Receipt;
import org.shanpai.engine.Stop;
import org.shanpai.engine.routing.Insertion;
import org.shanpai.engine.routing.PlanState;
import org.shanpai.engine.routing.RouteCost;
import org.shanpai.engine.routing.WaveProblem;

/**
 * Turns a tentative plan into decisions: only what has to be decided now is.
 *
 * <p>A planned job is offered from shortly before its courier has to set out for the shop, earlier
 * when the promise is near, and at once when it may be held no longer. Until then it stays open,
 * and the next wave may find something better. A courier gets one offer a wave; jobs that an idle
 * courier takes from the same store one after the other are one bundle.
 */
public final class CommitPolicy {

  /** When to look again at a job whose courier is being asked about another one. */
  private static final long ASK_AGAIN_MILLIS = 10_000;

  private final WaveProblem problem;
  private final PlanState state;
  private final RouteCost cost;
  private final ReceiptBook receipts;
  private final JobDecision[] decisions;
  private final Map<String, List<Stop>> routes = new LinkedHashMap<>();
  private final List<Reassignment> reassignments = new ArrayList<>();

  /** Routes to give out, by courier, as enough futures agreed; null when nobody asked them. */
  private final Map<Integer, int[]> agreed;

  private final Set<Integer> agreedJobs = new HashSet<>();

  CommitPolicy(WaveProblem problem, PlanState state, RouteCost cost, Map<Integer, int[]> agreed) {
    this.agreed = agreed;
    if (agreed != null) {
      for (int[] route : agreed.values()) {
        for (int stop : route) {
          if (problem.open[stop]) {
            agreedJobs.add(WaveProblem.jobOf(stop));
          }
        }
      }
    }
    this.problem = problem;
    this.state = state;
    this.cost = cost;
    this.receipts = new ReceiptBook(problem, state, cost);
    this.decisions = new JobDecision[problem.wave.jobs().size()];
  }

  /**
   * Decisions of a wave.
   *
   * @param routes by courier id, committed and offered stops
   * @param jobs one decision for each job of the wave, in its order
   * @param reassignments committed jobs that change couriers
   */
  public record Decisions(
      Map<String, List<Stop>> routes, List<JobDecision> jobs, List<Reassignment> reassignments) {}

  /** Decides every job of the wave. */
  public static Decisions decide(WaveProblem problem, PlanState state, RouteCost cost) {
    return new CommitPolicy(problem, state, cost, FutureVotes.agreed(problem, state, cost))
        .decide();
  }

  private Decisions decide() {
    problem.refused.forEach(
        (index, rule) ->
            decisions[index] =
                new JobDecision.NoCourier(
                    problem.wave.jobs().get(index).id(), rule, Receipt.without(rule)));
    for (int j = 0; j < problem.openCount; j++) {
      if (state.held()[j] && !agreedJobs.contains(j)) {
        decisions[problem.waveJob[j]] = unplanned(j);
      }
    }
    for (int c = 0; c < problem.courierCount; c++) {
      if (!problem.usable[c]) {
        // A second entry of the same id must not replace the first one's route.
        routes.putIfAbsent(problem.courier(c).id(), problem.courier(c).route());
        continue;
      }
      int[] route = planned(c);
      List<Stop> stops = new ArrayList<>();
      Courier courier = problem.courier(c);
      stops.addAll(courier.route().subList(0, courier.pinnedStops()));
      for (int stop : route) {
        stops.add(problem.stop[stop]);
      }
      routes.put(courier.id(), List.copyOf(stops));
      reassigned(c, route);
    }
    routes.values().removeIf(List::isEmpty);
    return new Decisions(routes, List.of(decisions), List.copyOf(reassignments));
  }

  /** Tells of the jobs that this courier takes over. */
  private void reassigned(int c, int[] route) {
    RouteCost.Timeline line = null;
    for (int stop : route) {
      int home = problem.home[stop];
      if (home < 0 || home == c || !problem.pickup[stop]) {
        continue;
      }
      line = line == null ? cost.timeline(c, route) : line;
      int job = WaveProblem.jobOf(stop);
      reassignments.add(
          new Reassignment(
              problem.job(job).id(),
              problem.courier(home).id(),
              problem.courier(c).id(),
              Reassigning.gain(problem, state, cost, job),
              problem.millis(line.arrival()[indexOf(route, stop)]),
              problem.millis(line.end()[indexOf(route, WaveProblem.dropoffOf(job))]),
              receipts.of(job, DecisionRule.REASSIGNMENT_PAYS)));
    }
  }

  private JobDecision unplanned(int job) {
    String id = problem.job(job).id();
    if (problem.candidates[job].length == 0) {
      DecisionRule rule =
          problem.courierCount == 0 ? DecisionRule.NO_COURIERS : DecisionRule.ALL_REJECTED;
      return new JobDecision.NoCourier(id, rule, receipts.of(job, rule));
    }
    Receipt receipt = receipts.of(job, DecisionRule.WAITING_IS_CHEAPER);
    if (receipt.candidates().isEmpty() || problem.holdSeconds[job] == 0) {
      return new JobDecision.NoCourier(
          id, DecisionRule.NO_ROOM, receipts.of(job, DecisionRule.NO_ROOM));
    }
    return new JobDecision.Hold(
        id, problem.millis(problem.holdSeconds[job]), DecisionRule.WAITING_IS_CHEAPER, receipt);
  }

  /** Decides the open jobs of one courier and returns the stops to give out. */
  private int[] planned(int c) {
    int[] tentative = state.routes()[c];
    List<Integer> jobs = new ArrayList<>();
    for (int stop : tentative) {
      if (problem.open[stop] && problem.pickup[stop]) {
        jobs.add(WaveProblem.jobOf(stop));
      }
    }
    if (agreed != null) {
      return agreed(c, tentative, jobs);
    }
    if (jobs.isEmpty()) {
      return withoutOffer(c, tentative);
    }
    RouteCost.Timeline line = cost.timeline(c, tentative);
    Map<Integer, Verdict> verdicts = new HashMap<>();
    jobs.forEach(job -> verdicts.put(job, verdict(c, job, tentative, line)));
    Map<Integer, DecisionRule> offered = due(c, tentative, line);
    int[] given = offered.isEmpty() ? null : offeredRoute(c, tentative, offered);
    for (int job : jobs) {
      if (given == null || !offered.containsKey(job)) {
        hold(job, verdicts.get(job));
      }
    }
    if (given == null) {
      return withoutOffer(c, tentative);
    }
    offer(c, given, offered);
    return given;
  }

  /** What the courier should be offered now by the given route: one job, or one from one shop. */
  Map<Integer, DecisionRule> due(int c, int[] route, RouteCost.Timeline line) {
    Map<Integer, DecisionRule> offered = new LinkedHashMap<>();
    for (int stop : route) {
      if (!problem.open[stop] || !problem.pickup[stop]) {
        continue;
      }
      int job = WaveProblem.jobOf(stop);
      Verdict verdict = verdict(c, job, route, line);
      if (verdict.offer) {
        offered.put(job, verdict.rule);
        if (problem.courier(c).route().isEmpty()) {
          sameStore(job, route).forEach(j -> offered.put(j, DecisionRule.SAME_STORE_BUNDLE));
        }
        break;
      }
    }
    return offered;
  }

  /** Gives out what the futures agreed on; what they did not agree on waits while it can. */
  private int[] agreed(int c, int[] tentative, List<Integer> jobs) {
    int[] given = agreed.get(c);
    RouteCost.Timeline line = jobs.isEmpty() ? null : cost.timeline(c, tentative);
    for (int job : jobs) {
      if (agreedJobs.contains(job)) {
        continue;
      }
      Verdict verdict = verdict(c, job, tentative, line);
      if (verdict.rule == DecisionRule.HOLD_EXHAUSTED && given == null) {
        Map<Integer, DecisionRule> alone = Map.of(job, verdict.rule);
        given = offeredRoute(c, tentative, alone);
        if (given != null) {
          offer(c, given, alone);
          agreedJobs.add(job);
          return given;
        }
      }
    }
    for (int job : jobs) {
      if (!agreedJobs.contains(job)) {
        Verdict verdict = verdict(c, job, tentative, line);
        hold(
            job,
            verdict.offer
                ? new Verdict(
                    false,
                    DecisionRule.FUTURES_DISAGREE,
                    problem.wave.nowMillis() + ASK_AGAIN_MILLIS)
                : verdict);
      }
    }
    if (given == null) {
      return withoutOffer(c, tentative);
    }
    Map<Integer, DecisionRule> offered = new LinkedHashMap<>();
    for (int stop : given) {
      if (problem.open[stop] && problem.pickup[stop]) {
        offered.put(
            WaveProblem.jobOf(stop),
            offered.isEmpty() ? DecisionRule.LEAVE_NOW : DecisionRule.SAME_STORE_BUNDLE);
      }
    }
    offer(c, given, offered);
    return given;
  }

  /**
   * @param offer whether to ask now
   * @param rule why, or why not yet
   * @param untilMillis when to look again at the latest, for a job that waits
   */
  private record Verdict(boolean offer, DecisionRule rule, long untilMillis) {}

  private Verdict verdict(int c, int job, int[] route, RouteCost.Timeline line) {
    EngineWeights w = problem.weights;
    int at = indexOf(route, WaveProblem.pickupOf(job));
    int from = at == 0 ? problem.startPlace[c] : problem.place[route[at - 1]];
    int leg = problem.leg(c, from, problem.place[route[at]]);
    // Setting out later than this makes the pickup later than planned; where a visit is served as a
    // whole, later than what of it is ready last.
    int last = at;
    while (problem.wave.rules().sharedPickup()
        && last + 1 < route.length
        && problem.pickup[route[last + 1]]
        && problem.place[route[last + 1]] == problem.place[route[at]]) {
      last++;
    }
    long leave = line.begin()[last] - (long) leg - w.offerLeadSeconds();
    int dropoff = WaveProblem.dropoffOf(job);
    long slack = (long) problem.due[dropoff] - line.end()[indexOf(route, dropoff)];
    boolean endangered = slack < w.safetySeconds();
    long ahead = endangered ? w.endangeredAheadSeconds() : w.commitAheadSeconds();
    long holdUntil = problem.job(job).holdUntilMillis();
    if (leave <= w.commitAheadSeconds()) {
      return new Verdict(true, DecisionRule.LEAVE_NOW, 0);
    }
    if (leave <= ahead) {
      return new Verdict(true, DecisionRule.PROMISE_NEAR, 0);
    }
    if (holdUntil > 0 && holdUntil <= problem.wave.nowMillis()) {
      return new Verdict(true, DecisionRule.HOLD_EXHAUSTED, 0);
    }
    long until = problem.wave.nowMillis() + (leave - ahead) * 1000;
    if (holdUntil > 0) {
      until = Math.min(until, holdUntil);
    }
    boolean busy = at > 0 || problem.startTime[c] > 0;
    boolean early = line.begin()[at] > line.arrival()[at];
    DecisionRule rule =
        early || !busy ? DecisionRule.GOODS_NOT_READY : DecisionRule.COURIER_BUSY_UNTIL_LATER;
    return new Verdict(false, rule, until);
  }

  private void hold(int job, Verdict verdict) {
    DecisionRule rule = verdict.offer ? DecisionRule.COURIER_HAS_ANOTHER_OFFER : verdict.rule;
    long until = verdict.offer ? problem.wave.nowMillis() + ASK_AGAIN_MILLIS : verdict.untilMillis;
    decisions[problem.waveJob[job]] =
        new JobDecision.Hold(problem.job(job).id(), until, rule, receipts.of(job, rule));
  }

  /** Open jobs picked up at the same place straight after this one. */
  private List<Integer> sameStore(int first, int[] route) {
    List<Integer> along = new ArrayList<>();
    int pickup = WaveProblem.pickupOf(first);
    for (int i = indexOf(route, pickup) + 1; i < route.length; i++) {
      int stop = route[i];
      if (!problem.open[stop]
          || !problem.pickup[stop]
          || problem.place[stop] != problem.place[pickup]) {
        break;
      }
      along.add(WaveProblem.jobOf(stop));
    }
    return along;
  }

  /** The tentative route without the jobs that wait; null when it cannot be ridden like that. */
  int[] offeredRoute(int c, int[] tentative, Map<Integer, DecisionRule> offered) {
    int[] kept =
        Arrays.stream(tentative)
            .filter(s -> !problem.open[s] || offered.containsKey(WaveProblem.jobOf(s)))
            .toArray();
    if (cost.of(c, kept) != RouteCost.INFEASIBLE) {
      return kept;
    }
    // Only where the matrix breaks the triangle inequality: a way through a held stop was shorter.
    Insertion insertion = new Insertion(problem, cost);
    int[] route = withoutOffer(c, tentative);
    for (int job : offered.keySet()) {
      int pickup = WaveProblem.pickupOf(job);
      int dropoff = WaveProblem.dropoffOf(job);
      if (insertion.best(c, route, pickup, dropoff) == RouteCost.INFEASIBLE) {
        return null;
      }
      route = insertion.apply(route, pickup, dropoff);
    }
    return route;
  }

  /** Committed stops in the planned order if that pays by itself, otherwise as they were. */
  private int[] withoutOffer(int c, int[] tentative) {
    int[] kept = Arrays.stream(tentative).filter(s -> !problem.open[s]).toArray();
    int[] before = problem.committed[c];
    if (Reassigning.changesWork(problem, c, kept)) {
      return kept;
    }
    return cost.of(c, kept) < cost.of(c, before) ? kept : before;
  }

  private void offer(int c, int[] route, Map<Integer, DecisionRule> offered) {
    Courier courier = problem.courier(c);
    RouteCost.Timeline line = cost.timeline(c, route);
    String bundle = null;
    for (Map.Entry<Integer, DecisionRule> entry : offered.entrySet()) {
      int job = entry.getKey();
      String id = problem.job(job).id();
      // Named after its first job and the wave, so that a later bundle cannot be taken for it.
      bundle = bundle == null ? "%s@%d".formatted(id, problem.wave.nowMillis()) : bundle;
      int pickup = indexOf(route, WaveProblem.pickupOf(job));
      int dropoff = indexOf(route, WaveProblem.dropoffOf(job));
      decisions[problem.waveJob[job]] =
          new JobDecision.Offer(
              id,
              courier.id(),
              bundle,
              courier.pinnedStops() + pickup,
              courier.pinnedStops() + dropoff,
              problem.millis(line.arrival()[pickup]),
              problem.millis(line.end()[pickup]),
              problem.millis(line.end()[dropoff]),
              receipts.of(job, entry.getValue()));
    }
  }

  private static int indexOf(int[] route, int stop) {
    for (int i = 0; i < route.length; i++) {
      if (route[i] == stop) {
        return i;
      }
    }
    throw new IllegalStateException("stop %d is not on the route".formatted(stop));
  }
}
