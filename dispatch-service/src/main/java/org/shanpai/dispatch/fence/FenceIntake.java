package org.shanpai.dispatch.fence;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.shanpai.chassis.LogContext;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.GeofenceEvent;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.dispatch.job.Delays;
import org.shanpai.dispatch.job.ExtraPays;
import org.shanpai.dispatch.job.Job;
import org.shanpai.dispatch.job.Jobs;
import org.shanpai.messaging.Event;
import org.shanpai.messaging.EventHandler;
import org.shanpai.messaging.PoisonException;

/**
 * Takes geofence events. What positions prove is noted on the job; it moves the job nowhere, but an
 * arrival at the store that was proven before it was tapped counts from then on: the kitchen's
 * delay is reckoned anew when it had been reckoned from the tap.
 */
@ApplicationScoped
class FenceIntake implements EventHandler<GeofenceEvent> {

  private final Jobs jobs;
  private final Delays delays;
  private final ExtraPays extraPays;
  private final CityClock clock;

  FenceIntake(Jobs jobs, Delays delays, ExtraPays extraPays, CityClock clock) {
    this.jobs = jobs;
    this.delays = delays;
    this.extraPays = extraPays;
    this.clock = clock;
  }

  @Override
  public EventType<GeofenceEvent> type() {
    return EventType.GEOFENCE_EVENT;
  }

  @Override
  public Uni<Void> on(Event<GeofenceEvent> event) {
    GeofenceEvent seen = event.data();
    if (seen.jobId() == null
        || seen.riderId() == null
        || seen.kind() == null
        || seen.at() == null) {
      throw new PoisonException("geofence.event.v1 needs jobId, riderId, kind and at");
    }
    return jobs.lock(seen.jobId().value())
        .chain(
            job -> {
              // Whoever had it before, or a job this city never had: nothing of the present one.
              if (job == null
                  || job.epoch() != seen.epoch()
                  || !seen.riderId().value().equals(job.riderId())
                  || !job.seen(seen.kind(), seen.at())) {
                return Uni.createFrom().voidItem();
              }
              LogContext.order(job.orderId());
              return reckon(job, seen.kind()).chain(() -> jobs.publish(job));
            });
  }

  private Uni<Void> reckon(Job job, GeofenceEvent.Kind kind) {
    if (kind != GeofenceEvent.Kind.AT_STORE || job.pickedUpAt() == null) {
      return Uni.createFrom().voidItem();
    }
    extraPays.pickedUp(job);
    var until = job.status() == JobStatus.DELIVERED ? job.endedAt() : clock.now();
    return delays.pickedUp(job).chain(() -> delays.compensate(job, until));
  }
}
