package org.shanpai.contracts.event;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.Set;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.Money;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.TimeWindow;

/**
 * An order as dispatch and the control room need it. Published by order-service. No name, phone,
 * address text or code is ever in it. All instants are city time; null where it has not happened.
 *
 * @param version rises by one with every change of the order row
 * @param merchantOrderNo the merchant's own number, unique per merchant; null when none was given
 * @param status what order-service last told the merchant
 * @param loadUnits room the goods need in a rider's box, 1–8 units
 * @param needs equipment the carrier must have, such as {@code COLD_BOX}
 * @param direct promise tier: never carried together with another job
 * @param goodsValue what the goods are worth
 * @param deliveryFee what the merchant pays
 * @param promise the window told at creation, never moved by staff
 * @param expectedReadyAt when the kitchen means to be ready, as last told
 * @param readyAt when the merchant said ready
 * @param cancelRequestedAt when the merchant asked to cancel; dispatch decides it against the
 *     pickup
 * @param cancelReason reason code given with the request
 * @param returnReceivedAt when the store took the goods back
 * @param tip what the merchant adds for the rider, all of it; only rises; null for none
 * @param releaseAt a pre-booked order is dispatched from then on; null for at once
 * @param longestCarrySeconds the goods may be on the way so long at most, pickup to door; null for
 *     no limit
 * @param linkedTo the first of several orders that one purchase was split into (切箱); null for an
 *     order that stands alone and for the first itself
 * @param changeNo rises with every change of the door that is asked for; null for none yet
 * @param askedDropoff the door asked for by change {@code changeNo}; dispatch decides it against
 *     the pickup; null for none yet
 * @param redispatchRequestedAt when the merchant last asked for another rider; null when never
 * @param cancelFault whose doing the cancel that is asked for is; null when none is asked for
 * @param perishable goods that are disposed of, not brought back, when nobody takes them; null for
 *     no
 * @param returnRequestedAt when the merchant wanted goods back that are on their way; dispatch
 *     decides it against the delivery; null when never
 * @param reportedReason what the merchant last reported to have gone wrong, a name of {@link
 *     ExceptionReason}; null for nothing
 * @param reportedVersion the version of the order that told it first; null for nothing
 * @param customerKey a keyed hash of the customer's telephone: equal for equal telephones, and
 *     nothing to anybody without order-service's key. For dispatch alone; null when there is none,
 *     or the customer's data was erased
 */
@RecordBuilder
@RecordBuilder.Options(enableWither = false)
public record OrderState(
    OrderId orderId,
    CityId cityId,
    MerchantId merchantId,
    StoreId storeId,
    AreaId areaId,
    long version,
    String merchantOrderNo,
    OrderStatus status,
    GeoPoint pickup,
    GeoPoint dropoff,
    int loadUnits,
    int weightGrams,
    Set<String> needs,
    boolean direct,
    Money goodsValue,
    Money deliveryFee,
    Instant createdAt,
    TimeWindow promise,
    Instant expectedReadyAt,
    Instant readyAt,
    Instant cancelRequestedAt,
    String cancelReason,
    Instant returnReceivedAt,
    Money tip,
    Instant releaseAt,
    Integer longestCarrySeconds,
    OrderId linkedTo,
    Long changeNo,
    GeoPoint askedDropoff,
    Instant redispatchRequestedAt,
    Fault cancelFault,
    Boolean perishable,
    Instant returnRequestedAt,
    String reportedReason,
    Long reportedVersion,
    String customerKey) {

  /** The same for whoever has no use for the customer's key. */
  public OrderState withoutCustomer() {
    return OrderStateBuilder.builder(this).customerKey(null).build();
  }
}
