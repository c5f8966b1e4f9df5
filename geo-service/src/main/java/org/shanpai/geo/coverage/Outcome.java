package org.shanpai.geo.coverage;

import org.shanpai.contracts.event.DemandMissed;

/** What came of somebody's asking. */
public enum Outcome {
  SERVED(false),
  OUT_OF_RANGE(true),
  NO_WAY(true),
  OVERLOADED(true),
  RED_ALERT(true),
  CLOSED(true),
  /** Served, with a promise that a store next door could have kept short: counted besides. */
  LATE_PROMISE(false),
  /** Served, with a promise that is long by the kitchen, wherever the store stands: likewise. */
  LATE_KITCHEN(false);

  private final boolean missed;

  Outcome(boolean missed) {
    this.missed = missed;
  }

  /** Whether they went away with nothing. */
  public boolean missed() {
    return missed;
  }

  public static Outcome of(DemandMissed.Reason reason) {
    return valueOf(reason.name());
  }
}
