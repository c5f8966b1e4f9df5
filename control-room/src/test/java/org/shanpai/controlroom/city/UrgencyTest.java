package org.shanpai.controlroom.city;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.controlroom.fixture.Jobs;

class UrgencyTest {

  private static final Instant DUE = Instant.parse("2026-11-20T04:30:00Z");

  @Test
  void carriedJobIsLateSoonFiveMinutesBeforeItsPromise() {
    assertThat(Urgency.DEFAULT.soonAt(Jobs.job(JobStatus.PICKED_UP).due(DUE).state()))
        .isEqualTo(DUE.minusSeconds(300));
  }

  @Test
  void unassignedJobIsLateSoonFifteenMinutesBeforeItsPromise() {
    assertThat(Urgency.DEFAULT.soonAt(Jobs.job(JobStatus.OPEN).due(DUE).state()))
        .isEqualTo(DUE.minusSeconds(900));
    assertThat(Urgency.DEFAULT.soonAt(Jobs.job(JobStatus.OFFERED).due(DUE).state()))
        .isEqualTo(DUE.minusSeconds(900));
  }

  @Test
  void planThatMissesThePromiseIsLateSoonFromTheStart() {
    Jobs job = Jobs.job(JobStatus.ASSIGNED).due(DUE).plannedDelivery(DUE.plusSeconds(1));
    assertThat(Urgency.DEFAULT.soonAt(job.state())).isEqualTo(job.state().createdAt());
    assertThat(
            Urgency.DEFAULT.soonAt(
                Jobs.job(JobStatus.ASSIGNED).due(DUE).plannedDelivery(DUE).state()))
        .isEqualTo(DUE.minusSeconds(300));
  }

  @Test
  void jobForWhichAnOperatorIsCalledNeedsAnEyeAtOnce() {
    Jobs job = Jobs.job(JobStatus.OPEN).due(DUE);
    assertThat(Urgency.DEFAULT.soonAt(job.unclaimed("PAY_RAISED").state()))
        .isEqualTo(DUE.minusSeconds(900));
    assertThat(Urgency.DEFAULT.soonAt(job.unclaimed("OPERATOR_CALLED").state()))
        .isEqualTo(job.state().createdAt());
    assertThat(Urgency.DEFAULT.soonAt(job.unclaimed("FREE_CANCEL").state()))
        .isEqualTo(job.state().createdAt());
  }

  @Test
  void jobThatIsOverIsNeverLateSoon() {
    assertThat(Urgency.DEFAULT.soonAt(Jobs.job(JobStatus.DELIVERED).due(DUE).state())).isNull();
    assertThat(Urgency.DEFAULT.soonAt(Jobs.job(JobStatus.CANCELLED).due(DUE).state())).isNull();
  }
}
