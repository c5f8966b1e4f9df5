package org.shanpai.geo.travel.streets;

import java.util.ArrayList;
import java.util.List;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.geo.travel.DetourTravelTimes;
import org.shanpai.geo.travel.PairFactor;
import org.shanpai.geo.travel.TravelTimeMatrix;
import org.shanpai.geo.travel.TravelTimes;
import org.shanpai.geo.travel.Way;

/**
 * Travel times along streets.
 *
 * <ul>
 *   <li>From a door to its street and back the detour model counts; two doors nearer to each other
 *       than to their streets are joined straight.
 *   <li>A pair with a place that the streets do not cover is the detour model's altogether.
 *   <li>No way along streets is no way: across water nobody guesses.
 *   <li>However a time is shortened, its metres are never ridden faster than plan speed.
 * </ul>
 *
 * Thread-safe.
 */
public final class StreetTravelTimes implements TravelTimes {

  // What rounding of milliseconds along a way may add; a time that is whole must stay so.
  private static final double NOISE_SECONDS = 0.01;
  private static final double METRES_PER_DEGREE = 111_000;

  private final StreetGraph graph;
  private final TravelTimes uncovered;
  private final double detour;
  private final double secondsPerMetre;

  /**
   * @param uncovered answers where the streets do not reach
   * @param model whose detour factor and plan speed count between door and street
   */
  public StreetTravelTimes(StreetGraph graph, TravelTimes uncovered, DetourTravelTimes model) {
    this.graph = graph;
    this.uncovered = uncovered;
    this.detour = model.detourFactor();
    this.secondsPerMetre = 3.6 / model.planSpeedKmh();
  }

  @Override
  public boolean onStreets() {
    return true;
  }

  @Override
  public TravelTimeMatrix between(
      List<GeoPoint> origins, List<GeoPoint> destinations, PairFactor factor) {
    Spot[] from = spots(origins);
    Spot[] to = spots(destinations);
    int columns = to.length;
    int[] seconds = new int[Math.multiplyExact(from.length, columns)];
    int[] metres = new int[seconds.length];
    graph.ways(
        from,
        to,
        (row, millis, lengths) -> {
          for (int column = 0; column < columns; column++) {
            int cell = row * columns + column;
            if (from[row] == null || to[column] == null) {
              int column0 = column;
              TravelTimeMatrix one =
                  uncovered.between(
                      List.of(origins.get(row)),
                      List.of(destinations.get(column)),
                      (i, j) -> factor.of(row, column0));
              seconds[cell] = one.seconds(0, 0);
              metres[cell] = one.metres(0, 0);
              continue;
            }
            double doors = (from[row].doorMetres() + to[column].doorMetres()) * detour;
            double time = millis[column] / 1000.0 + doors * secondsPerMetre;
            double length = lengths[column] + doors;
            boolean found = millis[column] < UpwardSearch.FURTHEST_MILLIS;
            double straight = straight(origins.get(row), destinations.get(column), doors);
            if (straight >= 0 && (!found || straight * secondsPerMetre < time)) {
              found = true;
              length = straight;
              time = straight * secondsPerMetre;
            }
            if (found) {
              seconds[cell] = seconds(time, length, factor.of(row, column));
              metres[cell] = (int) Math.round(length);
            } else {
              seconds[cell] = TravelTimeMatrix.NO_WAY;
              metres[cell] = TravelTimeMatrix.NO_WAY;
            }
          }
        });
    return new TravelTimeMatrix(
        from.length, columns, seconds, metres, offStreets(from) + offStreets(to));
  }

  @Override
  public Way way(GeoPoint from, GeoPoint to, double factor) {
    Spot start = graph.spot(from);
    Spot end = graph.spot(to);
    if (start == null || end == null) {
      return uncovered.way(from, to, factor);
    }
    double doors = (start.doorMetres() + end.doorMetres()) * detour;
    double straight = straight(from, to, doors);
    StreetGraph.StreetWay streets = graph.way(from, to);
    if (straight >= 0
        && (streets == null
            || straight * secondsPerMetre < streets.seconds() + doors * secondsPerMetre)) {
      return new Way(
          List.of(from, to),
          (int) Math.round(straight),
          seconds(straight * secondsPerMetre, straight, factor),
          false,
          (int) Math.round(straight));
    }
    if (streets == null) {
      return null;
    }
    List<GeoPoint> points = new ArrayList<>(streets.points());
    if (points.isEmpty() || !points.get(0).equals(from)) {
      points.add(0, from);
    }
    points.add(to);
    double length = streets.metres() + doors;
    return new Way(
        List.copyOf(points),
        (int) Math.round(length),
        seconds(streets.seconds() + doors * secondsPerMetre, length, factor),
        true,
        (int) Math.round(doors));
  }

  private int seconds(double time, double metres, double factor) {
    return (int) Math.ceil(Math.max(time * factor, metres * secondsPerMetre) - NOISE_SECONDS);
  }

  /** Metres of the straight line as the detour model counts them; −1 when streets are nearer. */
  private double straight(GeoPoint from, GeoPoint to, double doors) {
    if (Math.abs(from.lat() - to.lat()) * METRES_PER_DEGREE > doors + 1) {
      return -1;
    }
    double metres = from.metresTo(to) * detour;
    return metres <= doors ? metres : -1;
  }

  private Spot[] spots(List<GeoPoint> places) {
    return places.stream().map(graph::spot).toArray(Spot[]::new);
  }

  private static int offStreets(Spot[] spots) {
    int off = 0;
    for (Spot spot : spots) {
      off += spot == null || spot.off() ? 1 : 0;
    }
    return off;
  }
}
