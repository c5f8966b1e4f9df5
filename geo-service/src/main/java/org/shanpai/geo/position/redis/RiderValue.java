package org.shanpai.geo.position.redis;

import org.shanpai.contracts.GeoPoint;
import org.shanpai.geo.cell.Cells;
import org.shanpai.geo.position.Fix;

/**
 * What Redis has of a rider: {@code at|lat|lon|cell}.
 *
 * @param cell H3 cell in whose GEO set the rider is
 */
record RiderValue(Fix fix, long cell) {

  static String text(Fix fix, long cell) {
    return fix.at() + "|" + fix.place().lat() + "|" + fix.place().lon() + "|" + Cells.text(cell);
  }

  /** The value, or null when the text is none. */
  static RiderValue parse(String riderId, String text) {
    int first = text.indexOf('|');
    int second = text.indexOf('|', first + 1);
    int third = text.indexOf('|', second + 1);
    if (first < 0 || second < 0 || third < 0) {
      return null;
    }
    try {
      return new RiderValue(
          new Fix(
              riderId,
              new GeoPoint(
                  Double.parseDouble(text.substring(first + 1, second)),
                  Double.parseDouble(text.substring(second + 1, third))),
              Long.parseLong(text.substring(0, first))),
          Cells.parse(text.substring(third + 1)));
    } catch (IllegalArgumentException notOurs) {
      return null;
    }
  }
}
