package org.shanpai.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class CoordinateSystemTest {

  private static final double ROUND_TRIP_METRES = 0.001;

  // Along the edge of the shifted box two places share one shifted place.
  private static final double EDGE_DEGREES = 0.02;

  @Test
  void knownPlacesAreShiftedAsPublished() {
    // Beijing railway station, as conversion tools print it.
    GeoPoint station = new GeoPoint(39.90105, 116.42079);
    GeoPoint shifted = CoordinateSystem.GCJ_02.fromWgs84(station);
    assertThat(shifted.lat()).isCloseTo(39.90245, within(1e-5));
    assertThat(shifted.lon()).isCloseTo(116.42703, within(1e-5));
    assertThat(station.metresTo(CoordinateSystem.GCJ_02.toWgs84(39.90245, 116.42703)))
        .isLessThan(1.5);
  }

  @Test
  void waysThereAndBackEndWhereTheyBeganInsideChina() {
    Random random = new Random(20261122);
    for (int i = 0; i < 200_000; i++) {
      GeoPoint place =
          new GeoPoint(
              0.8293 + EDGE_DEGREES + random.nextDouble() * (54.9978 - 2 * EDGE_DEGREES),
              72.004 + EDGE_DEGREES + random.nextDouble() * (65.8307 - 2 * EDGE_DEGREES));
      for (CoordinateSystem system : CoordinateSystem.values()) {
        GeoPoint told = system.fromWgs84(place);
        assertThat(place.metresTo(system.toWgs84(told.lat(), told.lon())))
            .as("%s %s", system, place)
            .isLessThan(ROUND_TRIP_METRES);
      }
      assertThat(place.metresTo(CoordinateSystem.GCJ_02.fromWgs84(place))).isBetween(0.01, 2_000.0);
    }
  }

  @Test
  void waysThereAndBackEndWhereTheyBeganOutsideChina() {
    Random random = new Random(4);
    int outside = 0;
    while (outside < 100_000) {
      GeoPoint place =
          new GeoPoint(random.nextDouble() * 170 - 85, random.nextDouble() * 358 - 179);
      boolean near =
          place.lat() > 0.8293 - EDGE_DEGREES
              && place.lat() < 55.8271 + EDGE_DEGREES
              && place.lon() > 72.004 - EDGE_DEGREES
              && place.lon() < 137.8347 + EDGE_DEGREES;
      if (near) {
        continue;
      }
      outside++;
      assertThat(CoordinateSystem.GCJ_02.fromWgs84(place)).isEqualTo(place);
      assertThat(CoordinateSystem.GCJ_02.toWgs84(place.lat(), place.lon())).isEqualTo(place);
      GeoPoint baidu = CoordinateSystem.BD_09.fromWgs84(place);
      assertThat(place.metresTo(CoordinateSystem.BD_09.toWgs84(baidu.lat(), baidu.lon())))
          .as("%s", place)
          .isLessThan(ROUND_TRIP_METRES);
    }
  }

  @Test
  void baiduLiesBeyondTheShiftedPlace() {
    GeoPoint place = new GeoPoint(31.2304, 121.4737);
    GeoPoint shifted = CoordinateSystem.GCJ_02.fromWgs84(place);
    GeoPoint baidu = CoordinateSystem.BD_09.fromWgs84(place);
    assertThat(shifted.metresTo(baidu)).isBetween(600.0, 1_300.0);
  }

  @Test
  void onlyTheThreeNamesAreKnown() {
    assertThat(CoordinateSystem.parse("GCJ-02")).isEqualTo(CoordinateSystem.GCJ_02);
    for (String bad : new String[] {null, "", "wgs84", "EPSG:4326", "gcj-02"}) {
      assertThatThrownBy(() -> CoordinateSystem.parse(bad))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("WGS-84, GCJ-02 or BD-09");
    }
    assertThatThrownBy(() -> CoordinateSystem.GCJ_02.toWgs84(121, 31)).hasMessageContaining("lat");
  }
}
