package org.shanpai.contracts.event;

import java.time.Instant;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.StoreId;

/**
 * What finished jobs taught about a store. Published by geo-service when it changed by enough to
 * matter.
 *
 * @param pickup where riders stand when they take over; the place as told until enough visits
 * @param visits how many visits the pickup point comes from
 * @param kitchenSeconds median from an order's creation to goods that can be taken
 * @param kitchenP80Seconds four of five are ready by then
 * @param kitchens how many orders those come from
 * @param handoverSeconds median from arrival with ready goods to departure
 * @param at city time
 */
public record StoreLearned(
    StoreId storeId,
    CityId cityId,
    long version,
    GeoPoint pickup,
    int visits,
    int kitchenSeconds,
    int kitchenP80Seconds,
    int kitchens,
    int handoverSeconds,
    Instant at) {}
