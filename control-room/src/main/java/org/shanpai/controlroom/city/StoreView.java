package org.shanpai.controlroom.city;

import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.event.StoreState;

/** A store as the map shows it. */
public record StoreView(
    StoreId storeId,
    String name,
    AreaId areaId,
    GeoPoint place,
    int rangeMetres,
    int preparationSeconds,
    boolean open) {

  static StoreView of(StoreState store) {
    return new StoreView(
        store.storeId(),
        store.name(),
        store.areaId(),
        store.place(),
        store.rangeMetres(),
        store.preparationSeconds(),
        store.open());
  }
}
