package org.shanpai.rider.score.kafka;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.shanpai.chassis.LogContext;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.JobState;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.messaging.Event;
import org.shanpai.messaging.EventHandler;
import org.shanpai.messaging.PoisonException;
import org.shanpai.rider.score.DeliveryFacts;
import org.shanpai.rider.score.Intake;

/** Every delivered job is judged for the rider's service score. */
@ApplicationScoped
class DeliveredJobs implements EventHandler<JobState> {

  private static final Duration FUTURE_TOLERANCE = Duration.ofMinutes(5);

  private final Intake intake;
  private final CityClock clock;

  DeliveredJobs(Intake intake, CityClock clock) {
    this.intake = intake;
    this.clock = clock;
  }

  @Override
  public EventType<JobState> type() {
    return EventType.JOB_STATE;
  }

  @Override
  public Uni<Void> on(Event<JobState> event) {
    JobState job = event.data();
    if (job.status() != JobStatus.DELIVERED) {
      return Uni.createFrom().voidItem();
    }
    DeliveryFacts facts = facts(job);
    LogContext.order(facts.orderId());
    LogContext.rider(facts.riderId());
    return intake.delivered(facts);
  }

  private DeliveryFacts facts(JobState job) {
    DeliveryFacts facts;
    try {
      facts = DeliveryFacts.of(job);
    } catch (IllegalArgumentException incomplete) {
      throw new PoisonException(incomplete.getMessage(), incomplete);
    }
    if (facts.deliveredAt().isAfter(clock.now().plus(FUTURE_TOLERANCE))) {
      throw new PoisonException(
          "job " + job.jobId() + " was delivered in the future: " + facts.deliveredAt());
    }
    return facts;
  }
}
