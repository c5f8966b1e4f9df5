package org.shanpai.contracts.event;

/** Where an order stands, as merchants see it. */
public enum OrderStatus {
  CREATED,
  DISPATCHING,
  RIDER_ASSIGNED,
  RIDER_AT_STORE,
  PICKED_UP,
  RIDER_AT_CUSTOMER,
  DELIVERED,
  CANCELLED,
  RETURNING,
  RETURNED,
  EXCEPTION;

  /** Nothing follows any more. */
  public boolean terminal() {
    return this == DELIVERED || this == CANCELLED || this == RETURNED;
  }
}
