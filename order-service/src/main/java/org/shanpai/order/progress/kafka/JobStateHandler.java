package org.shanpai.order.progress.kafka;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.JobState;
import org.shanpai.messaging.Event;
import org.shanpai.messaging.EventHandler;
import org.shanpai.order.progress.JobProjection;

/** Takes the jobs that dispatch-service publishes. */
@ApplicationScoped
class JobStateHandler implements EventHandler<JobState> {

  private final JobProjection projection;

  JobStateHandler(JobProjection projection) {
    this.projection = projection;
  }

  @Override
  public EventType<JobState> type() {
    return EventType.JOB_STATE;
  }

  @Override
  public Uni<Void> on(Event<JobState> event) {
    return projection.follow(event.data(), event.occurredAt());
  }
}
