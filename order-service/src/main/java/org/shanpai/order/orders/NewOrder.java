package org.shanpai.order.orders;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.Money;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.TimeWindow;

/**
 * Everything an order is born with; all of it checked.
 *
 * @param merchantOrderNo null when none was given
 * @param distanceMetres from store to door as the crow flies, rounded up
 * @param loadUnits 1–8
 * @param createdAt city time
 * @param expectedReadyAt city time
 * @param terms what was agreed besides
 */
public record NewOrder(
    OrderId orderId,
    MerchantId merchantId,
    StoreId storeId,
    AreaId areaId,
    String merchantOrderNo,
    GeoPoint pickup,
    GeoPoint dropoff,
    int distanceMetres,
    List<Item> items,
    int loadUnits,
    int weightGrams,
    Set<String> needs,
    boolean direct,
    Money goodsValue,
    Money deliveryFee,
    Instant createdAt,
    TimeWindow promise,
    Instant expectedReadyAt,
    String pickupCode,
    String deliveryCode,
    Terms terms) {

  /** Under the usual terms. */
  public NewOrder(
      OrderId orderId,
      MerchantId merchantId,
      StoreId storeId,
      AreaId areaId,
      String merchantOrderNo,
      GeoPoint pickup,
      GeoPoint dropoff,
      int distanceMetres,
      List<Item> items,
      int loadUnits,
      int weightGrams,
      Set<String> needs,
      boolean direct,
      Money goodsValue,
      Money deliveryFee,
      Instant createdAt,
      TimeWindow promise,
      Instant expectedReadyAt,
      String pickupCode,
      String deliveryCode) {
    this(
        orderId,
        merchantId,
        storeId,
        areaId,
        merchantOrderNo,
        pickup,
        dropoff,
        distanceMetres,
        items,
        loadUnits,
        weightGrams,
        needs,
        direct,
        goodsValue,
        deliveryFee,
        createdAt,
        promise,
        expectedReadyAt,
        pickupCode,
        deliveryCode,
        Terms.usual(direct));
  }
}
