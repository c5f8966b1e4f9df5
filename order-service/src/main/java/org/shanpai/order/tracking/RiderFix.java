package org.shanpai.order.tracking;

import java.time.Instant;
import org.shanpai.contracts.GeoPoint;

/**
 * Where a rider was last believed to be.
 *
 * @param place WGS-84
 * @param at city time
 */
public record RiderFix(GeoPoint place, Instant at) {}
