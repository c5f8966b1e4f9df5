package org.shanpai.order.sandbox;

import java.util.List;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.contracts.event.OrderStatus;
import org.shanpai.order.orders.StatusTable;

/**
 * A life an order of the sandbox plays by itself.
 *
 * @param name upper case
 * @param story in one sentence
 * @param steps at least one; each legal after the one before
 */
public record Play(String name, String story, List<PlayStep> steps) {

  public Play {
    steps = List.copyOf(steps);
  }

  /** How the order stands when the play is over. */
  public OrderStatus end() {
    return StatusTable.of(steps.get(steps.size() - 1).status());
  }

  /** The step at which the job is given to a rider for the first time, or the first one. */
  int firstAssignment() {
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).status() == JobStatus.ASSIGNED) {
        return i;
      }
    }
    return 0;
  }
}
