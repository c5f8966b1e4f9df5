package org.shanpai.engine;

/** What the courier does at a stop. */
public enum StopKind {
  /** Takes the goods at the store. */
  PICKUP,
  /** Hands the goods over at the door. */
  DROPOFF
}
