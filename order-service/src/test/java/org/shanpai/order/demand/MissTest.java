package org.shanpai.order.demand;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.GeoPoint;

class MissTest {

  @Test
  void aPlaceIsToldToAThousandthOfADegreeAndNoCloser() {
    Random random = new Random(4);
    for (int i = 0; i < 2_000; i++) {
      GeoPoint door = new GeoPoint(random.nextDouble() * 170 - 85, random.nextDouble() * 360 - 180);
      GeoPoint near = Miss.rounded(door);
      assertThat(door.metresTo(near)).isLessThan(80);
      assertThat(Double.toString(Math.abs(near.lat()))).matches("[0-9]+\\.[0-9]{1,3}");
      assertThat(Double.toString(Math.abs(near.lon())))
          .matches("[0-9]+\\.[0-9]{1,3}|[0-9]\\.[0-9]E-[34]|[0-9]+\\.[0-9]{1,3}");
    }
  }
}
