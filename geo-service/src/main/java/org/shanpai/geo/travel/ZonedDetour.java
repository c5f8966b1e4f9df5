package org.shanpai.geo.travel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryComponentFilter;
import org.locationtech.jts.geom.LineString;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.geo.zone.ZoneMap;

/**
 * The detour model in a city with zones: no way to a place in a no-go zone, and slower by the share
 * of the straight line that lies in slow zones. That the line crosses a no-go zone changes nothing,
 * because nobody knows the way around it without a map.
 */
public final class ZonedDetour implements TravelTimes {

  private final DetourTravelTimes detour;
  private final Supplier<ZoneMap> zones;

  public ZonedDetour(DetourTravelTimes detour, Supplier<ZoneMap> zones) {
    this.detour = detour;
    this.zones = zones;
  }

  @Override
  public boolean quick(int origins, int destinations) {
    return zones.get().slowParts().isEmpty() && detour.quick(origins, destinations);
  }

  @Override
  public TravelTimeMatrix between(
      List<GeoPoint> origins, List<GeoPoint> destinations, PairFactor factor) {
    ZoneMap map = zones.get();
    PairFactor zoned = factor;
    if (!map.slowParts().isEmpty()) {
      Slowness slowness = new Slowness(map);
      zoned =
          (origin, destination) ->
              factor.of(origin, destination)
                  * slowness.of(origins.get(origin), destinations.get(destination));
    }
    return detour.between(origins, destinations, zoned).without(closed(map, destinations));
  }

  /** Which places riders may not go to. */
  public static boolean[] closed(ZoneMap map, List<GeoPoint> places) {
    boolean[] closed = new boolean[places.size()];
    if (!map.noGoGeometries().isEmpty()) {
      for (int i = 0; i < closed.length; i++) {
        closed[i] = map.noGo(places.get(i));
      }
    }
    return closed;
  }

  /** How much longer a straight line takes because of slow zones. */
  private static final class Slowness {

    private final ZoneMap map;
    private final Envelope[] around;
    private final Coordinate[][][] rings;

    Slowness(ZoneMap map) {
      this.map = map;
      List<ZoneMap.SlowPart> parts = map.slowParts();
      around = new Envelope[parts.size()];
      rings = new Coordinate[parts.size()][][];
      for (int i = 0; i < around.length; i++) {
        Geometry geometry = parts.get(i).geometry();
        around[i] = geometry.getEnvelopeInternal();
        List<Coordinate[]> lines = new ArrayList<>();
        geometry.apply(
            (GeometryComponentFilter)
                part -> {
                  if (part instanceof LineString line) {
                    lines.add(line.getCoordinates());
                  }
                });
        rings[i] = lines.toArray(Coordinate[][]::new);
      }
    }

    double of(GeoPoint from, GeoPoint to) {
      Envelope line = new Envelope(from.lon(), to.lon(), from.lat(), to.lat());
      double[] cuts = {0, 1};
      int count = 0;
      boolean near = false;
      for (int part = 0; part < around.length; part++) {
        if (!around[part].intersects(line)) {
          continue;
        }
        near = true;
        for (Coordinate[] ring : rings[part]) {
          for (int i = 1; i < ring.length; i++) {
            double cut = cut(from, to, ring[i - 1], ring[i]);
            if (cut > 0 && cut < 1) {
              if (count + 2 >= cuts.length) {
                cuts = Arrays.copyOf(cuts, 2 * cuts.length + 2);
              }
              cuts[count++] = cut;
            }
          }
        }
      }
      if (!near) {
        return 1;
      }
      cuts = Arrays.copyOf(cuts, count + 2);
      cuts[count] = 0;
      cuts[count + 1] = 1;
      Arrays.sort(cuts);
      double times = 0;
      for (int i = 1; i < cuts.length; i++) {
        double middle = (cuts[i - 1] + cuts[i]) / 2;
        GeoPoint there =
            new GeoPoint(
                from.lat() + (to.lat() - from.lat()) * middle,
                from.lon() + (to.lon() - from.lon()) * middle);
        times += (cuts[i] - cuts[i - 1]) / map.speedFactor(there);
      }
      return times;
    }

    /** How far along the line the edge of a zone crosses it, 0–1; outside of that where not. */
    private static double cut(GeoPoint from, GeoPoint to, Coordinate a, Coordinate b) {
      double dx = to.lon() - from.lon();
      double dy = to.lat() - from.lat();
      double ex = b.x - a.x;
      double ey = b.y - a.y;
      double cross = dx * ey - dy * ex;
      if (cross == 0) {
        return -1;
      }
      double ax = a.x - from.lon();
      double ay = a.y - from.lat();
      double onEdge = (ax * dy - ay * dx) / cross;
      return onEdge < 0 || onEdge > 1 ? -1 : (ax * ey - ay * ex) / cross;
    }
  }
}
