package org.shanpai.geo.weather.feed;

import java.time.Instant;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.event.WeatherAlert.Level;
import org.shanpai.geo.weather.WeatherSetting;
import org.shanpai.geo.weather.WeatherWish;

/**
 * A line of a feed, unchecked.
 *
 * @param areaId {@code *} for all areas
 * @param travelFactor missing: by level
 * @param promiseExtraSeconds missing: by level
 * @param from city time; missing: from the beginning
 * @param until city time; missing: as long as the line is there
 * @param source who said it, 1–60 characters
 */
public record FeedLine(
    String areaId,
    Level level,
    Double travelFactor,
    Integer promiseExtraSeconds,
    Instant from,
    Instant until,
    String source) {

  private static final String ALL = "*";
  private static final int LONGEST_SOURCE = 60;

  /**
   * @throws IllegalArgumentException saying what is wrong
   */
  public WeatherSetting setting() {
    if (areaId == null) {
      throw new IllegalArgumentException("areaId is missing; * means all areas.");
    }
    if (source == null || source.isBlank() || source.length() > LONGEST_SOURCE) {
      throw new IllegalArgumentException("source must have 1-60 characters.");
    }
    Instant begin = from == null ? Instant.EPOCH : from;
    if (until != null && !until.isAfter(begin)) {
      throw new IllegalArgumentException("until must lie after from.");
    }
    WeatherWish wish;
    try {
      wish = new WeatherWish(level, travelFactor, promiseExtraSeconds, null).complete();
    } catch (Problem problem) {
      throw new IllegalArgumentException(problem.getMessage(), problem);
    }
    return new WeatherSetting(
        areaId.equals(ALL) ? null : AreaId.of(areaId),
        wish.level(),
        wish.travelFactor(),
        wish.promiseExtraSeconds(),
        begin,
        until,
        "feed:" + source.strip());
  }
}
