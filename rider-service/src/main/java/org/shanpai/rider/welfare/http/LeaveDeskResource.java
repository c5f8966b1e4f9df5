package org.shanpai.rider.welfare.http;

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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.messaging.Tx;
import org.shanpai.rider.station.Stations;
import org.shanpai.rider.welfare.Leaves;

/** The desk that grants leave. Station managers decide for their own riders. */
@Path("/v1/leave-requests")
@Tag(name = "Welfare", description = "Leave (家庭假, 农忙假) and the social-insurance subsidy.")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class LeaveDeskResource {

  private final Leaves leaves;
  private final Stations stations;
  private final CurrentCaller caller;
  private final Tx tx;

  public LeaveDeskResource(Leaves leaves, Stations stations, CurrentCaller caller, Tx tx) {
    this.leaves = leaves;
    this.stations = stations;
    this.caller = caller;
    this.tx = tx;
  }

  /**
   * @param reasons in words; the rider reads them
   */
  @Schema(name = "LeaveDecision")
  public record DecisionBody(
      @NotNull @Schema(examples = "true", required = true) Boolean granted,
      @NotBlank @Size(max = 500) @Schema(examples = "一路平安", required = true) String reasons) {}

  @GET
  @RolesAllowed(Roles.MANAGER)
  @Operation(summary = "Leave that was asked for, the oldest first")
  public Uni<LeaveResource.LeaveList> asked(
      @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(500) int limit) {
    return leaves.asked(limit).map(LeaveResource.LeaveList::new);
  }

  @PUT
  @Path("/{leaveId}/decision")
  @RolesAllowed({Roles.MANAGER, Roles.STATION_MANAGER})
  @Operation(
      summary = "Grant or refuse leave by name, with reasons",
      description = "The same again changes nothing.")
  @APIResponse(
      responseCode = "200",
      description = "Decided",
      content = @Content(schema = @Schema(implementation = Leaves.Leave.class)))
  @APIResponse(responseCode = "409", description = "leave-decided: otherwise before, or withdrawn")
  public Uni<Leaves.Leave> decide(
      @PathParam("leaveId") String leaveId, @NotNull @Valid DecisionBody body) {
    String operator = caller.subject();
    return tx.read(() -> leaves.get(leaveId))
        .call(found -> stations.requireReach(caller, found.riderId()))
        .chain(() -> leaves.decide(leaveId, body.granted(), body.reasons(), operator));
  }
}
