package org.shanpai.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The answer to a wave.
 *
 * @param routes by courier id, in the wave's order: the stops to come, pinned ones first, for every
 *     courier who has any. Committed and <em>offered</em> jobs are in it; held ones are not
 * @param decisions one for each open job, in the wave's order
 * @param reassignments committed jobs that go to another courier; the routes have them there
 * @param cost what the plan costs, jobs planned for later included
 * @param stats how it came about
 */
public record Plan(
    Map<String, List<Stop>> routes,
    List<JobDecision> decisions,
    List<Reassignment> reassignments,
    PlanCost cost,
    SolveStats stats) {

  /** Offers that belong together, by bundle id; each is accepted or declined as a whole. */
  public Map<String, List<JobDecision.Offer>> bundles() {
    Map<String, List<JobDecision.Offer>> byBundle = new LinkedHashMap<>();
    for (JobDecision decision : decisions) {
      if (decision instanceof JobDecision.Offer offer) {
        byBundle.computeIfAbsent(offer.bundleId(), key -> new ArrayList<>()).add(offer);
      }
    }
    return byBundle;
  }
}
