package org.shanpai.geo.coverage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.shanpai.contracts.GeoPoint;

/** Finds places near another in a straight line: squares as wide as the radius. Immutable. */
final class Neighbourhood {

  private static final double METRES_PER_DEGREE = 6_371_008.8 * Math.PI / 180;

  // What the plane leaves out over the size of a city.
  private static final double SLACK = 1.002;

  private record Square(long north, long east) {}

  private final List<GeoPoint> places;
  private final double radius;
  private final double eastMetresPerDegree;
  private final Map<Square, List<Integer>> squares = new HashMap<>();

  /**
   * @param radius metres, more than 0
   */
  Neighbourhood(List<GeoPoint> places, double radius) {
    this.places = places;
    this.radius = radius;
    double furthest = places.stream().mapToDouble(place -> Math.abs(place.lat())).max().orElse(0);
    this.eastMetresPerDegree =
        METRES_PER_DEGREE * Math.max(0.05, Math.cos(Math.toRadians(Math.min(89, furthest + 0.2))));
    for (int i = 0; i < places.size(); i++) {
      squares.computeIfAbsent(square(places.get(i)), fresh -> new ArrayList<>()).add(i);
    }
  }

  /** Every place no further than the radius, and perhaps a few just beyond, by number. */
  int[] of(GeoPoint centre) {
    Square own = square(centre);
    List<Integer> found = new ArrayList<>();
    for (long north = own.north() - 1; north <= own.north() + 1; north++) {
      for (long east = own.east() - 1; east <= own.east() + 1; east++) {
        for (int i : squares.getOrDefault(new Square(north, east), List.of())) {
          if (centre.metresTo(places.get(i)) <= radius * SLACK) {
            found.add(i);
          }
        }
      }
    }
    return found.stream().sorted().mapToInt(Integer::intValue).toArray();
  }

  private Square square(GeoPoint place) {
    return new Square(
        (long) Math.floor(place.lat() * METRES_PER_DEGREE / radius),
        (long) Math.floor(place.lon() * eastMetresPerDegree / radius));
  }
}
