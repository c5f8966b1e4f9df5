package org.shanpai.geo.eta.http;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.chassis.problem.ProblemBody;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.event.StoreState;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.geo.area.Areas;
import org.shanpai.geo.eta.Promises;
import org.shanpai.geo.learning.Lessons;
import org.shanpai.geo.learning.StopTime;
import org.shanpai.geo.store.Stores;
import org.shanpai.geo.zone.Zones;
import org.shanpai.geo.zone.http.ServesResource.Serves;

/** What other services ask before they promise or plan. */
@Path("/internal/v1")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "internal")
@RolesAllowed(Roles.SERVICE)
public class PromiseResource {

  private static final int MOST_STOPS = 2_000;
  private static final int LONGEST_PREPARATION_SECONDS = 10_800;

  /**
   * A delivery that may be promised.
   *
   * @param pickup counts while geo-service does not know the store yet
   * @param areaId whose weather counts; missing: the store's
   * @param preparationSeconds as told for this order, 0–10800; missing: the store's usual
   * @param at when the order is made, city time; missing: now
   */
  @Schema(name = "PromiseQuestion")
  public record Question(
      @Schema(required = true, examples = "s-4") StoreId storeId,
      @Schema(required = true) GeoPoint dropoff,
      GeoPoint pickup,
      @Schema(examples = "a-core") AreaId areaId,
      @Schema(examples = "600") Integer preparationSeconds,
      Instant at) {}

  /** What is done at a stop. */
  public enum StopKind {
    PICKUP,
    DROPOFF
  }

  /**
   * A stop.
   *
   * @param storeId for a pickup; missing: any store
   */
  @Schema(name = "StopTimesStop")
  public record Stop(
      @Schema(required = true, examples = "PICKUP") StopKind kind,
      @Schema(required = true) GeoPoint place,
      @Schema(examples = "s-4") StoreId storeId) {}

  /** Stops, at most 2000. */
  @Schema(name = "StopTimesQuestion")
  public record Stops(@Schema(required = true) List<Stop> stops) {}

  /** One for each stop, in order. */
  @Schema(name = "StopTimes")
  public record StopTimes(List<StopTime> stops) {}

  private final Promises promises;
  private final Lessons lessons;
  private final Stores stores;
  private final Areas areas;
  private final Zones zones;
  private final CityClock clock;

  public PromiseResource(
      Promises promises,
      Lessons lessons,
      Stores stores,
      Areas areas,
      Zones zones,
      CityClock clock) {
    this.promises = promises;
    this.lessons = lessons;
    this.stores = stores;
    this.areas = areas;
    this.zones = zones;
    this.clock = clock;
  }

  @POST
  @Path("/promise")
  @Operation(
      summary = "What can be promised for a delivery",
      description =
          "floorSeconds is the shortest honest promise from the order's creation: max(planned p85,"
              + " kitchen p80 + metres ÷ 15 km/h + hand-over p80 + 5 min). The weather's extra"
              + " comes on top. Where reachable is false because no way is known, times are -1. zones says whether the store"
              + " serves the place at all.")
  @RequestBody(
      content =
          @Content(
              examples =
                  @ExampleObject(
                      name = "tea",
                      value =
                          "{\"storeId\":\"s-4\",\"dropoff\":{\"lat\":31.24,\"lon\":121.48},"
                              + "\"areaId\":\"a-core\",\"preparationSeconds\":600}")))
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = PromiseAnswer.class)))
  @APIResponse(
      responseCode = "422",
      description = "Neither the store nor a pickup place is known, or no such area",
      content =
          @Content(
              mediaType = ProblemBody.MEDIA_TYPE,
              schema = @Schema(implementation = ProblemBody.class)))
  public PromiseAnswer promise(@NotNull Question question) {
    if (question.storeId() == null) {
      throw Problem.badRequest("storeId", "storeId is missing.");
    }
    if (question.dropoff() == null) {
      throw Problem.badRequest("dropoff", "dropoff is missing.");
    }
    Integer told = question.preparationSeconds();
    if (told != null && (told < 0 || told > LONGEST_PREPARATION_SECONDS)) {
      throw Problem.unprocessable(
          "preparationSeconds", "preparationSeconds must be within 0..10800 but is " + told + ".");
    }
    if (question.areaId() != null && !areas.knows(question.areaId())) {
      throw Problem.unprocessable("areaId", "There is no area " + question.areaId() + ".");
    }
    StoreState store = stores.find(question.storeId());
    if (store == null && question.pickup() == null) {
      throw Problem.unprocessable(
          "storeId", "Store " + question.storeId() + " is not known, and no pickup is given.");
    }
    return PromiseAnswer.of(
        promises.of(
            question.storeId(),
            store == null ? question.pickup() : store.place(),
            question.dropoff(),
            question.areaId() != null || store == null ? question.areaId() : store.areaId(),
            told != null ? told : promises.toldSeconds(question.storeId()),
            question.at() == null ? clock.now() : question.at()),
        Serves.of(zones.map(), question.storeId(), question.dropoff()));
  }

  @POST
  @Path("/stop-times")
  @Operation(
      summary = "How long stops take",
      description =
          "A pickup counts from the arrival with ready goods, a drop-off from the arrival at the"
              + " building. samples is 0 where nothing was learned yet.")
  @RequestBody(
      content =
          @Content(
              examples =
                  @ExampleObject(
                      name = "two stops",
                      value =
                          "{\"stops\":[{\"kind\":\"PICKUP\",\"place\":{\"lat\":31.23,\"lon\":121.47},"
                              + "\"storeId\":\"s-4\"},{\"kind\":\"DROPOFF\","
                              + "\"place\":{\"lat\":31.24,\"lon\":121.48}}]}")))
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = StopTimes.class)))
  @APIResponse(responseCode = "422", description = "More stops than are told at once")
  public StopTimes stopTimes(@NotNull Stops question) {
    if (question.stops() == null) {
      throw Problem.badRequest("stops", "stops is missing.");
    }
    if (question.stops().size() > MOST_STOPS) {
      throw Problem.unprocessable(
          "stops", question.stops().size() + " stops; at most " + MOST_STOPS + " are answered.");
    }
    for (int i = 0; i < question.stops().size(); i++) {
      Stop stop = question.stops().get(i);
      if (stop == null || stop.kind() == null) {
        throw Problem.badRequest("stops[" + i + "].kind", "kind must be PICKUP or DROPOFF.");
      }
      if (stop.place() == null) {
        throw Problem.badRequest("stops[" + i + "].place", "place is missing.");
      }
    }
    return new StopTimes(
        question.stops().stream()
            .map(
                stop ->
                    stop.kind() == StopKind.PICKUP
                        ? lessons.atStore(stop.storeId())
                        : lessons.atDoor(stop.place()))
            .toList());
  }
}
