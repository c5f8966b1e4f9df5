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
  /** Served, with a long promise: counted besides, not instead. */
  LATE_PROMISE(false);

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
