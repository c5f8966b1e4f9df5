package org.shanpai.controlroom.city;

import java.time.Instant;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.RiderId;

/**
 * The newest known place of a rider; never stored.
 *
 * @param at city time of the reading
 */
public record Position(RiderId riderId, GeoPoint place, Instant at) {}
