package org.shanpai.bench.city;

import org.shanpai.bench.CannotRun;

/**
 * How large a made-up city is.
 *
 * @param districts business districts, 1 to 400
 * @param jobs open orders, 1 to 10,000
 * @param riders riders on duty, 1 to 50,000
 */
public record CitySize(int districts, int jobs, int riders) {

  private static final double JOBS_PER_DISTRICT = 30;

  public CitySize {
    inRange("districts", districts, 400);
    inRange("jobs", jobs, 10_000);
    inRange("riders", riders, 50_000);
  }

  /** As many districts as jobs call for: 663 jobs make 22. */
  public static CitySize of(int jobs, int riders) {
    return new CitySize(Math.max(1, (int) Math.round(jobs / JOBS_PER_DISTRICT)), jobs, riders);
  }

  private static void inRange(String what, int value, int most) {
    if (value < 1 || value > most) {
      throw new CannotRun(
          "A city of %d %s cannot be made; 1 to %d can.".formatted(value, what, most));
    }
  }
}
