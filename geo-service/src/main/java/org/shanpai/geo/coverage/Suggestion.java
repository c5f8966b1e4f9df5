package org.shanpai.geo.coverage;

import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.GeoPoint;

/**
 * A place worth a store.
 *
 * @param cell H3, resolution {@link DemandCells#RESOLUTION}
 * @param place the cell's centre
 * @param area it lies in
 * @param adds orders it would serve beyond those of the places before it; late ones count in part
 * @param missed of these, orders that were not served at all
 * @param late of these, orders that were promised late
 */
public record Suggestion(
    long cell, GeoPoint place, AreaId area, double adds, long missed, long late) {}
