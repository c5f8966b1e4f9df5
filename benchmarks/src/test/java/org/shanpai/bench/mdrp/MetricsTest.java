package org.shanpai.bench.mdrp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.shanpai.bench.mdrp.Crossroads.FAR;
import static org.shanpai.bench.mdrp.Crossroads.FIRST;
import static org.shanpai.bench.mdrp.Crossroads.LI;
import static org.shanpai.bench.mdrp.Crossroads.SECOND;
import static org.shanpai.bench.mdrp.Crossroads.to;

import org.junit.jupiter.api.Test;
import org.shanpai.bench.mdrp.Crossroads.Script;

/** Figures worked out by hand. */
class MetricsTest {

  private final Instance instance = Crossroads.read();

  @Test
  void figuresOfADayWorkedOutByHand() {
    Solution day =
        Crossroads.run(new Script().at(2, to(LI, FIRST, SECOND)).at(31, to(LI, FAR))).solution();
    Metrics metrics = Metrics.of(instance, day);
    // Lower bounds click to door: first 10+2+8+2 = 22, second 12+2+9+2-2 = 23,
    // far 25+2+10+2-5 = 34, late 30+2+10+2-20 = 24.
    // first at 24; second at 29-2 = 27; far: li is free at 31 at (0,900), at noodles 40, picks up
    // at 42, leaves at 44, there at 54, done at 56: 51; late never: 120.
    assertThat(metrics.orders()).isEqualTo(4);
    assertThat(metrics.undelivered()).isEqualTo(1);
    assertThat(metrics.excessMean())
        .isCloseTo(((24 - 22) + (27 - 23) + (51 - 34) + (120 - 24)) / 4.0, within(1e-12));
    assertThat(metrics.onTime()).isEqualTo(0.5);
    assertThat(metrics.clickToDoorP50()).isEqualTo(27);
    assertThat(metrics.clickToDoorP90()).isCloseTo(27 + 0.8 * 24, within(1e-9));
    assertThat(metrics.clickToDoorMax()).isEqualTo(51);
    // li: 2 h at 15 or 3 orders at 10, both 30; wang 15; zhao 15.
    assertThat(metrics.cost()).isEqualTo(60);
    assertThat(metrics.costPerOrder()).isEqualTo(20);
    assertThat(metrics.ordersPerTrip()).isEqualTo(1.5);
  }

  @Test
  void dayWithoutAnyDeliveryHasDefinedFigures() {
    Metrics metrics = Metrics.of(instance, Crossroads.run(new Script()).solution());
    assertThat(metrics.undelivered()).isEqualTo(4);
    assertThat(metrics.excessMean()).isEqualTo((98 + 97 + 86 + 96) / 4.0);
    assertThat(metrics.onTime()).isZero();
    assertThat(metrics.clickToDoorP50()).isNaN();
    assertThat(metrics.cost()).isEqualTo(60);
    assertThat(metrics.costPerOrder()).isZero();
    assertThat(metrics.ordersPerTrip()).isZero();
  }

  @Test
  void orderOnTheTargetIsOnTime() {
    // li leaves at 21, picks up at 28, leaves noodles at 30 and is done at the door at 40.
    Solution inTime = Crossroads.run(new Script().at(21, to(LI, FIRST))).solution();
    assertThat(inTime.dropoff(FIRST)).isEqualTo(Ticks.ofMinutes(40));
    assertThat(Metrics.of(instance, inTime).onTime()).isEqualTo(0.25);
    Solution late = Crossroads.run(new Script().at(22, to(LI, FIRST))).solution();
    assertThat(Metrics.of(instance, late).onTime()).isZero();
  }
}
