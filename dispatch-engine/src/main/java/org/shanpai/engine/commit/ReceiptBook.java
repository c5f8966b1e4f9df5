package org.shanpai.engine.commit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.shanpai.engine.CostTerms;
import org.shanpai.engine.DecisionRule;
import org.shanpai.engine.DispatchEngine;
import org.shanpai.engine.Receipt;
import org.shanpai.engine.RejectRule;
import org.shanpai.engine.routing.Insertion;
import org.shanpai.engine.routing.PlanState;
import org.shanpai.engine.routing.RouteCost;
import org.shanpai.engine.routing.WaveProblem;

/** Prices every candidate of a job against the finished plan, the job itself taken out. */
final class ReceiptBook {

  /** Open jobs from which several threads pay. */
  private static final int MANY = 150;

  private static final int CHUNKS = 16;

  private final WaveProblem problem;
  private final PlanState state;
  private final RouteCost cost;
  private final Insertion insertion;
  private final Priced[] prepared;

  ReceiptBook(WaveProblem problem, PlanState state, RouteCost cost) {
    this.problem = problem;
    this.state = state;
    this.cost = cost;
    this.insertion = new Insertion(problem, cost);
    this.prepared = new Priced[problem.jobCount];
    if (problem.openCount >= MANY) {
      // Each job's candidates are priced alone, so several threads give the same receipts.
      IntStream.range(0, CHUNKS)
          .parallel()
          .forEach(
              chunk -> {
                RouteCost own = new RouteCost(problem);
                Insertion ownInsertion = new Insertion(problem, own);
                for (int j = chunk; j < problem.openCount; j += CHUNKS) {
                  prepared[j] = priced(j, own, ownInsertion);
                }
              });
    }
  }

  /**
   * @param noPlace candidates on whose route the job has no feasible place
   * @param candidates the others, the cheapest first
   */
  private record Priced(int noPlace, List<Receipt.Candidate> candidates) {}

  Receipt of(int job, DecisionRule rule) {
    Map<RejectRule, Integer> rejected = new EnumMap<>(RejectRule.class);
    for (RejectRule reject : RejectRule.values()) {
      int count = problem.rejectedBy[job][reject.ordinal()];
      if (count > 0) {
        rejected.put(reject, count);
      }
    }
    Priced priced = prepared[job] != null ? prepared[job] : priced(job, cost, insertion);
    prepared[job] = priced;
    if (priced.noPlace > 0) {
      rejected.merge(RejectRule.NO_FEASIBLE_PLACE, priced.noPlace, Integer::sum);
    }
    List<Receipt.Candidate> candidates = priced.candidates;
    int listed = Math.min(Receipt.TOP, candidates.size());
    return new Receipt(
        candidates.subList(0, listed),
        rejected,
        candidates.size() - listed,
        rule,
        DispatchEngine.VERSION);
  }

  private Priced priced(int job, RouteCost cost, Insertion insertion) {
    int pickup = WaveProblem.pickupOf(job);
    int dropoff = WaveProblem.dropoffOf(job);
    int noPlace = 0;
    List<Receipt.Candidate> candidates = new ArrayList<>();
    for (int courier : problem.candidates[job]) {
      int[] others = Insertion.without(state.routes()[courier], pickup, dropoff);
      if (insertion.best(courier, others, pickup, dropoff) == RouteCost.INFEASIBLE) {
        noPlace++;
        continue;
      }
      int[] with = insertion.apply(others, pickup, dropoff);
      cost.of(courier, others);
      CostTerms before = cost.terms();
      cost.of(courier, with);
      CostTerms after = cost.terms();
      candidates.add(
          new Receipt.Candidate(
              problem.courier(courier).id(),
              after.minus(before),
              delivered(cost, courier, with, dropoff)));
    }
    candidates.sort(Comparator.comparingLong(candidate -> candidate.extra().total()));
    return new Priced(noPlace, candidates);
  }

  private long delivered(RouteCost cost, int courier, int[] route, int dropoff) {
    int[] end = cost.timeline(courier, route).end();
    for (int i = 0; i < route.length; i++) {
      if (route[i] == dropoff) {
        return problem.millis(end[i]);
      }
    }
    throw new IllegalStateException("drop-off %d is not on the route".formatted(dropoff));
  }
}
