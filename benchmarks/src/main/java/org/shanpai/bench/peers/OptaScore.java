package org.shanpai.bench.peers;

import org.optaplanner.core.api.score.buildin.hardsoftlong.HardSoftLongScore;
import org.optaplanner.core.api.score.calculator.IncrementalScoreCalculator;

/**
 * The judge's own measure for OptaPlanner: broken rules before cost, only changed routes ridden
 * again.
 */
public class OptaScore implements IncrementalScoreCalculator<OptaPlan, HardSoftLongScore> {

  private RouteLedger ledger;

  @Override
  public void resetWorkingSolution(OptaPlan plan) {
    ledger = new RouteLedger(plan.wave(), plan.routes().size());
    plan.routes().forEach(this::update);
  }

  private void update(OptaRoute route) {
    ledger.update(route.slot(), route.courier(), route.stops());
  }

  @Override
  public void afterListVariableChanged(Object entity, String variable, int from, int to) {
    update((OptaRoute) entity);
  }

  @Override
  public HardSoftLongScore calculateScore() {
    return HardSoftLongScore.of(-ledger.broken(), -ledger.cost());
  }

  @Override
  public void beforeEntityAdded(Object entity) {
    // Routes stay the same ones.
  }

  @Override
  public void afterEntityAdded(Object entity) {
    // See above.
  }

  @Override
  public void beforeVariableChanged(Object entity, String variable) {
    // There is only the list.
  }

  @Override
  public void afterVariableChanged(Object entity, String variable) {
    // See above.
  }

  @Override
  public void beforeEntityRemoved(Object entity) {
    // See above.
  }

  @Override
  public void afterEntityRemoved(Object entity) {
    // See above.
  }
}
