package org.shanpai.order.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.event.ExceptionReason;
import org.shanpai.contracts.event.Fault;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.contracts.event.OrderStatus;
import org.shanpai.order.orders.StatusTable;

class PlaysTest {

  @Test
  void everyStepOfEveryPlayIsLegalAfterTheOneBeforeAndEveryPlayEnds() {
    for (Play play : Plays.all()) {
      OrderStatus status = OrderStatus.CREATED;
      for (PlayStep step : play.steps()) {
        OrderStatus next = StatusTable.of(step.status());
        assertThat(next == status || StatusTable.steps(status).contains(next))
            .as("%s: %s after %s", play.name(), next, status)
            .isTrue();
        status = next;
      }
      assertThat(status.terminal()).as(play.name()).isTrue();
      assertThat(play.end()).isEqualTo(status);
    }
  }

  @Test
  void everyReasonOfTheTableHasAPlayThatTellsItWithItsFaultAndGoods() {
    for (ExceptionReason reason : ExceptionReason.values()) {
      Play play = Plays.find(reason.name()).orElseThrow();
      // What nobody takes is told with dispatch's own step, another code of the same row.
      assertThat(play.steps())
          .as(reason.name())
          .anySatisfy(
              step -> {
                assertThat(ExceptionReason.find(step.reason())).contains(reason);
                assertThat(step.fault()).isEqualTo(reason.fault());
                if (step.goods() != null) {
                  assertThat(step.goods()).isEqualTo(reason.goods(false));
                }
                reason
                    .endsAs()
                    .ifPresent(end -> assertThat(StatusTable.of(step.status())).isEqualTo(end));
              });
    }
  }

  @Test
  void paceIsAsInEarnestOrAMinuteASecondOrNone() {
    Duration real = Duration.ofMinutes(5);
    assertThat(Pace.REAL.of(real)).isEqualTo(real);
    assertThat(Pace.FAST.of(real)).isEqualTo(Duration.ofSeconds(5));
    assertThat(Pace.INSTANT.of(real)).isZero();
    assertThat(Pace.BY_HAND.of(real)).isNull();
  }

  @Test
  void everyRiderIsAnotherOneAndTheEpochRisesAtEveryChangeOfHands() {
    Instant now = Instant.parse("2026-11-22T04:00:00Z");
    SandboxJob job = SandboxJob.UNBORN;
    job = step(job, JobStatus.OPEN, now);
    assertThat(job.rider()).isZero();
    job = step(job, JobStatus.ASSIGNED, now);
    assertThat(job.rider()).isEqualTo(1);
    assertThat(job.epoch()).isEqualTo(1);
    job = step(job, JobStatus.OPEN, now);
    assertThat(job.rider()).isZero();
    assertThat(job.epoch()).isEqualTo(2);
    job = step(job, JobStatus.AT_STORE, now);
    assertThat(job.rider()).isEqualTo(2);
    assertThat(job.epoch()).isEqualTo(3);
    assertThat(job.version()).isEqualTo(4);
  }

  @Test
  void riderMovesStraightAndIsThereWhenTheStepIsDue() {
    Instant start = Instant.parse("2026-11-22T04:00:00Z");
    GeoPoint from = new GeoPoint(31.20, 121.40);
    GeoPoint to = new GeoPoint(31.22, 121.44);
    SandboxJob.Leg leg = new SandboxJob.Leg(from, to, start, start.plusSeconds(100));
    assertThat(leg.at(start.minusSeconds(5))).isEqualTo(from);
    assertThat(leg.at(start.plusSeconds(50)).metresTo(new GeoPoint(31.21, 121.42))).isLessThan(1);
    assertThat(leg.at(start.plusSeconds(100))).isEqualTo(to);
    assertThat(leg.at(start.plusSeconds(900))).isEqualTo(to);
    assertThat(new SandboxJob.Leg(from, to, start, start).at(start)).isEqualTo(to);
  }

  private static SandboxJob step(SandboxJob job, JobStatus status, Instant now) {
    return job.step(status, status.name(), Fault.NONE, null, null, now);
  }
}
