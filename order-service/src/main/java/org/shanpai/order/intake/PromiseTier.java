package org.shanpai.order.intake;

/** How goods travel. */
public enum PromiseTier {
  /** May share the rider's box with other orders. */
  STANDARD,
  /** Never carried together with another order. */
  DIRECT
}
