package org.shanpai.city.agents;

import java.util.List;
import org.shanpai.city.plan.Courier;
import org.shanpai.city.streets.Journey;
import org.shanpai.city.streets.Spot;

/** Where a rider is and how they get about. Used from the rider's steps only. */
final class Ride {

  /** At the same door: no way to ride, and the time of arrival stands. */
  static final double SAME_DOOR_METRES = 25;

  private final World world;
  private final Object rider;
  private final Courier courier;
  private Journey journey;
  private long mayLeaveAt;

  Ride(World world, Object rider, Courier courier) {
    this.world = world;
    this.rider = rider;
    this.courier = courier;
    this.journey = Journey.standing(courier.start(), world.openedMillis());
  }

  Spot at(long cityMillis) {
    return journey.at(cityMillis);
  }

  Spot here() {
    return journey.at(world.scheduler().now());
  }

  /** Has something to do here until then. */
  void stayUntil(long cityMillis) {
    mayLeaveAt = cityMillis;
  }

  void to(Spot to, Runnable then) {
    long now = world.scheduler().now();
    Spot here = journey.at(now);
    if (here.to(to) > 1) {
      boolean sameDoor = here.to(to) < SAME_DOOR_METRES;
      List<Spot> way = world.plan().ground().way(here, to);
      journey =
          new Journey(
              way,
              sameDoor ? now : Math.max(now, mayLeaveAt),
              courier.metresPerSecond() * pace(way));
    }
    world.scheduler().at(rider, Math.max(now, journey.endMillis()), then);
  }

  /** Share of their speed that riders make on a way that leads through slow zones. */
  private double pace(List<Spot> way) {
    double metres = 0;
    double longer = 0;
    for (int i = 1; i < way.size(); i++) {
      Spot middle = way.get(i - 1).towards(way.get(i), 0.5);
      double leg = way.get(i - 1).to(way.get(i));
      metres += leg;
      longer += leg / world.plan().speedFactor(middle);
    }
    return longer == 0 ? 1 : metres / longer;
  }
}
