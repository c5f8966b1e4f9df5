package org.shanpai.contracts.event;

/** What becomes of goods that were not handed over as planned. */
public enum Goods {
  /** They never left the store. */
  STAY_AT_STORE,
  /** Brought back to the store (退回). */
  RETURN,
  /** Thrown away, as perishables are (销毁). */
  DISPOSE,
  /** Brought to the door by somebody else, or made anew (重送). */
  REDELIVER
}
