package org.shanpai.geo.travel.http;

import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
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
import org.shanpai.chassis.problem.ProblemBody;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.geo.area.AreaShape;
import org.shanpai.geo.area.Areas;
import org.shanpai.geo.http.Parameters;
import org.shanpai.geo.travel.PlannedTimes;
import org.shanpai.geo.travel.Way;
import org.shanpai.geo.weather.WeatherBoard;

/** One way, to be drawn. */
@Path("/v1/route")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "travel")
public class RouteResource {

  private final PlannedTimes plannedTimes;
  private final Areas areas;
  private final WeatherBoard weather;
  private final CityClock clock;

  public RouteResource(
      PlannedTimes plannedTimes, Areas areas, WeatherBoard weather, CityClock clock) {
    this.plannedTimes = plannedTimes;
    this.areas = areas;
    this.weather = weather;
    this.clock = clock;
  }

  @GET
  @Blocking
  @RolesAllowed({
    Roles.RIDER,
    Roles.VIEWER,
    Roles.DISPATCHER,
    Roles.STATION_MANAGER,
    Roles.MANAGER,
    Roles.SERVICE
  })
  @Operation(
      summary = "The way an e-bike would take, with the time plans count on",
      description =
          "Along streets when there is a street file, else a straight line (onStreets false). The"
              + " weather of the area it starts in counts. Points are WGS-84.")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = Way.class),
              examples =
                  @ExampleObject(
                      name = "two blocks",
                      value =
                          "{\"points\":[{\"lat\":31.2304,\"lon\":121.4737},{\"lat\":31.2305,\"lon\":121.4738},"
                              + "{\"lat\":31.2331,\"lon\":121.4739}],\"metres\":305,\"seconds\":74,"
                              + "\"onStreets\":true,\"offStreetMetres\":14}")))
  @APIResponse(
      responseCode = "400",
      description = "A place that is missing or none, or no coordinateSystem",
      content =
          @Content(
              mediaType = ProblemBody.MEDIA_TYPE,
              schema = @Schema(implementation = ProblemBody.class)))
  @APIResponse(
      responseCode = "404",
      description = "There is no way",
      content =
          @Content(
              mediaType = ProblemBody.MEDIA_TYPE,
              schema = @Schema(implementation = ProblemBody.class)))
  public Way route(
      @Parameter(required = true, description = "lat,lon", example = "31.2304,121.4737")
          @QueryParam("from")
          String from,
      @Parameter(required = true, description = "lat,lon", example = "31.2331,121.4739")
          @QueryParam("to")
          String to,
      @Parameter(required = true, description = "WGS-84, GCJ-02 or BD-09", example = "WGS-84")
          @QueryParam("coordinateSystem")
          String coordinateSystem) {
    GeoPoint start = place("from", from, coordinateSystem);
    GeoPoint end = place("to", to, coordinateSystem);
    AreaShape area = areas.map().at(start);
    double factor = area == null ? 1 : weather.travelFactor(area.area().areaId());
    Way way = plannedTimes.way(start, end, factor, clock.now());
    if (way == null) {
      throw Problem.notFound("way from %s to %s".formatted(from, to));
    }
    return way;
  }

  private static GeoPoint place(String name, String text, String coordinateSystem) {
    if (text == null || text.isBlank()) {
      throw Problem.badRequest(name, name + " is missing.");
    }
    String[] parts = text.split(",", -1);
    if (parts.length != 2) {
      throw Problem.badRequest(name, name + " must be lat,lon but is '" + text + "'.");
    }
    try {
      return Parameters.place(parts[0], parts[1], coordinateSystem);
    } catch (Problem problem) {
      if ("coordinateSystem".equals(problem.field())) {
        throw problem;
      }
      throw Problem.badRequest(name, name + ": " + problem.getMessage());
    }
  }
}
