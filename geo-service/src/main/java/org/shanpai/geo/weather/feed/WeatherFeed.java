package org.shanpai.geo.weather.feed;

import java.util.List;
import java.util.Optional;
import org.shanpai.geo.weather.WeatherSetting;

/** Somebody who tells the weather without being asked; a port. */
public interface WeatherFeed {

  /**
   * What the feed says now.
   *
   * @param lines those that could be read
   * @param refused a sentence on each that could not
   */
  record Reading(List<WeatherSetting> lines, List<String> refused) {}

  /**
   * Asks; may take its time, called on a worker thread.
   *
   * @return empty when nothing is new, or nothing can be said now: what was said before stays
   */
  Optional<Reading> poll();
}
