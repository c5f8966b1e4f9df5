package org.shanpai.rider.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.contracts.time.WallClock;

/** A phone's clock that is wrong by hours changes nothing of when things happened. */
class PhoneTimeTest {

  private static final Instant NOW = Instant.parse("2026-11-22T04:30:00Z");

  private static CityClock city(double speed) {
    return new CityClock(
        new WallClock(Clock.fixed(NOW, ZoneOffset.UTC)),
        new CityClock.Anchor(NOW.toEpochMilli(), NOW.toEpochMilli(), speed));
  }

  private static Instant happened(PhoneTime time, Long offset, double speed) {
    return time.happened(offset, NOW, city(speed)).at();
  }

  @Test
  void withTheTimeOfSendingAnyErrorOfTheClockCancelsOut() {
    for (long error : List.of(0L, 3 * 3600L, -5 * 3600L, 40 * 86_400L)) {
      Instant sent = NOW.plusSeconds(error);
      PhoneTime time = new PhoneTime(sent.minusSeconds(600), sent, null);
      assertThat(happened(time, 77L, 1)).isEqualTo(NOW.minusSeconds(600));
    }
  }

  @Test
  void aSteadyClockCountsBeforeAllOthers() {
    PhoneTime time = new PhoneTime(NOW.minusSeconds(9_999), NOW, 60_000L);
    assertThat(happened(time, 5L, 1)).isEqualTo(NOW.minusSeconds(60));
  }

  @Test
  void whatTheClockWasFoundToLackAtSignInIsMadeUpFor() {
    PhoneTime time = new PhoneTime(NOW.minusSeconds(7_200 + 300), null, null);
    assertThat(happened(time, 7_200_000L, 1)).isEqualTo(NOW.minusSeconds(300));
    assertThat(time.happened(7_200_000L, NOW, city(1)).basis())
        .isEqualTo(PhoneTime.Basis.KNOWN_OFFSET);
  }

  @Test
  void nothingHappensInTheFutureAndNothingLongerAgoThanADay() {
    assertThat(happened(new PhoneTime(NOW.plusSeconds(60), NOW, null), null, 1)).isEqualTo(NOW);
    assertThat(happened(new PhoneTime(NOW.plusSeconds(60), null, null), null, 1)).isEqualTo(NOW);
    assertThat(happened(new PhoneTime(Instant.EPOCH, null, null), null, 1))
        .isEqualTo(NOW.minus(PhoneTime.OLDEST));
    assertThat(happened(new PhoneTime(null, null, 700_000_000L), null, 1))
        .isEqualTo(NOW.minus(PhoneTime.OLDEST));
    assertThat(happened(PhoneTime.NONE, 55L, 1)).isEqualTo(NOW);
  }

  @Test
  void inACityThatRunsFasterAPhonesMinuteIsAsManyOfItsMinutes() {
    assertThat(happened(new PhoneTime(null, null, 60_000L), null, 10))
        .isEqualTo(NOW.minus(Duration.ofMinutes(10)));
  }

  @Test
  void aQueueInAnyOrderIsBroughtIntoOneInWhichItCanHaveHappened() {
    Random random = new Random(20261122);
    for (int round = 0; round < 200; round++) {
      List<Action> queue = new ArrayList<>();
      for (String job : List.of("j-1", "j-2")) {
        for (Action.Kind kind :
            List.of(
                Action.Kind.ARRIVED_STORE,
                Action.Kind.PICKED_UP,
                Action.Kind.ARRIVED_CUSTOMER,
                Action.Kind.DELIVERED)) {
          // Some clocks were set in between, some told nothing.
          Instant at = random.nextInt(4) == 0 ? null : NOW.minusSeconds(random.nextInt(9_000));
          queue.add(action(job, kind, at));
        }
      }
      Collections.shuffle(queue, random);
      List<ActionQueue.Queued> sorted = ActionQueue.sorted(queue);
      assertThat(sorted)
          .extracting(ActionQueue.Queued::action)
          .containsExactlyInAnyOrderElementsOf(queue);
      for (String job : List.of("j-1", "j-2")) {
        assertThat(sorted)
            .extracting(ActionQueue.Queued::action)
            .filteredOn(action -> action.jobId().equals(job))
            .extracting(Action::kind)
            .containsExactly(
                Action.Kind.ARRIVED_STORE,
                Action.Kind.PICKED_UP,
                Action.Kind.ARRIVED_CUSTOMER,
                Action.Kind.DELIVERED);
      }
    }
  }

  private static Action action(String job, Action.Kind kind, Instant at) {
    return new Action(
        job + kind,
        kind,
        job,
        null,
        1L,
        new PhoneTime(at, NOW, null),
        null,
        null,
        null,
        null,
        null,
        null);
  }
}
