package org.shanpai.geo.polygon;

import java.util.ArrayList;
import java.util.List;
import org.locationtech.jts.algorithm.CGAlgorithmsDD;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Polygon;

/**
 * A polygon, or several that do not overlap, prepared for the question whether it covers a place:
 * its edges lie ready in bands of latitude, so that a ray to the east meets only those it may
 * cross. Borders, those of holes too, belong to it.
 *
 * <p>Answers as JTS does to the last bit, without an object a question. Immutable, thread-safe.
 */
public final class BandedPolygon {

  private static final int MOST_BANDS = 1_024;

  // A zigzag has edges in every band; what is kept twice is bounded.
  private static final int MOST_COPIES = 8;

  private final Geometry geometry;
  private final double west;
  private final double east;
  private final double south;
  private final double north;
  private final double bandsPerDegree;

  // The edges of band b are edges[4 * starts[b]] … edges[4 * starts[b + 1]]: x1, y1, x2, y2 each.
  private final int[] starts;
  private final double[] edges;

  /**
   * @param geometry a valid Polygon or MultiPolygon, not empty; longitude is x
   */
  public BandedPolygon(Geometry geometry) {
    this.geometry = geometry;
    Envelope box = geometry.getEnvelopeInternal();
    this.west = box.getMinX();
    this.east = box.getMaxX();
    this.south = box.getMinY();
    this.north = box.getMaxY();
    List<double[]> all = edges(geometry);
    int bands = Math.max(1, Math.min(MOST_BANDS, all.size() / 2));
    while (bands > 1 && copies(all, bands) > (long) MOST_COPIES * all.size()) {
      bands /= 2;
    }
    this.bandsPerDegree = perDegree(bands);
    this.starts = new int[bands + 1];
    for (double[] edge : all) {
      for (int band = band(Math.min(edge[1], edge[3])), last = band(Math.max(edge[1], edge[3]));
          band <= last;
          band++) {
        starts[band + 1]++;
      }
    }
    for (int band = 0; band < bands; band++) {
      starts[band + 1] += starts[band];
    }
    this.edges = new double[4 * starts[bands]];
    int[] next = starts.clone();
    for (double[] edge : all) {
      for (int band = band(Math.min(edge[1], edge[3])), last = band(Math.max(edge[1], edge[3]));
          band <= last;
          band++) {
        System.arraycopy(edge, 0, edges, 4 * next[band]++, 4);
      }
    }
  }

  private double perDegree(int bands) {
    return bands / (north - south);
  }

  private long copies(List<double[]> all, int bands) {
    double perDegree = perDegree(bands);
    long copies = 0;
    for (double[] edge : all) {
      copies += 1 + (long) (Math.abs(edge[1] - edge[3]) * perDegree);
    }
    return copies;
  }

  private static List<double[]> edges(Geometry geometry) {
    List<double[]> edges = new ArrayList<>();
    for (int part = 0; part < geometry.getNumGeometries(); part++) {
      Polygon polygon = (Polygon) geometry.getGeometryN(part);
      add(edges, polygon.getExteriorRing().getCoordinateSequence());
      for (int hole = 0; hole < polygon.getNumInteriorRing(); hole++) {
        add(edges, polygon.getInteriorRingN(hole).getCoordinateSequence());
      }
    }
    return edges;
  }

  private static void add(List<double[]> edges, CoordinateSequence ring) {
    for (int i = 1; i < ring.size(); i++) {
      edges.add(new double[] {ring.getX(i - 1), ring.getY(i - 1), ring.getX(i), ring.getY(i)});
    }
  }

  /** As it was given. */
  public Geometry geometry() {
    return geometry;
  }

  /** Never falls as the latitude rises: an edge lies in the bands between those of its ends. */
  private int band(double lat) {
    return Math.min(starts.length - 2, (int) ((lat - south) * bandsPerDegree));
  }

  /** Whether the place is inside or on a border. */
  public boolean covers(double lat, double lon) {
    if (!(lon >= west && lon <= east && lat >= south && lat <= north)) {
      return false;
    }
    int band = band(lat);
    boolean inside = false;
    for (int i = 4 * starts[band], end = 4 * starts[band + 1]; i < end; i += 4) {
      double x1 = edges[i];
      double y1 = edges[i + 1];
      double x2 = edges[i + 2];
      double y2 = edges[i + 3];
      if (x1 < lon && x2 < lon) {
        continue;
      }
      if (y1 == lat && y2 == lat) {
        if (lon >= Math.min(x1, x2) && lon <= Math.max(x1, x2)) {
          return true;
        }
        continue;
      }
      if ((x1 == lon && y1 == lat) || (x2 == lon && y2 == lat)) {
        return true;
      }
      // An end on the ray counts for the edge that goes up from it: each crossing counts once.
      if (y1 > lat == y2 > lat) {
        continue;
      }
      if (x1 > lon && x2 > lon) {
        inside = !inside;
        continue;
      }
      int side = CGAlgorithmsDD.orientationIndex(x1, y1, x2, y2, lon, lat);
      if (side == 0) {
        return true;
      }
      if (side > 0 == y2 > y1) {
        inside = !inside;
      }
    }
    return inside;
  }

  double west() {
    return west;
  }

  double east() {
    return east;
  }

  double south() {
    return south;
  }

  double north() {
    return north;
  }

  /** Tells every edge, those of holes too. */
  void edges(EdgeVisitor visitor) {
    for (double[] edge : edges(geometry)) {
      visitor.edge(edge[0], edge[1], edge[2], edge[3]);
    }
  }

  /** Takes an edge; x is longitude. */
  interface EdgeVisitor {
    void edge(double x1, double y1, double x2, double y2);
  }
}
