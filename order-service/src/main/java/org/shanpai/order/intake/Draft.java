package org.shanpai.order.intake;

import java.util.List;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.order.demand.Miss;
import org.shanpai.order.orders.Order;

/**
 * What a request comes to, before anything is written.
 *
 * @param order null when it was refused
 * @param further the orders that are linked to it, where one rider does not carry everything
 * @param request null when it was refused
 * @param refusal why; null when it was not
 * @param miss what the city learns from it; null for nothing
 */
public record Draft(
    Order order, List<Order> further, OrderRequest request, Problem refusal, Miss miss) {

  static Draft refused(Problem refusal, Miss miss) {
    return new Draft(null, List.of(), null, refusal, miss);
  }
}
