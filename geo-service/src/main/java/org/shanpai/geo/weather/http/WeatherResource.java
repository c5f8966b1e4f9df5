package org.shanpai.geo.weather.http;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
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
import org.shanpai.chassis.City;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.chassis.problem.ProblemBody;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.event.WeatherAlert;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.geo.area.Areas;
import org.shanpai.geo.http.Parameters;
import org.shanpai.geo.weather.WeatherBoard;
import org.shanpai.geo.weather.WeatherRegister;
import org.shanpai.geo.weather.WeatherWish;

/** The weather of an area. */
@Path("/v1/areas/{areaId}/weather")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "weather")
public class WeatherResource {

  private static final String ORANGE =
      "{\"areaId\":\"a-core\",\"cityId\":\"city-1\",\"version\":2,\"level\":\"ORANGE\","
          + "\"travelFactor\":1.25,\"promiseExtraSeconds\":600,\"from\":\"2026-11-22T04:00:05Z\","
          + "\"setBy\":\"u-3\"}";

  private final WeatherBoard board;
  private final WeatherRegister register;
  private final Areas areas;
  private final City city;
  private final CityClock clock;
  private final CurrentCaller caller;

  public WeatherResource(
      WeatherBoard board,
      WeatherRegister register,
      Areas areas,
      City city,
      CityClock clock,
      CurrentCaller caller) {
    this.board = board;
    this.register = register;
    this.areas = areas;
    this.city = city;
    this.clock = clock;
    this.caller = caller;
  }

  @GET
  @RolesAllowed({
    Roles.VIEWER,
    Roles.DISPATCHER,
    Roles.STATION_MANAGER,
    Roles.MANAGER,
    Roles.SERVICE
  })
  @Operation(
      summary = "The weather set for an area",
      description = "Level NONE with version 0 when nobody ever set one.")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = WeatherAlert.class),
              examples = @ExampleObject(name = "rain", value = ORANGE)))
  public Uni<WeatherAlert> get(@Parameter(example = "a-core") @PathParam("areaId") String areaId) {
    AreaId id = Parameters.areaId(areaId);
    if (!areas.knows(id)) {
      throw Problem.notFound("area " + areaId);
    }
    WeatherAlert alert = board.find(id);
    return Uni.createFrom()
        .item(
            alert != null
                ? alert
                : new WeatherAlert(
                    id, city.id(), 0, WeatherAlert.Level.NONE, 1, 0, clock.now(), "nobody"));
  }

  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed({Roles.DISPATCHER, Roles.MANAGER})
  @Operation(
      summary = "Set the weather of an area, from now on",
      description =
          "What is left out follows from the level. RED pauses dispatch; ORANGE and RED exempt riders"
              + " from late entries. Travel times of the area are multiplied with travelFactor.")
  @RequestBody(
      content =
          @Content(
              examples =
                  @ExampleObject(
                      name = "rain",
                      value =
                          "{\"level\":\"ORANGE\",\"travelFactor\":1.25,\"promiseExtraSeconds\":600}")))
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = WeatherAlert.class),
              examples = @ExampleObject(name = "rain", value = ORANGE)))
  @APIResponse(
      responseCode = "422",
      description = "A number out of range",
      content =
          @Content(
              mediaType = ProblemBody.MEDIA_TYPE,
              schema = @Schema(implementation = ProblemBody.class)))
  public Uni<WeatherAlert> put(
      @Parameter(example = "a-core") @PathParam("areaId") String areaId,
      @NotNull WeatherWish wish) {
    return register.put(Parameters.areaId(areaId), wish.complete(), caller.subject());
  }
}
