package org.shanpai.order.progress.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.event.Fault;
import org.shanpai.contracts.event.OrderStatus;
import org.shanpai.order.PlainText;
import org.shanpai.order.orders.EntryKind;
import org.shanpai.order.orders.LinkedOrders;
import org.shanpai.order.orders.Order;
import org.shanpai.order.orders.OrderEntry;
import org.shanpai.order.orders.Orders;
import org.shanpai.order.orders.http.OrderExamples;
import org.shanpai.order.orders.http.OrderView;
import org.shanpai.order.progress.MerchantActs;

/** Merchants read their orders and act on them. */
@Path("/v1/orders")
@RolesAllowed(Roles.MERCHANT)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Orders", description = "From handing in to the end")
public class OrderResource {

  private static final String LEGAL_ID = "[A-Za-z0-9._:-]{1,64}";

  private final MerchantActs acts;
  private final LinkedOrders linked;
  private final CurrentCaller caller;

  OrderResource(MerchantActs acts, LinkedOrders linked, CurrentCaller caller) {
    this.acts = acts;
    this.linked = linked;
    this.caller = caller;
  }

  /** A page of orders, the newest first; {@code nextCursor} is missing on the last one. */
  @Schema(name = "OrderPage")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record OrderPage(List<OrderView> orders, String nextCursor) {}

  /** One entry of an order's history. */
  @Schema(name = "OrderEvent")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record EntryView(
      long version,
      EntryKind kind,
      OrderStatus status,
      String reason,
      Fault fault,
      RiderId riderId,
      @Schema(description = "City time") Instant at) {
    static EntryView of(OrderEntry entry) {
      return new EntryView(
          entry.version(),
          entry.kind(),
          entry.status(),
          entry.reason(),
          entry.fault(),
          entry.riderId() == null ? null : new RiderId(entry.riderId()),
          entry.at());
    }
  }

  /** An order's history, the oldest first. */
  @Schema(name = "OrderHistory")
  public record History(List<EntryView> events) {}

  /** When the kitchen now means to be ready. */
  @Schema(name = "PreparationLate")
  public record LateBody(@NotNull @Schema(description = "City time") Instant expectedReadyAt) {}

  @GET
  @Path("{orderId}")
  @Operation(summary = "One of your orders")
  @APIResponse(
      responseCode = "200",
      description = "The order",
      content =
          @Content(
              schema = @Schema(implementation = OrderView.class),
              examples = @ExampleObject(name = "order", value = OrderExamples.ORDER)))
  @APIResponse(responseCode = "404", description = "You have no such order")
  public Uni<OrderView> get(@PathParam("orderId") OrderId orderId) {
    return acts.get(me(), orderId)
        .chain(order -> linked.parts(order).map(further -> OrderView.of(order, further)));
  }

  @GET
  @Operation(
      summary = "Your orders, the newest first, page by page",
      description = "Pass nextCursor of a page as cursor to read the next one.")
  @APIResponse(
      responseCode = "200",
      description = "A page",
      content = @Content(schema = @Schema(implementation = OrderPage.class)))
  @APIResponse(responseCode = "400", description = "A filter is malformed")
  public Uni<OrderPage> list(
      @QueryParam("merchantOrderNo") @Size(max = 64) @PlainText String merchantOrderNo,
      @QueryParam("storeId") @Pattern(regexp = LEGAL_ID) String storeId,
      @QueryParam("status") @Pattern(regexp = "[A-Z_]{1,32}") String status,
      @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit,
      @QueryParam("cursor") @Pattern(regexp = LEGAL_ID) String cursor) {
    Orders.Query query =
        new Orders.Query(
            me(),
            storeId == null ? null : new StoreId(storeId),
            status(status),
            merchantOrderNo,
            cursor,
            limit + 1);
    return acts.list(query)
        .map(
            found -> {
              List<OrderView> page = found.stream().limit(limit).map(OrderView::of).toList();
              boolean more = found.size() > limit;
              return new OrderPage(page, more ? page.get(page.size() - 1).orderId().value() : null);
            });
  }

  @GET
  @Path("{orderId}/events")
  @Operation(summary = "What happened to an order, the oldest first")
  @APIResponse(
      responseCode = "200",
      description = "Its history",
      content =
          @Content(
              schema = @Schema(implementation = History.class),
              examples =
                  @ExampleObject(
                      name = "history",
                      value =
                          "{\"events\": [{\"version\": 1, \"kind\": \"CREATED\", \"status\":"
                              + " \"CREATED\", \"at\": \"2026-11-22T03:30:00Z\"}]}")))
  @APIResponse(responseCode = "404", description = "You have no such order")
  public Uni<History> events(@PathParam("orderId") OrderId orderId) {
    return acts.history(me(), orderId)
        .map(entries -> new History(entries.stream().map(EntryView::of).toList()));
  }

  @POST
  @Path("{orderId}/ready")
  @Operation(summary = "Say that the goods wait to be picked up (出餐)")
  @APIResponse(
      responseCode = "200",
      description = "Noted",
      content = @Content(schema = @Schema(implementation = OrderView.class)))
  @APIResponse(responseCode = "404", description = "You have no such order")
  @APIResponse(responseCode = "409", description = "order-ended, already-picked-up")
  public Uni<OrderView> ready(@PathParam("orderId") OrderId orderId) {
    return view(acts.ready(me(), orderId));
  }

  @POST
  @Path("{orderId}/preparation-late")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Tell a new time for the goods to be ready")
  @RequestBody(
      content =
          @Content(
              examples =
                  @ExampleObject(
                      name = "late",
                      value = "{\"expectedReadyAt\": \"2026-11-22T03:50:00Z\"}")))
  @APIResponse(
      responseCode = "200",
      description = "Noted",
      content = @Content(schema = @Schema(implementation = OrderView.class)))
  @APIResponse(responseCode = "404", description = "You have no such order")
  @APIResponse(responseCode = "409", description = "order-ended, already-picked-up, already-ready")
  @APIResponse(responseCode = "422", description = "Not ahead of now, or too far ahead")
  public Uni<OrderView> preparationLate(
      @PathParam("orderId") OrderId orderId, @NotNull @Valid LateBody body) {
    return view(acts.preparationLate(me(), orderId, body.expectedReadyAt()));
  }

  @POST
  @Path("{orderId}/return-received")
  @Operation(summary = "Say that the store has the goods back")
  @APIResponse(
      responseCode = "200",
      description = "Noted",
      content = @Content(schema = @Schema(implementation = OrderView.class)))
  @APIResponse(responseCode = "404", description = "You have no such order")
  @APIResponse(responseCode = "409", description = "not-returning")
  public Uni<OrderView> returnReceived(@PathParam("orderId") OrderId orderId) {
    return view(acts.returnReceived(me(), orderId));
  }

  private static Uni<OrderView> view(Uni<Order> order) {
    return order.map(OrderView::of);
  }

  private static OrderStatus status(String text) {
    try {
      return text == null ? null : OrderStatus.valueOf(text);
    } catch (IllegalArgumentException unknown) {
      throw Problem.badRequest("status", "There is no status " + text + ".");
    }
  }

  private MerchantId me() {
    return new MerchantId(caller.subject());
  }
}
