package org.shanpai.geo.fence.kafka;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.shanpai.chassis.City;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.JobState;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.geo.fence.FencedJob;
import org.shanpai.geo.fence.Fences;
import org.shanpai.geo.fence.postgres.FenceTable;
import org.shanpai.messaging.Event;
import org.shanpai.messaging.EventHandler;
import org.shanpai.messaging.PoisonException;
import org.shanpai.messaging.Tx;

/** Takes in who has which job, and from when to when. */
@ApplicationScoped
public class FencedJobs implements EventHandler<JobState> {

  private final Tx tx;
  private final FenceTable table;
  private final Fences fences;
  private final City city;

  public FencedJobs(Tx tx, FenceTable table, Fences fences, City city) {
    this.tx = tx;
    this.table = table;
    this.fences = fences;
    this.city = city;
  }

  @Override
  public EventType<JobState> type() {
    return EventType.JOB_STATE;
  }

  @Override
  public Uni<Void> on(Event<JobState> event) {
    JobState job = event.data();
    if (job.jobId() == null || job.status() == null || job.cityId() == null) {
      throw new PoisonException("a job needs jobId, status and cityId");
    }
    if (!job.cityId().equals(city.id())) {
      return Uni.createFrom().voidItem();
    }
    Uni<Void> earlier =
        job.epoch() == 0
            ? Uni.createFrom().voidItem()
            : table
                .endEarlier(job.jobId().value(), job.epoch(), job.version(), event.occurredAt())
                .invoke(ended -> ended.forEach(this::tell))
                .replaceWithVoid();
    FencedJob held = held(job, event.occurredAt());
    if (held == null) {
      return earlier;
    }
    tell(held);
    return earlier.chain(() -> table.put(held));
  }

  /** This replica knows at once; the others read the rows. */
  private void tell(FencedJob job) {
    tx.afterCommit(() -> fences.put(job));
  }

  /** Null while no rider has accepted it. */
  private static FencedJob held(JobState job, Instant at) {
    if (job.riderId() == null
        || job.acceptedAt() == null
        || job.pickup() == null
        || job.dropoff() == null
        || job.storeId() == null
        || job.areaId() == null
        || job.status() == JobStatus.OFFERED) {
      return null;
    }
    Instant ended =
        job.status().terminal()
            ? job.endedAt() == null ? at : job.endedAt()
            : job.status() == JobStatus.RETURNING ? at : null;
    return new FencedJob(
        job.jobId().value(),
        job.epoch(),
        job.version(),
        job.riderId().value(),
        job.areaId().value(),
        job.storeId().value(),
        job.pickup(),
        job.dropoff(),
        job.acceptedAt(),
        job.pickedUpAt(),
        ended,
        false,
        false);
  }
}
