package org.shanpai.servicebench.geo.nearest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.geo.position.Fix;
import org.shanpai.geo.position.NearFix;
import org.shanpai.servicebench.RuleBroken;
import org.shanpai.servicebench.geo.Square;

/** Wrong answers are no result, and riders move at the rate that is told. */
class NearestBenchTest {

  private static final GeoPoint CENTRE = new GeoPoint(31.23, 121.47);

  private static NearFix near(double metres) {
    return new NearFix(new Fix("r", CENTRE, 1, 100, null), metres);
  }

  @Test
  void answersThatDifferFromTheTruthEndTheRun() {
    NearestBench.requireSame(CENTRE, List.of(1.0, 2.0), List.of(near(1.01), near(1.99)));
    NearestBench.requireSame(CENTRE, List.of(), List.of());
    assertThatThrownBy(() -> NearestBench.requireSame(CENTRE, List.of(1.0), List.of(near(1.1))))
        .isInstanceOf(RuleBroken.class);
    assertThatThrownBy(() -> NearestBench.requireSame(CENTRE, List.of(1.0), List.of()))
        .isInstanceOf(RuleBroken.class);
    assertThatThrownBy(() -> NearestBench.requireSame(CENTRE, List.of(), List.of(near(1))))
        .isInstanceOf(RuleBroken.class);
  }

  @Test
  void moverMovesEverybodyInTurnAndTellsItsRate() throws InterruptedException {
    AtomicIntegerArray moves = new AtomicIntegerArray(30);
    double rate;
    try (Mover mover =
        new Mover(
            30,
            2_000,
            (from, count) -> {
              for (int rider = from; rider < from + count; rider++) {
                moves.incrementAndGet(rider);
              }
            })) {
      Thread.sleep(300);
      rate = mover.end();
    }
    assertThat(rate).isBetween(100.0, 2_500.0);
    for (int rider = 0; rider < 30; rider++) {
      assertThat(moves.get(rider)).isBetween(moves.get(29), moves.get(0));
    }
    assertThat(moves.get(29)).isPositive();
  }

  @Test
  void moverThatFailsSaysSo() throws InterruptedException {
    try (Mover mover =
        new Mover(
            10,
            1_000,
            (from, count) -> {
              throw new IllegalStateException("lost");
            })) {
      Thread.sleep(50);
      assertThatThrownBy(mover::end).hasMessage("lost");
    }
  }

  @Test
  void ridersMoveAsFarAsRidersDo() {
    MovingCity city = new MovingCity(100, Square.of(1_000), 1);
    for (int i = 0; i < 1_000; i++) {
      GeoPoint before = city.place(i % 100);
      assertThat(before.metresTo(city.move(i % 100))).isLessThan(50);
    }
  }
}
