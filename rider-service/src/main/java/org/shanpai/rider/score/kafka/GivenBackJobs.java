package org.shanpai.rider.score.kafka;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.ExceptionReason;
import org.shanpai.contracts.event.Fault;
import org.shanpai.contracts.event.JobState;
import org.shanpai.messaging.Event;
import org.shanpai.messaging.EventHandler;
import org.shanpai.rider.score.Intake;
import org.shanpai.rider.score.Ruling;

/**
 * A rider who gives a job back before the pickup for no other reason than their own: rule FU1. A
 * fault that is only presumed is nobody's here.
 */
@ApplicationScoped
class GivenBackJobs implements EventHandler<JobState> {

  private final Intake intake;

  GivenBackJobs(Intake intake) {
    this.intake = intake;
  }

  @Override
  public EventType<JobState> type() {
    return EventType.JOB_STATE;
  }

  @Override
  public Uni<Void> on(Event<JobState> event) {
    JobState job = event.data();
    Uni<Void> all = Uni.createFrom().voidItem();
    if (job.handBacks() == null || job.orderId() == null) {
      return all;
    }
    for (JobState.HandBack handBack : job.handBacks()) {
      boolean presumed =
          ExceptionReason.find(handBack.reason()).filter(ExceptionReason::presumed).isPresent();
      if (handBack.fault() == Fault.RIDER && !presumed && handBack.riderId() != null) {
        all = all.chain(() -> intake.found(cancel(job, handBack)));
      }
    }
    return all;
  }

  private static Ruling cancel(JobState job, JobState.HandBack handBack) {
    String assignment = job.jobId().value() + "#" + handBack.epoch();
    return new Ruling(
        "fu1-" + assignment,
        1,
        handBack.riderId().value(),
        "FU1",
        job.orderId().value(),
        assignment,
        Ruling.Status.CONFIRMED,
        "rules",
        false,
        handBack.at(),
        null,
        null,
        null,
        null,
        null,
        handBack.reason(),
        null);
  }
}
