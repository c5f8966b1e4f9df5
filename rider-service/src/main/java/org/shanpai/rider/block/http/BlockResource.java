package org.shanpai.rider.block.http;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.rider.block.CustomerBlock;
import org.shanpai.rider.block.CustomerBlocks;

/** Customers whose orders a rider does not want any more. */
@Path("/v1/rider/blocks")
@Tag(name = "Blocks", description = "No more orders of a customer (拉黑顾客).")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.RIDER)
public class BlockResource {

  private final CustomerBlocks blocks;
  private final CurrentCaller caller;

  public BlockResource(CustomerBlocks blocks, CurrentCaller caller) {
    this.blocks = blocks;
    this.caller = caller;
  }

  /** What happened; for the rider's own list, and for nobody else. */
  @Schema(name = "BlockBody")
  public record Body(
      @NotNull @Schema(examples = "ABUSE", required = true) CustomerBlock.Reason reason) {}

  /** The newest first. */
  @Schema(name = "BlockList")
  public record Blocks(List<CustomerBlock> blocks) {}

  @GET
  @Operation(
      summary = "Whom you block: by order and day, never by name",
      description = "Blocks that stand. A block ends by itself, or earlier with the order's data.")
  public Uni<Blocks> list() {
    return blocks.list(caller.subject()).map(Blocks::new);
  }

  @PUT
  @Path("/{jobId}")
  @Operation(
      summary = "No more orders of this job's customer",
      description =
          "A job you have, or carried to its end in the last 7 days. You are offered no order of"
              + " that customer in a wave, in the hall or by a hand-over; what is offered just now"
              + " is taken back. It is no decline, costs no points, and the customer is never"
              + " told. What you have in hand stays yours.")
  @APIResponse(
      responseCode = "200",
      description = "It stands",
      content = @Content(schema = @Schema(implementation = CustomerBlock.class)))
  @APIResponse(responseCode = "404", description = "No job of yours")
  @APIResponse(responseCode = "409", description = "too-late, too-many-blocks")
  public Uni<CustomerBlock> put(@PathParam("jobId") String jobId, @NotNull @Valid Body body) {
    return blocks.put(caller.subject(), jobId, body.reason());
  }

  @DELETE
  @Path("/{jobId}")
  @Consumes(MediaType.WILDCARD)
  @Operation(summary = "Take their orders again")
  @APIResponse(responseCode = "204", description = "Lifted, now or before")
  @APIResponse(responseCode = "404", description = "You never blocked this job's customer")
  public Uni<Void> lift(@PathParam("jobId") String jobId) {
    return blocks.lift(caller.subject(), jobId);
  }
}
