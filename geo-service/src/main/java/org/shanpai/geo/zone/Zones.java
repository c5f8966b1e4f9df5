package org.shanpai.geo.zone;

import jakarta.enterprise.context.ApplicationScoped;

/** The zones as this replica knows them: one {@link ZoneMap}, swapped whole. */
@ApplicationScoped
public class Zones {

  private volatile ZoneMap map = ZoneMap.EMPTY;

  /** The present map; ask one map all questions that belong together. */
  public ZoneMap map() {
    return map;
  }
}
