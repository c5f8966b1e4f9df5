package org.shanpai.order.orders;

/** What became of another door that was asked for. */
public enum ChangeState {
  /** Dispatch has not decided it against the pickup yet. */
  ASKED,
  /** The goods go there. */
  APPLIED,
  /** It came too late; the goods go where they were to go. */
  REFUSED
}
