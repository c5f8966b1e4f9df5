package org.shanpai.rider.sos.http;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.CoordinateSystem;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.ToldPlace;
import org.shanpai.rider.sos.Alarm;
import org.shanpai.rider.sos.Alarms;

/** A rider calls for help. */
@Path("/v1/rider/sos")
@Tag(name = "SOS", description = "Calls for help.")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.RIDER)
public class SosResource {

  private final Alarms alarms;
  private final CurrentCaller caller;

  public SosResource(Alarms alarms, CurrentCaller caller) {
    this.alarms = alarms;
    this.caller = caller;
  }

  /** All of it may be missing: pressing the button is enough. */
  @Schema(name = "SosCall")
  public record Call(
      @Schema(description = "The system of the place; needed with one")
          CoordinateSystem coordinateSystem,
      @Schema(description = "Where the phone thinks it is") ToldPlace place,
      @Size(max = 500) @Schema(examples = "摔车了，腿动不了") String words) {

    GeoPoint told() {
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

  /** The alarm that is not over; nothing in it when there is none. */
  @Schema(name = "PresentSos")
  public record Present(Alarm alarm) {}

  @POST
  @Operation(
      summary = "Call for help",
      description =
          "At the control room at once, with the last place known for certain and what is in hand."
              + " Pressed again while it is not over, it brings the same alarm up to date; `sos` on"
              + " the stream says when somebody has seen it.")
  @APIResponse(
      responseCode = "200",
      description = "Raised, now or before",
      content = @Content(schema = @Schema(implementation = Alarm.class)))
  public Uni<Alarm> raise(@NotNull @Valid Call call) {
    return alarms.raise(caller.subject(), call.told(), call.words());
  }

  @GET
  @Operation(summary = "Your call for help that is not over")
  public Uni<Present> present() {
    return alarms.present(caller.subject()).map(Present::new);
  }
}
