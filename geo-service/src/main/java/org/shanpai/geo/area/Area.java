package org.shanpai.geo.area;

import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.event.AreaState;

/**
 * A business district (商圈), the unit of dispatch.
 *
 * @param version counts changes from 1
 * @param paused true while dispatch rests here
 */
public record Area(
    AreaId areaId, CityId cityId, long version, String name, Outline outline, boolean paused) {

  /** The form other services see. */
  public AreaState state() {
    return new AreaState(areaId, cityId, version, name, outline.corners(), paused);
  }

  /** Whether the other says the same but for its version. */
  public boolean sameAs(Area other) {
    return name.equals(other.name) && paused == other.paused && outline.equals(other.outline);
  }
}
