package org.shanpai.geo.zone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.event.ZoneState;
import org.shanpai.contracts.event.ZoneState.Kind;
import org.shanpai.contracts.event.ZoneState.Polygon;
import org.shanpai.contracts.event.ZoneState.Ring;
import org.shanpai.geo.polygon.Polygons;

class ZoneMapTest {

  private static final GeometryFactory GEOMETRY = new GeometryFactory();
  private static final GeoPoint MIDDLE = new GeoPoint(31.23, 121.47);

  private static Ring ring(GeoPoint centre, double half) {
    return new Ring(
        List.of(
            centre.offsetMetres(-half, -half),
            centre.offsetMetres(-half, half),
            centre.offsetMetres(half, half),
            centre.offsetMetres(half, -half)));
  }

  private static ZoneState zone(
      String id, Kind kind, Double factor, String store, Polygon... polygons) {
    return new ZoneState(
        id,
        CityId.of("city-1"),
        1,
        kind,
        id,
        List.of(polygons),
        factor,
        store == null ? null : StoreId.of(store),
        false);
  }

  private static Polygon square(GeoPoint centre, double half) {
    return new Polygon(ring(centre, half), List.of());
  }

  @Test
  void rulesHoldInsideTheirZonesOnly() {
    GeoPoint far = MIDDLE.offsetMetres(5_000, 0);
    ZoneMap map =
        new ZoneMap(
            List.of(
                zone(
                    "z-closed",
                    Kind.NO_GO,
                    null,
                    null,
                    new Polygon(ring(MIDDLE, 500), List.of(ring(MIDDLE, 100))),
                    square(far, 200)),
                zone("z-slow", Kind.SLOW, 0.5, null, square(MIDDLE, 300)),
                zone("z-slower", Kind.SLOW, 0.25, null, square(MIDDLE, 200)),
                zone("z-range", Kind.DELIVERY_RANGE, null, "s-1", square(MIDDLE, 400)),
                zone("z-range-2", Kind.DELIVERY_RANGE, null, "s-1", square(far, 400))),
            7);
    assertThat(map.version()).isEqualTo(7);
    assertThat(map.noGo(MIDDLE)).as("in the hole").isFalse();
    assertThat(map.noGo(MIDDLE.offsetMetres(300, 0))).isTrue();
    assertThat(map.noGo(far)).as("in the other part").isTrue();
    assertThat(map.noGo(MIDDLE.offsetMetres(501, 0))).isFalse();
    assertThat(map.noGo(ring(MIDDLE, 500).corners().get(0))).as("on a corner").isTrue();
    assertThat(map.speedFactor(MIDDLE)).isEqualTo(0.25);
    assertThat(map.speedFactor(MIDDLE.offsetMetres(250, 0))).isEqualTo(0.5);
    assertThat(map.speedFactor(MIDDLE.offsetMetres(350, 0))).isEqualTo(1);
    StoreId store = StoreId.of("s-1");
    assertThat(map.inDeliveryRange(store, MIDDLE)).isTrue();
    assertThat(map.inDeliveryRange(store, far)).isTrue();
    assertThat(map.inDeliveryRange(store, MIDDLE.offsetMetres(0, 450))).isFalse();
    assertThat(map.inDeliveryRange(StoreId.of("s-2"), MIDDLE)).isNull();
    assertThat(map.noGoGeometries()).hasSize(1);
    assertThat(map.slowParts())
        .extracting(ZoneMap.SlowPart::speedFactor)
        .containsExactly(0.25, 0.5);
  }

  @Test
  void emptyMapHasNoRules() {
    assertThat(ZoneMap.EMPTY.noGo(MIDDLE)).isFalse();
    assertThat(ZoneMap.EMPTY.speedFactor(MIDDLE)).isEqualTo(1);
    assertThat(ZoneMap.EMPTY.inDeliveryRange(StoreId.of("s-1"), MIDDLE)).isNull();
    assertThat(ZoneMap.EMPTY.version()).isZero();
  }

  @Test
  void answersAreThoseOfAskingEveryZoneInTurn() {
    Random random = new Random(42);
    List<ZoneState> zones = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      GeoPoint centre =
          MIDDLE.offsetMetres(random.nextDouble() * 9_000, random.nextDouble() * 9_000);
      double half = 100 + random.nextDouble() * 900;
      Polygon polygon =
          random.nextBoolean()
              ? square(centre, half)
              : new Polygon(ring(centre, half), List.of(ring(centre, half / 2)));
      boolean slow = random.nextBoolean();
      zones.add(
          zone(
              "z-" + i,
              slow ? Kind.SLOW : Kind.NO_GO,
              slow ? (1 + random.nextInt(10)) / 10.0 : null,
              null,
              polygon));
    }
    ZoneMap map = new ZoneMap(zones, 1);
    int closed = 0;
    for (int i = 0; i < 10_000; i++) {
      GeoPoint place =
          MIDDLE.offsetMetres(
              random.nextDouble() * 11_000 - 1_000, random.nextDouble() * 11_000 - 1_000);
      Geometry point = GEOMETRY.createPoint(new Coordinate(place.lon(), place.lat()));
      boolean noGo = false;
      double factor = 1;
      for (ZoneState zone : zones) {
        if (Polygons.geometry(zone.polygons()).covers(point)) {
          noGo |= zone.kind() == Kind.NO_GO;
          factor = zone.kind() == Kind.SLOW ? Math.min(factor, zone.speedFactor()) : factor;
        }
      }
      assertThat(map.noGo(place)).as("seed 42, %s", place).isEqualTo(noGo);
      assertThat(map.speedFactor(place)).as("seed 42, %s", place).isEqualTo(factor);
      closed += noGo ? 1 : 0;
    }
    assertThat(closed).isBetween(1_000, 9_000);
  }
}
