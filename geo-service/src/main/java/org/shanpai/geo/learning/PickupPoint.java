package org.shanpai.geo.learning;

import org.shanpai.contracts.GeoPoint;

/**
 * Where riders stand when they take over a store's goods.
 *
 * @param visits how many visits it comes from; 0: the place as told
 */
public record PickupPoint(GeoPoint place, int visits) {}
