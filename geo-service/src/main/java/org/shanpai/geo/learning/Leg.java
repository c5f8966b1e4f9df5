package org.shanpai.geo.learning;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.shanpai.contracts.GeoPoint;

/**
 * A ride from one stop to the next with nothing between.
 *
 * @param seconds from departure to arrival
 * @param travelFactor what the weather multiplied travel times with
 */
public record Leg(
    String riderId,
    GeoPoint from,
    GeoPoint to,
    Instant departedAt,
    double seconds,
    double travelFactor) {

  // Longer than this between two stops is no ride.
  private static final Duration LONGEST = Duration.ofHours(2);

  private static final Comparator<Stop> IN_ORDER =
      Comparator.comparing(Stop::leftAt)
          .thenComparing(Stop::jobId)
          .thenComparing(Stop::kind)
          .thenComparing(Stop::epoch);

  /**
   * The rides between the stops of one rider, whatever order they come in. A ride to a pickup
   * counts only when the rider had the job as they left the stop before: otherwise they stood
   * somewhere else when they set out.
   */
  public static List<Leg> between(List<Stop> stopsOfOneRider) {
    List<Stop> stops = new ArrayList<>(stopsOfOneRider);
    stops.sort(IN_ORDER);
    List<Leg> legs = new ArrayList<>();
    for (int i = 1; i < stops.size(); i++) {
      Stop from = stops.get(i - 1);
      Stop to = stops.get(i);
      Instant arrived = to.arrivedAt();
      if (arrived == null
          || !arrived.isAfter(from.leftAt())
          || to.acceptedAt().isAfter(from.leftAt())
          || Duration.between(from.leftAt(), arrived).compareTo(LONGEST) > 0) {
        continue;
      }
      legs.add(
          new Leg(
              to.riderId(),
              from.place(),
              to.place(),
              from.leftAt(),
              Duration.between(from.leftAt(), arrived).toMillis() / 1_000.0,
              to.travelFactor()));
    }
    return legs;
  }
}
