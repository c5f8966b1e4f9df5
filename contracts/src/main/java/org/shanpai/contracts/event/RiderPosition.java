package org.shanpai.contracts.event;

import java.time.Instant;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.RiderId;

/**
 * A sampled position. Published by geo-service, best effort: a lost one is replaced by the next.
 *
 * @param at city time of the reading
 */
public record RiderPosition(RiderId riderId, CityId cityId, GeoPoint place, Instant at) {}
