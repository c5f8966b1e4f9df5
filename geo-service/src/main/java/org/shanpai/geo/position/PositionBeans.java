package org.shanpai.geo.position;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the checks and the memory from the settings. */
@ApplicationScoped
public class PositionBeans {

  @Produces
  @Singleton
  PingCheck pingCheck(PositionSettings settings) {
    return new PingCheck(
        new PingCheck.Limits(
            settings.futureTolerance().toMillis(),
            settings.oldestPing().toMillis(),
            settings.worstAccuracyMetres(),
            settings.speedCapKmh(),
            settings.speedMargin(),
            settings.noiseMetres()));
  }

  @Produces
  @Singleton
  LastKnown lastKnown(PingCheck check, PositionSettings settings) {
    return new LastKnown(check, settings.teleportConfirmations(), settings.memoryRiders());
  }
}
