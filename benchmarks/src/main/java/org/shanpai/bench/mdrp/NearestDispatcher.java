package org.shanpai.bench.mdrp;

import java.util.ArrayList;
import java.util.List;

/**
 * The simplest thing that works: order by order as placed, the nearest courier who is free and can
 * still pick up before going off. No bundles, no waiting.
 */
public final class NearestDispatcher implements Dispatcher {

  private DayFacts facts;

  @Override
  public String name() {
    return "nearest";
  }

  @Override
  public void begin(DayFacts facts, long seed) {
    this.facts = facts;
  }

  @Override
  public List<Assignment> wave(WaveView view) {
    List<CourierView> free = new ArrayList<>();
    for (CourierView courier : view.couriers()) {
      if (courier.idle()) {
        free.add(courier);
      }
    }
    List<Assignment> decided = new ArrayList<>();
    for (int order : view.openOrders()) {
      CourierView nearest = nearest(view.now(), order, free);
      if (nearest != null) {
        free.remove(nearest);
        decided.add(new Assignment(nearest.courier(), new int[] {order}));
      }
    }
    return decided;
  }

  private CourierView nearest(int now, int order, List<CourierView> free) {
    int door = facts.restaurantPlace(facts.restaurant(order));
    int halfPickup = facts.parameters().halfPickup();
    CourierView nearest = null;
    int least = Integer.MAX_VALUE;
    for (CourierView courier : free) {
      int travel = facts.travel(courier.freePlace(), door);
      int pickup = Math.max(facts.ready(order), now + travel + halfPickup);
      if (travel < least && pickup <= courier.offTime()) {
        least = travel;
        nearest = courier;
      }
    }
    return nearest;
  }
}
