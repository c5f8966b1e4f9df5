package org.shanpai.order.progress.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.ws.rs.Consumes;
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
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.event.Fault;
import org.shanpai.order.orders.http.OrderExamples;
import org.shanpai.order.orders.http.OrderView;
import org.shanpai.order.progress.cancel.CancelStage;
import org.shanpai.order.progress.cancel.CancelTable;
import org.shanpai.order.progress.cancel.Cancels;

/** Merchants ask what a cancel costs, and for the cancel. */
@Path("/v1/orders")
@RolesAllowed(Roles.MERCHANT)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Orders", description = "From handing in to the end")
public class CancelResource {

  private static final String CODE = "[A-Z][A-Z0-9_]{0,63}";

  private final Cancels cancels;
  private final CurrentCaller caller;

  CancelResource(Cancels cancels, CurrentCaller caller) {
    this.cancels = cancels;
    this.caller = caller;
  }

  /** What a cancel would come to. */
  @Schema(name = "Precancel")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record PrecancelView(
      boolean mayCancel,
      CancelStage stage,
      @Schema(description = "What it costs now; pass it as expectedFeeFen") Long feeFen,
      List<CancelTable.Part> feeParts,
      @Schema(description = "Whose doing it would be") Fault fault,
      CancelTable.Why why,
      @Schema(
              description =
                  "City time; ask anew after it. The fee may change sooner, when a rider accepts"
                      + " or arrives; expectedFeeFen keeps you from paying more.")
          Instant validUntil) {
    static PrecancelView of(Cancels.Preview preview) {
      CancelTable.Terms terms = preview.terms();
      return terms == null
          ? new PrecancelView(false, preview.stage(), null, null, null, null, null)
          : new PrecancelView(
              true,
              preview.stage(),
              terms.feeFen(),
              terms.parts(),
              terms.fault(),
              terms.why(),
              preview.validUntil());
    }
  }

  /** Why an order would be cancelled. */
  @Schema(name = "PrecancelRequest")
  public record PrecancelBody(
      @NotNull @Pattern(regexp = CODE) @Schema(examples = "CUSTOMER_CHANGED_MIND") String reason) {}

  /** Why an order should be cancelled, and for how much at most. */
  @Schema(name = "CancelRequest")
  public record CancelBody(
      @NotNull @Pattern(regexp = CODE) @Schema(examples = "CUSTOMER_CHANGED_MIND") String reason,
      @PositiveOrZero
          @Schema(
              examples = "200",
              description = "The fee that precancel told; refused when it is higher now")
          Long expectedFeeFen) {}

  private static final String PRECANCEL_EXAMPLE =
      "{\"mayCancel\": true, \"stage\": \"ASSIGNED\", \"feeFen\": 200,"
          + " \"feeParts\": [{\"kind\": \"TRIP\", \"fen\": 200}], \"fault\": \"CUSTOMER\","
          + " \"why\": \"RIDER_SENT\", \"validUntil\": \"2026-11-22T03:37:10Z\"}";

  @GET
  @Path("{orderId}/precancel")
  @Operation(summary = "What would a cancel cost now, and whose doing would it be?")
  @APIResponse(
      responseCode = "200",
      description = "What it would come to; nothing has changed",
      content =
          @Content(
              schema = @Schema(implementation = PrecancelView.class),
              examples = @ExampleObject(name = "precancel", value = PRECANCEL_EXAMPLE)))
  @APIResponse(responseCode = "404", description = "You have no such order")
  @APIResponse(responseCode = "422", description = "unknown-reason")
  public Uni<PrecancelView> precancelled(
      @PathParam("orderId") OrderId orderId,
      @Parameter(example = "CUSTOMER_CHANGED_MIND")
          @QueryParam("reason")
          @NotNull
          @Pattern(regexp = CODE)
          String reason) {
    return cancels.preview(me(), orderId, reason).map(PrecancelView::of);
  }

  @POST
  @Path("{orderId}/precancel")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "The same, asked with a body")
  @RequestBody(
      content =
          @Content(
              examples =
                  @ExampleObject(
                      name = "precancel",
                      value = "{\"reason\": \"CUSTOMER_CHANGED_MIND\"}")))
  @APIResponse(
      responseCode = "200",
      description = "What it would come to; nothing has changed",
      content =
          @Content(
              schema = @Schema(implementation = PrecancelView.class),
              examples = @ExampleObject(name = "precancel", value = PRECANCEL_EXAMPLE)))
  @APIResponse(responseCode = "404", description = "You have no such order")
  @APIResponse(responseCode = "422", description = "unknown-reason")
  public Uni<PrecancelView> precancel(
      @PathParam("orderId") OrderId orderId, @NotNull @Valid PrecancelBody body) {
    return cancels.preview(me(), orderId, body.reason()).map(PrecancelView::of);
  }

  @POST
  @Path("{orderId}/cancel")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Ask for an order to be cancelled",
      description =
          "Decided against the pickup: the result comes as status CANCELLED or as cancelOutcome"
              + " REFUSED, by webhook and in the order. Fee and fault are fixed now; a cancel that"
              + " comes too late costs nothing. Asking twice is asking once.")
  @RequestBody(
      content =
          @Content(
              examples =
                  @ExampleObject(
                      name = "cancel",
                      value = "{\"reason\": \"CUSTOMER_CHANGED_MIND\", \"expectedFeeFen\": 200}")))
  @APIResponse(
      responseCode = "202",
      description = "Noted; see cancelOutcome later",
      content =
          @Content(
              schema = @Schema(implementation = OrderView.class),
              examples = @ExampleObject(name = "noted", value = OrderExamples.CANCEL_ACCEPTED)))
  @APIResponse(responseCode = "404", description = "You have no such order")
  @APIResponse(responseCode = "409", description = "order-ended, cancel-refused, fee-changed")
  @APIResponse(responseCode = "422", description = "unknown-reason")
  public Uni<RestResponse<OrderView>> cancel(
      @PathParam("orderId") OrderId orderId, @NotNull @Valid CancelBody body) {
    return cancels
        .cancel(me(), orderId, body.reason(), body.expectedFeeFen())
        .map(order -> RestResponse.status(RestResponse.Status.ACCEPTED, OrderView.of(order)));
  }

  private MerchantId me() {
    return new MerchantId(caller.subject());
  }
}
