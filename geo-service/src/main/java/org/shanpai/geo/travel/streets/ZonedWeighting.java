package org.shanpai.geo.travel.streets;

import com.graphhopper.routing.querygraph.VirtualEdgeIteratorState;
import com.graphhopper.routing.weighting.Weighting;
import com.graphhopper.util.EdgeIteratorState;
import com.graphhopper.util.GHUtility;

/** The seconds of a street, times what zones make of it. */
final class ZonedWeighting implements Weighting {

  private final Weighting map;
  private final EdgeZones zones;

  ZonedWeighting(Weighting map, EdgeZones zones) {
    this.map = map;
    this.zones = zones;
  }

  @Override
  public double calcMinWeightPerDistance() {
    return map.calcMinWeightPerDistance();
  }

  @Override
  public double calcEdgeWeight(EdgeIteratorState edge, boolean reverse) {
    return map.calcEdgeWeight(edge, reverse) * factor(edge);
  }

  @Override
  public long calcEdgeMillis(EdgeIteratorState edge, boolean reverse) {
    double factor = factor(edge);
    return Double.isInfinite(factor)
        ? Long.MAX_VALUE
        : Math.round(map.calcEdgeMillis(edge, reverse) * factor);
  }

  private double factor(EdgeIteratorState edge) {
    return zones.factor(
        edge instanceof VirtualEdgeIteratorState part
            ? GHUtility.getEdgeFromEdgeKey(part.getOriginalEdgeKey())
            : edge.getEdge());
  }

  @Override
  public double calcTurnWeight(int inEdge, int viaNode, int outEdge) {
    return map.calcTurnWeight(inEdge, viaNode, outEdge);
  }

  @Override
  public long calcTurnMillis(int inEdge, int viaNode, int outEdge) {
    return map.calcTurnMillis(inEdge, viaNode, outEdge);
  }

  @Override
  public boolean hasTurnCosts() {
    return false;
  }

  @Override
  public String getName() {
    return "zoned";
  }
}
