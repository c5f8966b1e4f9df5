package org.shanpai.geo.learning.kafka;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.shanpai.chassis.City;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.GeofenceEvent.Kind;
import org.shanpai.contracts.event.JobState;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.geo.learning.Facts;
import org.shanpai.geo.learning.Stop;
import org.shanpai.geo.weather.WeatherBoard;
import org.shanpai.messaging.Event;
import org.shanpai.messaging.EventHandler;

/**
 * Takes the finished stops out of jobs. The last state of a job tells all of them, so states that
 * were compacted away are not missed.
 */
@ApplicationScoped
public class FinishedStops implements EventHandler<JobState> {

  private final Facts facts;
  private final WeatherBoard weather;
  private final City city;

  public FinishedStops(Facts facts, WeatherBoard weather, City city) {
    this.facts = facts;
    this.weather = weather;
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
        || job.riderId() == null
        || job.acceptedAt() == null
        || job.pickedUpAt() == null
        || job.createdAt() == null
        || job.areaId() == null
        || job.storeId() == null
        || job.pickup() == null
        || job.dropoff() == null) {
      return Uni.createFrom().voidItem();
    }
    Uni<Void> pickup = facts.stop(stop(job, Kind.AT_STORE, job.arrivedStoreAt(), job.pickedUpAt()));
    return job.status() == JobStatus.DELIVERED && job.endedAt() != null
        ? pickup.chain(
            () -> facts.stop(stop(job, Kind.AT_CUSTOMER, job.arrivedCustomerAt(), job.endedAt())))
        : pickup;
  }

  private Stop stop(JobState job, Kind kind, Instant tapped, Instant left) {
    return new Stop(
        job.jobId().value(),
        job.epoch(),
        kind,
        job.riderId().value(),
        job.areaId().value(),
        job.storeId().value(),
        kind == Kind.AT_STORE ? job.pickup() : job.dropoff(),
        job.acceptedAt(),
        job.createdAt(),
        job.readyAt(),
        tapped,
        null,
        0,
        left,
        weather.travelFactor(job.areaId()));
  }
}
