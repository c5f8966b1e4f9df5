package org.shanpai.order.orders;

import org.shanpai.contracts.CityId;
import org.shanpai.contracts.event.OrderState;
import org.shanpai.contracts.event.OrderStateBuilder;

/** An order's row as other services see it. */
final class PublishedOrder {

  private PublishedOrder() {}

  static OrderState of(Order order, CityId city) {
    Requests asked = order.requests();
    Terms terms = order.terms();
    return OrderStateBuilder.builder()
        .orderId(order.id())
        .cityId(city)
        .merchantId(order.merchantId())
        .storeId(order.storeId())
        .areaId(order.areaId())
        .version(order.version())
        .merchantOrderNo(order.merchantOrderNo())
        .status(order.status())
        .pickup(order.pickup())
        .dropoff(order.dropoff())
        .loadUnits(order.loadUnits())
        .weightGrams(order.weightGrams())
        .needs(order.needs())
        .direct(order.direct())
        .goodsValue(order.goodsValue())
        .deliveryFee(order.deliveryFee())
        .createdAt(order.createdAt())
        .promise(order.promise())
        .expectedReadyAt(order.expectedReadyAt())
        .readyAt(order.readyAt())
        .cancelRequestedAt(order.cancelRequestedAt())
        .cancelReason(order.cancelReason())
        .returnReceivedAt(order.returnReceivedAt())
        .tip(asked.tip())
        .releaseAt(terms.releaseAt())
        .longestCarrySeconds(terms.longestCarrySeconds())
        .linkedTo(order.packed().lead())
        .changeNo(asked.changeNo() == 0 ? null : asked.changeNo())
        .askedDropoff(asked.askedDoor())
        .redispatchRequestedAt(asked.redispatchRequestedAt())
        .cancelFault(asked.cancelFault())
        .perishable(terms.perishable() ? Boolean.TRUE : null)
        .returnRequestedAt(asked.returnRequestedAt())
        .reportedReason(asked.reportedReason())
        .reportedVersion(asked.reportedVersion())
        .customerKey(order.customerKey())
        .build();
  }
}
