package org.shanpai.city.plan;

import org.shanpai.city.streets.Spot;

/**
 * A store to onboard.
 *
 * @param merchantId whose it is
 * @param rangeMetres how far it delivers, as the crow flies
 * @param preparationSeconds what its kitchen usually takes
 */
public record Store(
    String storeId,
    String merchantId,
    String name,
    Spot spot,
    int rangeMetres,
    int preparationSeconds) {}
