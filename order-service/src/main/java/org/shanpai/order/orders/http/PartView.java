package org.shanpai.order.orders.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.event.OrderStatus;
import org.shanpai.order.box.Box;
import org.shanpai.order.orders.Order;

/** One load of a purchase that takes several riders. */
@Schema(name = "OrderPart")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PartView(
    OrderId orderId,
    OrderStatus status,
    int loadUnits,
    int weightGrams,
    List<Box> boxes,
    long deliveryFeeFen,
    @Schema(description = "Tell it to this part's rider") String pickupCode,
    @Schema(description = "The customer tells it to this part's rider") String deliveryCode,
    RiderId riderId) {

  static PartView of(Order order) {
    return new PartView(
        order.id(),
        order.status(),
        order.loadUnits(),
        order.weightGrams(),
        order.packed().boxes(),
        order.deliveryFee().fen(),
        order.pickupCode().digits(),
        order.deliveryCode().digits(),
        order.riderId());
  }
}
