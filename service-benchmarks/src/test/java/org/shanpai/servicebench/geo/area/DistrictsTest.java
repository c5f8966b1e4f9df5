package org.shanpai.servicebench.geo.area;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Polygon;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.servicebench.geo.Square;
import org.shanpai.servicebench.geo.area.Districts.District;

/** Districts are shapes that a city could have. */
class DistrictsTest {

  @Test
  void districtsAreValidAndFillMostOfTheirSquare() {
    List<District> districts = Districts.make(400, Square.of(14_000), 3);
    assertThat(districts).hasSize(400);
    assertThat(districts.stream().filter(d -> !d.holes().isEmpty()).count()).isBetween(50L, 120L);
    double squareMetres = 0;
    for (District district : districts) {
      Polygon polygon = AreaBench.polygon(district);
      assertThat(polygon.isValid()).isTrue();
      assertThat(district.shell().size()).isBetween(20, 60);
      GeoPoint middle = new GeoPoint(polygon.getCentroid().getY(), polygon.getCentroid().getX());
      squareMetres +=
          polygon.getArea() * Math.pow(111_195, 2) * Math.cos(Math.toRadians(middle.lat()));
    }
    assertThat(squareMetres / 14_000 / 14_000).isBetween(0.65, 0.95);
  }

  @Test
  void sameSeedMakesTheSameDistricts() {
    assertThat(Districts.make(9, Square.of(3_000), 5))
        .isEqualTo(Districts.make(9, Square.of(3_000), 5))
        .isNotEqualTo(Districts.make(9, Square.of(3_000), 6));
  }
}
