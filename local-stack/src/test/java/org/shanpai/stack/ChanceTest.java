package org.shanpai.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChanceTest {

  @Test
  void firstDrawsOfManySpreadEvenly() {
    for (long seed = -2; seed < 6; seed++) {
      int[] tenths = new int[10];
      for (int i = 0; i < 5_000; i++) {
        tenths[(int) (10 * Chance.of(seed, "agent " + i).nextDouble())]++;
      }
      for (int tenth : tenths) {
        assertThat(tenth).isCloseTo(500, within(110));
      }
    }
  }

  @Test
  void firstDrawsOfOneInNeighbouringCitiesSpreadEvenly() {
    double sum = 0;
    List<Double> draws = new ArrayList<>();
    for (long seed = 0; seed < 2_000; seed++) {
      double draw = Chance.of(seed, "r-0001").nextDouble();
      sum += draw;
      draws.add(draw);
    }
    assertThat(sum / 2_000).isCloseTo(0.5, within(0.035));
    assertThat(draws.stream().filter(draw -> draw < 0.25).count()).isBetween(400L, 600L);
  }

  @Test
  void sameSeedAndNameDrawTheSame() {
    assertThat(Chance.of(7, "r-0001").nextLong()).isEqualTo(Chance.of(7, "r-0001").nextLong());
    assertThat(Chance.of(7, "r-0001").nextLong()).isNotEqualTo(Chance.of(7, "r-0002").nextLong());
  }
}
