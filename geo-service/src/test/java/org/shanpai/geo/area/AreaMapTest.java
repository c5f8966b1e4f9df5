package org.shanpai.geo.area;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.CoordinateSystem;
import org.shanpai.contracts.GeoPoint;

class AreaMapTest {

  private static final GeometryFactory GEOMETRY = new GeometryFactory();
  private static final GeoPoint MIDDLE = new GeoPoint(31.23, 121.47);

  private static Area area(String id, List<Corner> corners) {
    Outline.Checked checked =
        Outline.check(corners, CoordinateSystem.WGS_84, new Outline.Limits(1_000, 100_000, 1_000));
    assertThat(checked).as(id).isInstanceOf(Outline.Checked.Good.class);
    return new Area(
        AreaId.of(id),
        CityId.of("city-1"),
        1,
        id,
        ((Outline.Checked.Good) checked).outline(),
        false);
  }

  /** A star around a centre: any angles with any radii never cross. */
  private static Area star(String id, Random random) {
    GeoPoint centre =
        MIDDLE.offsetMetres(random.nextDouble() * 20_000, random.nextDouble() * 20_000);
    int count = 3 + random.nextInt(20);
    List<Corner> corners = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double angle = 2 * Math.PI * (i + 0.8 * random.nextDouble()) / count;
      double radius = 300 + random.nextDouble() * 1_700;
      GeoPoint corner = centre.offsetMetres(radius * Math.sin(angle), radius * Math.cos(angle));
      corners.add(new Corner(corner.lat(), corner.lon()));
    }
    return area(id, corners);
  }

  private static Area square(String id, GeoPoint centre, double halfMetres) {
    List<Corner> corners = new ArrayList<>();
    for (int[] sign : new int[][] {{-1, -1}, {-1, 1}, {1, 1}, {1, -1}}) {
      GeoPoint corner = centre.offsetMetres(sign[0] * halfMetres, sign[1] * halfMetres);
      corners.add(new Corner(corner.lat(), corner.lon()));
    }
    return area(id, corners);
  }

  @Test
  void lookupAgreesWithAskingEveryPolygonInTurn() {
    Random random = new Random(4711);
    List<Area> areas = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      areas.add(star("a-" + i, random));
    }
    AreaMap map = new AreaMap(areas);
    int inside = 0;
    for (int i = 0; i < 20_000; i++) {
      GeoPoint place =
          i % 10 == 0
              ? areas.get(random.nextInt(300)).outline().corners().get(0)
              : MIDDLE.offsetMetres(
                  random.nextDouble() * 24_000 - 2_000, random.nextDouble() * 24_000 - 2_000);
      Point point = GEOMETRY.createPoint(new Coordinate(place.lon(), place.lat()));
      AreaId expected =
          areas.stream()
              .filter(area -> polygon(area).covers(point))
              .min(
                  Comparator.comparingDouble((Area area) -> polygon(area).getArea())
                      .thenComparing(Area::areaId))
              .map(Area::areaId)
              .orElse(null);
      AreaShape found = map.at(place);
      assertThat(found == null ? null : found.area().areaId())
          .as("seed 4711, question %d, %s", i, place)
          .isEqualTo(expected);
      inside += expected == null ? 0 : 1;
    }
    assertThat(inside).as("questions with an answer").isBetween(4_000, 19_000);
  }

  private static Polygon polygon(Area area) {
    List<GeoPoint> corners = area.outline().corners();
    Coordinate[] ring = new Coordinate[corners.size() + 1];
    for (int i = 0; i < ring.length; i++) {
      GeoPoint corner = corners.get(i % corners.size());
      ring[i] = new Coordinate(corner.lon(), corner.lat());
    }
    return GEOMETRY.createPolygon(ring);
  }

  @Test
  void riderIsEligibleInEveryAreaWithinOneKilometre() {
    AreaMap map =
        new AreaMap(
            List.of(
                square("a-own", MIDDLE, 500),
                square("a-near", MIDDLE.offsetMetres(0, 1_990), 500),
                square("a-far", MIDDLE.offsetMetres(0, -2_010), 500)));
    // 500 m of the own square, then 990 m to one neighbour and 1,010 m to the other.
    GeoPoint east = MIDDLE.offsetMetres(0, 0);
    assertThat(ids(map.within(MIDDLE.offsetMetres(0, 500), 1_000)))
        .containsExactly("a-near", "a-own");
    assertThat(ids(map.within(MIDDLE.offsetMetres(0, -500), 1_000))).containsExactly("a-own");
    assertThat(ids(map.within(MIDDLE.offsetMetres(0, -500), 1_020)))
        .containsExactly("a-far", "a-own");
    assertThat(ids(map.within(east, 0))).containsExactly("a-own");
    // Over the corner it is 1,273 m, though 900 m to the north and 900 m to the east.
    AreaMap corner = new AreaMap(List.of(square("a-1", MIDDLE.offsetMetres(1_400, 1_400), 500)));
    assertThat(corner.within(MIDDLE, 1_250)).isEmpty();
    assertThat(corner.within(MIDDLE, 1_290)).hasSize(1);
  }

  private static List<String> ids(List<AreaShape> shapes) {
    return shapes.stream().map(shape -> shape.area().areaId().value()).toList();
  }

  @Test
  void distanceIsThatToTheBorder() {
    AreaShape shape = new AreaShape(square("a-1", MIDDLE, 500));
    assertThat(shape.metresTo(MIDDLE)).isZero();
    assertThat(shape.metresTo(MIDDLE.offsetMetres(800, 100)))
        .isCloseTo(300, org.assertj.core.data.Offset.offset(0.5));
    assertThat(shape.metresTo(MIDDLE.offsetMetres(800, -900)))
        .isCloseTo(500, org.assertj.core.data.Offset.offset(0.5));
    assertThat(shape.reachMetres())
        .isCloseTo(500 * Math.sqrt(2), org.assertj.core.data.Offset.offset(0.5));
  }

  @Test
  void withoutAreasEveryPlaceIsInTheCity() {
    assertThat(AreaMap.EMPTY.covers(new GeoPoint(0, 0), 1)).isTrue();
    AreaMap map = new AreaMap(List.of(square("a-1", MIDDLE, 500)));
    assertThat(map.covers(MIDDLE.offsetMetres(40_000, 0), 50_000)).isTrue();
    assertThat(map.covers(MIDDLE.offsetMetres(60_000, 0), 50_000)).isFalse();
    assertThat(AreaMap.EMPTY.at(MIDDLE)).isNull();
  }
}
