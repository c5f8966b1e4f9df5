package org.shanpai.dispatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NoFaultDelayTest {

  private static final Instant NOON = Instant.parse("2026-11-20T04:00:00Z");

  @Test
  void riderWhoWaitsAtASlowKitchenIsCompensatedUpToAMinuteBeforeThePickup() {
    assertThat(late(minute(5), minute(18), minute(6), null))
        .contains(new NoFaultDelay(minute(6), minute(17)));
  }

  @Test
  void riderWhoComesLateIsNotCompensatedForTheTimeBefore() {
    assertThat(late(minute(10), minute(18), minute(6), null))
        .contains(new NoFaultDelay(minute(10), minute(17)));
  }

  @Test
  void kitchenInTimeCostsNothing() {
    assertThat(late(minute(5), minute(6), minute(6), null)).isEmpty();
    assertThat(late(minute(5), minute(7), minute(6), null)).isEmpty();
  }

  @Test
  void readyTapIsBelievedWhenThePickupFollowsSoon() {
    assertThat(late(minute(5), minute(14), minute(6), minute(12)))
        .contains(new NoFaultDelay(minute(6), minute(12)));
    assertThat(late(minute(10), minute(12), minute(6), minute(4))).isEmpty();
  }

  @Test
  void falseReadyTapDoesNotTakeTheRidersMinutes() {
    assertThat(late(minute(5), minute(14), minute(6), minute(6)))
        .contains(new NoFaultDelay(minute(6), minute(13)));
  }

  @Test
  void twoJobsOfOneSlowKitchenMakeOneDelay() {
    List<NoFaultDelay> delays =
        List.of(
            new NoFaultDelay(minute(6), minute(12)),
            new NoFaultDelay(minute(4), minute(10)),
            new NoFaultDelay(minute(20), minute(22)));
    assertThat(NoFaultDelay.unionMillis(delays, minute(0), minute(60)))
        .isEqualTo(Duration.ofMinutes(8 + 2).toMillis());
  }

  @Test
  void onlyTheTimeInHandCounts() {
    List<NoFaultDelay> delays = List.of(new NoFaultDelay(minute(4), minute(12)));
    assertThat(NoFaultDelay.unionMillis(delays, minute(9), minute(60)))
        .isEqualTo(Duration.ofMinutes(3).toMillis());
    assertThat(NoFaultDelay.unionMillis(delays, minute(0), minute(6)))
        .isEqualTo(Duration.ofMinutes(2).toMillis());
    assertThat(NoFaultDelay.unionMillis(delays, minute(12), minute(60))).isZero();
  }

  private static Optional<NoFaultDelay> late(
      Instant arrived, Instant pickedUp, Instant promised, Instant tap) {
    return NoFaultDelay.merchantLate(
        arrived, pickedUp, promised, tap, Duration.ofMinutes(3), Duration.ofMinutes(1));
  }

  private static Instant minute(int minute) {
    return NOON.plusSeconds(60L * minute);
  }
}
