package org.shanpai.order.progress.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.event.ExceptionReason;
import org.shanpai.contracts.event.ExtraPay;
import org.shanpai.contracts.event.Fault;
import org.shanpai.contracts.event.Goods;
import org.shanpai.contracts.event.OrderStatus;
import org.shanpai.order.progress.exception.ExceptionKeeping;
import org.shanpai.order.progress.exception.OrderExceptions;

/** Merchants report and read what goes wrong. */
@Path("/v1/orders")
@RolesAllowed(Roles.MERCHANT)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Exceptions", description = "What goes wrong, and what follows from it")
public class ExceptionResource {

  private final ExceptionKeeping keeping;
  private final CurrentCaller caller;

  ExceptionResource(ExceptionKeeping keeping, CurrentCaller caller) {
    this.keeping = keeping;
    this.caller = caller;
  }

  /** What a merchant reports. */
  @Schema(name = "ExceptionReport")
  public record ReportBody(
      @NotNull @Pattern(regexp = "[A-Z][A-Z0-9_]{0,63}") @Schema(examples = "SOLD_OUT")
          String reason) {}

  /** Something that went wrong, with its row of the table of exceptions. */
  @Schema(name = "OrderException")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ExceptionView(
      ExceptionReason reason,
      String chinese,
      String english,
      ExceptionReason.Reporter reporter,
      ExceptionReason.Stage stage,
      @Schema(description = "City time") Instant at,
      Fault fault,
      @Schema(description = "Until a person decides otherwise") boolean presumed,
      @Schema(description = "Any one of these proves it") Set<ExceptionReason.Evidence> evidence,
      ExceptionReason.Clock clock,
      @Schema(description = "Of the score rules, E1-E8") String exemption,
      Goods goods,
      Goods perishables,
      @Schema(description = "Whether the rider keeps the base pay") boolean basePay,
      @Schema(description = "What the rider may get besides") Set<ExtraPay.Kind> extraPay,
      ExceptionReason.Fee fee,
      @Schema(description = "Missing when the order goes on, or has ended") OrderStatus leadsTo) {
    static ExceptionView of(OrderExceptions.Noted noted) {
      ExceptionReason row = noted.reason();
      return new ExceptionView(
          row,
          row.chinese(),
          row.english(),
          noted.reporter(),
          noted.stage(),
          noted.at(),
          row.fault(),
          row.presumed(),
          row.evidence(),
          row.clock(),
          row.exemption().orElse(null),
          row.goods(false),
          row.goods(true),
          row.pay().base(),
          row.pay().extras(),
          row.fee(),
          row.endsAs().orElse(null));
    }
  }

  /** What went wrong with an order, the oldest first. */
  @Schema(name = "OrderExceptions")
  public record Exceptions(List<ExceptionView> exceptions) {}

  @POST
  @Path("{orderId}/exceptions")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Report that something went wrong",
      description =
          "The table of exceptions says what follows. Reporting ends no order: cancel one whose"
              + " goods are not to be had. Reported twice is reported once.")
  @RequestBody(
      content =
          @Content(
              examples = @ExampleObject(name = "report", value = "{\"reason\": \"SOLD_OUT\"}")))
  @APIResponse(
      responseCode = "200",
      description = "Noted, with what follows",
      content =
          @Content(
              schema = @Schema(implementation = ExceptionView.class),
              examples =
                  @ExampleObject(
                      name = "noted",
                      value =
                          "{\"reason\": \"SOLD_OUT\", \"chinese\": \"商品售罄\","
                              + " \"english\": \"The goods are sold out\","
                              + " \"reporter\": \"MERCHANT\", \"stage\": \"BEFORE_PICKUP\","
                              + " \"at\": \"2026-11-22T03:40:00Z\", \"fault\": \"MERCHANT\","
                              + " \"presumed\": false, \"evidence\": [\"PHOTO\", \"POSITION\"],"
                              + " \"clock\": \"STOPS\", \"exemption\": \"E1\","
                              + " \"goods\": \"STAY_AT_STORE\", \"perishables\": \"STAY_AT_STORE\","
                              + " \"basePay\": false, \"extraPay\": [\"WASTED_TRIP\", \"WAIT\"],"
                              + " \"fee\": \"TRIP\", \"leadsTo\": \"CANCELLED\"}")))
  @APIResponse(responseCode = "404", description = "You have no such order")
  @APIResponse(responseCode = "409", description = "not-at-this-stage")
  @APIResponse(responseCode = "422", description = "unknown-reason")
  public Uni<ExceptionView> report(
      @PathParam("orderId") OrderId orderId, @NotNull @Valid ReportBody body) {
    return keeping.report(me(), orderId, body.reason()).map(ExceptionView::of);
  }

  @GET
  @Path("{orderId}/exceptions")
  @Operation(summary = "What went wrong with an order, the oldest first")
  @APIResponse(
      responseCode = "200",
      description = "Each with its row of the table",
      content = @Content(schema = @Schema(implementation = Exceptions.class)))
  @APIResponse(responseCode = "404", description = "You have no such order")
  public Uni<Exceptions> exceptions(@PathParam("orderId") OrderId orderId) {
    return keeping
        .of(me(), orderId)
        .map(noted -> new Exceptions(noted.stream().map(ExceptionView::of).toList()));
  }

  private MerchantId me() {
    return new MerchantId(caller.subject());
  }
}
