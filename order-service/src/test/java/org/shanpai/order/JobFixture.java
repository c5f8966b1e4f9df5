package org.shanpai.order;

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

/**
 * A job as dispatch-service would tell it, for the fields this service reads.
 *
 * @param rider null when nobody has it
 * @param unclaimed see {@link JobState#unclaimed}
 */
public record JobFixture(
    String orderId,
    long version,
    JobStatus status,
    long epoch,
    String rider,
    String reason,
    Fault fault,
    boolean cancelRefused,
    String unclaimed) {

  public static JobFixture of(String orderId, long version, JobStatus status, String rider) {
    return new JobFixture(
        orderId,
        version,
        status,
        rider == null ? 0 : 1,
        rider,
        status.name(),
        Fault.NONE,
        false,
        null);
  }

  public JobFixture because(String why, Fault whose) {
    return new JobFixture(
        orderId, version, status, epoch, rider, why, whose, cancelRefused, unclaimed);
  }

  public JobFixture epoch(long token) {
    return new JobFixture(
        orderId, version, status, token, rider, reason, fault, cancelRefused, unclaimed);
  }

  public JobFixture refusingCancel() {
    return new JobFixture(orderId, version, status, epoch, rider, reason, fault, true, unclaimed);
  }

  /** Nobody took it, and dispatch went so far. */
  public JobState unclaimed(String step) {
    return new JobFixture(
            orderId, version, status, epoch, rider, reason, fault, cancelRefused, step)
        .state();
  }

  public JobState state() {
    Instant start = Instant.parse("2026-11-22T04:00:00Z");
    GeoPoint place = new GeoPoint(31.2, 121.4);
    return JobStateBuilder.builder()
        .jobId(new JobId("j-" + orderId.substring(2)))
        .orderId(new OrderId(orderId))
        .cityId(new CityId("city-1"))
        .areaId(new AreaId("a-centre"))
        .storeId(new StoreId("s-any"))
        .merchantId(new MerchantId("m-any"))
        .version(version)
        .status(status)
        .epoch(epoch)
        .riderId(rider == null ? null : new RiderId(rider))
        .pickup(place)
        .dropoff(place)
        .loadUnits(1)
        .promise(new TimeWindow(start, start.plusSeconds(1800)))
        .plannedPickupAt(start.plusSeconds(600))
        .plannedDeliveryAt(start.plusSeconds(1500))
        .createdAt(start)
        .expectedReadyAt(start)
        .reason(reason)
        .fault(fault)
        .cancelRefused(cancelRefused)
        .basePay(Money.ofFen(500))
        .unclaimed(unclaimed)
        .build();
  }
}
