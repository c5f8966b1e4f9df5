package org.shanpai.order.intake;

import java.util.List;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.StoreId;
import org.shanpai.order.orders.Contact;
import org.shanpai.order.orders.Item;

/**
 * What a merchant asks for; well-formed, not yet checked against the store and the city.
 *
 * @param merchantOrderNo null when none
 * @param loadUnits 1–8; null to have it worked out
 * @param expectedReadySeconds from now; null for the store's usual time
 * @param promiseSeconds null for the standard promise
 */
public record OrderRequest(
    StoreId storeId,
    String merchantOrderNo,
    GeoPoint dropoff,
    Contact contact,
    List<Item> items,
    Integer loadUnits,
    PromiseTier tier,
    Integer expectedReadySeconds,
    Integer promiseSeconds) {}
