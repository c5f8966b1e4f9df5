package org.shanpai.dispatch.zone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.event.ZoneState;

class NoGoMapTest {

  private static final GeoPoint MIDDLE = new GeoPoint(31.23, 121.47);

  private static ZoneState.Ring square(double metres) {
    return new ZoneState.Ring(
        List.of(
            MIDDLE.offsetMetres(-metres, -metres),
            MIDDLE.offsetMetres(-metres, metres),
            MIDDLE.offsetMetres(metres, metres),
            MIDDLE.offsetMetres(metres, -metres)));
  }

  @Test
  void coversWhatIsInsideTheBorderAndOutsideTheHoles() {
    NoGoMap map =
        new NoGoMap(
            NoGoZones.parts(List.of(new ZoneState.Polygon(square(500), List.of(square(100))))));
    Random random = new Random(4);
    for (int i = 0; i < 5_000; i++) {
      double north = 700 * (2 * random.nextDouble() - 1);
      double east = 700 * (2 * random.nextDouble() - 1);
      double off = Math.max(Math.abs(north), Math.abs(east));
      if (Math.abs(off - 500) < 1 || Math.abs(off - 100) < 1) {
        continue;
      }
      assertThat(map.covers(MIDDLE.offsetMetres(north, east)))
          .as("%.1f m north, %.1f m east", north, east)
          .isEqualTo(off < 500 && off > 100);
    }
  }

  @Test
  void withoutZonesNothingIsCovered() {
    assertThat(NoGoMap.NONE.covers(MIDDLE)).isFalse();
  }
}
