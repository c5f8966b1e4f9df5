package org.shanpai.order.intake;

import java.util.List;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.order.load.AreaLoad;

/**
 * What becomes of a wish.
 *
 * @param refusals why it cannot be served; empty when it can
 * @param conditions null when it cannot be served
 * @param load how busy its area is; {@link AreaLoad#UNKNOWN} when nobody can tell, or when that
 *     says nothing of it
 */
public record Assessment(List<Problem> refusals, Conditions conditions, AreaLoad load) {

  static Assessment refused(List<Problem> refusals, AreaLoad load) {
    return new Assessment(List.copyOf(refusals), null, load);
  }

  static Assessment served(Conditions conditions, AreaLoad load) {
    return new Assessment(List.of(), conditions, load);
  }

  /** The same under conditions that tell more. */
  public Assessment with(Conditions whole) {
    return new Assessment(refusals, whole, load);
  }

  /** Whether it can be served. */
  public boolean available() {
    return refusals.isEmpty();
  }
}
