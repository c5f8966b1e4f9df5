package org.shanpai.geo.eta.kafka;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import org.shanpai.chassis.City;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.JobState;
import org.shanpai.geo.eta.ArrivalWindow;
import org.shanpai.geo.eta.Promise;
import org.shanpai.geo.eta.Promises;
import org.shanpai.geo.eta.Stage;
import org.shanpai.geo.eta.WindowModel;
import org.shanpai.geo.eta.Windows;
import org.shanpai.geo.eta.postgres.WindowTable;
import org.shanpai.geo.learning.LearnedCorrection;
import org.shanpai.messaging.Event;
import org.shanpai.messaging.EventHandler;

/**
 * Gives every job its window as it is created, accepted and picked up, and keeps what came of it.
 */
@ApplicationScoped
public class GivenWindows implements EventHandler<JobState> {

  private final WindowTable table;
  private final Windows windows;
  private final Promises promises;
  private final LearnedCorrection hours;
  private final City city;

  public GivenWindows(
      WindowTable table, Windows windows, Promises promises, LearnedCorrection hours, City city) {
    this.table = table;
    this.windows = windows;
    this.promises = promises;
    this.hours = hours;
    this.city = city;
  }

  @Override
  public EventType<JobState> type() {
    return EventType.JOB_STATE;
  }

  @Override
  public Uni<Void> on(Event<JobState> event) {
    JobState job = event.data();
    if (!city.id().equals(job.cityId())
        || job.createdAt() == null
        || job.areaId() == null
        || job.storeId() == null
        || job.pickup() == null
        || job.dropoff() == null) {
      return Uni.createFrom().voidItem();
    }
    return switch (job.status()) {
      case OPEN -> job.epoch() == 0 ? created(job) : Uni.createFrom().voidItem();
      case ASSIGNED, AT_STORE -> accepted(job, event.occurredAt());
      case PICKED_UP, AT_CUSTOMER -> pickedUp(job);
      case DELIVERED ->
          job.endedAt() == null
              ? Uni.createFrom().voidItem()
              : table.delivered(job.jobId().value(), job.epoch(), job.endedAt());
      default -> Uni.createFrom().voidItem();
    };
  }

  private Uni<Void> created(JobState job) {
    StoreId store = job.storeId();
    int told =
        job.expectedReadyAt() == null
            ? promises.toldSeconds(store)
            : (int)
                Math.max(0, Duration.between(job.createdAt(), job.expectedReadyAt()).toSeconds());
    Promise promise =
        promises.of(store, job.pickup(), job.dropoff(), job.areaId(), told, job.createdAt());
    return promise.plannedSeconds() < 0
        ? Uni.createFrom().voidItem()
        : give(
            job,
            0,
            Stage.CREATED,
            job.createdAt(),
            job.createdAt().plusSeconds(promise.plannedSeconds()));
  }

  private Uni<Void> accepted(JobState job, Instant at) {
    return job.plannedDeliveryAt() == null || job.pickedUpAt() != null
        ? Uni.createFrom().voidItem()
        : give(
            job,
            job.epoch(),
            Stage.ACCEPTED,
            job.acceptedAt() == null ? at : job.acceptedAt(),
            job.plannedDeliveryAt());
  }

  /** What the pickup came later or sooner than planned moves the delivery. */
  private Uni<Void> pickedUp(JobState job) {
    if (job.plannedDeliveryAt() == null || job.pickedUpAt() == null) {
      return Uni.createFrom().voidItem();
    }
    Instant planned =
        job.plannedPickupAt() == null
            ? job.plannedDeliveryAt()
            : job.plannedDeliveryAt()
                .plus(Duration.between(job.plannedPickupAt(), job.pickedUpAt()));
    return give(job, job.epoch(), Stage.PICKED_UP, job.pickedUpAt(), planned);
  }

  private Uni<Void> give(JobState job, long epoch, Stage stage, Instant madeAt, Instant plannedAt) {
    Instant planned = plannedAt.isBefore(madeAt) ? madeAt : plannedAt;
    String area = job.areaId().value();
    int slot = hours.slot(madeAt);
    ArrivalWindow window = windows.model().window(stage, area, slot, madeAt, planned);
    return table.add(
        job.jobId().value(),
        epoch,
        stage,
        area,
        slot,
        madeAt,
        WindowModel.scaleSeconds(madeAt, planned),
        window);
  }
}
