package org.shanpai.geo.track;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.geo.cell.Cells;

class CoarseningTest {

  private static final GeoPoint MIDDLE = new GeoPoint(31.23, 121.47);
  private static final long NOW = 1_790_000_000_000L;

  private final Cells cells = new Cells();

  private long cell(GeoPoint place) {
    return cells.of(place, Tracks.COARSE_RESOLUTION);
  }

  @Test
  void eachTimeARiderComesIntoACellIsOneStayWhateverTheOrderOfReadings() {
    List<TrackPoint> points = new ArrayList<>();
    // 10 km north, standing ten minutes at the end, and back.
    for (int i = 0; i <= 300; i++) {
      double north = i <= 100 ? i * 100 : i <= 200 ? 10_000 : (300 - i) * 100;
      long at = NOW + i * 6_000L;
      points.add(new TrackPoint(at, MIDDLE.offsetMetres(north, 0), 5, 100, at, at));
    }
    Collections.shuffle(points, new Random(23));
    List<TrackCell> stays = Coarsening.stays("r-1", points, this::cell);
    assertThat(stays.stream().mapToInt(TrackCell::points).sum()).isEqualTo(301);
    assertThat(stays.get(0).firstAt()).isEqualTo(NOW);
    assertThat(stays.get(stays.size() - 1).lastAt()).isEqualTo(NOW + 300 * 6_000L);
    for (int i = 1; i < stays.size(); i++) {
      assertThat(stays.get(i).cell()).isNotEqualTo(stays.get(i - 1).cell());
      assertThat(stays.get(i).firstAt()).isEqualTo(stays.get(i - 1).lastAt() + 6_000);
    }
    assertThat(stays.stream().map(TrackCell::cell).distinct().count())
        .as("cells of resolution 8 on 10 km")
        .isBetween(8L, 20L);
    TrackCell turn =
        stays.stream()
            .filter(stay -> stay.cell() == cell(MIDDLE.offsetMetres(10_000, 0)))
            .findFirst()
            .orElseThrow();
    assertThat(turn.lastAt() - turn.firstAt()).isGreaterThanOrEqualTo(600_000);
    assertThat(stays.get(0).cell()).isEqualTo(stays.get(stays.size() - 1).cell());
  }

  @Test
  void theMiddleOfACellLiesInIt() {
    long cell = cell(MIDDLE);
    assertThat(cell(cells.centre(cell))).isEqualTo(cell);
    assertThat(cells.centre(cell).metresTo(MIDDLE)).isLessThan(600);
  }
}
