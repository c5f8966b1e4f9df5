package org.shanpai.geo.travel;

import io.quarkus.arc.DefaultBean;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.shanpai.geo.travel.streets.Streets;
import org.shanpai.geo.travel.streets.StreetsOrDetour;
import org.shanpai.geo.zone.Zones;

/** Chooses the adapter behind {@link TravelTimes}. */
@Singleton
public class TravelBeans {

  /** Made at the start, so that a wrong number stops it. */
  @Produces
  @Singleton
  @Startup
  @Typed(DetourTravelTimes.class)
  DetourTravelTimes detourModel(
      @ConfigProperty(name = "shanpai.geo.detour-factor") double detourFactor,
      @ConfigProperty(name = "shanpai.geo.plan-speed-kmh") double planSpeedKmh) {
    return new DetourTravelTimes(detourFactor, planSpeedKmh);
  }

  @Produces
  @Singleton
  TravelTimes travelTimes(Streets streets, DetourTravelTimes model, Zones zones) {
    return new StreetsOrDetour(streets, model, zones);
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
