package org.shanpai.city.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.shanpai.city.plan.Phone;
import org.shanpai.contracts.CoordinateSystem;

class BatteryTest {

  private static final long MINUTE = 60_000;

  @Test
  void runsDownAndIsChargedAFewMinutesAfterItIsNearlyEmpty() {
    Battery battery =
        new Battery(new Phone(CoordinateSystem.GCJ_02, 20, 60, false), new Random(3), 0);
    assertThat(battery.percent(0)).isEqualTo(20);
    assertThat(battery.percent(5 * MINUTE)).isEqualTo(15);
    long minute = 6;
    while (battery.percent(minute * MINUTE) < 20) {
      minute++;
    }
    // Nearly empty after ten minutes; somebody lends a power bank 4 to 12 minutes later.
    assertThat(minute).isBetween(14L, 24L);
    assertThat(battery.percent(minute * MINUTE)).isBetween(55, 95);
  }

  @Test
  void neverSaysLessThanOne() {
    Battery battery =
        new Battery(new Phone(CoordinateSystem.WGS_84, 12, 2_000, false), new Random(3), 0);
    assertThat(battery.percent(2 * MINUTE)).isEqualTo(1);
  }
}
