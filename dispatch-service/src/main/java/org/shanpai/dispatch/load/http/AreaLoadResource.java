package org.shanpai.dispatch.load.http;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.dispatch.load.AreaLoad;
import org.shanpai.dispatch.load.AreaLoads;

/** How busy an area is, for order-service's quotes. */
@Path("/internal/v1/areas/{areaId}/load")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.SERVICE)
@Tag(name = "Areas (internal)", description = "For order-service.")
public class AreaLoadResource {

  private static final String EXAMPLE =
      "{\"areaId\":\"a-core\",\"openJobs\":14,\"ridersOnline\":31,\"load\":0.62,"
          + "\"acceptP50Seconds\":41,\"acceptP80Seconds\":95,\"samples\":212}";

  private final AreaLoads loads;

  public AreaLoadResource(AreaLoads loads) {
    this.loads = loads;
  }

  @GET
  @Operation(
      summary = "How busy an area is",
      description =
          "load: rider-minutes that the open jobs need in the next 30 minutes, divided by those"
              + " available; above 0.85 tight, above 1 overloaded. Up to one second old.")
  @APIResponse(
      responseCode = "200",
      description = "As of now",
      content =
          @Content(
              schema = @Schema(implementation = AreaLoad.class),
              examples = @ExampleObject(name = "load", value = EXAMPLE)))
  @APIResponse(responseCode = "404", description = "Nobody has told of this area")
  public Uni<AreaLoad> load(@Parameter(example = "a-core") @PathParam("areaId") String areaId) {
    return loads
        .of(areaId)
        .map(
            load -> {
              if (load == null) {
                throw Problem.notFound("area " + areaId);
              }
              return load;
            });
  }
}
