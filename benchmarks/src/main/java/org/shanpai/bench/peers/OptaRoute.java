package org.shanpai.bench.peers;

import java.util.ArrayList;
import java.util.List;
import org.optaplanner.core.api.domain.entity.PlanningEntity;
import org.optaplanner.core.api.domain.variable.PlanningListVariable;

/** A courier's stops to come, or those of the holder, as OptaPlanner plans them. */
@PlanningEntity
public class OptaRoute {

  private int courier;
  private int slot;

  @PlanningListVariable(valueRangeProviderRefs = "stops")
  private List<ListedStop> stops = new ArrayList<>();

  /** For the solver. */
  public OptaRoute() {}

  OptaRoute(int courier, int slot, List<ListedStop> stops) {
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

  OptaRoute copy() {
    return new OptaRoute(courier, slot, stops);
  }
}
