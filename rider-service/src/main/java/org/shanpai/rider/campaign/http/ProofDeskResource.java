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
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.rider.campaign.Proofs;

/** The desk at which people check proofs of orders carried elsewhere. */
@Path("/v1/campaign-proofs")
@Tag(name = "Campaigns", description = "Campaigns (活动) that pay riders for coming and staying.")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.MANAGER)
public class ProofDeskResource {

  private final Proofs proofs;
  private final CurrentCaller caller;

  public ProofDeskResource(Proofs proofs, CurrentCaller caller) {
    this.proofs = proofs;
    this.caller = caller;
  }

  /** The oldest first. */
  @Schema(name = "CampaignProofList")
  public record ProofList(List<Proofs.Open> proofs) {}

  /**
   * @param countedOrders so many the proof shows in the time asked for, by what you see
   * @param reasons in words; the rider reads them
   */
  @Schema(name = "CampaignProofDecision")
  public record DecisionBody(
      @NotNull @Schema(examples = "true", required = true) Boolean accepted,
      @NotNull @Min(0) @Max(100_000) @Schema(examples = "141", required = true)
          Integer countedOrders,
      @NotBlank
          @Size(max = 500)
          @Schema(examples = "141 orders from 15 to 21 December", required = true)
          String reasons) {}

  /** What became of it. */
  @Schema(name = "CampaignProofDecided")
  public record Decided(
      @Schema(examples = "ce-01jd") String enrolmentId,
      @Schema(examples = "VERIFIED") String state,
      @Schema(examples = "boss") String decidedBy) {}

  @GET
  @Operation(summary = "Proofs that wait for a person, the oldest first")
  public Uni<ProofList> open(
      @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(500) int limit) {
    return proofs.open(limit).map(ProofList::new);
  }

  @GET
  @Path("/{enrolmentId}/document")
  @Produces({"text/csv", "image/jpeg", "image/png"})
  @Operation(
      summary = "The document of a proof that waits",
      description = "Not to be kept. After the decision there is none.")
  @APIResponse(
      responseCode = "200",
      description = "The export or screenshot",
      content = {
        @Content(
            mediaType = "text/csv",
            schema = @Schema(type = SchemaType.STRING, format = "binary")),
        @Content(
            mediaType = "image/jpeg",
            schema = @Schema(type = SchemaType.STRING, format = "binary")),
        @Content(
            mediaType = "image/png",
            schema = @Schema(type = SchemaType.STRING, format = "binary"))
      })
  public Uni<Response> document(@PathParam("enrolmentId") String enrolmentId) {
    return proofs
        .document(enrolmentId)
        .map(
            found ->
                Response.ok(found.bytes(), found.mediaType())
                    .header("Cache-Control", "no-store")
                    .header("X-Content-Type-Options", "nosniff")
                    .header("Content-Disposition", "attachment")
                    .build());
  }

  @PUT
  @Path("/{enrolmentId}/decision")
  @Operation(
      summary = "Decide a proof by name, with reasons",
      description =
          "The document is erased with it. A rejected proof gives the place to who has waited"
              + " longest. The same again changes nothing.")
  @APIResponse(
      responseCode = "200",
      description = "Decided",
      content = @Content(schema = @Schema(implementation = Decided.class)))
  @APIResponse(
      responseCode = "409",
      description = "proof-decided: otherwise, before; same-phone: as somebody else's in it")
  @APIResponse(responseCode = "422", description = "not-enough-orders")
  public Uni<Decided> decide(
      @PathParam("enrolmentId") String enrolmentId, @NotNull @Valid DecisionBody body) {
    String operator = caller.subject();
    return proofs
        .decide(
            enrolmentId,
            new Proofs.Decision(body.accepted(), body.countedOrders(), body.reasons()),
            operator)
        .map(done -> new Decided(done.enrolmentId(), done.told(), operator));
  }
}
