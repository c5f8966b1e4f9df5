package org.shanpai.geo.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.GeoPoint;

class DemandCellsTest {

  private final DemandCells cells = new DemandCells();

  @Test
  void everyCellWhoseCentreIsNearIsAround() {
    Random random = new Random(5);
    for (int round = 0; round < 20; round++) {
      GeoPoint here = new GeoPoint(random.nextDouble(-60, 60), random.nextDouble(-179, 179));
      long own = cells.of(here);
      Collection<Long> around = cells.around(List.of(own), 3_000, 20_000);
      assertThat(List.copyOf(around)).contains(own).isSorted();
      for (int i = 0; i < 300; i++) {
        double angle = random.nextDouble() * 2 * Math.PI;
        double far = random.nextDouble() * 2_990;
        GeoPoint there =
            cells.centre(own).offsetMetres(far * Math.cos(angle), far * Math.sin(angle));
        long cell = cells.of(there);
        if (cells.centre(own).metresTo(cells.centre(cell)) <= 3_000) {
          assertThat(around).contains(cell);
        }
      }
    }
  }

  @Test
  void tooManyCellsAreNotMadeMore() {
    List<Long> three =
        List.of(
            cells.of(new GeoPoint(31, 121)),
            cells.of(new GeoPoint(32, 121)),
            cells.of(new GeoPoint(33, 121)));
    assertThat(cells.around(three, 3_000, 400)).hasSize(3).containsAll(three);
  }

  @Test
  void aNeighbourhoodMissesNothingThatIsNear() {
    Random random = new Random(6);
    GeoPoint middle = new GeoPoint(31.23, 121.47);
    List<GeoPoint> places =
        random
            .doubles(600, -9_000, 9_000)
            .mapToObj(north -> middle.offsetMetres(north, random.nextDouble(-9_000, 9_000)))
            .toList();
    Neighbourhood near = new Neighbourhood(places, 2_000);
    for (int i = 0; i < 200; i++) {
      GeoPoint centre =
          middle.offsetMetres(
              random.nextDouble(-11_000, 11_000), random.nextDouble(-11_000, 11_000));
      int[] found = near.of(centre);
      for (int place = 0; place < places.size(); place++) {
        int one = place;
        boolean named = java.util.Arrays.stream(found).anyMatch(other -> other == one);
        double metres = centre.metresTo(places.get(place));
        assertThat(named).isEqualTo(metres <= 2_000 * 1.002);
      }
    }
  }
}
