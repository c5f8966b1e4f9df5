package org.shanpai.dispatch.area;

import java.util.List;
import org.shanpai.contracts.GeoPoint;

/**
 * The border of an area, good enough to say how far away from it somebody is: degrees are laid out
 * flat around the point asked about, which over a few kilometres errs by less than a metre.
 *
 * @param outline at least 3 corners, not closed; empty when the border is not known
 */
public record AreaShape(List<GeoPoint> outline) {

  /** An area whose border nobody has told. */
  public static final AreaShape UNKNOWN = new AreaShape(List.of());

  private static final double METRES_PER_DEGREE = 111_195;

  public AreaShape {
    outline = List.copyOf(outline);
  }

  /** Whether the border is known; a distance to an unknown one is 0. */
  public boolean known() {
    return outline.size() >= 3;
  }

  /** Metres from the place to the border; 0 inside. */
  public double metresOutside(GeoPoint place) {
    if (!known()) {
      return 0;
    }
    double east = METRES_PER_DEGREE * Math.cos(Math.toRadians(place.lat()));
    double nearest = Double.MAX_VALUE;
    boolean inside = false;
    GeoPoint before = outline.get(outline.size() - 1);
    double bx = (before.lon() - place.lon()) * east;
    double by = (before.lat() - place.lat()) * METRES_PER_DEGREE;
    for (GeoPoint corner : outline) {
      double ax = bx;
      double ay = by;
      bx = (corner.lon() - place.lon()) * east;
      by = (corner.lat() - place.lat()) * METRES_PER_DEGREE;
      nearest = Math.min(nearest, fromOrigin(ax, ay, bx, by));
      if ((ay > 0) != (by > 0) && ax + (bx - ax) * ay / (ay - by) > 0) {
        inside = !inside;
      }
    }
    return inside ? 0 : nearest;
  }

  private static double fromOrigin(double ax, double ay, double bx, double by) {
    double dx = bx - ax;
    double dy = by - ay;
    double squared = dx * dx + dy * dy;
    double share = squared == 0 ? 0 : Math.max(0, Math.min(1, -(ax * dx + ay * dy) / squared));
    return Math.hypot(ax + share * dx, ay + share * dy);
  }
}
