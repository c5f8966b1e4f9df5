package org.shanpai.contracts.event;

/**
 * Where a job stands; the one row of truth behind an order's delivery.
 *
 * <pre>
 * OPEN → OFFERED → ASSIGNED → AT_STORE → PICKED_UP → AT_CUSTOMER → DELIVERED
 *   ↑        ↓         ↓           ↓          └──────────────┴→ RETURNING → RETURNED
 *   └────────┴─────────┴───────────┘   until PICKED_UP also → CANCELLED
 * PICKED_UP, AT_CUSTOMER, RETURNING → EXCEPTION (operators resolve it: DELIVERED or RETURNED)
 * </pre>
 */
public enum JobStatus {
  OPEN,
  OFFERED,
  ASSIGNED,
  AT_STORE,
  PICKED_UP,
  AT_CUSTOMER,
  DELIVERED,
  CANCELLED,
  RETURNING,
  RETURNED,
  EXCEPTION;

  /** Nothing follows any more. */
  public boolean terminal() {
    return this == DELIVERED || this == CANCELLED || this == RETURNED;
  }

  /** The goods are with the rider. */
  public boolean carried() {
    return this == PICKED_UP || this == AT_CUSTOMER || this == RETURNING;
  }
}
