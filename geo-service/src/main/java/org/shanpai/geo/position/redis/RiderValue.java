package org.shanpai.geo.position.redis;

import org.shanpai.contracts.GeoPoint;
import org.shanpai.geo.cell.Cells;
import org.shanpai.geo.position.Fix;

/**
 * What Redis has of a rider: {@code at|lat|lon|trust|battery|cell}; {@code battery} is empty when
 * the phone did not say.
 *
 * @param cell H3 cell in whose GEO set the rider is
 */
record RiderValue(Fix fix, long cell) {

  private static final int PARTS = 6;

  static String text(Fix fix, long cell) {
    String battery = fix.batteryPercent() == null ? "" : fix.batteryPercent().toString();
    return fix.at()
        + "|"
        + fix.place().lat()
        + "|"
        + fix.place().lon()
        + "|"
        + fix.trust()
        + "|"
        + battery
        + "|"
        + Cells.text(cell);
  }

  /** The value, or null when the text is none. */
  static RiderValue parse(String riderId, String text) {
    String[] parts = text.split("\\|", -1);
    if (parts.length != PARTS) {
      return null;
    }
    try {
      GeoPoint place = new GeoPoint(Double.parseDouble(parts[1]), Double.parseDouble(parts[2]));
      Integer battery = parts[4].isEmpty() ? null : Integer.valueOf(parts[4]);
      return new RiderValue(
          new Fix(riderId, place, Long.parseLong(parts[0]), Integer.parseInt(parts[3]), battery),
          Cells.parse(parts[5]));
    } catch (IllegalArgumentException notOurs) {
      return null;
    }
  }
}
