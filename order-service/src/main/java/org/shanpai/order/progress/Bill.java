package org.shanpai.order.progress;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.shanpai.contracts.Money;
import org.shanpai.contracts.event.ExceptionReason;
import org.shanpai.contracts.event.Fault;
import org.shanpai.contracts.event.Goods;
import org.shanpai.order.orders.Charge;
import org.shanpai.order.orders.Order;
import org.shanpai.order.orders.Requests;
import org.shanpai.order.progress.cancel.CancelStage;
import org.shanpai.order.progress.cancel.CancelTable;

/**
 * What an order that has ended costs its merchant. Bad endings go by the table of exceptions; one
 * that the table does not know goes by whose doing it is.
 *
 * @param returnPercent the way back, percent of the delivery fee
 */
public record Bill(CancelTable cancels, int returnPercent) {

  /**
   * The lines; empty when nothing is owed.
   *
   * @param before how far it had come before it ended
   */
  public List<Charge> lines(Order order, CancelStage before) {
    return switch (order.status()) {
      case DELIVERED -> delivered(order);
      case CANCELLED -> List.of(cancelled(order, before));
      case RETURNED -> returned(order);
      default -> throw new IllegalStateException("Order " + order.id() + " has not ended.");
    };
  }

  private static List<Charge> delivered(Order order) {
    List<Charge> lines = new ArrayList<>(delivery(order));
    long tip = order.requests().tipFen();
    if (tip > 0 && !order.sandbox()) {
      lines.add(new Charge(Charge.Kind.TIP, tip, "TIP"));
    }
    return lines;
  }

  private static List<Charge> delivery(Order order) {
    List<Charge> lines = new ArrayList<>();
    long change = order.requests().changeFen();
    lines.add(
        new Charge(
            Charge.Kind.DELIVERY, order.deliveryFee().fen() - change, order.status().name()));
    if (change != 0) {
      lines.add(new Charge(Charge.Kind.CHANGE, change, "ADDRESS_CHANGED"));
    }
    return lines;
  }

  private Charge cancelled(Order order, CancelStage before) {
    return new Charge(Charge.Kind.CANCEL, cancelFen(order, before), order.reason());
  }

  private long cancelFen(Order order, CancelStage before) {
    if (!answers(order.fault())) {
      return 0;
    }
    Requests asked = order.requests();
    if (asked.cancelFeeFen() != null) {
      return asked.cancelFeeFen();
    }
    boolean nothingOwed =
        ExceptionReason.find(order.reason())
            .filter(row -> row.fee() == ExceptionReason.Fee.NONE)
            .isPresent();
    return nothingOwed ? 0 : cancels.feeFen(order.fault(), before, order.deliveryFee());
  }

  private List<Charge> returned(Order order) {
    Optional<ExceptionReason> row = ExceptionReason.find(order.reason());
    ExceptionReason.Fee owed =
        row.map(ExceptionReason::fee)
            .orElse(
                answers(order.fault())
                    ? ExceptionReason.Fee.FULL_AND_RETURN
                    : ExceptionReason.Fee.NONE);
    List<Charge> lines = new ArrayList<>();
    switch (owed) {
      case NONE -> {}
      case TRIP ->
          lines.add(new Charge(Charge.Kind.DELIVERY, trip(order.deliveryFee()), order.reason()));
      case FULL, FULL_AND_RETURN -> {
        lines.addAll(delivery(order));
        if (owed == ExceptionReason.Fee.FULL_AND_RETURN && broughtBack(order)) {
          lines.add(
              new Charge(
                  Charge.Kind.RETURN,
                  (order.deliveryFee().fen() * returnPercent + 99) / 100,
                  order.reason()));
        }
      }
    }
    return lines;
  }

  private long trip(Money fee) {
    return Math.min(cancels.tripFen(), fee.fen());
  }

  /** Goods that were thrown away made no way back. */
  private static boolean broughtBack(Order order) {
    return order.course().goods() != Goods.DISPOSE;
  }

  private static boolean answers(Fault fault) {
    return fault == Fault.MERCHANT || fault == Fault.CUSTOMER;
  }
}
