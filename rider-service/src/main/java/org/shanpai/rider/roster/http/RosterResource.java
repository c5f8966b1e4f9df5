package org.shanpai.rider.roster.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
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
import org.shanpai.contracts.RiderId;
import org.shanpai.rider.roster.RiderProfile;
import org.shanpai.rider.roster.Roster;
import org.shanpai.rider.roster.RosterImport;
import org.shanpai.rider.station.Stations;

/** Onboarding riders. */
@Path("/v1/riders")
@Tag(name = "Riders")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class RosterResource {

  private final Roster roster;
  private final RosterImport fileImport;
  private final Stations stations;
  private final CurrentCaller caller;

  public RosterResource(
      Roster roster, RosterImport fileImport, Stations stations, CurrentCaller caller) {
    this.roster = roster;
    this.fileImport = fileImport;
    this.stations = stations;
    this.caller = caller;
  }

  /**
   * @param secret for sign-in, told only when the rider is new or the secret was renewed
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record RiderAnswer(
      @Schema(examples = "r-23") String riderId,
      @Schema(examples = "2f0uHqk0m7Y2m0bJQ1…") String secret) {}

  /** A rider as operators, and the rider, see them. */
  public record RiderView(@Schema(examples = "r-23") String riderId, RiderProfile profile) {}

  @PUT
  @Path("/{riderId}")
  @RolesAllowed(Roles.MANAGER)
  @Operation(
      summary = "Onboard or change a rider",
      description = "The first time answers 201 with the sign-in secret; it is never told again.")
  @APIResponse(
      responseCode = "201",
      description = "Onboarded, with the secret",
      content = @Content(schema = @Schema(implementation = RiderAnswer.class)))
  @APIResponse(
      responseCode = "200",
      description = "The rider was known",
      content = @Content(schema = @Schema(implementation = RiderAnswer.class)))
  public Uni<Response> put(
      @PathParam("riderId") String riderId, @NotNull @Valid RiderProfile body) {
    return roster
        .put(legal(riderId), body, caller.subject())
        .map(
            done ->
                Response.status(done.outcome() == Roster.Outcome.CREATED ? 201 : 200)
                    .entity(new RiderAnswer(done.riderId(), done.secret()))
                    .build());
  }

  @GET
  @Path("/{riderId}")
  @RolesAllowed({Roles.MANAGER, Roles.STATION_MANAGER, Roles.RIDER})
  @Operation(summary = "A rider's profile; a rider sees only their own, a station its riders'")
  public Uni<RiderView> get(@PathParam("riderId") String riderId) {
    if (caller.has(Roles.RIDER) && !riderId.equals(caller.subject())) {
      throw Problem.notFound("rider " + riderId);
    }
    return stations
        .requireReach(caller, riderId)
        .chain(() -> roster.getProfile(riderId))
        .map(profile -> new RiderView(riderId, profile));
  }

  @POST
  @Path("/{riderId}/secret")
  @RolesAllowed({Roles.MANAGER, Roles.STATION_MANAGER})
  @Consumes(MediaType.WILDCARD)
  @Operation(
      summary = "A new sign-in secret for a rider whose phone was lost",
      description = "The old one is void at once. Sent again, it makes another one.")
  public Uni<RiderAnswer> renewSecret(@PathParam("riderId") String riderId) {
    return stations
        .requireReach(caller, riderId)
        .chain(() -> roster.renewSecret(riderId))
        .map(secret -> new RiderAnswer(riderId, secret));
  }

  @POST
  @Path("/import")
  @RolesAllowed(Roles.MANAGER)
  @Consumes("text/csv")
  @Operation(
      summary = "Onboard a file of riders, with a report for each line",
      description = "The same file again changes nothing and tells no secrets.")
  @RequestBody(
      content =
          @Content(
              mediaType = "text/csv",
              examples =
                  @ExampleObject(
                      name = "riders",
                      value =
                          "riderId,label,name,phone,pool,capacityUnits,equipment\n"
                              + "r-23,骑手 023,王小明,13800000023,CROWDSOURCED,8,COLD_BOX\n")))
  public Uni<RosterImport.Report> take(@NotNull String csv) {
    return fileImport.take(csv, caller.subject());
  }

  private static String legal(String riderId) {
    try {
      return RiderId.of(riderId).value();
    } catch (IllegalArgumentException illegal) {
      throw Problem.badRequest("riderId", illegal.getMessage() + ".");
    }
  }
}
