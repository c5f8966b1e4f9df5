package org.shanpai.geo.eta;

/** How far a job was when its arrival window was given. */
public enum Stage {
  /** Ordered, with nobody. */
  CREATED,
  /** A rider has it. */
  ACCEPTED,
  /** The goods are on their way. */
  PICKED_UP
}
