package org.shanpai.contracts.event;

import java.time.Instant;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.CityId;

/**
 * The weather in an area. Published by geo-service, keyed by area.
 *
 * @param travelFactor what travel times are multiplied with, 1.0–3.0
 * @param promiseExtraSeconds what is added to new promises
 * @param from city time
 * @param setBy who set it
 */
public record WeatherAlert(
    AreaId areaId,
    CityId cityId,
    long version,
    Level level,
    double travelFactor,
    int promiseExtraSeconds,
    Instant from,
    String setBy) {

  /** RED pauses dispatch; ORANGE and RED exempt riders from late entries. */
  public enum Level {
    NONE,
    YELLOW,
    ORANGE,
    RED
  }
}
