package org.shanpai.rider.campaign.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
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
import org.shanpai.rider.campaign.CampaignTerms;
import org.shanpai.rider.campaign.Campaigns;

/** Campaigns for those who publish them. */
@Path("/v1/campaigns")
@Tag(name = "Campaigns", description = "Campaigns (活动) that pay riders for coming and staying.")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class CampaignResource {

  private static final String TERMS =
      """
      {"titleZh": "跳槽奖：四周得3000元", "titleEn": "Four weeks here: 3000 yuan",
       "areas": ["a-1"], "pools": ["CROWDSOURCED", "PREFERRED"],
       "signUpFrom": "2099-12-26T00:00:00+08:00", "signUpUntil": "2099-12-29T00:00:00+08:00",
       "places": 500,
       "proof": {"moreThanOrders": 140, "from": "2099-12-15", "until": "2099-12-21"},
       "proofWithinDays": 7, "newcomersOnly": true, "weeks": 4, "minDays": 6, "minOrders": 140,
       "minOrdersADay": 1, "weeklyRewardFen": 0, "rewardFen": 300000, "inviterFen": 100000,
       "holdDays": 7}
      """;

  private final Campaigns campaigns;
  private final CurrentCaller caller;

  public CampaignResource(Campaigns campaigns, CurrentCaller caller) {
    this.campaigns = campaigns;
    this.caller = caller;
  }

  /**
   * @param placesUsed of the places of its terms
   * @param waiting who wait for a place
   */
  @Schema(name = "Campaign")
  public record CampaignView(
      @Schema(examples = "c-winter") String campaignId,
      CampaignTerms terms,
      @Schema(examples = "459") int placesUsed,
      @Schema(examples = "0") int waiting,
      Instant publishedAt,
      @Schema(examples = "boss") String publishedBy,
      @Schema(
              description =
                  "Told when publishing: campaigns for which the same riders can sign up at the"
                      + " same time, so that one order may count in both",
              examples = "[]")
          @JsonInclude(JsonInclude.Include.NON_NULL)
          List<String> alongside) {}

  /** The newest first. */
  @Schema(name = "CampaignList")
  public record CampaignList(List<CampaignView> campaigns) {}

  /** Terms to begin with. */
  @Schema(name = "CampaignPresetList")
  public record PresetList(List<Campaigns.Preset> presets) {}

  @GET
  @RolesAllowed({Roles.VIEWER, Roles.DISPATCHER, Roles.STATION_MANAGER, Roles.MANAGER})
  @Operation(summary = "Every campaign with its places, the newest first")
  public Uni<CampaignList> list(
      @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit) {
    return campaigns
        .list(limit)
        .map(found -> new CampaignList(found.stream().map(c -> view(c, null)).toList()));
  }

  @GET
  @Path("/presets")
  @RolesAllowed({Roles.VIEWER, Roles.DISPATCHER, Roles.STATION_MANAGER, Roles.MANAGER})
  @Operation(
      summary = "Terms to begin with: A, B and C",
      description = "Set areas and dates and publish them under a name of your own.")
  public Uni<PresetList> presets() {
    return campaigns.presets().map(PresetList::new);
  }

  @PUT
  @Path("/presets/{preset}")
  @RolesAllowed(Roles.MANAGER)
  @Operation(
      summary = "Save terms to begin with",
      description =
          "A new name makes a preset, one there is its next version; what was published stays as it"
              + " is. Checked as a campaign is, but its dates may be past. The same again changes"
              + " nothing.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = CampaignTerms.class),
              examples = @ExampleObject(name = "terms", value = TERMS)))
  @APIResponse(
      responseCode = "201",
      description = "Saved",
      content = @Content(schema = @Schema(implementation = Campaigns.Preset.class)))
  @APIResponse(
      responseCode = "200",
      description = "The newest is the same",
      content = @Content(schema = @Schema(implementation = Campaigns.Preset.class)))
  @APIResponse(
      responseCode = "409",
      description = "preset-changed: somebody else saved it just now")
  @APIResponse(responseCode = "422", description = "campaign-refused, naming the field")
  public Uni<Response> savePreset(
      @PathParam("preset") String preset, @NotNull @Valid CampaignTerms terms) {
    requireName("preset", preset);
    return campaigns
        .savePreset(preset, terms, caller.subject())
        .map(done -> Response.status(done.fresh() ? 201 : 200).entity(done.preset()).build());
  }

  private static void requireName(String field, String name) {
    if (!name.matches("[A-Za-z0-9._:-]{1,64}")) {
      throw Problem.badRequest(
          field, field + " must be 1 to 64 letters, digits or any of . _ : -.");
    }
  }

  @PUT
  @Path("/{campaignId}")
  @RolesAllowed(Roles.MANAGER)
  @Operation(
      summary = "Publish a campaign",
      description = "What is published never changes. The same again changes nothing.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = CampaignTerms.class),
              examples = @ExampleObject(name = "terms", value = TERMS)))
  @APIResponse(
      responseCode = "201",
      description = "Published",
      content = @Content(schema = @Schema(implementation = CampaignView.class)))
  @APIResponse(
      responseCode = "200",
      description = "It was published before",
      content = @Content(schema = @Schema(implementation = CampaignView.class)))
  @APIResponse(responseCode = "409", description = "campaign-taken")
  @APIResponse(responseCode = "422", description = "campaign-refused, naming the field")
  public Uni<Response> publish(
      @PathParam("campaignId") String campaignId, @NotNull @Valid CampaignTerms terms) {
    requireName("campaignId", campaignId);
    return campaigns
        .publish(campaignId, terms, caller.subject())
        .map(
            done ->
                Response.status(done.fresh() ? 201 : 200)
                    .entity(view(done.campaign(), done.alongside()))
                    .build());
  }

  private static CampaignView view(Campaigns.Campaign campaign, List<String> alongside) {
    return new CampaignView(
        campaign.campaignId(),
        campaign.terms(),
        campaign.used(),
        campaign.waiting(),
        campaign.publishedAt(),
        campaign.publishedBy(),
        alongside);
  }
}
