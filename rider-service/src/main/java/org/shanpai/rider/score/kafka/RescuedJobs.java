package org.shanpai.rider.score.kafka;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.JobState;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.messaging.Event;
import org.shanpai.messaging.EventHandler;
import org.shanpai.rider.score.Intake;
import org.shanpai.rider.score.Ruling;

/**
 * A rider who delivered what dispatch had declared stranded with somebody else: rule SM4. How often
 * it counts for the same pair, and how much of it in a window, the rule set says.
 */
@ApplicationScoped
class RescuedJobs implements EventHandler<JobState> {

  private final Intake intake;

  RescuedJobs(Intake intake) {
    this.intake = intake;
  }

  @Override
  public EventType<JobState> type() {
    return EventType.JOB_STATE;
  }

  @Override
  public Uni<Void> on(Event<JobState> event) {
    JobState job = event.data();
    JobState.Stranded stranded = job.stranded();
    boolean rescued =
        job.status() == JobStatus.DELIVERED
            && job.riderId() != null
            && job.endedAt() != null
            && job.orderId() != null
            && stranded != null
            && stranded.riderId() != null
            && !stranded.riderId().equals(job.riderId())
            && job.epoch() > stranded.epoch();
    return rescued ? intake.found(rescue(job, stranded)) : Uni.createFrom().voidItem();
  }

  private static Ruling rescue(JobState job, JobState.Stranded stranded) {
    return new Ruling(
        "sm4-" + job.jobId().value(),
        1,
        job.riderId().value(),
        "SM4",
        job.orderId().value(),
        job.orderId().value(),
        Ruling.Status.CONFIRMED,
        "rules",
        false,
        job.endedAt(),
        job.acceptedAt(),
        null,
        null,
        null,
        stranded.riderId().value(),
        stranded.reason(),
        null);
  }
}
