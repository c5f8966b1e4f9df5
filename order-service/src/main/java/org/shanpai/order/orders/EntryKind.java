package org.shanpai.order.orders;

/** What an entry of an order's history tells. */
public enum EntryKind {
  /** Handed in. */
  CREATED,
  /** The status or the rider changed. */
  STATUS,
  /** The merchant asked to cancel. */
  CANCEL_REQUESTED,
  /** The request to cancel came too late. */
  CANCEL_REFUSED,
  /** The kitchen told a later time. */
  PREPARATION_LATE,
  /** The goods are ready to be picked up. */
  READY,
  /** The store took the goods back. */
  RETURN_RECEIVED
}
