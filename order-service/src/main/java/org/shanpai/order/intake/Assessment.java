package org.shanpai.order.intake;

import java.util.List;
import org.shanpai.chassis.problem.Problem;

/**
 * What becomes of a wish.
 *
 * @param refusals why it cannot be served; empty when it can
 * @param conditions null when it cannot be served
 */
public record Assessment(List<Problem> refusals, Conditions conditions) {

  static Assessment refused(List<Problem> refusals) {
    return new Assessment(List.copyOf(refusals), null);
  }

  static Assessment served(Conditions conditions) {
    return new Assessment(List.of(), conditions);
  }

  /** Whether it can be served. */
  public boolean available() {
    return refusals.isEmpty();
  }
}
