package org.shanpai.controlroom.city;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.JobId;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.event.Fault;
import org.shanpai.contracts.event.JobState;
import org.shanpai.contracts.event.JobStatus;

/**
 * A job as the map and the lists show it. All instants are city time; null where it has not
 * happened.
 *
 * @param dueAt end of the promise told at creation
 * @param soonAt from when it is late soon ({@link Urgency}); null when it is over
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobView(
    JobId jobId,
    OrderId orderId,
    AreaId areaId,
    StoreId storeId,
    long version,
    JobStatus status,
    RiderId riderId,
    GeoPoint pickup,
    GeoPoint dropoff,
    int loadUnits,
    Instant createdAt,
    Instant dueAt,
    Instant soonAt,
    Instant readyAt,
    Instant acceptedAt,
    Instant pickedUpAt,
    Instant plannedDeliveryAt,
    Instant holdUntil,
    Instant endedAt,
    String reason,
    Fault fault,
    int declines) {

  /** What is shown of that state. */
  public static JobView of(JobState job, Urgency urgency) {
    return new JobView(
        job.jobId(),
        job.orderId(),
        job.areaId(),
        job.storeId(),
        job.version(),
        job.status(),
        job.riderId(),
        job.pickup(),
        job.dropoff(),
        job.loadUnits(),
        job.createdAt(),
        job.promise().end(),
        urgency.soonAt(job),
        job.readyAt(),
        job.acceptedAt(),
        job.pickedUpAt(),
        job.plannedDeliveryAt(),
        job.holdUntil(),
        job.endedAt(),
        job.reason(),
        job.fault(),
        job.declines());
  }

  /** Delivered no later than promised at creation. */
  public boolean onTime() {
    return status == JobStatus.DELIVERED && endedAt != null && !endedAt.isAfter(dueAt);
  }

  /** A rider accepted it and it is not over. */
  public boolean inHand() {
    return switch (status) {
      case ASSIGNED, AT_STORE, PICKED_UP, AT_CUSTOMER, RETURNING -> true;
      default -> false;
    };
  }
}
