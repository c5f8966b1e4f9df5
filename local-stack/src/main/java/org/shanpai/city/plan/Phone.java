package org.shanpai.city.plan;

import org.shanpai.contracts.CoordinateSystem;

/**
 * A rider's phone, as it truly is.
 *
 * @param coordinateSystem in which it tells places, and says so
 * @param batteryPercent what it has when the shift begins
 * @param percentPerHour what it loses in a city hour
 * @param cheats whether its owner now and then fakes where they are
 */
public record Phone(
    CoordinateSystem coordinateSystem,
    double batteryPercent,
    double percentPerHour,
    boolean cheats) {

  /** Tells WGS-84, lasts any shift, owned by an honest rider. */
  public static final Phone PLAIN = new Phone(CoordinateSystem.WGS_84, 100, 0, false);
}
