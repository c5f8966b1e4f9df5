package org.shanpai.order.handover;

/** At which handover a code is told. */
public enum CodeKind {
  /** The store tells the rider. */
  PICKUP,
  /** The customer tells the rider. */
  DELIVERY
}
