package org.shanpai.geo.weather;

import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.event.WeatherAlert.Level;

/**
 * The weather as an operator sets it.
 *
 * @param travelFactor 1.0–3.0; missing: by level 1, 1.1, 1.25, 1.5
 * @param promiseExtraSeconds 0–7200; missing: by level 0, 300, 600, 1200
 * @param until city time, when it ends by itself; missing: when it is taken back
 */
@Schema(name = "WeatherWish", description = "The weather as an operator sets it.")
public record WeatherWish(
    @Schema(required = true, examples = "ORANGE") Level level,
    @Schema(examples = "1.25", minimum = "1", maximum = "3") Double travelFactor,
    @Schema(examples = "600", minimum = "0", maximum = "7200") Integer promiseExtraSeconds,
    @Schema(examples = "2026-11-22T09:00:00Z") Instant until) {

  private static final double MOST_FACTOR = 3;
  private static final int MOST_EXTRA_SECONDS = 7_200;

  private static final Map<Level, Double> USUAL_FACTOR =
      Map.of(Level.NONE, 1.0, Level.YELLOW, 1.1, Level.ORANGE, 1.25, Level.RED, 1.5);
  private static final Map<Level, Integer> USUAL_EXTRA_SECONDS =
      Map.of(Level.NONE, 0, Level.YELLOW, 300, Level.ORANGE, 600, Level.RED, 1_200);

  /**
   * The same with nothing missing.
   *
   * @throws Problem 422 naming the field that is out of range
   */
  public WeatherWish complete() {
    if (level == null) {
      throw Problem.unprocessable("level", "level must be NONE, YELLOW, ORANGE or RED.");
    }
    double factor = travelFactor == null ? USUAL_FACTOR.get(level) : travelFactor;
    int extra = promiseExtraSeconds == null ? USUAL_EXTRA_SECONDS.get(level) : promiseExtraSeconds;
    if (!(factor >= 1 && factor <= MOST_FACTOR)) {
      throw Problem.unprocessable(
          "travelFactor", "travelFactor must be within 1..3 but is " + factor + ".");
    }
    if (extra < 0 || extra > MOST_EXTRA_SECONDS) {
      throw Problem.unprocessable(
          "promiseExtraSeconds",
          "promiseExtraSeconds must be within 0..7200 but is " + extra + ".");
    }
    if (level == Level.NONE && (factor != 1 || extra != 0)) {
      throw Problem.unprocessable(
          "level", "Level NONE goes with travelFactor 1 and promiseExtraSeconds 0.");
    }
    return new WeatherWish(level, factor, extra, until);
  }
}
