package org.shanpai.city.plan;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import org.shanpai.city.streets.Ground;
import org.shanpai.city.streets.Plane;
import org.shanpai.city.streets.Spot;

/**
 * Everything that is fixed before the city opens.
 *
 * @param name for people
 * @param opens local time at which the city's clock starts
 * @param day of the week on which it starts
 * @param placements in the order of time
 * @param rainFactor what travel times are multiplied with; 1 when dry
 * @param leastDelivered share that must be delivered
 * @param ofSubmitted whether that share is of all submitted, or of those acknowledged
 * @param malls where phones know their place badly
 * @param zones parts of the city with rules of their own
 * @param asks customers who cannot be served, in the order of time
 * @param environment what the programs must be told for this city
 */
public record CityPlan(
    String name,
    Plane plane,
    Ground ground,
    LocalTime opens,
    DayOfWeek day,
    List<Area> areas,
    List<Store> stores,
    List<Courier> couriers,
    List<Placement> placements,
    Habits habits,
    double rainFactor,
    double leastDelivered,
    boolean ofSubmitted,
    List<Mall> malls,
    List<Zone> zones,
    List<Ask> asks,
    Map<String, String> environment) {

  /** Where most of the customers live who cannot be served; null when there are none. */
  public Spot newTown() {
    return asks.isEmpty() ? null : Outskirts.NEW_TOWN;
  }

  /** What riders' speed is multiplied with there. */
  public double speedFactor(Spot spot) {
    return zones.stream()
        .filter(zone -> !zone.closed() && zone.covers(spot))
        .mapToDouble(Zone::speedFactor)
        .min()
        .orElse(1);
  }

  /** When the last order is placed, city milliseconds after the city opens. */
  public long lastPlacementMillis() {
    return placements.isEmpty() ? 0 : placements.get(placements.size() - 1).atMillis();
  }
}
