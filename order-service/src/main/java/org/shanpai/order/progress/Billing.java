package org.shanpai.order.progress;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.shanpai.contracts.event.OrderStatus;
import org.shanpai.order.orders.Order;
import org.shanpai.order.progress.cancel.CancelStage;
import org.shanpai.order.progress.cancel.CancelTable;

/** Writes the bill of an order when it ends, and again when a tip comes late. */
@ApplicationScoped
public class Billing {

  private final Bill bill;

  Billing(ChargeSettings settings) {
    this.bill =
        new Bill(
            new CancelTable(settings.tripFen(), settings.arrivalFen()), settings.returnPercent());
  }

  /**
   * Writes the bill if the order has ended.
   *
   * @param before how it stood before the last change
   */
  public void ended(Order order, OrderStatus before) {
    if (order.status().terminal()) {
      // What only plays a life costs nothing.
      order.bill(order.sandbox() ? List.of() : bill.lines(order, CancelStage.of(before)));
    }
  }

  /** A tip after the delivery is on the bill as well. */
  void tipped(Order order) {
    if (order.status() == OrderStatus.DELIVERED && !order.sandbox()) {
      order.bill(bill.lines(order, CancelStage.ENDED));
    }
  }
}
