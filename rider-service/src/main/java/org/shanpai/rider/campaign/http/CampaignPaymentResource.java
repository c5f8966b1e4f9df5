package org.shanpai.rider.campaign.http;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.rider.campaign.HeldPayments;

/** The desk at which people look at payments of campaigns before they are paid. */
@Path("/v1/campaign-payments")
@Tag(name = "Campaigns", description = "Campaigns (活动) that pay riders for coming and staying.")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.MANAGER)
public class CampaignPaymentResource {

  private final HeldPayments payments;
  private final CurrentCaller caller;

  CampaignPaymentResource(HeldPayments payments, CurrentCaller caller) {
    this.payments = payments;
    this.caller = caller;
  }

  /** The soonest due first. */
  @Schema(name = "CampaignPaymentList")
  public record PaymentList(List<HeldPayments.Payment> payments) {}

  /**
   * @param stopped true to hold it back, false to let it go
   * @param reason in words; the payee reads it, with your name
   */
  @Schema(name = "CampaignPaymentHold")
  public record HoldBody(
      @NotNull @Schema(examples = "true", required = true) Boolean stopped,
      @NotBlank
          @Size(min = 5, max = 500)
          @Schema(examples = "Two accounts with one face; we are looking into it", required = true)
          String reason) {}

  @GET
  @Operation(summary = "Payments that are not paid yet, the soonest due first")
  public Uni<PaymentList> unpaid(
      @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(500) int limit) {
    return payments.unpaid(limit).map(PaymentList::new);
  }

  @PUT
  @Path("/{settlementId}/hold")
  @Operation(
      summary = "Stop a payment by name, with a reason, or let it go again",
      description =
          "Until it is paid; what is paid is never taken back. Both are kept for good, and the payee"
              + " is told. Let go after its day, it is paid at once. What already is so changes"
              + " nothing.")
  @APIResponse(
      responseCode = "200",
      description = "As it stands now",
      content = @Content(schema = @Schema(implementation = HeldPayments.Payment.class)))
  @APIResponse(responseCode = "409", description = "payment-paid")
  public Uni<HeldPayments.Payment> hold(
      @PathParam("settlementId") String settlementId, @NotNull @Valid HoldBody body) {
    return payments.hold(settlementId, body.stopped(), caller.subject(), body.reason());
  }
}
