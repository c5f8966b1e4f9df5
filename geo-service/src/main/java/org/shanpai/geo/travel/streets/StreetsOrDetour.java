package org.shanpai.geo.travel.streets;

import java.util.List;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.geo.travel.DetourTravelTimes;
import org.shanpai.geo.travel.PairFactor;
import org.shanpai.geo.travel.TravelTimeMatrix;
import org.shanpai.geo.travel.TravelTimes;
import org.shanpai.geo.travel.Way;
import org.shanpai.geo.travel.ZonedDetour;
import org.shanpai.geo.zone.Zones;

/**
 * Streets as soon as there are any, the detour model until then. A no-go zone closes its places at
 * once, also while streets do not know it yet.
 */
public final class StreetsOrDetour implements TravelTimes {

  private final Streets streets;
  private final DetourTravelTimes model;
  private final ZonedDetour detour;
  private final Zones zones;

  public StreetsOrDetour(Streets streets, DetourTravelTimes model, Zones zones) {
    this.streets = streets;
    this.model = model;
    this.detour = new ZonedDetour(model, zones::map);
    this.zones = zones;
  }

  private TravelTimes onStreets(StreetGraph graph) {
    return new StreetTravelTimes(graph, detour, model);
  }

  @Override
  public boolean onStreets() {
    return streets.graph() != null;
  }

  @Override
  public boolean quick(int origins, int destinations) {
    return streets.graph() == null && detour.quick(origins, destinations);
  }

  @Override
  public TravelTimeMatrix between(
      List<GeoPoint> origins, List<GeoPoint> destinations, PairFactor factor) {
    StreetGraph graph = streets.graph();
    return graph == null
        ? detour.between(origins, destinations, factor)
        : onStreets(graph)
            .between(origins, destinations, factor)
            .without(ZonedDetour.closed(zones.map(), destinations));
  }

  @Override
  public Way way(GeoPoint from, GeoPoint to, double factor) {
    StreetGraph graph = streets.graph();
    if (graph == null) {
      return detour.way(from, to, factor);
    }
    return zones.map().noGo(to) ? null : onStreets(graph).way(from, to, factor);
  }
}
