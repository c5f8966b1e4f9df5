package org.shanpai.city.agents;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.shanpai.contracts.GeoPoint;

/**
 * What the platform says a rider has in hand. A newer version replaces an older one; an older one
 * is not looked at. Used from the rider's steps only.
 */
final class Work {

  /** A job in hand. */
  record Held(String jobId, long epoch, String status) {

    boolean beforePickup() {
      return status.equals("ASSIGNED") || status.equals("AT_STORE");
    }

    boolean carried() {
      return status.equals("PICKED_UP") || status.equals("AT_CUSTOMER");
    }

    boolean returning() {
      return status.equals("RETURNING");
    }
  }

  /** Where to go next. */
  record Stop(String jobId, String kind, GeoPoint place) {}

  private long version = -1;
  private final Map<String, Held> held = new LinkedHashMap<>();
  private final List<Stop> route = new ArrayList<>();

  /**
   * @param state RiderWorkState as JSON
   * @return whether it was news
   */
  boolean take(JsonNode state) {
    long newVersion = state.path("version").asLong(-1);
    if (newVersion <= version) {
      return false;
    }
    version = newVersion;
    held.clear();
    route.clear();
    for (JsonNode job : state.path("jobs")) {
      String jobId = job.path("jobId").asText();
      held.put(jobId, new Held(jobId, job.path("epoch").asLong(), job.path("status").asText()));
    }
    for (JsonNode stop : state.path("route")) {
      route.add(
          new Stop(
              stop.path("jobId").asText(),
              stop.path("kind").asText(),
              new GeoPoint(
                  stop.path("place").path("lat").asDouble(),
                  stop.path("place").path("lon").asDouble())));
    }
    return true;
  }

  Optional<Held> find(String jobId) {
    return Optional.ofNullable(held.get(jobId));
  }

  boolean empty() {
    return held.isEmpty();
  }

  List<Held> all() {
    return List.copyOf(held.values());
  }

  /** The first stop of the route that fits where its job stands. */
  Optional<Stop> next() {
    return route.stream()
        .filter(
            stop -> {
              Held job = held.get(stop.jobId());
              return job != null
                  && switch (stop.kind()) {
                    case "PICKUP" -> job.beforePickup();
                    case "DROPOFF" -> job.carried();
                    default -> job.returning();
                  };
            })
        .findFirst();
  }
}
