package org.shanpai.order.weather.kafka;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.WeatherAlert;
import org.shanpai.messaging.Event;
import org.shanpai.messaging.EventHandler;
import org.shanpai.order.weather.Weather;

/** Learns the weather that geo-service publishes. */
@ApplicationScoped
class WeatherAlertHandler implements EventHandler<WeatherAlert> {

  private final Weather weather;

  WeatherAlertHandler(Weather weather) {
    this.weather = weather;
  }

  @Override
  public EventType<WeatherAlert> type() {
    return EventType.WEATHER_ALERT;
  }

  @Override
  public Uni<Void> on(Event<WeatherAlert> event) {
    return weather.follow(event.data());
  }
}
