package org.shanpai.geo.travel.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
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
import org.shanpai.contracts.time.CityClock;
import org.shanpai.geo.area.Areas;
import org.shanpai.geo.travel.PlannedTimes;
import org.shanpai.geo.travel.TravelTimeMatrix;
import org.shanpai.geo.weather.WeatherBoard;

/** Many-to-many travel times for the other services. */
@Path("/internal/v1/travel-times")
@Tag(name = "internal")
@RolesAllowed(Roles.SERVICE)
public class TravelTimesResource {

  /**
   * From where to where.
   *
   * @param areaId whose weather counts; missing: none does
   * @param at city time of the start; missing: now
   */
  @Schema(name = "TravelTimesQuestion")
  public record Question(
      @Schema(examples = "a-core") AreaId areaId,
      @Schema(required = true) List<GeoPoint> origins,
      @Schema(required = true) List<GeoPoint> destinations,
      @Schema(examples = "2026-11-23T03:30:00Z") Instant at) {}

  private final PlannedTimes plannedTimes;
  private final CityClock clock;
  private final WeatherBoard weather;
  private final Areas areas;
  private final Vertx vertx;
  private final long mostCells;
  private final Counter cells;
  private final Counter offStreets;

  public TravelTimesResource(
      PlannedTimes plannedTimes,
      CityClock clock,
      WeatherBoard weather,
      Areas areas,
      Vertx vertx,
      @ConfigProperty(name = "shanpai.geo.most-matrix-cells") long mostCells,
      MeterRegistry metrics) {
    this.plannedTimes = plannedTimes;
    this.clock = clock;
    this.weather = weather;
    this.areas = areas;
    this.vertx = vertx;
    this.mostCells = mostCells;
    this.cells = metrics.counter("shanpai.geo.matrix.cells");
    this.offStreets = metrics.counter("shanpai.geo.matrix.off-streets");
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_OCTET_STREAM)
  @Operation(
      summary = "Travel times from every origin to every destination",
      description =
          "Big-endian 32-bit whole seconds, rounded up, origins × destinations, row-major; -1 where"
              + " there is no way. At most 2,000,000 cells. X-Shanpai-Off-Streets says how many"
              + " places lie so far from every known street that part of their ways is estimated.")
  @RequestBody(
      content =
          @Content(
              examples =
                  @ExampleObject(
                      name = "one to two",
                      value =
                          "{\"areaId\":\"a-core\",\"origins\":[{\"lat\":31.23,\"lon\":121.47}],"
                              + "\"destinations\":[{\"lat\":31.23,\"lon\":121.48},"
                              + "{\"lat\":31.24,\"lon\":121.47}]}")))
  @APIResponse(
      responseCode = "200",
      description = "4 bytes a cell",
      content = @Content(mediaType = MediaType.APPLICATION_OCTET_STREAM))
  @APIResponse(
      responseCode = "422",
      description = "Too many cells, or no such area",
      content =
          @Content(
              mediaType = ProblemBody.MEDIA_TYPE,
              schema = @Schema(implementation = ProblemBody.class)))
  public Uni<Response> between(@NotNull Question question) {
    places("origins", question.origins());
    places("destinations", question.destinations());
    long size = (long) question.origins().size() * question.destinations().size();
    if (size > mostCells) {
      throw Problem.unprocessable(
          "origins",
          "%d origins × %d destinations are %d cells; at most %d are answered."
              .formatted(
                  question.origins().size(), question.destinations().size(), size, mostCells));
    }
    if (question.areaId() != null && !areas.knows(question.areaId())) {
      throw Problem.unprocessable("areaId", "There is no area " + question.areaId() + ".");
    }
    double factor = question.areaId() == null ? 1 : weather.travelFactor(question.areaId());
    cells.increment(size);
    if (plannedTimes.quick(question.origins().size(), question.destinations().size())) {
      return Uni.createFrom().item(answer(question, factor));
    }
    return Uni.createFrom()
        .completionStage(
            () -> vertx.executeBlocking(() -> answer(question, factor), false).toCompletionStage());
  }

  private Response answer(Question question, double factor) {
    Instant at = question.at() == null ? clock.now() : question.at();
    TravelTimeMatrix matrix =
        plannedTimes.between(question.origins(), question.destinations(), factor, at);
    offStreets.increment(matrix.offStreets());
    return Response.ok(matrix.bytes())
        .header("X-Shanpai-Off-Streets", matrix.offStreets())
        .header("X-Shanpai-Travel-Factor", factor)
        .build();
  }

  private static void places(String field, List<GeoPoint> places) {
    if (places == null) {
      throw Problem.badRequest(field, field + " is missing.");
    }
    for (int i = 0; i < places.size(); i++) {
      if (places.get(i) == null) {
        throw Problem.badRequest(field + "[" + i + "]", field + "[" + i + "] is null.");
      }
    }
  }
}
