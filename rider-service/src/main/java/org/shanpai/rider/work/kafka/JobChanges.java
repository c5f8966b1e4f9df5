package org.shanpai.rider.work.kafka;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.JobState;
import org.shanpai.messaging.Event;
import org.shanpai.messaging.EventHandler;
import org.shanpai.messaging.PoisonException;
import org.shanpai.rider.work.RiderJobs;

/** Keeps who has which job. */
@ApplicationScoped
class JobChanges implements EventHandler<JobState> {

  private final RiderJobs jobs;

  JobChanges(RiderJobs jobs) {
    this.jobs = jobs;
  }

  @Override
  public EventType<JobState> type() {
    return EventType.JOB_STATE;
  }

  @Override
  public Uni<Void> on(Event<JobState> event) {
    JobState job = event.data();
    if (job.jobId() == null || job.orderId() == null || job.status() == null) {
      throw new PoisonException("a job without id, order or status");
    }
    return jobs.keep(job, event.occurredAt());
  }
}
