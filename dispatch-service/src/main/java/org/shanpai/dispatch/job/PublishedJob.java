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
import org.shanpai.contracts.event.JobStateBuilder;

/** A job's row as others see it. */
final class PublishedJob {

  private PublishedJob() {}

  static JobState of(Job job) {
    return JobStateBuilder.builder()
        .jobId(JobId.of(job.id()))
        .orderId(new OrderId(job.orderId()))
        .cityId(new CityId(job.cityId()))
        .areaId(new AreaId(job.areaId()))
        .storeId(new StoreId(job.storeId()))
        .merchantId(new MerchantId(job.merchantId()))
        .version(job.publishedVersion())
        .status(job.status())
        .epoch(job.epoch())
        .riderId(job.riderId() == null ? null : new RiderId(job.riderId()))
        .offerId(job.offerId() == null ? null : new OfferId(job.offerId()))
        .pickup(job.pickup())
        .dropoff(job.dropoff())
        .loadUnits(job.terms().loadUnits())
        .promise(job.promise())
        .riderDeadline(job.hand().riderDeadline())
        .compensationMillis(job.hand().compensationMillis())
        .plannedPickupAt(job.hand().plannedPickupAt())
        .plannedDeliveryAt(job.hand().plannedDeliveryAt())
        .holdUntil(job.holdUntil())
        .createdAt(job.createdAt())
        .expectedReadyAt(job.terms().expectedReadyAt())
        .readyAt(job.terms().readyAt())
        .acceptedAt(job.hand().acceptedAt())
        .arrivedStoreAt(job.hand().arrivedStoreAt())
        .pickedUpAt(job.hand().pickedUpAt())
        .arrivedCustomerAt(job.hand().arrivedCustomerAt())
        .endedAt(job.endedAt())
        .reason(job.reason())
        .fault(job.fault())
        .cancelRefused(job.decisions().cancelRefused())
        .basePay(job.basePay())
        .declines(job.declines())
        .unclaimed(job.unclaimed() == null ? null : job.unclaimed().name())
        .seenAtStoreAt(job.hand().seenAtStoreAt())
        .seenAtCustomerAt(job.hand().seenAtCustomerAt())
        .tip(job.terms().tip())
        .changeNo(job.decisions().changeNo())
        .changeRefused(job.decisions().changeRefused())
        .extraPays(job.decisions().extraPays())
        .goods(job.decisions().goods())
        .plannedAtOffer(job.hand().plannedAtOffer())
        .noFaultDelays(job.hand().noFaultDelays())
        .exemptions(job.hand().exemptions())
        .handBacks(job.decisions().handBacks())
        .distancePay(job.pay().distance())
        .stranded(job.decisions().stranded())
        .build();
  }
}
