package org.shanpai.dispatch.store;

import org.shanpai.contracts.GeoPoint;

/**
 * What finished jobs taught about a store.
 *
 * @param pickup where riders stand when they take over
 * @param visits how many visits that comes from
 * @param kitchenSeconds median from an order's creation to goods that can be taken
 * @param kitchens how many orders that comes from
 * @param kitchenP80Seconds four of five can be taken by then; null when that was not kept
 */
public record LearnedStore(
    String storeId,
    GeoPoint pickup,
    int visits,
    int kitchenSeconds,
    int kitchens,
    Integer kitchenP80Seconds) {}
