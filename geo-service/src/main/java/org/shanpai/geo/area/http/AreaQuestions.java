package org.shanpai.geo.area.http;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.geo.area.AreaShape;
import org.shanpai.geo.area.Areas;
import org.shanpai.geo.http.Parameters;
import org.shanpai.geo.position.Fix;
import org.shanpai.geo.position.Positions;

/** What other services ask about areas. */
@Path("/internal/v1/areas")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "internal")
@RolesAllowed(Roles.SERVICE)
public class AreaQuestions {

  private static final double MOST_MARGIN_METRES = 5_000;

  /** The area of a place. */
  @Schema(name = "AreaOfPlace")
  public record AreaOf(@Schema(examples = "a-core") AreaId areaId) {}

  /** The areas near a place. */
  @Schema(name = "AreasOfPlace")
  public record AreasOf(List<AreaId> areaIds) {}

  /**
   * A rider in or near an area.
   *
   * @param at city time of the reading
   * @param ageSeconds city seconds
   * @param trust how far the rider's readings are believed, 0–100
   * @param batteryPercent what the phone has left; null when it did not say
   */
  @Schema(name = "AreaRider")
  public record AreaRider(
      @Schema(examples = "r-17") String riderId,
      GeoPoint place,
      Instant at,
      @Schema(examples = "4") long ageSeconds,
      @Schema(examples = "96") int trust,
      @Schema(examples = "64") Integer batteryPercent) {}

  private final Areas areas;
  private final Positions positions;

  public AreaQuestions(Areas areas, Positions positions) {
    this.areas = areas;
    this.positions = positions;
  }

  @GET
  @Path("/at")
  @Operation(
      summary = "The area a place is in",
      description = "Borders belong to their area; where areas overlap the smallest one. Else 404.")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = AreaOf.class),
              examples = @ExampleObject(name = "found", value = "{\"areaId\":\"a-core\"}")))
  @APIResponse(responseCode = "404", description = "No area is there")
  public Uni<AreaOf> at(
      @Parameter(required = true, example = "31.2304") @QueryParam("lat") String lat,
      @Parameter(required = true, example = "121.4737") @QueryParam("lon") String lon) {
    AreaShape shape = areas.map().at(Parameters.place(lat, lon));
    if (shape == null) {
      throw Problem.notFound("area at lat " + lat + ", lon " + lon);
    }
    return Uni.createFrom().item(new AreaOf(shape.area().areaId()));
  }

  @GET
  @Path("/near")
  @Operation(summary = "The areas a rider at this place is eligible in, by id")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = AreasOf.class),
              examples =
                  @ExampleObject(name = "two", value = "{\"areaIds\":[\"a-core\",\"a-west\"]}")))
  public Uni<AreasOf> near(
      @Parameter(required = true, example = "31.2304") @QueryParam("lat") String lat,
      @Parameter(required = true, example = "121.4737") @QueryParam("lon") String lon,
      @Parameter(description = "0 … 5000, default 1000", example = "1000")
          @QueryParam("withinMetres")
          String withinMetres) {
    double metres = Parameters.number("withinMetres", withinMetres, 0, MOST_MARGIN_METRES, 1_000);
    return Uni.createFrom()
        .item(
            new AreasOf(
                areas.map().within(Parameters.place(lat, lon), metres).stream()
                    .map(shape -> shape.area().areaId())
                    .toList()));
  }

  @GET
  @Path("/{areaId}/riders")
  @Operation(
      summary = "Riders in the area or near it, by id",
      description =
          "A rider who is missing, or whose ageSeconds is above 180, is silent. 503 with Retry-After"
              + " while positions are not known: then nobody is silent.")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(type = SchemaType.ARRAY, implementation = AreaRider.class),
              examples =
                  @ExampleObject(
                      name = "one rider",
                      value =
                          "[{\"riderId\":\"r-17\",\"place\":{\"lat\":31.2304,\"lon\":121.4737},"
                              + "\"at\":\"2026-11-22T04:00:05Z\",\"ageSeconds\":4,"
                              + "\"trust\":96,\"batteryPercent\":64}]")))
  @APIResponse(responseCode = "503", description = "Positions are not known for a moment")
  public Uni<List<AreaRider>> riders(
      @Parameter(example = "a-core") @PathParam("areaId") String areaId,
      @Parameter(description = "0 … 5000, default 1000", example = "1000")
          @QueryParam("withinMetres")
          String withinMetres) {
    AreaShape shape = areas.map().find(Parameters.areaId(areaId));
    if (shape == null) {
      throw Problem.notFound("area " + areaId);
    }
    double metres = Parameters.number("withinMetres", withinMetres, 0, MOST_MARGIN_METRES, 1_000);
    return positions.within(shape, metres).map(fixes -> fixes.stream().map(this::rider).toList());
  }

  private AreaRider rider(Fix fix) {
    return new AreaRider(
        fix.riderId(),
        fix.place(),
        Instant.ofEpochMilli(fix.at()),
        positions.ageSeconds(fix),
        fix.trust(),
        fix.batteryPercent());
  }
}
