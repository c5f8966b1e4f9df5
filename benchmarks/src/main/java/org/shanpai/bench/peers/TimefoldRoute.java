package org.shanpai.bench.peers;

import ai.timefold.solver.core.api.domain.entity.PlanningEntity;
import ai.timefold.solver.core.api.domain.variable.PlanningListVariable;
import java.util.ArrayList;
import java.util.List;

/** A courier's stops to come, or those of the holder, as Timefold plans them. */
@PlanningEntity
public class TimefoldRoute {

  private int courier;
  private int slot;

  @PlanningListVariable(valueRangeProviderRefs = "stops")
  private List<ListedStop> stops = new ArrayList<>();

  /** For the solver. */
  public TimefoldRoute() {}

  TimefoldRoute(int courier, int slot, List<ListedStop> stops) {
    this.courier = courier;
    this.slot = slot;
    this.stops = new ArrayList<>(stops);
  }

  int courier() {
    return courier;
  }

  int slot() {
    return slot;
  }

  List<ListedStop> stops() {
    return stops;
  }

  TimefoldRoute copy() {
    return new TimefoldRoute(courier, slot, stops);
  }
}
