package org.shanpai.order.fraud;

/** What is claimed about a delivered order. */
public enum ClaimKind {
  /** The customer says that nothing came. */
  NOT_RECEIVED,
  /** Something is missing. */
  MISSING_GOODS,
  /** Something is broken or spilled. */
  DAMAGED,
  /** Something else came. */
  WRONG_GOODS
}
