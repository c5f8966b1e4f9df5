package org.shanpai.rider.score;

/** How a rule enters the score's formula. */
public enum RuleKind {
  /** +, one for each order delivered well. */
  SMOOTH,
  /** +, praise, peak slots and rescues; capped together. */
  BONUS,
  /** +, the way back up. */
  TRAINING,
  /** −, lateness; capped for each day. */
  OVERTIME,
  /** −, everything else that is no severe violation. */
  ORDINARY,
  /** −, confirmed by a named person, with a window of its own. */
  SEVERE,
  /** Counts nothing, by promise: declining, going offline, resting. */
  ZERO;

  /** Whether rules of this kind add points. */
  public boolean gain() {
    return this == SMOOTH || this == BONUS || this == TRAINING;
  }

  /** Whether an order with such a standing row was not delivered well. */
  boolean violation() {
    return this == ORDINARY || this == SEVERE;
  }
}
