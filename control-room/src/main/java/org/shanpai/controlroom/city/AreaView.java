package org.shanpai.controlroom.city;

import java.util.List;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.event.AreaState;
import org.shanpai.contracts.event.WeatherAlert;

/** An area with its weather as the map shows it. */
public record AreaView(
    AreaId areaId,
    String name,
    List<GeoPoint> outline,
    boolean paused,
    WeatherAlert.Level weather,
    double travelFactor,
    int promiseExtraSeconds) {

  static AreaView of(AreaState area, WeatherAlert weather) {
    return new AreaView(
        area.areaId(),
        area.name(),
        area.outline(),
        area.paused(),
        weather == null ? WeatherAlert.Level.NONE : weather.level(),
        weather == null ? 1.0 : weather.travelFactor(),
        weather == null ? 0 : weather.promiseExtraSeconds());
  }
}
