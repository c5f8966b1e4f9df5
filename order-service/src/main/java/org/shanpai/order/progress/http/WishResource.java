package org.shanpai.order.progress.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.TimeWindow;
import org.shanpai.contracts.event.OrderStatus;
import org.shanpai.order.orders.Order;
import org.shanpai.order.orders.http.OrderView;
import org.shanpai.order.progress.MerchantWishes;
import org.shanpai.order.progress.nudge.Nudges;

/** Merchants tip, nudge, ask for another rider, and call goods back. */
@Path("/v1/orders")
@RolesAllowed(Roles.MERCHANT)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Orders", description = "From handing in to the end")
public class WishResource {

  private final MerchantWishes wishes;
  private final Nudges nudges;
  private final CurrentCaller caller;

  WishResource(MerchantWishes wishes, Nudges nudges, CurrentCaller caller) {
    this.wishes = wishes;
    this.nudges = nudges;
    this.caller = caller;
  }

  /** A tip. */
  @Schema(name = "Tip")
  public record TipBody(
      @NotNull
          @PositiveOrZero
          @Schema(examples = "300", description = "All of it, fen; may only rise")
          Long tipFen) {}

  /** Why another rider is wanted. */
  @Schema(name = "RedispatchRequest")
  public record RedispatchBody(
      @NotNull @Pattern(regexp = "[A-Z][A-Z0-9_]{0,63}") @Schema(examples = "RIDER_LATE")
          String reason) {}

  /** Why goods on their way are wanted back. */
  @Schema(name = "ReturnRequest")
  public record ReturnBody(
      @NotNull @Pattern(regexp = "[A-Z][A-Z0-9_]{0,63}") @Schema(examples = "WRONG_GOODS")
          String reason) {}

  /** Where a nudged order stays. */
  @Schema(name = "NudgeAnswer")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record NudgeView(
      OrderId orderId,
      OrderStatus status,
      @Schema(description = "Who has it; missing while a rider is looked for") RiderId riderId,
      @Schema(description = "City time, as all instants here") Instant plannedPickupAt,
      @Schema(description = "When it is expected at the door") Instant plannedDeliveryAt,
      TimeWindow promise,
      @Schema(description = "How often you nudged, this time included") int nudges,
      @Schema(description = "Another nudge is heard from then on") Instant nextNudgeAt) {
    static NudgeView of(Nudges.Answer answer) {
      Order order = answer.order();
      return new NudgeView(
          order.id(),
          order.status(),
          order.riderId(),
          order.plannedPickupAt(),
          order.plannedDeliveryAt(),
          order.promise(),
          answer.nudges(),
          answer.nextAt());
    }
  }

  @POST
  @Path("{orderId}/tip")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Raise the rider's tip (小费)",
      description =
          "Told as the whole, which may only rise, until shortly after the delivery. The same again"
              + " changes nothing.")
  @RequestBody(
      content = @Content(examples = @ExampleObject(name = "tip", value = "{\"tipFen\": 300}")))
  @APIResponse(
      responseCode = "200",
      description = "Noted",
      content = @Content(schema = @Schema(implementation = OrderView.class)))
  @APIResponse(responseCode = "404", description = "You have no such order")
  @APIResponse(responseCode = "409", description = "order-ended")
  @APIResponse(responseCode = "422", description = "tip-only-rises, tip-too-high")
  public Uni<OrderView> tip(@PathParam("orderId") OrderId orderId, @NotNull @Valid TipBody body) {
    return wishes.tip(me(), orderId, body.tipFen()).map(OrderView::of);
  }

  @POST
  @Path("{orderId}/nudge")
  @Operation(
      summary = "Ask where an order stays (催单)",
      description = "Noted in its history. It never makes an order dearer or cheaper to dispatch.")
  @APIResponse(
      responseCode = "200",
      description = "Who has it, and when it is expected",
      content =
          @Content(
              schema = @Schema(implementation = NudgeView.class),
              examples =
                  @ExampleObject(
                      name = "nudge",
                      value =
                          "{\"orderId\": \"o-01jd0000000000000000000000\","
                              + " \"status\": \"PICKED_UP\", \"riderId\": \"r-17\","
                              + " \"plannedDeliveryAt\": \"2026-11-22T03:58:00Z\","
                              + " \"promise\": {\"start\": \"2026-11-22T03:30:00Z\","
                              + " \"end\": \"2026-11-22T04:00:00Z\"}, \"nudges\": 1,"
                              + " \"nextNudgeAt\": \"2026-11-22T03:55:00Z\"}")))
  @APIResponse(responseCode = "404", description = "You have no such order")
  @APIResponse(responseCode = "409", description = "order-ended")
  @APIResponse(responseCode = "429", description = "nudged-already: again after Retry-After")
  public Uni<NudgeView> nudge(@PathParam("orderId") OrderId orderId) {
    return nudges.nudge(me(), orderId).map(NudgeView::of);
  }

  @POST
  @Path("{orderId}/redispatch")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Ask for another rider before the pickup",
      description =
          "Dispatch decides; the status shows what came of it. Asking again while the same rider"
              + " has it changes nothing.")
  @RequestBody(
      content =
          @Content(
              examples =
                  @ExampleObject(name = "redispatch", value = "{\"reason\": \"RIDER_LATE\"}")))
  @APIResponse(
      responseCode = "202",
      description = "Noted",
      content = @Content(schema = @Schema(implementation = OrderView.class)))
  @APIResponse(responseCode = "404", description = "You have no such order")
  @APIResponse(
      responseCode = "409",
      description = "no-rider, already-picked-up, order-ended, redispatched-too-often")
  @APIResponse(responseCode = "422", description = "unknown-reason")
  public Uni<RestResponse<OrderView>> redispatch(
      @PathParam("orderId") OrderId orderId, @NotNull @Valid RedispatchBody body) {
    return wishes
        .redispatch(me(), orderId, body.reason())
        .map(order -> RestResponse.status(RestResponse.Status.ACCEPTED, OrderView.of(order)));
  }

  @POST
  @Path("{orderId}/return")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Call goods back that are on their way",
      description =
          "Dispatch decides; granted, the order turns `RETURNING` with reason `MERCHANT_RECALLED`,"
              + " fault `MERCHANT`, and is billed the delivery and the way back. Too late, it is"
              + " delivered. Asking again changes nothing. Before the pickup, cancel instead.")
  @RequestBody(
      content =
          @Content(
              examples = @ExampleObject(name = "return", value = "{\"reason\": \"WRONG_GOODS\"}")))
  @APIResponse(
      responseCode = "202",
      description = "Noted",
      content = @Content(schema = @Schema(implementation = OrderView.class)))
  @APIResponse(responseCode = "404", description = "You have no such order")
  @APIResponse(responseCode = "409", description = "not-picked-up, not-at-this-stage, order-ended")
  @APIResponse(responseCode = "422", description = "unknown-reason")
  public Uni<RestResponse<OrderView>> callBack(
      @PathParam("orderId") OrderId orderId, @NotNull @Valid ReturnBody body) {
    return wishes
        .callBack(me(), orderId, body.reason())
        .map(order -> RestResponse.status(RestResponse.Status.ACCEPTED, OrderView.of(order)));
  }

  private MerchantId me() {
    return new MerchantId(caller.subject());
  }
}
