package org.shanpai.geo.weather.http;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
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
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.event.WeatherAlert;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.geo.area.Areas;
import org.shanpai.geo.http.Parameters;
import org.shanpai.geo.weather.WeatherBoard;
import org.shanpai.geo.weather.WeatherRegister;
import org.shanpai.geo.weather.WeatherWish;
import org.shanpai.geo.weather.postgres.WeatherTable;
import org.shanpai.messaging.Tx;

/** The weather of an area. */
@Path("/v1/areas/{areaId}/weather")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "weather")
public class WeatherResource {

  private static final String ORANGE =
      "{\"areaId\":\"a-core\",\"cityId\":\"city-1\",\"version\":2,\"level\":\"ORANGE\","
          + "\"travelFactor\":1.25,\"promiseExtraSeconds\":600,\"from\":\"2026-11-22T04:00:05Z\","
          + "\"setBy\":\"u-3\",\"until\":\"2026-11-22T09:00:00Z\"}";
  private static final Duration FURTHEST_END = Duration.ofDays(14);
  private static final int HISTORY = 100;

  /**
   * The weather of an area.
   *
   * @param from city time
   * @param setBy an operator, {@code feed:…}, or nobody
   * @param until city time, when it ends by itself; null for never
   */
  @Schema(name = "AreaWeather")
  public record AreaWeather(
      AreaId areaId,
      CityId cityId,
      @Schema(examples = "2") long version,
      WeatherAlert.Level level,
      @Schema(examples = "1.25") double travelFactor,
      @Schema(examples = "600") int promiseExtraSeconds,
      Instant from,
      @Schema(examples = "u-3") String setBy,
      Instant until) {
    static AreaWeather of(WeatherAlert alert, Instant until) {
      return new AreaWeather(
          alert.areaId(),
          alert.cityId(),
          alert.version(),
          alert.level(),
          alert.travelFactor(),
          alert.promiseExtraSeconds(),
          alert.from(),
          alert.setBy(),
          until);
    }
  }

  private final WeatherBoard board;
  private final WeatherRegister register;
  private final Areas areas;
  private final City city;
  private final CityClock clock;
  private final CurrentCaller caller;
  private final WeatherTable table;
  private final Tx tx;

  public WeatherResource(
      WeatherBoard board,
      WeatherRegister register,
      Areas areas,
      City city,
      CityClock clock,
      CurrentCaller caller,
      WeatherTable table,
      Tx tx) {
    this.board = board;
    this.register = register;
    this.areas = areas;
    this.city = city;
    this.clock = clock;
    this.caller = caller;
    this.table = table;
    this.tx = tx;
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
      summary = "The weather of an area, set by an operator or told by the feed",
      description = "Level NONE with version 0 when nobody ever set one.")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = AreaWeather.class),
              examples = @ExampleObject(name = "rain", value = ORANGE)))
  public Uni<AreaWeather> get(@Parameter(example = "a-core") @PathParam("areaId") String areaId) {
    AreaId id = Parameters.areaId(areaId);
    if (!areas.knows(id)) {
      throw Problem.notFound("area " + areaId);
    }
    WeatherAlert alert = board.find(id);
    return Uni.createFrom()
        .item(
            AreaWeather.of(
                alert != null
                    ? alert
                    : new WeatherAlert(
                        id, city.id(), 0, WeatherAlert.Level.NONE, 1, 0, clock.now(), "nobody"),
                board.until(id, clock.now())));
  }

  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed({Roles.DISPATCHER, Roles.MANAGER})
  @Operation(
      summary = "Set the weather of an area, from now on",
      description =
          "It counts until its end, or until it is taken back, whatever the feed says meanwhile."
              + " What is left out follows from the level. RED pauses dispatch; ORANGE and RED"
              + " exempt riders from late entries. Travel times of the area are multiplied with"
              + " travelFactor.")
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
              schema = @Schema(implementation = AreaWeather.class),
              examples = @ExampleObject(name = "rain", value = ORANGE)))
  @APIResponse(
      responseCode = "422",
      description = "A number out of range",
      content =
          @Content(
              mediaType = ProblemBody.MEDIA_TYPE,
              schema = @Schema(implementation = ProblemBody.class)))
  public Uni<AreaWeather> put(
      @Parameter(example = "a-core") @PathParam("areaId") String areaId,
      @NotNull WeatherWish wish) {
    Instant now = clock.now();
    if (wish.until() != null
        && (!wish.until().isAfter(now) || wish.until().isAfter(now.plus(FURTHEST_END)))) {
      throw Problem.unprocessable(
          "until", "until must lie after now, " + now + ", and at most 14 days off.");
    }
    AreaId id = Parameters.areaId(areaId);
    return register.put(id, wish.complete(), caller.subject()).map(alert -> now(id, alert));
  }

  @DELETE
  @RolesAllowed({Roles.DISPATCHER, Roles.MANAGER})
  @Operation(
      summary = "Take back what an operator set",
      description = "The feed's word counts again. The same again changes nothing.")
  @APIResponse(
      responseCode = "200",
      description = "What counts now",
      content = @Content(schema = @Schema(implementation = AreaWeather.class)))
  public Uni<AreaWeather> clear(@Parameter(example = "a-core") @PathParam("areaId") String areaId) {
    AreaId id = Parameters.areaId(areaId);
    return register.clear(id, caller.subject()).map(alert -> now(id, alert));
  }

  @GET
  @Path("/history")
  @RolesAllowed({
    Roles.VIEWER,
    Roles.DISPATCHER,
    Roles.STATION_MANAGER,
    Roles.MANAGER,
    Roles.SERVICE
  })
  @Operation(summary = "What the weather of an area was, newest first, at most 100")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(schema = @Schema(type = SchemaType.ARRAY, implementation = AreaWeather.class)))
  public Uni<List<AreaWeather>> history(
      @Parameter(example = "a-core") @PathParam("areaId") String areaId) {
    AreaId id = Parameters.areaId(areaId);
    if (!areas.knows(id)) {
      throw Problem.notFound("area " + areaId);
    }
    return tx.read(() -> table.history(id, HISTORY))
        .map(told -> told.stream().map(one -> AreaWeather.of(one.alert(), one.until())).toList());
  }

  private AreaWeather now(AreaId areaId, WeatherAlert alert) {
    return AreaWeather.of(alert, board.until(areaId, clock.now()));
  }
}
