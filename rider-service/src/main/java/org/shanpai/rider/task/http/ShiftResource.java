package org.shanpai.rider.task.http;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.IdSource;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.CoordinateSystem;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.ToldPlace;
import org.shanpai.rider.task.remote.Dispatch;

/** Going online and offline, and what is in hand. */
@Path("/v1/rider")
@Tag(name = "Shift")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.RIDER)
public class ShiftResource {

  private final Dispatch dispatch;
  private final CurrentCaller caller;
  private final IdSource ids;

  public ShiftResource(Dispatch dispatch, CurrentCaller caller, IdSource ids) {
    this.dispatch = dispatch;
    this.caller = caller;
    this.ids = ids;
  }

  /**
   * @param coordinateSystem the system of the place; needed with one
   * @param place where the rider starts; null when the phone does not know
   */
  public record Shift(
      @NotNull @Schema(examples = "true") Boolean online,
      @Schema(description = "The system of the place; needed with one")
          CoordinateSystem coordinateSystem,
      @Schema(description = "Degrees in the system named") ToldPlace place) {

    GeoPoint start() {
      if (place == null) {
        return null;
      }
      if (coordinateSystem == null) {
        throw Problem.badRequest(
            "coordinateSystem", "coordinateSystem " + CoordinateSystem.MUST_BE_NAMED + ".");
      }
      return place.in(coordinateSystem);
    }
  }

  @PUT
  @Path("/shift")
  @Operation(
      summary = "Go online or offline",
      description =
          "Going offline costs nothing; orders in hand are to be finished. The same again changes"
              + " nothing. 503 with Retry-After while dispatch does not answer.")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = TaskAnswer.class)))
  @APIResponse(responseCode = "409", description = "`rider-unknown`: just onboarded; try again")
  @APIResponse(responseCode = "503", description = "Try again after Retry-After")
  public Uni<String> shift(
      @HeaderParam("Idempotency-Key") String key, @NotNull @Valid Shift shift) {
    String rider = caller.subject();
    String passed = key == null ? ids.next("shift") : ActionKey.of(rider, key);
    return dispatch.online(rider, passed, shift.online(), shift.start());
  }

  @GET
  @Path("/work")
  @Operation(summary = "Jobs in hand and the route, as dispatch knows them now")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = TaskAnswer.class)))
  @APIResponse(responseCode = "404", description = "Just onboarded: dispatch has not heard yet")
  @APIResponse(responseCode = "503", description = "Try again after Retry-After")
  public Uni<String> work() {
    return dispatch.work(caller.subject());
  }
}
