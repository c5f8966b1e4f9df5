package org.shanpai.order.fraud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ChanceTest {

  @Test
  void theTailOfTheBinomialIsRight() {
    assertThat(Chance.atLeast(0, 5, 0.1)).isEqualTo(1);
    assertThat(Chance.atLeast(1, 1, 0.02)).isEqualTo(0.02, within(1e-12));
    assertThat(Chance.atLeast(5, 5, 0.1)).isEqualTo(1e-5, within(1e-14));
    assertThat(Chance.atLeast(1, 10, 0.1)).isEqualTo(1 - Math.pow(0.9, 10), within(1e-12));
    assertThat(Chance.atLeast(2, 3, 0.25)).isEqualTo(10.0 / 64, within(1e-12));
  }

  @Test
  void itAgreesWithTryingItOut() {
    Random chance = new Random(5);
    int rounds = 20_000;
    for (int[] game : new int[][] {{1, 8}, {3, 12}, {6, 20}}) {
      int seen = 0;
      for (int round = 0; round < rounds; round++) {
        int times = 0;
        for (int i = 0; i < game[1]; i++) {
          times += chance.nextDouble() < 0.2 ? 1 : 0;
        }
        seen += times >= game[0] ? 1 : 0;
      }
      assertThat(Chance.atLeast(game[0], game[1], 0.2))
          .isEqualTo(seen / (double) rounds, within(0.012));
    }
  }

  @Test
  void weightsAreTenTimesTheZerosOfTheChance() {
    assertThat(Chance.weight(1, 1, 0.001)).isEqualTo(30);
    assertThat(Chance.weight(2, 2, 0.001)).isEqualTo(60);
    assertThat(Chance.weight(1, 1000, 0.5)).isEqualTo(1);
    assertThat(Chance.weight(500, 500, 1e-6)).isEqualTo(100);
    assertThat(Chance.weight(2, 3, 0.003)).isEqualTo(46);
  }

  @Test
  void moreOfTheSameWeighsMoreAndMoreTriesWeighLess() {
    for (int times = 2; times < 20; times++) {
      assertThat(Chance.weight(times, 20, 0.02))
          .isGreaterThanOrEqualTo(Chance.weight(times - 1, 20, 0.02));
      assertThat(Chance.weight(times, 40, 0.02))
          .isLessThanOrEqualTo(Chance.weight(times, 20, 0.02));
      assertThat(Chance.weight(times, 20, 0.2)).isLessThan(Chance.weight(times, 20, 0.02) + 1);
    }
  }

  @Test
  void aCityThatHasSeenLittleIsTakenForAUsualOne() {
    assertThat(Chance.rate(0, 0, 0.003, 500)).isEqualTo(0.003, within(1e-9));
    assertThat(Chance.rate(1, 1, 0.003, 500)).isLessThan(0.006);
    assertThat(Chance.rate(10_000, 100_000, 0.003, 500)).isEqualTo(0.1, within(0.001));
    assertThat(Chance.rate(100, 100, 0.5, 1)).isLessThan(1);
  }
}
