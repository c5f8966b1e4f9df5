package org.shanpai.rider.station.http;

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
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.rider.station.Station;
import org.shanpai.rider.station.Stations;

/** Stations and their riders. */
@Path("/v1/stations")
@Tag(name = "Stations", description = "Stations (站点), their people and their riders.")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class StationResource {

  private final Stations stations;
  private final CurrentCaller caller;

  public StationResource(Stations stations, CurrentCaller caller) {
    this.stations = stations;
    this.caller = caller;
  }

  /** All of them. */
  public record StationList(List<Stations.Named> stations) {}

  @GET
  @RolesAllowed({Roles.VIEWER, Roles.DISPATCHER, Roles.STATION_MANAGER, Roles.MANAGER})
  @Operation(summary = "Every station with its areas and people")
  public Uni<StationList> list() {
    return stations.list().map(StationList::new);
  }

  @PUT
  @Path("/{stationId}")
  @RolesAllowed(Roles.MANAGER)
  @Operation(
      summary = "Set up or change a station",
      description = "Its people (station managers, lead riders) act for its riders only.")
  @APIResponse(responseCode = "204", description = "As written")
  public Uni<Void> put(@PathParam("stationId") String stationId, @NotNull @Valid Station station) {
    if (!stationId.matches("[A-Za-z0-9._:-]{1,64}")) {
      throw Problem.badRequest(
          "stationId", "stationId must be 1 to 64 letters, digits or any of . _ : -.");
    }
    return stations.put(stationId, station, caller.subject());
  }

  @PUT
  @Path("/{stationId}/riders/{riderId}")
  @Consumes(MediaType.WILDCARD)
  @RolesAllowed(Roles.MANAGER)
  @Operation(summary = "Put a rider into the station, out of the one before")
  @APIResponse(responseCode = "204", description = "The rider is in it")
  @APIResponse(responseCode = "404", description = "No such station or rider")
  public Uni<Void> join(
      @PathParam("stationId") String stationId, @PathParam("riderId") String riderId) {
    return stations.join(stationId, riderId);
  }

  @DELETE
  @Path("/{stationId}/riders/{riderId}")
  @Consumes(MediaType.WILDCARD)
  @RolesAllowed(Roles.MANAGER)
  @Operation(summary = "Take a rider out of the station")
  @APIResponse(responseCode = "204", description = "The rider is not in it")
  public Uni<Void> leave(
      @PathParam("stationId") String stationId, @PathParam("riderId") String riderId) {
    return stations.leave(stationId, riderId);
  }
}
