package org.shanpai.dispatch.job.http;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.dispatch.job.Patience;
import org.shanpai.dispatch.job.Patiences;
import org.shanpai.messaging.Tx;

/** When what is done about a job that nobody takes. */
@Path("/v1/patience")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Patience", description = "Steps for a job that nobody takes.")
public class PatienceResource {

  private static final String EXAMPLE =
      "{\"payStepSeconds\":120,\"neighboursSeconds\":240,"
          + "\"operatorSeconds\":360,\"freeCancelSeconds\":600}";

  private final Tx tx;
  private final Patiences patiences;
  private final CurrentCaller caller;

  public PatienceResource(Tx tx, Patiences patiences, CurrentCaller caller) {
    this.tx = tx;
    this.patiences = patiences;
    this.caller = caller;
  }

  @GET
  @RolesAllowed({Roles.VIEWER, Roles.DISPATCHER, Roles.STATION_MANAGER, Roles.MANAGER})
  @Operation(summary = "After how many seconds which step is taken")
  public Uni<Patience> get() {
    return tx.read(patiences::present);
  }

  @PUT
  @RolesAllowed(Roles.MANAGER)
  @Operation(summary = "Change it for the whole city; steps that were taken stay taken")
  @RequestBody(
      content =
          @Content(
              schema = @Schema(implementation = Patience.class),
              examples = @ExampleObject(name = "usual", value = EXAMPLE)))
  @APIResponse(responseCode = "200", description = "As wished from now on")
  @APIResponse(responseCode = "422", description = "A step would come before the one it follows")
  public Uni<Patience> put(@NotNull @Valid Patience wish) {
    wish.requireInOrder();
    return tx.write(() -> patiences.set(wish, caller.subject())).replaceWith(wish);
  }
}
