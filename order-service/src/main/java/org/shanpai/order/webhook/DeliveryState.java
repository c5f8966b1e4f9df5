package org.shanpai.order.webhook;

/** Where a delivery stands. */
public enum DeliveryState {
  /** To be sent, or sent again. */
  PENDING,
  /** The receiver answered 2xx. */
  DELIVERED,
  /** Given up. */
  FAILED
}
