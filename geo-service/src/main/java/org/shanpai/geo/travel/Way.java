package org.shanpai.geo.travel;

import java.util.List;
import org.shanpai.contracts.GeoPoint;

/**
 * One way from place to place.
 *
 * @param points along it, both places included; two or more
 * @param metres whole, rounded to the nearest
 * @param seconds whole, rounded up
 * @param onStreets whether it follows streets; false: a straight line
 * @param offStreetMetres how much of it leads from a door to the street or back, where no street is
 */
public record Way(
    List<GeoPoint> points, int metres, int seconds, boolean onStreets, int offStreetMetres) {}
