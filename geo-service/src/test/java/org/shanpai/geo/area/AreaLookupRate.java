package org.shanpai.geo.area;

import com.uber.h3core.H3Core;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.ToIntFunction;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;
import org.locationtech.jts.index.strtree.STRtree;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.GeoPoint;

/**
 * The measurement behind docs/decisions/0008: the area of a place among 5,000, asked in several
 * ways on one thread. No test; run its main with the test class path.
 */
final class AreaLookupRate {

  private static final GeometryFactory GEOMETRY = new GeometryFactory();
  private static final GeoPoint CORNER = new GeoPoint(31.0, 121.2);
  private static final int ROWS = 71;
  private static final double PITCH_METRES = 800;
  private static final int H3_RESOLUTION = 10;

  private AreaLookupRate() {}

  /** Districts side by side with borders of a few dozen corners, and gaps between. */
  static List<Area> city(int count, long seed) {
    Random random = new Random(seed);
    List<Area> areas = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      GeoPoint centre = CORNER.offsetMetres((i / ROWS) * PITCH_METRES, (i % ROWS) * PITCH_METRES);
      List<GeoPoint> corners = new ArrayList<>();
      int sides = 20 + random.nextInt(30);
      for (int k = 0; k < sides; k++) {
        double angle = 2 * Math.PI * (k + 0.5 * random.nextDouble()) / sides;
        double radius = 380 + 100 * random.nextDouble();
        corners.add(centre.offsetMetres(radius * Math.sin(angle), radius * Math.cos(angle)));
      }
      areas.add(
          new Area(
              AreaId.of("a-" + i), CityId.of("city-1"), 1, "A" + i, new Outline(corners), false));
    }
    return areas;
  }

  static List<GeoPoint> places(int count, long seed) {
    Random random = new Random(seed);
    List<GeoPoint> places = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      places.add(
          CORNER.offsetMetres(
              random.nextDouble() * ROWS * PITCH_METRES,
              random.nextDouble() * ROWS * PITCH_METRES));
    }
    return places;
  }

  public static void main(String[] args) throws Exception {
    List<Area> areas = city(5_000, 1);
    List<GeoPoint> places = places(1 << 16, 2);
    List<AreaShape> shapes = areas.stream().map(AreaShape::new).toList();

    long begun = System.nanoTime();
    AreaMap map = new AreaMap(areas);
    System.out.printf(Locale.ROOT, "map built in %d ms%n", (System.nanoTime() - begun) / 1_000_000);

    List<Geometry> plain = shapes.stream().map(shape -> shape.prepared().geometry()).toList();
    rate("linear, JTS covers", places.subList(0, 256), place -> linear(plain, place));

    STRtree tree = new STRtree();
    List<PreparedGeometry> prepared = new ArrayList<>();
    for (int i = 0; i < plain.size(); i++) {
      prepared.add(PreparedGeometryFactory.prepare(plain.get(i)));
      tree.insert(plain.get(i).getEnvelopeInternal(), i);
    }
    tree.build();
    rate("STRtree, JTS prepared", places, place -> tree(tree, prepared, place));

    H3Core h3 = H3Core.newInstance();
    rate(
        "only the H3 cell of a place",
        places,
        place -> (int) h3.latLngToCell(place.lat(), place.lon(), H3_RESOLUTION));
    Map<Long, Integer> whole = wholeCells(h3, plain, places);
    rate(
        "H3 cells, then STRtree",
        places,
        place -> {
          Integer found = whole.get(h3.latLngToCell(place.lat(), place.lon(), H3_RESOLUTION));
          return found != null ? found : tree(tree, prepared, place);
        });
    rate(
        "grid, own prepared",
        places,
        place -> {
          AreaShape found = map.at(place);
          return found == null ? -1 : (int) found.reachMetres();
        });
  }

  private static Map<Long, Integer> wholeCells(
      H3Core h3, List<Geometry> plain, List<GeoPoint> places) {
    Map<Long, Integer> whole = new HashMap<>();
    for (GeoPoint place : places) {
      long cell = h3.latLngToCell(place.lat(), place.lon(), H3_RESOLUTION);
      if (!whole.containsKey(cell)) {
        List<Coordinate> ring = new ArrayList<>();
        h3.cellToBoundary(cell).forEach(at -> ring.add(new Coordinate(at.lng, at.lat)));
        ring.add(ring.get(0));
        Geometry hexagon = GEOMETRY.createPolygon(ring.toArray(Coordinate[]::new));
        int found = linear(plain, place);
        if (found >= 0 && plain.get(found).contains(hexagon)) {
          whole.put(cell, found);
        }
      }
    }
    return whole;
  }

  private static int linear(List<Geometry> plain, GeoPoint place) {
    Geometry point = GEOMETRY.createPoint(new Coordinate(place.lon(), place.lat()));
    for (int i = 0; i < plain.size(); i++) {
      if (plain.get(i).covers(point)) {
        return i;
      }
    }
    return -1;
  }

  private static int tree(STRtree tree, List<PreparedGeometry> prepared, GeoPoint place) {
    Geometry point = GEOMETRY.createPoint(new Coordinate(place.lon(), place.lat()));
    for (Object i : tree.query(new Envelope(place.lon(), place.lon(), place.lat(), place.lat()))) {
      if (prepared.get((Integer) i).covers(point)) {
        return (Integer) i;
      }
    }
    return -1;
  }

  private static void rate(String what, List<GeoPoint> places, ToIntFunction<GeoPoint> question) {
    long sum = 0;
    double best = 0;
    for (int round = 0; round < 7; round++) {
      long asked = 0;
      long begun = System.nanoTime();
      long end = begun + 700_000_000L;
      while (System.nanoTime() < end) {
        for (GeoPoint place : places) {
          sum += question.applyAsInt(place);
        }
        asked += places.size();
      }
      best = Math.max(best, asked * 1e9 / (System.nanoTime() - begun));
    }
    System.out.printf(Locale.ROOT, "%-30s %,14.0f a second (sum %d)%n", what, best, sum);
  }
}
