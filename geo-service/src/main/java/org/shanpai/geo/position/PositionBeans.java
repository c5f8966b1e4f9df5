package org.shanpai.geo.position;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.shanpai.geo.store.Stores;

/** Makes the checks and the memory from the settings. */
@ApplicationScoped
public class PositionBeans {

  @Produces
  @Singleton
  PingCheck pingCheck(PositionSettings settings) {
    return new PingCheck(
        new PingCheck.Limits(
            settings.futureTolerance().toMillis(),
            settings.behindTolerance().toMillis(),
            settings.worstClock().toMillis(),
            settings.oldestPing().toMillis(),
            settings.worstAccuracyMetres(),
            settings.badAccuracyMetres(),
            settings.speedCapKmh(),
            settings.speedDoubt(),
            settings.speedMargin(),
            settings.noiseMetres(),
            settings.sameWhileRiding(),
            settings.sameWhileStanding()));
  }

  @Produces
  @Singleton
  LastKnown lastKnown(PingCheck check, Stores stores, PositionSettings settings) {
    PingJudge judge =
        new PingJudge(
            check,
            settings.teleportConfirmations(),
            place -> stores.anyWithin(place, settings.shopMetres()));
    return new LastKnown(judge, settings.memoryRiders());
  }
}
