package org.shanpai.geo.travel;

import io.quarkus.arc.DefaultBean;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Chooses the adapter behind {@link TravelTimes}. */
@Singleton
public class TravelBeans {

  /** Made at the start, so that a wrong number stops it. */
  @Produces
  @Singleton
  @Startup
  TravelTimes travelTimes(
      @ConfigProperty(name = "shanpai.geo.detour-factor") double detourFactor,
      @ConfigProperty(name = "shanpai.geo.plan-speed-kmh") double planSpeedKmh) {
    return new DetourTravelTimes(detourFactor, planSpeedKmh);
  }

  /** Stands in until something learns. */
  @Produces
  @DefaultBean
  @Singleton
  TravelCorrection nothingLearned() {
    return TravelCorrection.NONE;
  }

  @Produces
  @Singleton
  PlannedTimes plannedTimes(TravelTimes travelTimes, TravelCorrection correction) {
    return new PlannedTimes(travelTimes, correction);
  }
}
