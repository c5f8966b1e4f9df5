package org.shanpai.city.plan;

import java.util.List;
import org.shanpai.city.streets.Spot;

/**
 * A business district to onboard.
 *
 * @param outline its corners, counter-clockwise, not closed
 */
public record Area(String areaId, String name, List<Spot> outline) {

  /** A rectangle between two opposite corners, south-west and north-east. */
  public static Area rectangle(String areaId, String name, Spot southWest, Spot northEast) {
    return new Area(
        areaId,
        name,
        List.of(
            southWest,
            new Spot(northEast.east(), southWest.north()),
            northEast,
            new Spot(southWest.east(), northEast.north())));
  }
}
