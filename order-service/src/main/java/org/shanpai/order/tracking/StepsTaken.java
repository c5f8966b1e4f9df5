package org.shanpai.order.tracking;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.shanpai.contracts.event.OrderStatus;
import org.shanpai.order.orders.EntryKind;
import org.shanpai.order.orders.OrderEntry;

/**
 * An order's history as a customer wants it: each status once, by its first moment. When the order
 * goes back to looking for a rider, what the rider before did is taken out.
 *
 * @param steps the oldest first
 * @param riderChanged whether another rider took over
 */
record StepsTaken(List<TrackedOrder.Step> steps, boolean riderChanged) {

  static StepsTaken of(List<OrderEntry> history) {
    Map<OrderStatus, TrackedOrder.Step> steps = new LinkedHashMap<>();
    String lastRider = null;
    boolean changed = false;
    for (OrderEntry entry : history) {
      if (entry.kind() != EntryKind.CREATED && entry.kind() != EntryKind.STATUS) {
        continue;
      }
      boolean another =
          entry.riderId() != null && lastRider != null && !entry.riderId().equals(lastRider);
      if (entry.status() == OrderStatus.DISPATCHING || another) {
        steps.remove(OrderStatus.RIDER_ASSIGNED);
        steps.remove(OrderStatus.RIDER_AT_STORE);
      }
      changed |= another;
      lastRider = entry.riderId() == null ? lastRider : entry.riderId();
      steps.putIfAbsent(entry.status(), new TrackedOrder.Step(entry.status(), entry.at()));
    }
    return new StepsTaken(new ArrayList<>(steps.values()), changed);
  }
}
