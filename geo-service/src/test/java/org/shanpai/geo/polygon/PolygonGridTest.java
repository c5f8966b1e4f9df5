package org.shanpai.geo.polygon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.operation.valid.IsValidOp;

/** What the grid and the bands say is what JTS says of every polygon in turn. */
class PolygonGridTest {

  private static final GeometryFactory GEOMETRY = new GeometryFactory();

  private static LinearRing star(Random random, double x, double y, double least, double most) {
    int count = 3 + random.nextInt(40);
    Coordinate[] ring = new Coordinate[count + 1];
    for (int i = 0; i < count; i++) {
      double angle = 2 * Math.PI * (i + 0.8 * random.nextDouble()) / count;
      double radius = least + random.nextDouble() * (most - least);
      ring[i] = new Coordinate(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
    }
    ring[count] = ring[0].copy();
    return GEOMETRY.createLinearRing(ring);
  }

  /** A star with a hole now and then, sometimes with a second part far off. */
  private static Geometry shape(Random random) {
    while (true) {
      Polygon first = part(random, 121 + random.nextDouble(), 31 + random.nextDouble());
      Geometry shape =
          random.nextInt(4) > 0
              ? first
              : GEOMETRY.createMultiPolygon(
                  new Polygon[] {
                    first, part(random, 121 + random.nextDouble(), 32.2 + random.nextDouble())
                  });
      if (new IsValidOp(shape).isValid()) {
        return shape;
      }
    }
  }

  private static Polygon part(Random random, double x, double y) {
    double size = 0.005 + random.nextDouble() * random.nextDouble() * 0.2;
    LinearRing border = star(random, x, y, size / 2, size);
    return random.nextBoolean()
        ? GEOMETRY.createPolygon(border)
        : GEOMETRY.createPolygon(
            border, new LinearRing[] {star(random, x, y, size / 10, size / 3)});
  }

  /** Right-angled shapes on round numbers: many borders are shared, and lie on the cells' own. */
  private static Geometry blocks(Random random) {
    double x = 121 + random.nextInt(16) / 16.0;
    double y = 31 + random.nextInt(16) / 16.0;
    double wide = (1 + random.nextInt(4)) / 16.0;
    double high = (1 + random.nextInt(4)) / 16.0;
    return GEOMETRY.createPolygon(
        new Coordinate[] {
          new Coordinate(x, y),
          new Coordinate(x + wide, y),
          new Coordinate(x + wide, y + high / 2),
          new Coordinate(x + wide / 2, y + high / 2),
          new Coordinate(x + wide / 2, y + high),
          new Coordinate(x, y + high),
          new Coordinate(x, y)
        });
  }

  private static int linear(List<Geometry> shapes, double lat, double lon) {
    Geometry point = GEOMETRY.createPoint(new Coordinate(lon, lat));
    for (int i = 0; i < shapes.size(); i++) {
      if (shapes.get(i).covers(point)) {
        return i;
      }
    }
    return PolygonGrid.NONE;
  }

  private static int agree(long seed, List<Geometry> shapes, int questions) {
    Random random = new Random(seed);
    PolygonGrid grid = new PolygonGrid(shapes.stream().map(BandedPolygon::new).toList());
    int found = 0;
    for (int i = 0; i < questions; i++) {
      Coordinate[] corners = shapes.get(random.nextInt(shapes.size())).getCoordinates();
      int corner = random.nextInt(corners.length - 1);
      Coordinate a = corners[corner];
      Coordinate b = corners[corner + 1];
      double along = random.nextDouble();
      double lat;
      double lon;
      switch (random.nextInt(5)) {
        case 0 -> {
          lat = a.y;
          lon = a.x;
        }
        case 1 -> {
          // Near an edge, within the last bits.
          lat = a.y + along * (b.y - a.y);
          lon = a.x + along * (b.x - a.x);
        }
        case 2 -> {
          lat = (a.y + b.y) / 2;
          lon = (a.x + b.x) / 2;
        }
        case 3 -> {
          // As high as a corner, where a ray may count it twice.
          lat = a.y;
          lon = 120.9 + random.nextDouble() * 1.3;
        }
        default -> {
          lat = 30.9 + random.nextDouble() * 2.5;
          lon = 120.9 + random.nextDouble() * 1.3;
        }
      }
      int expected = linear(shapes, lat, lon);
      assertThat(grid.first(lat, lon))
          .as("seed %d, question %d: lat %s, lon %s", seed, i, lat, lon)
          .isEqualTo(expected);
      found += expected == PolygonGrid.NONE ? 0 : 1;
    }
    return found;
  }

  @Test
  void starsWithHolesAndSeveralPartsAreFoundAsJtsFindsThem() {
    for (long seed = 1; seed <= 20; seed++) {
      Random random = new Random(seed);
      List<Geometry> shapes = new ArrayList<>();
      for (int i = 0, count = 1 + random.nextInt(60); i < count; i++) {
        shapes.add(shape(random));
      }
      assertThat(agree(seed, shapes, 4_000)).isBetween(1_000, 3_999);
    }
  }

  @Test
  void bordersSharedAndOnTheGridsOwnLinesAreFoundAsJtsFindsThem() {
    for (long seed = 1; seed <= 20; seed++) {
      Random random = new Random(seed);
      List<Geometry> shapes = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        shapes.add(blocks(random));
      }
      agree(seed, shapes, 4_000);
    }
  }

  @Test
  void polygonsThatAllLieOverEachOtherStayWithinMemory() {
    List<Geometry> shapes = new ArrayList<>();
    Random random = new Random(7);
    for (int i = 0; i < 3_000; i++) {
      shapes.add(GEOMETRY.createPolygon(star(random, 121.5, 31.5, 0.3, 0.5)));
    }
    Runtime runtime = Runtime.getRuntime();
    runtime.gc();
    long before = runtime.totalMemory() - runtime.freeMemory();
    PolygonGrid grid = new PolygonGrid(shapes.stream().map(BandedPolygon::new).toList());
    runtime.gc();
    long after = runtime.totalMemory() - runtime.freeMemory();
    assertThat((after - before) / 1_000_000).as("megabytes").isLessThan(150);
    assertThat(grid.first(31.5, 121.5)).isZero();
    assertThat(grid.first(31.5, 125)).isEqualTo(PolygonGrid.NONE);
  }

  @Test
  void zigzagWithEveryEdgeInEveryBandIsBoundedToo() {
    int teeth = 5_000;
    Coordinate[] ring = new Coordinate[2 * teeth + 3];
    for (int i = 0; i <= 2 * teeth; i++) {
      ring[i] = new Coordinate(121 + i / 10_000.0, i % 2 == 0 ? 31 : 32);
    }
    ring[2 * teeth + 1] = new Coordinate(122.1, 30.9);
    ring[2 * teeth + 2] = ring[0].copy();
    Polygon polygon = GEOMETRY.createPolygon(ring);
    BandedPolygon banded = new BandedPolygon(polygon);
    Random random = new Random(9);
    for (int i = 0; i < 300; i++) {
      double lat = 30.95 + random.nextDouble();
      double lon = 121 + random.nextDouble();
      assertThat(banded.covers(lat, lon))
          .isEqualTo(polygon.covers(GEOMETRY.createPoint(new Coordinate(lon, lat))));
    }
  }

  @Test
  void placesThatAreNoneAreInNoPolygon() {
    PolygonGrid none = new PolygonGrid(List.of());
    assertThat(none.first(31, 121)).isEqualTo(PolygonGrid.NONE);
    PolygonGrid one = new PolygonGrid(List.of(new BandedPolygon(blocks(new Random(1)))));
    assertThat(one.first(Double.NaN, 121)).isEqualTo(PolygonGrid.NONE);
    assertThat(one.first(31, Double.POSITIVE_INFINITY)).isEqualTo(PolygonGrid.NONE);
  }
}
