package org.shanpai.order.orders;

import org.shanpai.contracts.CityId;
import org.shanpai.contracts.event.OrderState;

/** An order's row as other services see it. */
final class PublishedOrder {

  private PublishedOrder() {}

  static OrderState of(Order order, CityId city) {
    Requests asked = order.requests();
    Terms terms = order.terms();
    return new OrderState(
        order.id(),
        city,
        order.merchantId(),
        order.storeId(),
        order.areaId(),
        order.version(),
        order.merchantOrderNo(),
        order.status(),
        order.pickup(),
        order.dropoff(),
        order.loadUnits(),
        order.weightGrams(),
        order.needs(),
        order.direct(),
        order.goodsValue(),
        order.deliveryFee(),
        order.createdAt(),
        order.promise(),
        order.expectedReadyAt(),
        order.readyAt(),
        order.cancelRequestedAt(),
        order.cancelReason(),
        order.returnReceivedAt(),
        asked.tip(),
        terms.releaseAt(),
        terms.longestCarrySeconds(),
        order.packed().lead(),
        asked.changeNo() == 0 ? null : asked.changeNo(),
        asked.askedDoor(),
        asked.redispatchRequestedAt(),
        asked.cancelFault(),
        terms.perishable() ? Boolean.TRUE : null,
        asked.returnRequestedAt(),
        asked.reportedReason(),
        asked.reportedVersion(),
        order.customerKey());
  }
}
