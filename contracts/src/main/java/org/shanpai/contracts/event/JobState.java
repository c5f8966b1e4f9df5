package org.shanpai.contracts.event;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.JobId;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.Money;
import org.shanpai.contracts.OfferId;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.TimeWindow;

/**
 * A delivery job, whole. Published by dispatch-service, once for each transition. All instants are
 * city time; null where it has not happened or no longer holds.
 *
 * @param version rises by one with every change of the job row
 * @param epoch the fencing token: rises whenever the job is given to, or taken from, a rider
 * @param riderId who has it offered, or has it; null when nobody has
 * @param promise as told to the customer at creation
 * @param riderDeadline the later of the promise's end and the arrival planned at acceptance; moves
 *     later only, by the platform's own doing
 * @param compensationMillis no-fault delay while the job was in hand, city milliseconds
 * @param plannedPickupAt as planned at the last dispatch decision
 * @param plannedDeliveryAt as planned at the last dispatch decision
 * @param holdUntil dispatch waits on purpose (压单) until then at most
 * @param arrivedStoreAt first arrival at the store on the present assignment
 * @param reason code of the last transition, such as {@code ACCEPTED}, {@code DECLINED}, {@code
 *     RIDER_SILENT}, {@code MERCHANT_CANCELLED}, {@code CUSTOMER_REFUSED}
 * @param fault whose doing the last transition is
 * @param cancelRefused true when a cancel was asked for and came too late
 * @param basePay what the rider is paid for it whatever happens to the score
 * @param declines how many riders declined it or let it expire
 * @param loadUnits room it takes in a rider's box
 * @param unclaimed how far the steps for a job that nobody takes have gone: {@code PAY_RAISED},
 *     {@code NEIGHBOURS_ASKED}, {@code OPERATOR_CALLED}, {@code FREE_CANCEL}; null for none
 * @param seenAtStoreAt from when on positions prove the present rider at the store, whatever was
 *     tapped; null when they do not
 * @param seenAtCustomerAt the same at the customer's
 * @param tip what the merchant adds for whoever delivers it; null for none
 * @param changeNo the last change of the door that was decided; null for none
 * @param changeRefused whether that change came too late, so that the door is the old one; null for
 *     no
 * @param extraPays what riders get besides, for trips and waits that came to nothing; only grows,
 *     one for each rider, kind and epoch; null for none
 * @param goods what becomes of goods that nobody took; null while that is not in question
 * @param plannedAtOffer arrival at the customer's by the plan the rider was offered; later than the
 *     promise's end, when the plan was late already; null when nobody has the job
 * @param noFaultDelays what {@code compensationMillis} is made of: spans the rider lost while the
 *     job was in hand, clipped to that time, oldest first, possibly overlapping; null for none
 * @param exemptions codes {@code E2}–{@code E8} of the score rules that reports of this rider found
 *     to cover the delivery; null for none
 * @param handBacks riders who lost it before the pickup; only grows; null for none
 * @param distancePay the part of {@code basePay} that is for the way; null when it was not told
 *     apart
 * @param stranded whom it was last taken from through no fault of theirs, so that it is for
 *     somebody else to carry on; null when that never happened
 */
@RecordBuilder
@RecordBuilder.Options(enableWither = false)
public record JobState(
    JobId jobId,
    OrderId orderId,
    CityId cityId,
    AreaId areaId,
    StoreId storeId,
    MerchantId merchantId,
    long version,
    JobStatus status,
    long epoch,
    RiderId riderId,
    OfferId offerId,
    GeoPoint pickup,
    GeoPoint dropoff,
    int loadUnits,
    TimeWindow promise,
    Instant riderDeadline,
    long compensationMillis,
    Instant plannedPickupAt,
    Instant plannedDeliveryAt,
    Instant holdUntil,
    Instant createdAt,
    Instant expectedReadyAt,
    Instant readyAt,
    Instant acceptedAt,
    Instant arrivedStoreAt,
    Instant pickedUpAt,
    Instant arrivedCustomerAt,
    Instant endedAt,
    String reason,
    Fault fault,
    boolean cancelRefused,
    Money basePay,
    int declines,
    String unclaimed,
    Instant seenAtStoreAt,
    Instant seenAtCustomerAt,
    Money tip,
    Long changeNo,
    Boolean changeRefused,
    List<ExtraPay> extraPays,
    Goods goods,
    Instant plannedAtOffer,
    List<NoFaultDelay> noFaultDelays,
    List<String> exemptions,
    List<HandBack> handBacks,
    Money distancePay,
    Stranded stranded) {

  /**
   * A span of city time a rider lost through no fault of their own.
   *
   * @param cause code of the exemption it falls under, {@code E1}–{@code E8}
   * @param start included
   * @param end after {@code start}
   */
  public record NoFaultDelay(String cause, Instant start, Instant end) {}

  /**
   * A rider who had the job lost it before the pickup.
   *
   * @param epoch of the assignment that ended
   * @param reason code, such as {@code RIDER_RELEASED}, {@code BREAKDOWN}, {@code REASSIGNED}
   * @param fault whose doing it is
   * @param at city time
   */
  public record HandBack(RiderId riderId, long epoch, String reason, Fault fault, Instant at) {}

  /**
   * The platform declared the job stranded (滞留单): its rider could not go on.
   *
   * @param riderId who had it
   * @param epoch of that assignment; whoever delivers it under a later one took it over
   * @param reason code, such as {@code BREAKDOWN}, {@code ACCIDENT}, {@code RIDER_SILENT}
   * @param at city time
   */
  public record Stranded(RiderId riderId, long epoch, String reason, Instant at) {}
}
