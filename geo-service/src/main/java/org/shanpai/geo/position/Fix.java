package org.shanpai.geo.position;

import org.shanpai.contracts.GeoPoint;

/**
 * Where a rider was last.
 *
 * @param at city time of the reading, epoch milliseconds
 * @param trust how far the rider's readings are believed, 0–100
 * @param batteryPercent what the phone had left when it last said so, 0–100; null when it never did
 */
public record Fix(String riderId, GeoPoint place, long at, int trust, Integer batteryPercent) {}
