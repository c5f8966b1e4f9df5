package org.shanpai.geo.area;

import java.util.List;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Polygon;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.geo.polygon.BandedPolygon;

/**
 * An area made ready for questions. Distances are taken on a plane that touches the earth at the
 * area's centre: exact to a metre for an area of a few kilometres, to 1 % for the largest.
 * Immutable, thread-safe.
 */
public final class AreaShape {

  private static final double METRES_PER_DEGREE = 6_371_008.8 * Math.PI / 180;

  private final Area area;
  private final BandedPolygon prepared;
  private final Envelope envelope;
  private final double squareDegrees;
  private final GeoPoint centre;
  private final double reachMetres;
  private final double metresPerLongitude;

  // The border on the plane: corner i is (borderX[i], borderY[i]); the first is repeated at the
  // end.
  private final double[] borderX;
  private final double[] borderY;

  AreaShape(Area area) {
    this.area = area;
    List<GeoPoint> corners = area.outline().corners();
    Polygon polygon = Outline.polygon(corners);
    this.prepared = new BandedPolygon(polygon);
    this.envelope = polygon.getEnvelopeInternal();
    this.squareDegrees = polygon.getArea();
    Coordinate middle = envelope.centre();
    this.centre = new GeoPoint(middle.getY(), middle.getX());
    this.metresPerLongitude = METRES_PER_DEGREE * Math.cos(Math.toRadians(centre.lat()));
    this.borderX = new double[corners.size() + 1];
    this.borderY = new double[corners.size() + 1];
    double reach = 0;
    for (int i = 0; i < borderX.length; i++) {
      GeoPoint corner = corners.get(i % corners.size());
      borderX[i] = x(corner);
      borderY[i] = y(corner);
      reach = Math.max(reach, centre.metresTo(corner));
    }
    this.reachMetres = reach;
  }

  public Area area() {
    return area;
  }

  /** The middle of the area's bounding box. */
  public GeoPoint centre() {
    return centre;
  }

  /** No place of the area is further from {@link #centre()}. */
  public double reachMetres() {
    return reachMetres;
  }

  Envelope envelope() {
    return envelope;
  }

  BandedPolygon prepared() {
    return prepared;
  }

  double squareDegrees() {
    return squareDegrees;
  }

  /** Whether the place is inside or on the border. */
  public boolean contains(GeoPoint place) {
    return prepared.covers(place.lat(), place.lon());
  }

  /** Metres to the nearest place of the area; 0 inside. */
  public double metresTo(GeoPoint place) {
    if (contains(place)) {
      return 0;
    }
    double px = x(place);
    double py = y(place);
    double least = Double.MAX_VALUE;
    for (int i = 1; i < borderX.length; i++) {
      double dx = borderX[i] - borderX[i - 1];
      double dy = borderY[i] - borderY[i - 1];
      double along =
          ((px - borderX[i - 1]) * dx + (py - borderY[i - 1]) * dy) / (dx * dx + dy * dy);
      double t = Math.max(0, Math.min(1, along));
      double ex = borderX[i - 1] + t * dx - px;
      double ey = borderY[i - 1] + t * dy - py;
      least = Math.min(least, ex * ex + ey * ey);
    }
    return Math.sqrt(least);
  }

  private double x(GeoPoint place) {
    return (place.lon() - centre.lon()) * metresPerLongitude;
  }

  private double y(GeoPoint place) {
    return (place.lat() - centre.lat()) * METRES_PER_DEGREE;
  }
}
