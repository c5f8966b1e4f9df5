package org.shanpai.order.orders;

/** How goods travel, and how soon. */
public enum PromiseTier {
  /** May share the rider's box with other orders. */
  STANDARD,
  /** As STANDARD, with a shorter promise where one fits: what shops give their members (会员). */
  MEMBER,
  /** Never carried together with another order. */
  DIRECT
}
