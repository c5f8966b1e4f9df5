package org.shanpai.dispatch.wave;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Says which areas this replica runs. A replica without any is well: others may have them all. */
@Readiness
@ApplicationScoped
class WavesHealth implements HealthCheck {

  private final WaveScheduler scheduler;

  WavesHealth(WaveScheduler scheduler) {
    this.scheduler = scheduler;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("waves")
        .withData("areas", String.join(",", scheduler.areas()))
        .up()
        .build();
  }
}
