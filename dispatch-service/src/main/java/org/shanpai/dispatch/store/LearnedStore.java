package org.shanpai.dispatch.store;

import org.shanpai.contracts.GeoPoint;

/**
 * What finished jobs taught about a store.
 *
 * @param pickup where riders stand when they take over
 * @param visits how many visits that comes from
 * @param kitchenSeconds median from an order's creation to goods that can be taken
 * @param kitchens how many orders that comes from
 */
public record LearnedStore(
    String storeId, GeoPoint pickup, int visits, int kitchenSeconds, int kitchens) {}
