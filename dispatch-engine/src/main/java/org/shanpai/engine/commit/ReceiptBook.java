package org.shanpai.engine.commit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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

  private final WaveProblem problem;
  private final PlanState state;
  private final RouteCost cost;
  private final Insertion insertion;

  ReceiptBook(WaveProblem problem, PlanState state, RouteCost cost) {
    this.problem = problem;
    this.state = state;
    this.cost = cost;
    this.insertion = new Insertion(problem, cost);
  }

  Receipt of(int job, DecisionRule rule) {
    int pickup = WaveProblem.pickupOf(job);
    int dropoff = WaveProblem.dropoffOf(job);
    Map<RejectRule, Integer> rejected = new EnumMap<>(RejectRule.class);
    for (RejectRule reject : RejectRule.values()) {
      int count = problem.rejectedBy[job][reject.ordinal()];
      if (count > 0) {
        rejected.put(reject, count);
      }
    }
    List<Receipt.Candidate> candidates = new ArrayList<>();
    for (int courier : problem.candidates[job]) {
      int[] others = Insertion.without(state.routes()[courier], pickup, dropoff);
      if (insertion.best(courier, others, pickup, dropoff) == RouteCost.INFEASIBLE) {
        rejected.merge(RejectRule.NO_FEASIBLE_PLACE, 1, Integer::sum);
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
              delivered(courier, with, dropoff)));
    }
    candidates.sort(Comparator.comparingLong(candidate -> candidate.extra().total()));
    int listed = Math.min(Receipt.TOP, candidates.size());
    return new Receipt(
        candidates.subList(0, listed),
        rejected,
        candidates.size() - listed,
        rule,
        DispatchEngine.VERSION);
  }

  private long delivered(int courier, int[] route, int dropoff) {
    int[] end = cost.timeline(courier, route).end();
    for (int i = 0; i < route.length; i++) {
      if (route[i] == dropoff) {
        return problem.millis(end[i]);
      }
    }
    throw new IllegalStateException("drop-off %d is not on the route".formatted(dropoff));
  }
}
