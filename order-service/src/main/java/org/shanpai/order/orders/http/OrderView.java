package org.shanpai.order.orders.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.TimeWindow;
import org.shanpai.contracts.event.Fault;
import org.shanpai.contracts.event.OrderStatus;
import org.shanpai.order.orders.CancelOutcome;
import org.shanpai.order.orders.Order;

/** An order as its merchant reads it. Fields that do not hold now are left out. */
@Schema(name = "Order")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OrderView(
    OrderId orderId,
    String merchantOrderNo,
    StoreId storeId,
    AreaId areaId,
    OrderStatus status,
    @Schema(description = "Rises by one with every change") long version,
    @Schema(description = "City time, as all instants here") Instant createdAt,
    TimeWindow promise,
    long deliveryFeeFen,
    long goodsValueFen,
    int distanceMetres,
    int loadUnits,
    boolean direct,
    @Schema(description = "Tell it to the rider who picks up") String pickupCode,
    @Schema(description = "The customer tells it to the rider at the door") String deliveryCode,
    RiderId riderId,
    @Schema(description = "Code of the last change of status") String reason,
    @Schema(description = "Whose doing the last change of status is") Fault fault,
    Instant statusAt,
    Instant expectedReadyAt,
    Instant readyAt,
    Instant plannedPickupAt,
    Instant plannedDeliveryAt,
    Instant cancelRequestedAt,
    String cancelReason,
    CancelOutcome cancelOutcome,
    Instant returnReceivedAt,
    @Schema(description = "Only plays a life; no rider comes") boolean sandbox) {

  public static OrderView of(Order order) {
    return new OrderView(
        order.id(),
        order.merchantOrderNo(),
        order.storeId(),
        order.areaId(),
        order.status(),
        order.version(),
        order.createdAt(),
        order.promise(),
        order.deliveryFee().fen(),
        order.goodsValue().fen(),
        order.distanceMetres(),
        order.loadUnits(),
        order.direct(),
        order.pickupCode().digits(),
        order.deliveryCode().digits(),
        order.riderId(),
        order.reason(),
        order.fault(),
        order.statusAt(),
        order.expectedReadyAt(),
        order.readyAt(),
        order.plannedPickupAt(),
        order.plannedDeliveryAt(),
        order.cancelRequestedAt(),
        order.cancelReason(),
        order.cancelOutcome(),
        order.returnReceivedAt(),
        order.sandbox());
  }
}
