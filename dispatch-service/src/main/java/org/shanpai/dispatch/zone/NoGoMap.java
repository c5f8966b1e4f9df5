package org.shanpai.dispatch.zone;

import java.util.List;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.event.ZoneState;

/**
 * Where no rider goes and no door is served. Immutable.
 *
 * @param parts all polygons of all zones
 */
public record NoGoMap(List<Part> parts) {

  public static final NoGoMap NONE = new NoGoMap(List.of());

  /** A polygon with the box around it, by which most places are ruled out. */
  record Part(
      List<GeoPoint> border,
      List<List<GeoPoint>> holes,
      double south,
      double west,
      double north,
      double east) {

    static Part of(ZoneState.Polygon polygon) {
      List<GeoPoint> border = List.copyOf(polygon.border().corners());
      List<List<GeoPoint>> holes =
          polygon.holes() == null
              ? List.of()
              : polygon.holes().stream().map(ring -> List.copyOf(ring.corners())).toList();
      double south = 90;
      double west = 180;
      double north = -90;
      double east = -180;
      for (GeoPoint corner : border) {
        south = Math.min(south, corner.lat());
        north = Math.max(north, corner.lat());
        west = Math.min(west, corner.lon());
        east = Math.max(east, corner.lon());
      }
      return new Part(border, holes, south, west, north, east);
    }

    boolean covers(GeoPoint place) {
      return place.lat() >= south
          && place.lat() <= north
          && place.lon() >= west
          && place.lon() <= east
          && inside(border, place)
          && holes.stream().noneMatch(hole -> inside(hole, place));
    }

    private static boolean inside(List<GeoPoint> ring, GeoPoint place) {
      boolean inside = false;
      GeoPoint a = ring.get(ring.size() - 1);
      for (GeoPoint b : ring) {
        if (a.lat() > place.lat() != b.lat() > place.lat()
            && place.lon()
                < (b.lon() - a.lon()) * (place.lat() - a.lat()) / (b.lat() - a.lat()) + a.lon()) {
          inside = !inside;
        }
        a = b;
      }
      return inside;
    }
  }

  public NoGoMap {
    parts = List.copyOf(parts);
  }

  /** Whether the place lies inside a zone and outside its holes. */
  public boolean covers(GeoPoint place) {
    for (Part part : parts) {
      if (part.covers(place)) {
        return true;
      }
    }
    return false;
  }
}
