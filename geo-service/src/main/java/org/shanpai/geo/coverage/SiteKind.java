package org.shanpai.geo.coverage;

import java.util.Set;

/** What could be opened, and which missed demand it would have served. */
public enum SiteKind {
  /** A store with hours like the others. */
  STORE(Set.of(Outcome.OUT_OF_RANGE, Outcome.NO_WAY, Outcome.LATE_PROMISE)),
  /** A flash warehouse (闪电仓), open round the clock: it also serves when stores are closed. */
  FLASH_WAREHOUSE(
      Set.of(Outcome.OUT_OF_RANGE, Outcome.NO_WAY, Outcome.LATE_PROMISE, Outcome.CLOSED));

  private final Set<Outcome> serves;

  SiteKind(Set<Outcome> serves) {
    this.serves = serves;
  }

  /**
   * Whether such demand would be served from a place near enough. Too few riders and red alerts are
   * not: another place brings neither riders nor better weather, nor a quicker kitchen.
   */
  public boolean serves(Outcome outcome) {
    return serves.contains(outcome);
  }
}
