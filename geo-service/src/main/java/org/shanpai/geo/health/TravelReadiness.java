package org.shanpai.geo.health;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.shanpai.geo.travel.streets.StreetGraph;
import org.shanpai.geo.travel.streets.Streets;

/**
 * Says which adapter answers for travel times. Always up: without streets the detour model answers.
 */
@Readiness
@ApplicationScoped
public class TravelReadiness implements HealthCheck {

  private final Streets streets;

  public TravelReadiness(Streets streets) {
    this.streets = streets;
  }

  @Override
  public HealthCheckResponse call() {
    StreetGraph graph = streets.graph();
    Streets.Standing standing = streets.standing();
    HealthCheckResponseBuilder answer =
        HealthCheckResponse.named("travel times")
            .up()
            .withData("adapter", graph == null ? "DETOUR" : "STREETS")
            .withData("streetFile", standing.state().name());
    if (standing.stage() != null) {
      answer.withData("stage", standing.stage());
    }
    if (standing.trouble() != null) {
      answer.withData("trouble", standing.trouble());
    }
    if (graph != null) {
      answer
          .withData("streets", graph.streets())
          .withData("closedByZones", graph.blocked())
          .withData("zoneVersion", graph.zoneVersion())
          .withData("searchesKept", graph.hits())
          .withData("searchesMade", graph.misses());
    }
    return answer.build();
  }
}
