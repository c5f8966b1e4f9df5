package org.shanpai.geo.coverage.kafka;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.shanpai.chassis.City;
import org.shanpai.contracts.event.DemandMissed;
import org.shanpai.contracts.event.EventType;
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

  public MissedEvents(DemandLog log, City city) {
    this.log = log;
    this.city = city;
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
    return log.add(Outcome.of(miss.reason()), miss.areaId(), miss.near(), miss.at());
  }
}
