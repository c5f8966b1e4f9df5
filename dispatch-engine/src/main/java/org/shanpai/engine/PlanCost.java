package org.shanpai.engine;

/**
 * What a whole plan costs, planned and held jobs together; unit mc.
 *
 * @param routes cost of all routes, jobs planned for later included
 * @param held price of the jobs left without a courier
 */
public record PlanCost(CostTerms routes, long held) {
  /** Routes and held jobs. */
  public long total() {
    return routes.total() + held;
  }
}
