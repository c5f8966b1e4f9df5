package org.shanpai.order.progress.cancel;

import org.shanpai.contracts.event.OrderStatus;

/** How far an order has come, for what a cancel costs. */
public enum CancelStage {
  /** Nobody has accepted it. */
  UNASSIGNED,
  /** A rider is on the way to the store. */
  ASSIGNED,
  /** A rider stands at the store. */
  AT_STORE,
  /** The goods have left the store; it cannot be cancelled. */
  PICKED_UP,
  /** It has ended; it cannot be cancelled. */
  ENDED;

  public static CancelStage of(OrderStatus status) {
    return switch (status) {
      case CREATED, DISPATCHING -> UNASSIGNED;
      case RIDER_ASSIGNED -> ASSIGNED;
      case RIDER_AT_STORE -> AT_STORE;
      case PICKED_UP, RIDER_AT_CUSTOMER, RETURNING, EXCEPTION -> PICKED_UP;
      case DELIVERED, CANCELLED, RETURNED -> ENDED;
    };
  }

  /** Whether an order can still be cancelled. */
  public boolean cancellable() {
    return this == UNASSIGNED || this == ASSIGNED || this == AT_STORE;
  }
}
