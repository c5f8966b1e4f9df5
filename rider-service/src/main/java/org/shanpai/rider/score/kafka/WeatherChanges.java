package org.shanpai.rider.score.kafka;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.WeatherAlert;
import org.shanpai.messaging.Event;
import org.shanpai.messaging.EventHandler;
import org.shanpai.messaging.PoisonException;
import org.shanpai.rider.score.Intake;

/** Orange and red weather exempts from lateness. */
@ApplicationScoped
class WeatherChanges implements EventHandler<WeatherAlert> {

  private final Intake intake;

  WeatherChanges(Intake intake) {
    this.intake = intake;
  }

  @Override
  public EventType<WeatherAlert> type() {
    return EventType.WEATHER_ALERT;
  }

  @Override
  public Uni<Void> on(Event<WeatherAlert> event) {
    WeatherAlert alert = event.data();
    if (alert.areaId() == null || alert.level() == null || alert.from() == null) {
      throw new PoisonException("a weather alert without area, level or start");
    }
    return intake.weatherChanged(alert);
  }
}
