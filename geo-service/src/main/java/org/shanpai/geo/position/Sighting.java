package org.shanpai.geo.position;

import org.shanpai.contracts.GeoPoint;

/**
 * A believed reading of a rider's phone.
 *
 * @param at city time, epoch milliseconds
 * @param accuracyMetres radius of the circle the phone believes itself in, at least 0
 * @param trust how far the reading is believed, 0–100
 */
public record Sighting(GeoPoint place, long at, double accuracyMetres, int trust) {}
