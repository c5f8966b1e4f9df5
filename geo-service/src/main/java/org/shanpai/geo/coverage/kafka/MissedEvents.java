package org.shanpai.geo.coverage.kafka;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.shanpai.chassis.City;
import org.shanpai.contracts.event.DemandMissed;
import org.shanpai.contracts.event.EventType;
import org.shanpai.geo.coverage.CoverageSettings;
import org.shanpai.geo.coverage.DemandLog;
import org.shanpai.geo.coverage.Outcome;
import org.shanpai.messaging.Event;
import org.shanpai.messaging.EventHandler;
import org.shanpai.messaging.PoisonException;

/** Takes in who was not served, or not in time. */
@ApplicationScoped
public class MissedEvents implements EventHandler<DemandMissed> {

  private final DemandLog log;
  private final City city;
  private final Duration usualPromise;
  private final double rideSecondsPerMetre;

  public MissedEvents(
      DemandLog log,
      City city,
      CoverageSettings settings,
      @ConfigProperty(name = "shanpai.geo.detour-factor") double detourFactor,
      @ConfigProperty(name = "shanpai.geo.plan-speed-kmh") double planSpeedKmh) {
    this.log = log;
    this.city = city;
    this.usualPromise = settings.usualPromise();
    this.rideSecondsPerMetre = detourFactor / (planSpeedKmh / 3.6);
  }

  @Override
  public EventType<DemandMissed> type() {
    return EventType.DEMAND_MISSED;
  }

  @Override
  public Uni<Void> on(Event<DemandMissed> event) {
    DemandMissed miss = event.data();
    if (miss.near() == null || miss.reason() == null || miss.at() == null) {
      throw new PoisonException("missed demand needs near, reason and at");
    }
    if (!city.id().equals(miss.cityId())) {
      return Uni.createFrom().voidItem();
    }
    return log.add(outcome(miss), miss.areaId(), miss.near(), miss.at());
  }

  /** A late promise is the kitchen's when it would be late without any ride. */
  private Outcome outcome(DemandMissed miss) {
    boolean kitchen =
        miss.reason() == DemandMissed.Reason.LATE_PROMISE
            && miss.promiseSeconds() != null
            && miss.metres() >= 0
            && miss.promiseSeconds() - miss.metres() * rideSecondsPerMetre
                > usualPromise.toSeconds();
    return kitchen ? Outcome.LATE_KITCHEN : Outcome.of(miss.reason());
  }
}
