package org.shanpai.order.progress.exception;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.event.JobState;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.order.JobFixture;
import org.shanpai.order.JobTweak;

class FalseReadyTest {

  private static final Instant NOON = Instant.parse("2026-11-22T04:00:00Z");
  private static final Duration GRACE = Duration.ofMinutes(3);

  private static Instant after(int seconds) {
    return NOON.plusSeconds(seconds);
  }

  private static JobState job(Integer accepted, Integer seen, Integer tapped, Integer picked) {
    return JobTweak.of(JobFixture.of("o-1", 5, JobStatus.PICKED_UP, "r-1"))
        .set("acceptedAt", accepted == null ? null : after(accepted))
        .set("seenAtStoreAt", seen == null ? null : after(seen))
        .set("arrivedStoreAt", tapped == null ? null : after(tapped))
        .set("pickedUpAt", picked == null ? null : after(picked))
        .state();
  }

  @Test
  void pickupWithinThreeMinutesOfTheLaterOfTapAndArrivalBelievesTheTap() {
    assertThat(FalseReady.proven(job(0, 100, 100, 280), after(50), GRACE)).isFalse();
    assertThat(FalseReady.proven(job(0, 100, 100, 281), after(50), GRACE)).isTrue();
    assertThat(FalseReady.proven(job(0, 100, 100, 380), after(200), GRACE)).isFalse();
    assertThat(FalseReady.proven(job(0, 100, 100, 381), after(200), GRACE)).isTrue();
  }

  @Test
  void withoutATapNothingWasFalse() {
    assertThat(FalseReady.proven(job(0, 100, 100, 3000), null, GRACE)).isFalse();
  }

  @Test
  void anArrivalThatWasOnlyTappedProvesNothingAgainstTheKitchen() {
    assertThat(FalseReady.proven(job(0, null, 100, 3000), after(50), GRACE)).isFalse();
  }

  @Test
  void beforeThePickupNothingIsProven() {
    assertThat(FalseReady.proven(job(0, 100, 100, null), after(50), GRACE)).isFalse();
  }

  @Test
  void aRiderWhoStoodThereBeforeTheJobWasTheirsDidNotWaitForItYet() {
    assertThat(FalseReady.proven(job(500, 100, 520, 600), after(50), GRACE)).isFalse();
    assertThat(FalseReady.proven(job(500, 100, 520, 681), after(50), GRACE)).isTrue();
  }
}
