package org.shanpai.geo.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class QuantilesTest {

  @Test
  void quantilesLieBetweenTheOrderStatisticsAroundThem() {
    assertThat(Quantiles.median(new double[] {3, 1, 2})).isEqualTo(2);
    assertThat(Quantiles.median(new double[] {4, 1, 2, 3})).isEqualTo(2.5);
    assertThat(Quantiles.of(new double[] {10, 20, 30, 40, 50}, 0.8)).isCloseTo(42, within(1e-9));
    assertThat(Quantiles.of(new double[] {7}, 0.8)).isEqualTo(7);
    assertThatThrownBy(() -> Quantiles.median(new double[0])).hasMessageContaining("no values");
  }

  @Test
  void shrinkageLiesBetweenPriorAndSamplesAndComesNearerWithMoreOfThem() {
    Random random = new Random(1);
    for (int round = 0; round < 2_000; round++) {
      double prior = random.nextDouble() * 1_000;
      double learned = random.nextDouble() * 1_000;
      double weight = random.nextDouble() * 30;
      double distance = Math.abs(prior - learned);
      assertThat(Quantiles.shrink(learned, 0, prior, weight)).isEqualTo(prior);
      for (int samples = 1; samples < 400; samples *= 3) {
        double value = Quantiles.shrink(learned, samples, prior, weight);
        assertThat(value)
            .isBetween(Math.min(prior, learned) - 1e-9, Math.max(prior, learned) + 1e-9);
        assertThat(Math.abs(value - learned)).isLessThanOrEqualTo(distance + 1e-9);
        distance = Math.abs(value - learned);
      }
    }
  }

  @Test
  void aFewWildSamplesDoNotMoveTheMedianMuch() {
    Random random = new Random(2);
    for (int round = 0; round < 200; round++) {
      double[] values = new double[50];
      for (int i = 0; i < values.length; i++) {
        values[i] = 100 + random.nextGaussian();
      }
      double before = Quantiles.median(values);
      for (int i = 0; i < 10; i++) {
        values[i] = random.nextBoolean() ? 1e9 : -1e9;
      }
      assertThat(Quantiles.median(values)).isCloseTo(before, within(2.0));
    }
  }

  @Test
  void sketchesAddUpInAnyOrderAndAreOffByAFewPercentAtMost() {
    Random random = new Random(3);
    for (int round = 0; round < 100; round++) {
      double[] ratios = new double[500];
      RatioSketch forwards = new RatioSketch();
      RatioSketch backwards = new RatioSketch();
      for (int i = 0; i < ratios.length; i++) {
        ratios[i] = Math.exp(random.nextGaussian() * 0.3);
        forwards.add(RatioSketch.bin(ratios[i]), 1);
      }
      for (int i = ratios.length - 1; i >= 0; i--) {
        backwards.add(RatioSketch.bin(ratios[i]), 1);
      }
      assertThat(forwards.logQuantile(0.5)).isEqualTo(backwards.logQuantile(0.5));
      assertThat(Math.exp(forwards.logQuantile(0.5)))
          .isCloseTo(Quantiles.median(ratios), within(0.03));
      assertThat(Math.exp(forwards.logQuantile(0.85)))
          .isCloseTo(Quantiles.of(ratios, 0.85), within(0.06));
    }
    assertThat(RatioSketch.bin(1e-9)).isZero();
    assertThat(RatioSketch.bin(1e9)).isEqualTo(RatioSketch.BINS - 1);
    assertThatThrownBy(() -> RatioSketch.bin(Double.NaN)).hasMessageContaining("NaN");
  }
}
