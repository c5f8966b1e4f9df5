package org.shanpai.rider.way.http;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.rider.task.remote.Geo;

/** Ways and streets, to be drawn and ridden. */
@Path("/v1/rider/map")
@Tag(name = "Way")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.RIDER)
@APIResponse(responseCode = "400", description = "A place or a corner that is none")
@APIResponse(responseCode = "503", description = "Try again after Retry-After")
public class MapResource {

  private final Geo geo;
  private final CurrentCaller caller;

  public MapResource(Geo geo, CurrentCaller caller) {
    this.geo = geo;
    this.caller = caller;
  }

  /**
   * A way as geo-service plans it.
   *
   * @param seconds city seconds that plans count on
   * @param onStreets false: a straight line for want of a street file
   */
  @Schema(name = "RiderWay")
  public record Way(
      List<GeoPoint> points,
      @Schema(examples = "305") int metres,
      @Schema(examples = "74") int seconds,
      boolean onStreets,
      @Schema(examples = "14") int offStreetMetres) {}

  /**
   * @param line lat, lon, lat, lon …, WGS-84
   */
  @Schema(name = "RiderStreet")
  public record Street(
      @Schema(examples = "residential") String kind,
      @Schema(examples = "[31.2304, 121.4737, 31.2311, 121.4738]") List<Double> line) {}

  /**
   * @param complete false when there are more than are told
   */
  @Schema(name = "RiderStreets")
  public record Streets(
      @Schema(examples = "a1b2c3d4e5f6-7") String version,
      boolean complete,
      List<Street> streets) {}

  @GET
  @Path("/route")
  @Operation(summary = "The way an e-bike would take, with the time plans count on")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Way.class)))
  @APIResponse(responseCode = "404", description = "There is no way")
  public Uni<String> route(
      @Parameter(required = true, description = "WGS-84, GCJ-02 or BD-09", example = "WGS-84")
          @QueryParam("coordinateSystem")
          String system,
      @Parameter(required = true, description = "lat,lon", example = "31.2304,121.4737")
          @QueryParam("from")
          String from,
      @Parameter(required = true, description = "lat,lon", example = "31.2331,121.4739")
          @QueryParam("to")
          String to) {
    return geo.route(caller.subject(), system, from, to);
  }

  @GET
  @Path("/streets")
  @Operation(
      summary = "The streets of a part of the city, main roads first",
      description = "At most 800. Without a street file there are none.")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Streets.class)))
  public Uni<String> streets(
      @Parameter(required = true, description = "WGS-84, GCJ-02 or BD-09", example = "WGS-84")
          @QueryParam("coordinateSystem")
          String system,
      @Parameter(required = true, example = "31.22") @QueryParam("south") String south,
      @Parameter(required = true, example = "121.46") @QueryParam("west") String west,
      @Parameter(required = true, example = "31.24") @QueryParam("north") String north,
      @Parameter(required = true, example = "121.48") @QueryParam("east") String east) {
    return geo.streets(caller.subject(), system, south, west, north, east);
  }
}
