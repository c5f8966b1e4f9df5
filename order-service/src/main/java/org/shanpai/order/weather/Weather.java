package org.shanpai.order.weather;

import io.smallrye.mutiny.Uni;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.event.WeatherAlert;

/** The weather of the city's areas, in the transaction of the caller. */
public interface Weather {

  /** Fair weather when nothing was heard of the area. */
  Uni<AreaWeather> at(AreaId areaId);

  /** Remembers an alert unless a newer one is known. */
  Uni<Void> follow(WeatherAlert alert);
}
