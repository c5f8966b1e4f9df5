package org.shanpai.rider.device.http;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.rider.device.Devices;
import org.shanpai.rider.device.Sessions;
import org.shanpai.rider.roster.Roster;
import org.shanpai.rider.station.Stations;

/** The phone an account is bound to, for those who are responsible for the rider. */
@Path("/v1/riders/{riderId}/device")
@Tag(name = "Riders")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.MANAGER, Roles.STATION_MANAGER})
public class DeviceResource {

  private final Devices devices;
  private final Sessions sessions;
  private final Roster roster;
  private final Stations stations;
  private final CurrentCaller caller;

  public DeviceResource(
      Devices devices, Sessions sessions, Roster roster, Stations stations, CurrentCaller caller) {
    this.devices = devices;
    this.sessions = sessions;
    this.roster = roster;
    this.stations = stations;
    this.caller = caller;
  }

  /**
   * @param reason why; kept for good with the name of whoever released it
   */
  public record Release(@NotBlank @Size(max = 200) @Schema(examples = "手机损坏，换新机") String reason) {}

  /**
   * @param boundAt city time; null, as all of the phone, when none is bound
   * @param sharedWith other accounts bound to the same phone: for people to look into
   */
  @Schema(name = "RiderDevice")
  public record View(
      @Schema(examples = "r-23") String riderId,
      boolean bound,
      @Schema(examples = "d-5f0e8a1b2c3d4e5f") String deviceId,
      @Schema(examples = "Mi 11") String deviceName,
      Instant boundAt,
      List<String> sharedWith,
      List<Devices.Event> log) {}

  @GET
  @Operation(summary = "The rider's phone, and everything that happened to the binding")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = View.class)))
  @APIResponse(responseCode = "404", description = "No such rider in your station")
  public Uni<View> device(@PathParam("riderId") String riderId) {
    return stations
        .requireReach(caller, riderId)
        .chain(() -> roster.getProfile(riderId))
        .chain(() -> view(riderId));
  }

  @POST
  @Path("/release")
  @Operation(
      summary = "Let go of the rider's phone, because it died or was lost",
      description =
          "The rider's sessions end and the line is hung up; the next phone that signs in with the"
              + " rider's secret is bound. A lost phone: renew the secret, too. Without a phone"
              + " bound nothing changes.")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = View.class)))
  @APIResponse(responseCode = "404", description = "No such rider in your station")
  public Uni<View> release(@PathParam("riderId") String riderId, @NotNull @Valid Release release) {
    String operator = caller.subject();
    return stations
        .requireReach(caller, riderId)
        .chain(() -> sessions.releaseDevice(riderId, operator, release.reason()))
        .chain(() -> view(riderId));
  }

  private Uni<View> view(String riderId) {
    return devices
        .find(riderId)
        .chain(
            bound ->
                devices
                    .sharedWith(riderId)
                    .chain(
                        shared ->
                            devices
                                .events(riderId)
                                .map(
                                    log ->
                                        new View(
                                            riderId,
                                            bound != null,
                                            bound == null ? null : bound.deviceId(),
                                            bound == null ? null : bound.name(),
                                            bound == null ? null : bound.boundAt(),
                                            shared,
                                            log))));
  }
}
