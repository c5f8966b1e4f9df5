package org.shanpai.geo.travel.streets;

import org.shanpai.contracts.GeoPoint;

/**
 * Where a place touches the street graph.
 *
 * @param street it lies on
 * @param decimetres along the street from its first crossing
 * @param place on the street
 * @param doorMetres straight from the place that was asked for to the street
 * @param off whether that is further than a door may be from its street
 */
record Spot(int street, int decimetres, GeoPoint place, double doorMetres, boolean off) {

  /** The same for all places that touch the street at the same decimetre. */
  long key() {
    return (long) street << 32 | decimetres;
  }
}
