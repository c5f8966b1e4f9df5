package org.shanpai.rider.campaign.http;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.messaging.Tx;
import org.shanpai.rider.campaign.CampaignTerms;
import org.shanpai.rider.campaign.Campaigns;
import org.shanpai.rider.campaign.Enrolment;
import org.shanpai.rider.campaign.Enrolments;
import org.shanpai.rider.campaign.ProofDocument;
import org.shanpai.rider.campaign.Proofs;

/** Campaigns for riders: what there is, signing up, the proof, how far they are. */
@Path("/v1/rider/campaigns")
@Tag(name = "Campaigns", description = "Campaigns (活动) that pay riders for coming and staying.")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.RIDER)
public class RiderCampaignResource {

  private final Campaigns campaigns;
  private final Enrolments enrolments;
  private final Proofs proofs;
  private final CurrentCaller caller;
  private final CityClock clock;
  private final Tx tx;

  public RiderCampaignResource(
      Campaigns campaigns,
      Enrolments enrolments,
      Proofs proofs,
      CurrentCaller caller,
      CityClock clock,
      Tx tx) {
    this.campaigns = campaigns;
    this.enrolments = enrolments;
    this.proofs = proofs;
    this.caller = caller;
    this.clock = clock;
    this.tx = tx;
  }

  /**
   * @param open whether one may sign up now
   * @param placesLeft 0 leads to the waiting list
   */
  @Schema(name = "RiderCampaign")
  public record RiderCampaign(
      @Schema(examples = "c-winter") String campaignId,
      boolean open,
      @Schema(examples = "41") int placesLeft,
      CampaignTerms terms) {}

  /** The newest first. */
  @Schema(name = "RiderCampaignList")
  public record RiderCampaignList(List<RiderCampaign> campaigns) {}

  /**
   * @param payoutAccount where you are paid; only a hash of it is kept, so that one person signs up
   *     once
   * @param inviterId the rider who invited you; null for nobody. It cannot be changed later
   */
  @Schema(name = "CampaignSignUp")
  public record SignUpBody(
      @NotNull
          @Pattern(regexp = "[0-9A-Za-z@._+ -]{6,64}")
          @Schema(examples = "6222 0000 0000 0000 123", required = true)
          String payoutAccount,
      @Pattern(regexp = "[A-Za-z0-9._:-]{1,64}") String inviterId) {}

  /**
   * @param state {@code APPLIED} (waiting), {@code RESERVED}, {@code VERIFIED}, {@code WEEK_1} …,
   *     {@code COMPLETED}, {@code SETTLED}, {@code REJECTED}, {@code FAILED} or {@code WITHDRAWN}
   * @param waitingPosition 1 for the next one; 0 when not waiting
   * @param proofUntil until when a proof is awaited, city time; null when none is
   * @param nextMonday the week that is ridden now, or will be first
   */
  @Schema(name = "CampaignStanding")
  public record Standing(
      @Schema(examples = "ce-01jd") String enrolmentId,
      @Schema(examples = "c-winter") String campaignId,
      @Schema(examples = "RESERVED") String state,
      @Schema(examples = "0") int waitingPosition,
      Instant proofUntil,
      @Schema(examples = "1") int weeksMet,
      @Schema(examples = "4") int weeks,
      LocalDate nextMonday,
      String reason,
      String inviterId,
      List<Enrolments.Week> weeksRidden,
      List<Enrolments.Payment> payments) {}

  @GET
  @Operation(summary = "The campaigns there are, the newest first")
  public Uni<RiderCampaignList> list(
      @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit) {
    Instant now = clock.now();
    return campaigns
        .list(limit)
        .map(
            found ->
                new RiderCampaignList(
                    found.stream()
                        .map(
                            c ->
                                new RiderCampaign(
                                    c.campaignId(),
                                    c.terms().openAt(now),
                                    c.terms().places() - c.used(),
                                    c.terms()))
                        .toList()));
  }

  @PUT
  @Path("/{campaignId}/enrolment")
  @Operation(
      summary = "Sign up; first come, first served",
      description =
          "Again answers how it stands and changes nothing. Without a place left you wait, and get"
              + " the next place that is given back.")
  @APIResponse(
      responseCode = "201",
      description = "You have a place, or wait for one",
      content = @Content(schema = @Schema(implementation = Standing.class)))
  @APIResponse(
      responseCode = "200",
      description = "You had signed up before",
      content = @Content(schema = @Schema(implementation = Standing.class)))
  @APIResponse(
      responseCode = "409",
      description =
          "not-open-yet, sign-up-closed, no-phone; person-signed-up: one person, which is an"
              + " identity, a payout account and a phone, takes part once")
  @APIResponse(
      responseCode = "422",
      description = "wrong-pool, not-a-newcomer, inviter-is-rider, unknown-inviter")
  public Uni<Response> signUp(
      @PathParam("campaignId") String campaignId, @NotNull @Valid SignUpBody body) {
    return enrolments
        .signUp(
            campaignId,
            caller.subject(),
            new Enrolments.SignUp(body.payoutAccount(), body.inviterId()))
        .chain(
            done ->
                standing(done)
                    .map(s -> Response.status(done.fresh() ? 201 : 200).entity(s).build()));
  }

  @GET
  @Path("/{campaignId}/enrolment")
  @Operation(summary = "How far I am, my weeks and payments")
  public Uni<Standing> enrolment(@PathParam("campaignId") String campaignId) {
    return enrolments.get(campaignId, caller.subject()).chain(this::standing);
  }

  @PUT
  @Path("/{campaignId}/withdrawal")
  @Consumes(MediaType.WILDCARD)
  @Operation(
      summary = "Leave the campaign",
      description =
          "Your place goes to who has waited longest, and a proof nobody has decided is erased. What"
              + " you earned by then stays yours. There is no way back into this campaign. Again"
              + " changes nothing.")
  @APIResponse(
      responseCode = "200",
      description = "You have left, now or before",
      content = @Content(schema = @Schema(implementation = Standing.class)))
  @APIResponse(
      responseCode = "409",
      description = "campaign-completed; part-ended: it ended otherwise before")
  public Uni<Standing> withdraw(@PathParam("campaignId") String campaignId) {
    return enrolments.withdraw(campaignId, caller.subject()).chain(this::standing);
  }

  @PUT
  @Path("/{campaignId}/proof")
  @Consumes({"text/csv", "image/jpeg", "image/png"})
  @Operation(
      summary = "Hand in an export or a screenshot of orders carried elsewhere",
      description =
          "A person checks it; after the decision it is erased. Of an export only the columns date"
              + " and orders are kept, of a picture nothing the device noted. Never send"
              + " credentials. At most 2 MiB; a newer one takes the place of one not yet decided.")
  @RequestBody(
      required = true,
      content = {
        @Content(
            mediaType = "text/csv",
            schema = @Schema(type = SchemaType.STRING, format = "binary"),
            examples = @ExampleObject(name = "csv", value = "date,orders\n2025-12-15,21\n")),
        @Content(
            mediaType = "image/jpeg",
            schema = @Schema(type = SchemaType.STRING, format = "binary"),
            examples = @ExampleObject(name = "jpeg", value = "the bytes of a screenshot")),
        @Content(
            mediaType = "image/png",
            schema = @Schema(type = SchemaType.STRING, format = "binary"),
            examples = @ExampleObject(name = "png", value = "the bytes of a screenshot"))
      })
  @APIResponse(
      responseCode = "200",
      description = "Kept until somebody decides",
      content = @Content(schema = @Schema(implementation = Standing.class)))
  @APIResponse(responseCode = "409", description = "no-proof-awaited")
  @APIResponse(responseCode = "413", description = "too-large")
  @APIResponse(
      responseCode = "422",
      description = "no-proof, not-a-picture, not-an-export, credentials")
  public Uni<Standing> proof(
      @PathParam("campaignId") String campaignId,
      @Parameter(description = "So many orders it shows", required = true, example = "141")
          @QueryParam("orders")
          @NotNull
          @Min(0)
          @Max(100_000)
          Integer orders,
      @Parameter(
              description = "That you agree to a person looking at it",
              required = true,
              example = "true")
          @QueryParam("consent")
          @NotNull
          Boolean consent,
      @Context HttpHeaders headers,
      byte[] body) {
    if (!consent) {
      throw Problem.badRequest("consent", "Without your consent nobody looks at it.");
    }
    MediaType type = headers.getMediaType();
    return proofs
        .handIn(
            campaignId,
            caller.subject(),
            ProofDocument.minimised(type.getType() + "/" + type.getSubtype(), body),
            orders)
        .chain(this::standing);
  }

  private Uni<Standing> standing(Enrolments.Standing found) {
    Enrolment one = found.enrolment();
    return tx.read(() -> campaigns.get(one.campaignId()))
        .chain(
            campaign ->
                enrolments
                    .progress(one.enrolmentId())
                    .map(
                        progress ->
                            new Standing(
                                one.enrolmentId(),
                                one.campaignId(),
                                one.told(),
                                found.waitingPosition(),
                                one.state() == Enrolment.State.RESERVED
                                    ? one.reservedAt()
                                        .plusSeconds(campaign.terms().proofWithinDays() * 86_400L)
                                    : null,
                                one.weeksMet(),
                                campaign.terms().weeks(),
                                one.nextMonday(),
                                one.reason(),
                                one.inviterId(),
                                progress.weeks(),
                                progress.payments().stream()
                                    .filter(p -> p.payee().equals(one.riderId()))
                                    .toList())));
  }
}
