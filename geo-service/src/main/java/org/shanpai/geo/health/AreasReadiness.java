package org.shanpai.geo.health;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.shanpai.geo.area.Areas;
import org.shanpai.geo.revision.Reloading;

/** Not ready before areas, weather and stores were read once. */
@Readiness
@ApplicationScoped
public class AreasReadiness implements HealthCheck {

  private final Reloading reloading;
  private final Areas areas;

  public AreasReadiness(Reloading reloading, Areas areas) {
    this.reloading = reloading;
    this.areas = areas;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("areas, weather and stores read")
        .status(reloading.complete())
        .withData("areas", areas.map().all().size())
        .build();
  }
}
