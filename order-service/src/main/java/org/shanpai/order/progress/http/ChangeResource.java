package org.shanpai.order.progress.http;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
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
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.CoordinateSystem;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.ToldPlace;
import org.shanpai.order.PlainText;
import org.shanpai.order.orders.http.OrderView;
import org.shanpai.order.progress.change.ChangeRequest;
import org.shanpai.order.progress.change.OrderEdits;

/** Merchants send goods elsewhere, or to somebody else. */
@Path("/v1/orders")
@RolesAllowed(Roles.MERCHANT)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Orders", description = "From handing in to the end")
public class ChangeResource {

  private static final String EXAMPLE =
      """
      {"dropoff": {"coordinateSystem": "GCJ-02", "place": {"lat": 31.2330, "lon": 121.4840},
                   "address": "南京西路 3 弄 5 号 602 室"},
       "contactPhone": "13800000001", "note": "放前台"}
      """;

  private final OrderEdits edits;
  private final CurrentCaller caller;

  ChangeResource(OrderEdits edits, CurrentCaller caller) {
    this.edits = edits;
    this.caller = caller;
  }

  /** Where the goods go instead. */
  @Schema(name = "OtherDoor")
  public record Door(
      @NotNull(message = CoordinateSystem.MUST_BE_NAMED)
          @Schema(description = "The system of the place", required = true)
          CoordinateSystem coordinateSystem,
      @NotNull @Schema(description = "Degrees in the system named") ToldPlace place,
      @NotBlank @Size(max = 200) @PlainText String address) {

    @Override
    public String toString() {
      return "OtherDoor[…]";
    }
  }

  /** What should be different; what is left out stays. */
  @Schema(name = "ChangeRequest")
  public record ChangeBody(
      @Valid Door dropoff,
      @Size(min = 1, max = 60) @PlainText @Pattern(regexp = ".*\\S.*") String contactName,
      @Pattern(regexp = "\\+?[0-9][0-9 \\-]{4,22}") String contactPhone,
      @Size(max = 200) @PlainText @Schema(description = "For the rider; empty to take it away")
          String note,
      @Schema(
              examples = "120",
              description = "The difference that the preview told; refused when it is higher now")
          Long expectedDifferenceFen) {

    ChangeRequest request() {
      if (dropoff == null && contactName == null && contactPhone == null && note == null) {
        throw Problem.unprocessable(
            "nothing-asked",
            "dropoff",
            "Say what should be different: dropoff, contactName, contactPhone or note.");
      }
      return new ChangeRequest(
          dropoff == null ? null : dropoff.place().in(dropoff.coordinateSystem()),
          dropoff == null ? null : dropoff.address().strip(),
          contactName == null ? null : contactName.strip(),
          contactPhone,
          note == null ? null : note.strip());
    }

    @Override
    public String toString() {
      return "ChangeRequest[…]";
    }
  }

  /** What a change would come to. */
  @Schema(name = "ChangePreview")
  public record PreviewView(
      @Schema(
              description =
                  "Whether dispatch decides it against the pickup; the rest holds at once")
          boolean decidedByDispatch,
      @Schema(description = "Below zero for cheaper") long feeDifferenceFen,
      @Schema(description = "With the difference") long deliveryFeeFen) {
    static PreviewView of(OrderEdits.Preview preview) {
      return new PreviewView(
          preview.terms() != null,
          preview.differenceFen(),
          preview.order().deliveryFee().fen() + preview.differenceFen());
    }
  }

  @POST
  @Path("{orderId}/changes/preview")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "What would a change make of the delivery fee?")
  @RequestBody(content = @Content(examples = @ExampleObject(name = "change", value = EXAMPLE)))
  @APIResponse(
      responseCode = "200",
      description = "What it would come to; nothing has changed",
      content =
          @Content(
              schema = @Schema(implementation = PreviewView.class),
              examples =
                  @ExampleObject(
                      name = "preview",
                      value =
                          "{\"decidedByDispatch\": true, \"feeDifferenceFen\": 120,"
                              + " \"deliveryFeeFen\": 580}")))
  @APIResponse(responseCode = "404", description = "You have no such order")
  @APIResponse(responseCode = "409", description = "order-ended, already-picked-up")
  @APIResponse(
      responseCode = "422",
      description = "nothing-asked, out-of-range, no-go-zone, no-way; the problem names the field")
  public Uni<PreviewView> preview(
      @PathParam("orderId") OrderId orderId, @NotNull @Valid ChangeBody body) {
    return edits.preview(me(), orderId, body.request()).map(PreviewView::of);
  }

  @POST
  @Path("{orderId}/changes")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Change the door, the contact or the note",
      description =
          "Name, phone and note alone hold at once, until the order has ended. Another door is"
              + " decided against the pickup, together with what is asked with it: change.state of"
              + " the order becomes APPLIED or REFUSED, and a webhook tells. The same body again is"
              + " the same change.")
  @RequestBody(content = @Content(examples = @ExampleObject(name = "change", value = EXAMPLE)))
  @APIResponse(
      responseCode = "202",
      description = "Noted; see change later",
      content = @Content(schema = @Schema(implementation = OrderView.class)))
  @APIResponse(responseCode = "404", description = "You have no such order")
  @APIResponse(
      responseCode = "409",
      description =
          "order-ended, already-picked-up, change-pending, cancel-requested, changed-too-often,"
              + " fee-changed, contact-erased, order-changed")
  @APIResponse(
      responseCode = "422",
      description = "nothing-asked, out-of-range, no-go-zone, no-way; the problem names the field")
  public Uni<RestResponse<OrderView>> change(
      @PathParam("orderId") OrderId orderId, @NotNull @Valid ChangeBody body) {
    return edits
        .ask(me(), orderId, body.request(), body.expectedDifferenceFen())
        .map(order -> RestResponse.status(RestResponse.Status.ACCEPTED, OrderView.of(order)));
  }

  private MerchantId me() {
    return new MerchantId(caller.subject());
  }
}
