package org.shanpai.dispatch.job;

import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.JobId;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.OfferId;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.event.JobState;

/** A job's row as others see it. */
final class PublishedJob {

  private PublishedJob() {}

  static JobState of(Job job) {
    return new JobState(
        JobId.of(job.id()),
        new OrderId(job.orderId()),
        new CityId(job.cityId()),
        new AreaId(job.areaId()),
        new StoreId(job.storeId()),
        new MerchantId(job.merchantId()),
        job.publishedVersion(),
        job.status(),
        job.epoch(),
        job.riderId() == null ? null : new RiderId(job.riderId()),
        job.offerId() == null ? null : new OfferId(job.offerId()),
        job.pickup(),
        job.dropoff(),
        job.terms().loadUnits(),
        job.promise(),
        job.hand().riderDeadline(),
        job.hand().compensationMillis(),
        job.hand().plannedPickupAt(),
        job.hand().plannedDeliveryAt(),
        job.holdUntil(),
        job.createdAt(),
        job.terms().expectedReadyAt(),
        job.terms().readyAt(),
        job.hand().acceptedAt(),
        job.hand().arrivedStoreAt(),
        job.hand().pickedUpAt(),
        job.hand().arrivedCustomerAt(),
        job.endedAt(),
        job.reason(),
        job.fault(),
        job.decisions().cancelRefused(),
        job.basePay(),
        job.declines(),
        job.unclaimed() == null ? null : job.unclaimed().name(),
        job.hand().seenAtStoreAt(),
        job.hand().seenAtCustomerAt(),
        job.terms().tip(),
        job.decisions().changeNo(),
        job.decisions().changeRefused(),
        job.decisions().extraPays(),
        job.decisions().goods(),
        job.hand().plannedAtOffer(),
        job.hand().noFaultDelays(),
        job.hand().exemptions(),
        job.decisions().handBacks());
  }
}
