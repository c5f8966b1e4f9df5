package org.shanpai.contracts.event;

import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.StoreId;

/**
 * A store. Published by order-service.
 *
 * @param place where goods are picked up
 * @param rangeMetres how far it delivers, as the crow flies
 * @param preparationSeconds how long its kitchen usually takes
 * @param open false when the merchant closed it
 */
public record StoreState(
    StoreId storeId,
    CityId cityId,
    MerchantId merchantId,
    AreaId areaId,
    long version,
    String name,
    GeoPoint place,
    int rangeMetres,
    int preparationSeconds,
    boolean open) {}
