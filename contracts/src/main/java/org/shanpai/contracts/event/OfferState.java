package org.shanpai.contracts.event;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.JobId;
import org.shanpai.contracts.Money;
import org.shanpai.contracts.OfferId;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.TimeWindow;

/**
 * An offer (派单) of a bundle of jobs to one rider, accepted whole or not at all. Published by
 * dispatch-service.
 *
 * @param createdAt city time
 * @param expiresAt city time; unanswered until then it is EXPIRED
 * @param decidedAtWallMillis wall time of the commit, epoch milliseconds, for the latency figure
 * @param pay base pay for the whole bundle
 * @param route the rider's whole route if accepted
 * @param why one short line for the rider, in words
 * @param waveId the wave that decided it
 * @param reason code of the last change: {@code OFFERED}, {@code ACCEPTED}, {@code DECLINED},
 *     {@code EXPIRED}, {@code ORDER_CANCELLED}, {@code RIDER_OFFLINE}
 * @param tip what merchants add for whoever delivers the bundle, apart from the pay; null for none
 */
public record OfferState(
    OfferId offerId,
    CityId cityId,
    AreaId areaId,
    RiderId riderId,
    long version,
    Status status,
    List<OfferedJob> jobs,
    List<RouteStop> route,
    Money pay,
    Instant createdAt,
    Instant expiresAt,
    long decidedAtWallMillis,
    String why,
    String waveId,
    String reason,
    Money tip) {

  /** An offer without a tip. */
  public OfferState(
      OfferId offerId,
      CityId cityId,
      AreaId areaId,
      RiderId riderId,
      long version,
      Status status,
      List<OfferedJob> jobs,
      List<RouteStop> route,
      Money pay,
      Instant createdAt,
      Instant expiresAt,
      long decidedAtWallMillis,
      String why,
      String waveId,
      String reason) {
    this(
        offerId,
        cityId,
        areaId,
        riderId,
        version,
        status,
        jobs,
        route,
        pay,
        createdAt,
        expiresAt,
        decidedAtWallMillis,
        why,
        waveId,
        reason,
        null);
  }

  /** OPEN until answered, expired or withdrawn. */
  public enum Status {
    OPEN,
    ACCEPTED,
    DECLINED,
    EXPIRED,
    WITHDRAWN
  }

  /**
   * @param epoch the job's fencing token to send back with accept
   * @param weightGrams null when not told
   * @param needs equipment it needs, such as {@code COLD_BOX}; null when not told
   */
  public record OfferedJob(
      JobId jobId,
      StoreId storeId,
      GeoPoint pickup,
      GeoPoint dropoff,
      TimeWindow promise,
      Instant expectedReadyAt,
      int loadUnits,
      long epoch,
      Integer weightGrams,
      Set<String> needs) {

    /** A job of which neither weight nor needs are told. */
    public OfferedJob(
        JobId jobId,
        StoreId storeId,
        GeoPoint pickup,
        GeoPoint dropoff,
        TimeWindow promise,
        Instant expectedReadyAt,
        int loadUnits,
        long epoch) {
      this(jobId, storeId, pickup, dropoff, promise, expectedReadyAt, loadUnits, epoch, null, null);
    }
  }
}
