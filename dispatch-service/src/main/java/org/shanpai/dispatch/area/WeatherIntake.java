package org.shanpai.dispatch.area;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.WeatherAlert;
import org.shanpai.messaging.Event;
import org.shanpai.messaging.EventHandler;
import org.shanpai.messaging.Tx;

/** Takes weather from geo-service: a red alert pauses dispatch in its area. */
@ApplicationScoped
class WeatherIntake implements EventHandler<WeatherAlert> {

  private final Areas areas;
  private final Alarm alarm;
  private final Tx tx;

  WeatherIntake(Areas areas, Alarm alarm, Tx tx) {
    this.areas = areas;
    this.alarm = alarm;
    this.tx = tx;
  }

  @Override
  public EventType<WeatherAlert> type() {
    return EventType.WEATHER_ALERT;
  }

  @Override
  public Uni<Void> on(Event<WeatherAlert> event) {
    tx.afterCommit(() -> alarm.raise(event.data().areaId().value()));
    return areas.put(event.data());
  }
}
