package org.shanpai.geo;

import java.time.Instant;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.JobId;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.Money;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.TimeWindow;
import org.shanpai.contracts.event.Fault;
import org.shanpai.contracts.event.JobState;
import org.shanpai.contracts.event.JobStateBuilder;
import org.shanpai.contracts.event.JobStatus;

/** A job told state by state, as dispatch-service would. Change a field, then ask for the state. */
public final class JobTale {

  public final String jobId;
  public String storeId;
  public String areaId = "a-whole-city";
  public String riderId;
  public long epoch;
  public long version;
  public GeoPoint pickup;
  public GeoPoint dropoff;
  public Instant createdAt;
  public Instant readyAt;
  public Instant acceptedAt;
  public Instant arrivedStoreAt;
  public Instant pickedUpAt;
  public Instant arrivedCustomerAt;
  public Instant endedAt;
  public Instant plannedDeliveryAt;

  public JobTale(String jobId, String storeId, GeoPoint pickup, GeoPoint dropoff, Instant created) {
    this.jobId = jobId;
    this.storeId = storeId;
    this.pickup = pickup;
    this.dropoff = dropoff;
    this.createdAt = created;
  }

  /** The next state. */
  public JobState state(JobStatus status) {
    version++;
    return JobStateBuilder.builder()
        .jobId(JobId.of(jobId))
        .orderId(OrderId.of("o-" + jobId))
        .cityId(CityId.of("city-1"))
        .areaId(AreaId.of(areaId))
        .storeId(StoreId.of(storeId))
        .merchantId(MerchantId.of("m-1"))
        .version(version)
        .status(status)
        .epoch(epoch)
        .riderId(riderId == null ? null : RiderId.of(riderId))
        .pickup(pickup)
        .dropoff(dropoff)
        .loadUnits(1)
        .promise(new TimeWindow(createdAt, createdAt.plusSeconds(1_800)))
        .plannedDeliveryAt(plannedDeliveryAt)
        .createdAt(createdAt)
        .readyAt(readyAt)
        .acceptedAt(acceptedAt)
        .arrivedStoreAt(arrivedStoreAt)
        .pickedUpAt(pickedUpAt)
        .arrivedCustomerAt(arrivedCustomerAt)
        .endedAt(endedAt)
        .reason(status.name())
        .fault(Fault.NONE)
        .basePay(new Money(500))
        .build();
  }
}
