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
  RETURN_RECEIVED,
  /** The merchant asked for another door. */
  CHANGE_ASKED,
  /** The goods go to the door that was asked for. */
  CHANGE_APPLIED,
  /** The other door came too late. */
  CHANGE_REFUSED,
  /** Name, phone or note changed; what to is told to nobody but the rider. */
  CONTACT_CHANGED,
  /** The merchant raised the tip. */
  TIP,
  /** The merchant asked where it stays (催单). */
  NUDGE,
  /** The merchant asked for another rider. */
  REDISPATCH_REQUESTED,
  /** The merchant wants the goods back that are on their way. */
  RETURN_REQUESTED,
  /** Something went wrong; see the table of exceptions. */
  EXCEPTION
}
