package org.shanpai.geo.zone;

import java.util.List;
import org.locationtech.jts.geom.Geometry;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.StoreId;

/**
 * All zones of the city at one moment, made ready for questions. Never changes; a change of any
 * zone makes a new map.
 */
public final class ZoneMap {

  /**
   * A part of the city in which riders are slower.
   *
   * @param geometry degrees WGS-84, longitude is x
   * @param speedFactor what speed is multiplied with inside, more than 0, at most 1
   */
  public record SlowPart(Geometry geometry, double speedFactor) {}

  public static final ZoneMap EMPTY = new ZoneMap(0);

  private final long version;

  private ZoneMap(long version) {
    this.version = version;
  }

  /** Grows with every change of any zone; 0 before the first map was read. */
  public long version() {
    return version;
  }

  /** Whether riders may not be there. Borders belong to their zone. */
  public boolean noGo(GeoPoint place) {
    return false;
  }

  /** What speed is multiplied with there: 1 outside slow zones, the least where several overlap. */
  public double speedFactor(GeoPoint place) {
    return 1;
  }

  /**
   * Whether the store delivers there.
   *
   * @return null when the store has no delivery range of its own
   */
  public Boolean inDeliveryRange(StoreId storeId, GeoPoint place) {
    return null;
  }

  /** No-go zones, degrees WGS-84, longitude is x. */
  public List<Geometry> noGoGeometries() {
    return List.of();
  }

  /** Slow zones with their factors. */
  public List<SlowPart> slowParts() {
    return List.of();
  }
}
