package org.shanpai.geo.zone;

import java.util.List;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.event.ZoneState;

/**
 * A zone as it shall be; checked.
 *
 * @param speedFactor SLOW only
 * @param storeId DELIVERY_RANGE only
 * @param notes what was repaired on the way, or may be a mistake
 */
public record ZoneWish(
    String zoneId,
    ZoneState.Kind kind,
    String name,
    List<ZoneState.Polygon> polygons,
    Double speedFactor,
    StoreId storeId,
    List<String> notes) {

  ZoneState state(CityId city, long version) {
    return new ZoneState(zoneId, city, version, kind, name, polygons, speedFactor, storeId, false);
  }

  boolean asIs(ZoneState zone) {
    return zone != null && !zone.removed() && zone.equals(state(zone.cityId(), zone.version()));
  }
}
