package org.shanpai.engine.solver;

import java.util.ArrayList;
import java.util.List;
import org.optaplanner.core.api.domain.entity.PlanningEntity;
import org.optaplanner.core.api.domain.variable.PlanningListVariable;

/** A courier's stops to come, or those of the virtual holder. Pinned stops are not in the list. */
@PlanningEntity
public class CourierRoute {

  /** Courier index of the virtual holder, which takes what is not given out now. */
  static final int HOLDER = -1;

  private int courier;
  private int slot;

  @PlanningListVariable(valueRangeProviderRefs = "stops")
  private List<StopNode> stops = new ArrayList<>();

  /** For the solver. */
  public CourierRoute() {}

  CourierRoute(int courier, int slot, List<StopNode> stops) {
    this.courier = courier;
    this.slot = slot;
    this.stops = new ArrayList<>(stops);
  }

  int courier() {
    return courier;
  }

  /** Position in the solution's list of routes. */
  int slot() {
    return slot;
  }

  boolean isHolder() {
    return courier == HOLDER;
  }

  List<StopNode> stops() {
    return stops;
  }

  int[] indexes() {
    int[] indexes = new int[stops.size()];
    for (int i = 0; i < indexes.length; i++) {
      indexes[i] = stops.get(i).index();
    }
    return indexes;
  }

  CourierRoute copy() {
    return new CourierRoute(courier, slot, stops);
  }
}
