package org.shanpai.dispatch.wave.http;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.dispatch.wave.WaveLog;
import org.shanpai.messaging.Tx;

/** How the waves of an area go, for operators. */
@Path("/v1/areas")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.VIEWER, Roles.DISPATCHER, Roles.STATION_MANAGER, Roles.MANAGER})
@Tag(name = "Waves", description = "Decision rounds of an area.")
public class WaveResource {

  private final Tx tx;
  private final WaveLog log;

  public WaveResource(Tx tx, WaveLog log) {
    this.tx = tx;
    this.log = log;
  }

  @GET
  @Path("/{areaId}/wave")
  @Operation(summary = "The last wave that was solved in an area")
  @APIResponse(responseCode = "200", description = "What it was and did")
  @APIResponse(responseCode = "404", description = "None was solved there yet")
  public Uni<WaveLog.Entry> last(
      @Parameter(example = "a-core") @PathParam("areaId") String areaId) {
    return tx.read(() -> log.last(areaId))
        .map(
            entry -> {
              if (entry == null) {
                throw Problem.notFound("solved wave of area " + areaId);
              }
              return entry;
            });
  }
}
