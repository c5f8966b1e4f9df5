package org.shanpai.order.store;

import org.shanpai.contracts.GeoPoint;

/**
 * What a merchant says of a store.
 *
 * @param rangeMetres how far it delivers, as the crow flies, 100–60,000
 * @param preparationSeconds how long its kitchen usually takes, 0–10,800
 * @param open the switch: whether it takes orders, within its hours when it has some
 */
public record StoreDetails(
    String name, GeoPoint place, int rangeMetres, int preparationSeconds, boolean open) {

  StoreDetails withOpen(boolean other) {
    return new StoreDetails(name, place, rangeMetres, preparationSeconds, other);
  }
}
