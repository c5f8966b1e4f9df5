package org.shanpai.engine;

import java.util.List;
import java.util.Map;

/**
 * Why a job was decided as it was.
 *
 * @param candidates the cheapest candidates first, at most {@link #TOP}; the cost of giving this
 *     job to that courier, everything else in the plan staying as it is
 * @param rejected number of other couriers by the rule that rejected them
 * @param otherCandidates candidates beyond the listed ones
 * @param rule the rule that decided
 * @param engineVersion {@link DispatchEngine#VERSION} of the engine that decided
 */
public record Receipt(
    List<Candidate> candidates,
    Map<RejectRule, Integer> rejected,
    int otherCandidates,
    DecisionRule rule,
    String engineVersion) {

  /** Candidates that are listed by name. */
  public static final int TOP = 5;

  public Receipt {
    candidates = List.copyOf(candidates);
    rejected = Map.copyOf(rejected);
  }

  /** A receipt for a job that never reached the search. */
  public static Receipt without(DecisionRule rule) {
    return new Receipt(List.of(), Map.of(), 0, rule, DispatchEngine.VERSION);
  }

  /**
   * One courier who could take the job.
   *
   * @param courierId the courier
   * @param extra what the plan would cost more with the job on this route, by term (mc)
   * @param deliveredMillis city epoch ms at which the job would be handed over
   */
  public record Candidate(String courierId, CostTerms extra, long deliveredMillis) {}
}
