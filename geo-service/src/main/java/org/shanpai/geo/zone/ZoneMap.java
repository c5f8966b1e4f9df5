package org.shanpai.geo.zone;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.locationtech.jts.geom.Geometry;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.event.ZoneState;
import org.shanpai.geo.polygon.BandedPolygon;
import org.shanpai.geo.polygon.PolygonGrid;
import org.shanpai.geo.polygon.Polygons;

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

  public static final ZoneMap EMPTY = new ZoneMap(List.of(), 0);

  private final long version;
  private final Map<String, ZoneState> zones = new TreeMap<>();
  private final List<Geometry> noGoGeometries;
  private final List<SlowPart> slowParts;
  private final PolygonGrid noGo;
  private final PolygonGrid slow;
  private final double[] slowFactors;
  private final Map<StoreId, List<BandedPolygon>> ranges = new HashMap<>();

  /**
   * @param zones none of them removed
   * @param version of all of them together
   */
  public ZoneMap(Collection<ZoneState> zones, long version) {
    this.version = version;
    List<BandedPolygon> closed = new ArrayList<>();
    List<ZoneState> slowZones = new ArrayList<>();
    for (ZoneState zone : zones) {
      this.zones.put(zone.zoneId(), zone);
      switch (zone.kind()) {
        case NO_GO -> closed.add(new BandedPolygon(Polygons.geometry(zone.polygons())));
        case SLOW -> slowZones.add(zone);
        case DELIVERY_RANGE ->
            ranges
                .computeIfAbsent(zone.storeId(), any -> new ArrayList<>())
                .add(new BandedPolygon(Polygons.geometry(zone.polygons())));
      }
    }
    this.noGo = new PolygonGrid(closed);
    this.noGoGeometries = closed.stream().map(BandedPolygon::geometry).toList();
    // The slowest come first: where several lie over each other, the first found is the answer.
    slowZones.sort(Comparator.comparingDouble(ZoneState::speedFactor));
    List<BandedPolygon> slower =
        slowZones.stream()
            .map(zone -> new BandedPolygon(Polygons.geometry(zone.polygons())))
            .toList();
    this.slow = new PolygonGrid(slower);
    this.slowFactors = slowZones.stream().mapToDouble(ZoneState::speedFactor).toArray();
    List<SlowPart> parts = new ArrayList<>();
    for (int i = 0; i < slowFactors.length; i++) {
      parts.add(new SlowPart(slower.get(i).geometry(), slowFactors[i]));
    }
    this.slowParts = List.copyOf(parts);
  }

  /** Grows with every change of any zone; 0 before the first map was read. */
  public long version() {
    return version;
  }

  /** All zones, by id. */
  public Collection<ZoneState> all() {
    return zones.values();
  }

  /**
   * @return null when there is none of that id
   */
  public ZoneState find(String zoneId) {
    return zones.get(zoneId);
  }

  /** Whether riders may not be there. Borders belong to their zone. */
  public boolean noGo(GeoPoint place) {
    return noGo.first(place.lat(), place.lon()) != PolygonGrid.NONE;
  }

  /** What speed is multiplied with there: 1 outside slow zones, the least where several overlap. */
  public double speedFactor(GeoPoint place) {
    int found = slow.first(place.lat(), place.lon());
    return found == PolygonGrid.NONE ? 1 : slowFactors[found];
  }

  /**
   * Whether the store delivers there: inside any of its ranges, their borders included.
   *
   * @return null when the store has no delivery range of its own
   */
  public Boolean inDeliveryRange(StoreId storeId, GeoPoint place) {
    List<BandedPolygon> own = ranges.get(storeId);
    if (own == null) {
      return null;
    }
    for (BandedPolygon range : own) {
      if (range.covers(place.lat(), place.lon())) {
        return true;
      }
    }
    return false;
  }

  /** No-go zones, degrees WGS-84, longitude is x. */
  public List<Geometry> noGoGeometries() {
    return noGoGeometries;
  }

  /** Slow zones with their factors, the slowest first. */
  public List<SlowPart> slowParts() {
    return slowParts;
  }
}
