package org.shanpai.geo.travel.streets;

import com.graphhopper.routing.util.EdgeFilter;
import com.graphhopper.storage.index.Snap;
import com.graphhopper.util.DistanceCalc;
import com.graphhopper.util.DistanceCalcEarth;
import com.graphhopper.util.EdgeIteratorState;
import com.graphhopper.util.FetchMode;
import com.graphhopper.util.PointList;
import org.shanpai.contracts.GeoPoint;

/**
 * Finds the street of a place.
 *
 * <ol>
 *   <li>The nearest street of the network within {@code doorMetres}.
 *   <li>Else the nearest street of any small part (an island, a locked yard) within it: ways then
 *       exist only inside that part.
 *   <li>Else the nearest street of the network within {@code offMetres}; the place is off the
 *       streets.
 *   <li>Else none: the file does not cover the place.
 * </ol>
 *
 * A door a few steps from a public street is thus reached on foot from there, although the yard it
 * lies in is locked. Thread-safe.
 */
final class Snapping {

  private static final DistanceCalc DISTANCES = DistanceCalcEarth.DIST_EARTH;

  private final BaseStreets streets;
  private final double doorMetres;
  private final double offMetres;
  private final EdgeFilter any;
  private final EdgeFilter network;

  Snapping(BaseStreets streets, EdgeZones zones, double doorMetres, double offMetres) {
    this.streets = streets;
    this.doorMetres = doorMetres;
    this.offMetres = offMetres;
    this.any =
        street ->
            (street.get(streets.access()) || street.getReverse(streets.access()))
                && !Double.isInfinite(zones.factor(street.getEdge()));
    this.network = street -> !street.get(streets.smallPart()) && any.accept(street);
  }

  /** GraphHopper's snap; null when there is no street. */
  Snap snap(GeoPoint place) {
    Snap wide = streets.index().findClosest(place.lat(), place.lon(), network);
    double metres = wide.isValid() ? wide.getQueryDistance() : Double.POSITIVE_INFINITY;
    if (metres <= doorMetres) {
      return wide;
    }
    Snap close = streets.index().findClosest(place.lat(), place.lon(), any);
    if (close.isValid() && close.getQueryDistance() <= doorMetres) {
      return close;
    }
    return metres <= offMetres ? wide : null;
  }

  /** The spot of a place; null when there is no street. */
  Spot find(GeoPoint place) {
    Snap snap = snap(place);
    if (snap == null) {
      return null;
    }
    EdgeIteratorState street = snap.getClosestEdge();
    PointList line = street.fetchWayGeometry(FetchMode.ALL);
    GeoPoint touch = new GeoPoint(snap.getSnappedPoint().lat, snap.getSnappedPoint().lon);
    double before = 0;
    double all = 0;
    for (int i = 1; i < line.size(); i++) {
      double piece =
          DISTANCES.calcDist(
              line.getLat(i - 1), line.getLon(i - 1), line.getLat(i), line.getLon(i));
      if (i <= snap.getWayIndex()) {
        before += piece;
      } else if (i == snap.getWayIndex() + 1) {
        before +=
            Math.min(
                piece,
                DISTANCES.calcDist(
                    line.getLat(i - 1), line.getLon(i - 1), touch.lat(), touch.lon()));
      }
      all += piece;
    }
    double length = street.getDistance();
    double along = all > 0 ? before / all * length : 0;
    // The street as it is stored, whichever way round it was found.
    if ((street.getEdgeKey() & 1) == 1) {
      along = length - along;
    }
    double door = snap.getQueryDistance();
    return new Spot(
        street.getEdge(),
        (int) Math.round(Math.max(0, Math.min(length, along)) * 10),
        touch,
        door,
        door > doorMetres);
  }
}
