package org.shanpai.geo.coverage.kafka;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.shanpai.chassis.City;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.JobState;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.geo.coverage.DemandLog;
import org.shanpai.geo.coverage.Outcome;
import org.shanpai.messaging.Event;
import org.shanpai.messaging.EventHandler;

/**
 * Takes in who was served: a job that ends delivered, in the hour it was asked for. Delivered is
 * the last state of a job, so each counts once.
 */
@ApplicationScoped
public class ServedEvents implements EventHandler<JobState> {

  private final DemandLog log;
  private final City city;

  public ServedEvents(DemandLog log, City city) {
    this.log = log;
    this.city = city;
  }

  @Override
  public EventType<JobState> type() {
    return EventType.JOB_STATE;
  }

  @Override
  public Uni<Void> on(Event<JobState> event) {
    JobState job = event.data();
    if (job.status() != JobStatus.DELIVERED
        || job.dropoff() == null
        || job.createdAt() == null
        || !city.id().equals(job.cityId())) {
      return Uni.createFrom().voidItem();
    }
    return log.add(Outcome.SERVED, job.areaId(), job.dropoff(), job.createdAt());
  }
}
