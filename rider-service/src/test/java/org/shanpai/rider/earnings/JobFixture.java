package org.shanpai.rider.earnings;

import com.fasterxml.jackson.core.type.TypeReference;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
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
import org.shanpai.messaging.Json;

/** Jobs as dispatch-service tells them. */
public final class JobFixture {

  private JobFixture() {}

  /**
   * A delivered job.
   *
   * @param deadline its promise ends there and so does the rider's time
   */
  public static JobState delivered(
      String order, String rider, String area, Instant deadline, Instant deliveredAt, long payFen) {
    return job(order, rider, area, 9, JobStatus.DELIVERED, deadline, deliveredAt, payFen);
  }

  public static JobState job(
      String order,
      String rider,
      String area,
      long version,
      JobStatus status,
      Instant deadline,
      Instant endedAt,
      Long payFen) {
    Instant created = deadline.minus(Duration.ofMinutes(30));
    return JobStateBuilder.builder()
        .jobId(JobId.of("j-" + order))
        .orderId(OrderId.of("o-" + order))
        .cityId(CityId.of("city-1"))
        .areaId(AreaId.of(area))
        .storeId(StoreId.of("s-1"))
        .merchantId(MerchantId.of("m-1"))
        .version(version)
        .status(status)
        .epoch(3)
        .riderId(rider == null ? null : RiderId.of(rider))
        .pickup(new GeoPoint(30.28, 120.13))
        .dropoff(new GeoPoint(30.29, 120.14))
        .loadUnits(2)
        .promise(new TimeWindow(created, deadline))
        .riderDeadline(deadline)
        .createdAt(created)
        .acceptedAt(created.plusSeconds(60))
        .endedAt(endedAt)
        .reason("DELIVERED")
        .fault(Fault.NONE)
        .basePay(payFen == null ? null : Money.ofFen(payFen))
        .build();
  }

  /** The same job accepted and delivered then, due then. */
  public static JobState between(
      JobState job, Instant acceptedAt, Instant deliveredAt, Instant deadline) {
    Map<String, Object> all =
        Json.mapper().convertValue(job, new TypeReference<LinkedHashMap<String, Object>>() {});
    all.put("acceptedAt", acceptedAt);
    all.put("endedAt", deliveredAt);
    all.put("riderDeadline", deadline);
    all.put("promise", new TimeWindow(acceptedAt.minusSeconds(60), deadline));
    return Json.mapper().convertValue(all, JobState.class);
  }
}
