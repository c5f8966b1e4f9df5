package org.shanpai.order.orders.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.TimeWindow;
import org.shanpai.contracts.event.Fault;
import org.shanpai.contracts.event.Goods;
import org.shanpai.contracts.event.OrderStatus;
import org.shanpai.order.box.Box;
import org.shanpai.order.orders.CancelOutcome;
import org.shanpai.order.orders.ChangeState;
import org.shanpai.order.orders.Charge;
import org.shanpai.order.orders.FeeParts;
import org.shanpai.order.orders.HandoverCheck;
import org.shanpai.order.orders.Order;
import org.shanpai.order.orders.PromiseTier;
import org.shanpai.order.orders.Requests;
import org.shanpai.order.tracking.TrackingLinks;

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
    @Schema(description = "Only plays a life; no rider comes") boolean sandbox,
    @Schema(description = "What deliveryFeeFen is made of") FeeParts feeParts,
    @Schema(description = "By road; missing when nobody could tell") Integer roadMetres,
    PromiseTier promiseTier,
    @Schema(description = "The quote whose price and promise are honoured") String quoteId,
    @Schema(description = "A pre-booked order is dispatched from then on") Instant releaseAt,
    @Schema(description = "From pickup to door at most") Integer longestCarrySeconds,
    @Schema(description = "Disposed of, not brought back, when nobody takes the goods")
        Boolean perishable,
    @Schema(description = "What the rider must see at the door") Set<HandoverCheck> checks,
    @Schema(description = "Whether the goods may be left at a place agreed") Boolean dropPoint,
    @Schema(
            description = "The customer's page: pass it on to the customer and to nobody else",
            examples = "https://shanpai.example/t/o-01jd0000000000000000000000Zk3…")
        String trackingUrl,
    @Schema(description = "Whose doing the cancel asked for is") Fault cancelFault,
    @Schema(description = "What the cancel asked for costs; 0 when it came too late")
        Long cancelFeeFen,
    @Schema(description = "All of it; goes to the rider") Long tipFen,
    @Schema(description = "The last door asked for") DoorChange change,
    @Schema(description = "When another rider was last asked for") Instant redispatchRequestedAt,
    @Schema(description = "When you wanted the goods back that were on their way")
        Instant returnRequestedAt,
    @Schema(description = "The goods were not ready when you said so") Boolean falseReady,
    @Schema(description = "What becomes of goods that nobody took") Goods goods,
    @Schema(description = "The bill, once the order has ended") List<Charge> charges,
    @Schema(description = "How the goods are packed (切箱); item is their line in this order")
        List<Box> boxes,
    @Schema(description = "The order that leads, where one purchase takes several riders")
        OrderId linkedTo,
    @Schema(
            description =
                "Where one purchase takes several riders: the loads, each an order of its own,"
                    + " this one first")
        List<PartView> parts) {

  /** Another door, and what became of it. */
  @Schema(name = "DoorChange")
  public record DoorChange(
      long no,
      ChangeState state,
      @Schema(description = "What it makes of the delivery fee; below zero for cheaper")
          long feeDifferenceFen) {
    static DoorChange of(Requests requests) {
      return requests.changeNo() == 0
          ? null
          : new DoorChange(requests.changeNo(), requests.changeState(), requests.changeAskedFen());
    }
  }

  public static OrderView of(Order order) {
    return of(order, List.of());
  }

  /**
   * @param further the orders that are linked to it
   */
  public static OrderView of(Order order, List<Order> further) {
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
        order.sandbox(),
        order.terms().fee(),
        order.terms().roadMetres(),
        order.terms().tier(),
        order.terms().quoteId(),
        order.terms().releaseAt(),
        order.terms().longestCarrySeconds(),
        order.terms().perishable() ? Boolean.TRUE : null,
        order.terms().checks().isEmpty() ? null : order.terms().checks(),
        order.terms().dropPoint() ? Boolean.TRUE : null,
        TrackingLinks.of(order.id(), order.packed().lead()),
        order.requests().cancelFault(),
        order.requests().cancelFeeFen(),
        order.requests().tipFen() == 0 ? null : order.requests().tipFen(),
        DoorChange.of(order.requests()),
        order.requests().redispatchRequestedAt(),
        order.requests().returnRequestedAt(),
        order.course().falseReady() ? Boolean.TRUE : null,
        order.course().goods(),
        order.course().charges(),
        order.packed().boxes(),
        order.packed().lead(),
        further.isEmpty()
            ? null
            : Stream.concat(Stream.of(order), further.stream()).map(PartView::of).toList());
  }
}
