package org.shanpai.geo.weather;

import java.time.Instant;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.event.WeatherAlert.Level;

/**
 * What somebody said of the weather.
 *
 * @param areaId null for all areas
 * @param travelFactor 1.0–3.0
 * @param promiseExtraSeconds 0–7200
 * @param from city time
 * @param until city time, when it ends by itself; null for never
 * @param by who said it
 */
public record WeatherSetting(
    AreaId areaId,
    Level level,
    double travelFactor,
    int promiseExtraSeconds,
    Instant from,
    Instant until,
    String by) {

  /** Whether it holds at that city time. */
  boolean holds(Instant now) {
    return !now.isBefore(from) && !over(now);
  }

  /** Whether it has ended. */
  boolean over(Instant now) {
    return until != null && !now.isBefore(until);
  }

  /** Whether it is about that area. */
  boolean isAbout(AreaId area) {
    return areaId == null || areaId.equals(area);
  }
}
