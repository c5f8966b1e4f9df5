package org.shanpai.order.address;

import org.shanpai.contracts.GeoPoint;

/**
 * A building whose place is known.
 *
 * @param district null when it was not said, like each of the following four
 * @param place where goods for it are handed over, WGS-84
 * @param lessons delivered orders that agreed with the place
 * @param imported whether a manager told the place; learning does not move it then
 */
public record KnownBuilding(
    String id,
    String district,
    String estate,
    String road,
    String number,
    String building,
    BuildingKey key,
    GeoPoint place,
    int lessons,
    boolean imported) {

  /** For people: 长虹科技大厦 A座, or 天河路 383号. */
  public String label() {
    String where = estate != null ? estate : road + (number == null ? "" : number);
    return building == null ? where : where + " " + building;
  }
}
