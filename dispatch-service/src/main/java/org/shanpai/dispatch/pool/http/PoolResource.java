package org.shanpai.dispatch.pool.http;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
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
import org.shanpai.dispatch.pool.PoolRules;
import org.shanpai.dispatch.pool.PoolSetting;
import org.shanpai.dispatch.pool.Pools;
import org.shanpai.messaging.Tx;

/** The rules of the pools, as data. */
@Path("/v1/pools")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Pools", description = "DEDICATED 专送, CROWDSOURCED 众包, PREFERRED 优选.")
public class PoolResource {

  private static final String EXAMPLE =
      "{\"autoAccept\":false,\"declineNeedsReason\":false,\"offerSeconds\":30,"
          + "\"unansweredBeforePause\":3,\"pauseSeconds\":600,\"mayGrab\":true,"
          + "\"reachMetres\":1500,\"neighbourReachMetres\":3000,\"carryCap\":8,"
          + "\"newcomerCarryCap\":3,\"newcomerDays\":14,\"payStepFen\":100}";

  private final Tx tx;
  private final Pools pools;
  private final PoolSetting setting;
  private final CurrentCaller caller;

  public PoolResource(Tx tx, Pools pools, PoolSetting setting, CurrentCaller caller) {
    this.tx = tx;
    this.pools = pools;
    this.setting = setting;
    this.caller = caller;
  }

  @GET
  @RolesAllowed({Roles.VIEWER, Roles.DISPATCHER, Roles.STATION_MANAGER, Roles.MANAGER})
  @Operation(summary = "The rules of every pool of this city")
  public Uni<Map<String, PoolRules>> all() {
    return tx.read(pools::all);
  }

  @PUT
  @Path("/{pool}")
  @RolesAllowed(Roles.MANAGER)
  @Operation(summary = "Change the rules of a pool from now on; offers already made keep theirs")
  @RequestBody(
      content =
          @Content(
              schema = @Schema(implementation = PoolRules.class),
              examples = @ExampleObject(name = "crowdsourced", value = EXAMPLE)))
  @APIResponse(responseCode = "200", description = "As wished from the next wave on")
  @APIResponse(responseCode = "404", description = "No such pool")
  public Uni<PoolRules> put(
      @Parameter(example = "CROWDSOURCED") @PathParam("pool") String pool,
      @NotNull @Valid PoolRules rules) {
    if (!Pools.NAMES.contains(pool)) {
      throw Problem.notFound("pool " + pool + "; there are " + Pools.NAMES);
    }
    return setting.change(pool, rules, caller.subject()).replaceWith(rules);
  }
}
