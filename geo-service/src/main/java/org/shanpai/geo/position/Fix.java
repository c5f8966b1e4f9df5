package org.shanpai.geo.position;

import org.shanpai.contracts.GeoPoint;

/**
 * Where a rider was last.
 *
 * @param at city time of the reading, epoch milliseconds
 */
public record Fix(String riderId, GeoPoint place, long at) {}
