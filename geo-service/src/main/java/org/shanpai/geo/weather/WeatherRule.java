package org.shanpai.geo.weather;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.event.WeatherAlert;
import org.shanpai.contracts.event.WeatherAlert.Level;

/**
 * Which weather counts: an operator's word until it ends or is taken back, even that nothing is the
 * matter; else the worst of what the feed says; else none.
 */
final class WeatherRule {

  private static final String FEED = "feed:";
  private static final String NOBODY = "nobody";

  private static final Comparator<WeatherSetting> WORST =
      Comparator.comparing(WeatherSetting::level)
          .thenComparingDouble(WeatherSetting::travelFactor)
          .thenComparingInt(WeatherSetting::promiseExtraSeconds);

  private WeatherRule() {}

  /** Who speaks when a line of the feed counts. */
  static String feed(String source) {
    return FEED + source;
  }

  /**
   * @param operator null when no operator said anything
   * @param feed lines of any area
   */
  static WeatherSetting effective(
      WeatherSetting operator, List<WeatherSetting> feed, AreaId area, Instant now) {
    if (operator != null && operator.holds(now)) {
      return operator;
    }
    return feed.stream()
        .filter(line -> line.isAbout(area) && line.holds(now))
        .max(WORST)
        .orElse(new WeatherSetting(area, Level.NONE, 1, 0, now, null, NOBODY));
  }

  /**
   * Whether the alert told last still says it.
   *
   * @param told null when none ever was, which is as good as none
   */
  static boolean said(WeatherAlert told, WeatherSetting effective) {
    if (told == null) {
      return effective.by().equals(NOBODY);
    }
    return told.level() == effective.level()
        && told.travelFactor() == effective.travelFactor()
        && told.promiseExtraSeconds() == effective.promiseExtraSeconds()
        && voice(told.setBy()) == voice(effective.by());
  }

  /** Operators are one voice: the same word of another changes nothing. */
  private static int voice(String by) {
    return by.equals(NOBODY) ? 0 : by.startsWith(FEED) ? 1 : 2;
  }
}
