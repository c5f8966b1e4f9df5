package org.shanpai.rider.welfare.http;

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
import org.shanpai.rider.welfare.SchemeTerms;
import org.shanpai.rider.welfare.WelfareSchemes;

/** Schemes of the social-insurance subsidy, for those who publish them. */
@Path("/v1/welfare-schemes")
@Tag(name = "Welfare", description = "Leave (家庭假, 农忙假) and the social-insurance subsidy.")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class WelfareSchemeResource {

  private static final String SCHEME =
      """
      {"fromMonth": "2099-02", "minDays": 5, "minOrders": 60, "leaveCounts": true,
       "steps": [{"weeks": 2, "amountFen": 10000}, {"weeks": 3, "amountFen": 20000},
                 {"weeks": 4, "amountFen": 30000}]}
      """;

  private final WelfareSchemes schemes;
  private final CurrentCaller caller;

  WelfareSchemeResource(WelfareSchemes schemes, CurrentCaller caller) {
    this.schemes = schemes;
    this.caller = caller;
  }

  /** The newest month first. */
  @Schema(name = "WelfareSchemeList")
  public record SchemeList(List<WelfareSchemes.Published> schemes) {}

  @GET
  @RolesAllowed({Roles.VIEWER, Roles.DISPATCHER, Roles.STATION_MANAGER, Roles.MANAGER})
  @Operation(summary = "Schemes of the subsidy, each from its month on, the newest first")
  public Uni<SchemeList> list(
      @QueryParam("limit") @DefaultValue("24") @Min(1) @Max(200) int limit) {
    return schemes.list(limit).map(SchemeList::new);
  }

  @PUT
  @Path("/{schemeId}")
  @RolesAllowed(Roles.MANAGER)
  @Operation(
      summary = "Publish a scheme before its first month",
      description =
          "It holds until the month another one begins with. What is published never changes. The"
              + " same again changes nothing.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = SchemeTerms.class),
              examples = @ExampleObject(name = "scheme", value = SCHEME)))
  @APIResponse(
      responseCode = "201",
      description = "Published",
      content = @Content(schema = @Schema(implementation = WelfareSchemes.Published.class)))
  @APIResponse(
      responseCode = "200",
      description = "It was published before",
      content = @Content(schema = @Schema(implementation = WelfareSchemes.Published.class)))
  @APIResponse(
      responseCode = "409",
      description = "scheme-taken; scheme-overlaps: another one begins with that month")
  @APIResponse(responseCode = "422", description = "scheme-refused, naming the field")
  public Uni<Response> publish(
      @PathParam("schemeId") String schemeId, @NotNull @Valid SchemeTerms terms) {
    if (!schemeId.matches("[A-Za-z0-9._:-]{1,64}")) {
      throw Problem.badRequest(
          "schemeId", "schemeId must be 1 to 64 letters, digits or any of . _ : -.");
    }
    return schemes
        .publish(schemeId, terms, caller.subject())
        .map(done -> Response.status(done.fresh() ? 201 : 200).entity(done.scheme()).build());
  }
}
