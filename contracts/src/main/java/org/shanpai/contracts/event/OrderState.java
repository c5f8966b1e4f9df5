package org.shanpai.contracts.event;

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
 */
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
    Instant returnReceivedAt) {}
