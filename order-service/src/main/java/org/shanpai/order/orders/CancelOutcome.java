package org.shanpai.order.orders;

/** What became of a merchant's request to cancel. */
public enum CancelOutcome {
  /** Dispatch has not decided yet. */
  REQUESTED,
  /** The order is cancelled. */
  CANCELLED,
  /** The rider had the goods already; the delivery goes on. */
  REFUSED
}
