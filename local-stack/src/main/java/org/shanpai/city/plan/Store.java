package org.shanpai.city.plan;

import org.shanpai.city.streets.Spot;

/**
 * A store to onboard.
 *
 * @param merchantId whose it is
 * @param spot where its merchant says it is
 * @param door where riders truly take over
 * @param rangeMetres how far it delivers, as the crow flies
 * @param preparationSeconds what its kitchen usually takes
 */
public record Store(
    String storeId,
    String merchantId,
    String name,
    Spot spot,
    Spot door,
    int rangeMetres,
    int preparationSeconds,
    boolean open) {}
