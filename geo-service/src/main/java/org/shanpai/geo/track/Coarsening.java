package org.shanpai.geo.track;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import org.shanpai.contracts.GeoPoint;

/** Makes stays in cells from readings. */
final class Coarsening {

  private Coarsening() {}

  /**
   * @param points of one rider, in any order
   * @param cellOf the cell a place is in
   * @return one for each time the rider came into a cell, earliest first
   */
  static List<TrackCell> stays(
      String riderId, List<TrackPoint> points, ToLongFunction<GeoPoint> cellOf) {
    List<TrackPoint> inOrder = new ArrayList<>(points);
    inOrder.sort(Comparator.comparingLong(TrackPoint::at));
    List<TrackCell> stays = new ArrayList<>();
    TrackCell stay = null;
    for (TrackPoint point : inOrder) {
      long cell = cellOf.applyAsLong(point.place());
      if (stay != null && stay.cell() == cell) {
        stay = new TrackCell(riderId, cell, stay.firstAt(), point.at(), stay.points() + 1);
        stays.set(stays.size() - 1, stay);
      } else {
        stay = new TrackCell(riderId, cell, point.at(), point.at(), 1);
        stays.add(stay);
      }
    }
    return stays;
  }
}
