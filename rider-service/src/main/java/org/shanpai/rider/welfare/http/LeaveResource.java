package org.shanpai.rider.welfare.http;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.LocalDate;
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
import org.shanpai.messaging.Idempotency;
import org.shanpai.messaging.Tx;
import org.shanpai.rider.welfare.Leaves;

/** A rider's family and harvest leave. */
@Path("/v1/rider/leave")
@Tag(name = "Welfare", description = "Leave (家庭假, 农忙假) and the social-insurance subsidy.")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.RIDER)
public class LeaveResource {

  private final Leaves leaves;
  private final Idempotency idempotency;
  private final CurrentCaller caller;
  private final Tx tx;

  public LeaveResource(Leaves leaves, Idempotency idempotency, CurrentCaller caller, Tx tx) {
    this.leaves = leaves;
    this.idempotency = idempotency;
    this.caller = caller;
    this.tx = tx;
  }

  /**
   * @param firstDay included, today at the earliest
   * @param lastDay included, 60 days at most
   * @param words for who decides; null for none
   */
  @Schema(name = "LeaveRequest")
  public record LeaveBody(
      @NotNull @Schema(examples = "FAMILY", required = true) Leaves.Kind kind,
      @NotNull @Schema(examples = "2099-02-01", required = true) LocalDate firstDay,
      @NotNull @Schema(examples = "2099-02-07", required = true) LocalDate lastDay,
      @Size(max = 300) @Schema(examples = "回家看孩子") String words) {}

  /** The newest first. */
  @Schema(name = "LeaveList")
  public record LeaveList(List<Leaves.Leave> leave) {}

  @POST
  @Operation(
      summary = "Ask for leave",
      description =
          "Granted leave freezes the weeks of campaigns and counts for the social-insurance"
              + " subsidy. Neither asking nor leave ever costs points.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = LeaveBody.class),
              examples =
                  @ExampleObject(
                      name = "leave",
                      value =
                          "{\"kind\": \"FAMILY\", \"firstDay\": \"2099-02-01\", \"lastDay\": \"20"
                              + "99-02-07\", \"words\": \"回家看孩子\"}")))
  @APIResponse(
      responseCode = "201",
      description = "Asked",
      content = @Content(schema = @Schema(implementation = Leaves.Leave.class)))
  @APIResponse(responseCode = "409", description = "leave-overlaps, too-many-asked")
  @APIResponse(responseCode = "422", description = "leave-refused, naming the field")
  public Uni<Response> ask(
      @HeaderParam("Idempotency-Key") String key, @NotNull @Valid LeaveBody body) {
    String rider = caller.subject();
    return idempotency
        .once(
            rider + "/leave",
            key,
            body,
            () ->
                leaves
                    .ask(rider, body.kind(), body.firstDay(), body.lastDay(), body.words())
                    .map(asked -> new Idempotency.Answer(201, asked)))
        .map(Idempotency.Answer::toResponse);
  }

  @GET
  @Operation(summary = "My leave, the newest first")
  public Uni<LeaveList> mine() {
    String rider = caller.subject();
    return tx.read(() -> leaves.of(rider)).map(LeaveList::new);
  }

  @PUT
  @Path("/{leaveId}/withdrawal")
  @Consumes(MediaType.WILDCARD)
  @Operation(summary = "Take a request back that nobody has decided")
  @APIResponse(
      responseCode = "200",
      description = "Withdrawn",
      content = @Content(schema = @Schema(implementation = Leaves.Leave.class)))
  @APIResponse(responseCode = "409", description = "leave-decided")
  public Uni<Leaves.Leave> withdraw(@PathParam("leaveId") String leaveId) {
    return leaves.withdraw(leaveId, caller.subject());
  }
}
