package org.shanpai.geo.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.GeoPoint;

class CellsTest {

  private final Cells cells = new Cells();

  @Test
  void everyPlaceWithinTheRadiusIsInOneOfTheCells() {
    Random random = new Random(99);
    for (int round = 0; round < 400; round++) {
      GeoPoint centre =
          new GeoPoint(random.nextDouble() * 120 - 60, random.nextDouble() * 360 - 180);
      double radius = Math.pow(10, 1 + 3.9 * random.nextDouble());
      List<Long> near = cells.within(centre, radius);
      for (int i = 0; i < 60; i++) {
        double angle = random.nextDouble() * 2 * Math.PI;
        double far = radius * (i % 3 == 0 ? 1 : Math.sqrt(random.nextDouble()));
        double east =
            centre.lon()
                + Math.toDegrees(
                    far * Math.sin(angle) / 6_371_008.8 / Math.cos(Math.toRadians(centre.lat())));
        double north = centre.lat() + Math.toDegrees(far * Math.cos(angle) / 6_371_008.8);
        if (Math.abs(east) > 180) {
          continue;
        }
        GeoPoint place = new GeoPoint(north, east);
        if (centre.metresTo(place) <= radius) {
          assertThat(near)
              .as("seed 99, round %d, %s within %.0f m of %s", round, place, radius, centre)
              .contains(cells.of(place));
        }
      }
    }
  }

  @Test
  void aSmallSearchTouchesFewCells() {
    GeoPoint centre = new GeoPoint(31.23, 121.47);
    assertThat(cells.within(centre, 100).size()).isBetween(1, 3);
    assertThat(cells.within(centre, 3_000).size()).isBetween(1, 5);
    assertThatThrownBy(() -> cells.within(centre, 200_000)).hasMessageContaining("radiusMetres");
  }

  @Test
  void textOfACellReadsBack() {
    long cell = cells.of(new GeoPoint(31.23, 121.47));
    assertThat(Cells.parse(Cells.text(cell))).isEqualTo(cell);
  }
}
