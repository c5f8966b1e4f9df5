package org.shanpai.dispatch.area.http;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
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
import org.shanpai.contracts.time.CityClock;
import org.shanpai.dispatch.area.Alarm;
import org.shanpai.dispatch.area.AreaMode;
import org.shanpai.dispatch.area.Areas;
import org.shanpai.messaging.Tx;

/** Assign, grab or both: by area. */
@Path("/v1/areas/{areaId}/mode")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Modes", description = "How jobs of an area find their riders.")
public class AreaModeResource {

  /**
   * How an area works.
   *
   * @param hallSeconds how long a job of a mixed area waits in the hall, city seconds; null for the
   *     default
   */
  public record Mode(
      @NotNull @Schema(examples = "MIXED") AreaMode mode,
      @Min(0) @Max(3600) @Schema(examples = "120") Integer hallSeconds) {}

  private final Tx tx;
  private final Areas areas;
  private final Alarm alarm;
  private final CityClock clock;
  private final CurrentCaller caller;

  public AreaModeResource(Tx tx, Areas areas, Alarm alarm, CityClock clock, CurrentCaller caller) {
    this.tx = tx;
    this.areas = areas;
    this.alarm = alarm;
    this.clock = clock;
    this.caller = caller;
  }

  @GET
  @RolesAllowed({Roles.VIEWER, Roles.DISPATCHER, Roles.STATION_MANAGER, Roles.MANAGER})
  @Operation(summary = "How jobs of the area find their riders")
  @APIResponse(
      responseCode = "200",
      description = "As it works now",
      content = @Content(schema = @Schema(implementation = Mode.class)))
  @APIResponse(responseCode = "404", description = "No such area")
  public Uni<Mode> get(@Parameter(example = "a-core") @PathParam("areaId") String areaId) {
    return tx.read(() -> require(areaId).chain(() -> areas.standing(areaId)))
        .map(standing -> new Mode(standing.mode(), standing.hallSeconds()));
  }

  @PUT
  @RolesAllowed({Roles.STATION_MANAGER, Roles.MANAGER})
  @Operation(
      summary = "Change it",
      description =
          "ASSIGN: dispatch offers. GRAB: riders in reach take jobs from the hall. MIXED: jobs wait"
              + " in the hall for hallSeconds; what endangers its promise is offered at once. Jobs"
              + " on offer or in hand are not touched.")
  @RequestBody(
      content =
          @Content(
              schema = @Schema(implementation = Mode.class),
              examples =
                  @ExampleObject(
                      name = "mixed",
                      value = "{\"mode\":\"MIXED\",\"hallSeconds\":120}")))
  @APIResponse(responseCode = "200", description = "As wished from now on")
  @APIResponse(responseCode = "404", description = "No such area")
  public Uni<Mode> put(@PathParam("areaId") String areaId, @NotNull @Valid Mode wish) {
    int hall = wish.hallSeconds() == null ? Areas.HALL_SECONDS : wish.hallSeconds();
    return tx.write(
        () ->
            require(areaId)
                .invoke(() -> tx.afterCommit(() -> alarm.raise(areaId)))
                .chain(
                    () -> areas.setMode(areaId, wish.mode(), hall, caller.subject(), clock.now()))
                .replaceWith(new Mode(wish.mode(), hall)));
  }

  private Uni<Void> require(String areaId) {
    return areas
        .known(areaId)
        .invoke(
            known -> {
              if (!known) {
                throw Problem.notFound("area " + areaId);
              }
            })
        .replaceWithVoid();
  }
}
