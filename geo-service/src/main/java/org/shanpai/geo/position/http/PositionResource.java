package org.shanpai.geo.position.http;

import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
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
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.chassis.problem.ProblemBody;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.RiderId;
import org.shanpai.geo.area.Areas;
import org.shanpai.geo.http.Parameters;
import org.shanpai.geo.position.Fix;
import org.shanpai.geo.position.Ping;
import org.shanpai.geo.position.PingReceipt;
import org.shanpai.geo.position.Positions;
import org.shanpai.geo.position.TrustReport;
import org.shanpai.geo.position.TrustSignal;

/** Riders tell where they are; operators and services ask. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "positions")
public class PositionResource {

  static final int MOST_RIDERS = 200;
  static final double FURTHEST_METRES = 20_000;
  private static final double ELIGIBLE_METRES = 1_000;

  /** What a phone sends, as the API shows it; read by {@link PingBody}. */
  @Schema(name = "Pings")
  public record Pings(
      @Schema(
              description = "The phone's run of the app; 1 to 64 characters",
              examples = "s-7f3a",
              required = true)
          String sessionId,
      @Schema(
              description = "In which the places are told",
              enumeration = {"WGS-84", "GCJ-02", "BD-09"},
              examples = "GCJ-02",
              required = true)
          String coordinateSystem,
      @Schema(description = "0 … 100", examples = "64") Integer batteryPercent,
      @Schema(minItems = 1, maxItems = PingBody.MOST_PINGS, required = true) List<Ping> pings) {}

  /**
   * What a signal takes away from a rider's trust.
   *
   * @param lastAt city time
   */
  @Schema(name = "TrustMark")
  public record Mark(
      @Schema(examples = "TELEPORT") TrustSignal signal,
      @Schema(description = "Readings that showed it", examples = "2") int count,
      Instant lastAt,
      @Schema(description = "Points it takes away now", examples = "18") int points,
      @Schema(description = "Most points it can take away", examples = "50") int mostPoints) {}

  /** How far a rider is believed and why not further. */
  @Schema(name = "RiderTrust")
  public record RiderTrust(
      @Schema(examples = "r-17") String riderId,
      @Schema(examples = "82") int trust,
      @Schema(description = "Readings judged", examples = "1240") long readings,
      List<Mark> signals) {}

  /**
   * A rider's position.
   *
   * @param at city time
   * @param ageSeconds city seconds
   * @param trust how far the rider's readings are believed, 0–100
   * @param batteryPercent what the phone has left; null when it did not say
   * @param areaIds areas within 1 km, where the rider is eligible
   */
  @Schema(name = "RiderPosition")
  public record Position(
      @Schema(examples = "r-17") String riderId,
      GeoPoint place,
      Instant at,
      @Schema(examples = "4") long ageSeconds,
      @Schema(examples = "96") int trust,
      @Schema(examples = "64") Integer batteryPercent,
      List<String> areaIds) {}

  /**
   * A rider near a place.
   *
   * @param metres great-circle distance
   */
  @Schema(name = "NearRider")
  public record NearRider(
      @Schema(examples = "r-17") String riderId,
      GeoPoint place,
      Instant at,
      @Schema(examples = "4") long ageSeconds,
      @Schema(examples = "312.4") double metres) {}

  private final Positions positions;
  private final Areas areas;
  private final CurrentCaller caller;

  public PositionResource(Positions positions, Areas areas, CurrentCaller caller) {
    this.positions = positions;
    this.areas = areas;
    this.caller = caller;
  }

  @POST
  @Path("/positions")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.RIDER)
  @NonBlocking
  @Operation(
      summary = "Tell where the signed-in rider is",
      description =
          "Up to 100 readings in any order, their places in the coordinate system named. Each is"
              + " judged alone: what is not believed at all comes back with its index and the"
              + " reason, the others count. A number seen before in the session changes nothing, so"
              + " a lost answer needs no Idempotency-Key; an earlier one that was missing counts for"
              + " the track only. A phone's wrong clock is corrected and costs trust. Taken also"
              + " while the store behind is away.")
  @RequestBody(
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = Pings.class),
              examples =
                  @ExampleObject(
                      name = "two readings",
                      value =
                          "{\"sessionId\":\"s-7f3a\",\"coordinateSystem\":\"WGS-84\","
                              + "\"batteryPercent\":64,\"pings\":["
                              + "{\"seq\":118,\"at\":\"2026-11-22T04:00:00Z\",\"lat\":31.2304,"
                              + "\"lon\":121.4737,\"accuracyMetres\":8.5,\"speedMps\":4.4},"
                              + "{\"seq\":119,\"at\":\"2026-11-22T04:00:05Z\",\"lat\":31.2306,"
                              + "\"lon\":121.4737,\"accuracyMetres\":7}]}")))
  @APIResponse(
      responseCode = "202",
      description = "What became of each reading",
      content =
          @Content(
              schema = @Schema(implementation = PingReceipt.class),
              examples =
                  @ExampleObject(
                      name = "one teleport",
                      value =
                          "{\"accepted\":1,\"rejected\":[{\"index\":1,\"reason\":\"TELEPORT\"}]}")))
  @APIResponse(
      responseCode = "400",
      description =
          "Not readable, coordinate system or session not named, no reading or more than 100",
      content =
          @Content(
              mediaType = ProblemBody.MEDIA_TYPE,
              schema = @Schema(implementation = ProblemBody.class)))
  @APIResponse(
      responseCode = "413",
      description = "More than 64 KiB",
      content =
          @Content(
              mediaType = ProblemBody.MEDIA_TYPE,
              schema = @Schema(implementation = ProblemBody.class)))
  @APIResponse(
      responseCode = "429",
      description = "Too many batches; Retry-After says when the next is taken",
      content =
          @Content(
              mediaType = ProblemBody.MEDIA_TYPE,
              schema = @Schema(implementation = ProblemBody.class)))
  public Response take(byte[] body) {
    String riderId = caller.subject();
    positions.admit(riderId);
    return Response.accepted(positions.take(riderId, PingBody.read(body))).build();
  }

  @GET
  @Path("/riders/near")
  @RolesAllowed({
    Roles.VIEWER,
    Roles.DISPATCHER,
    Roles.STATION_MANAGER,
    Roles.MANAGER,
    Roles.SERVICE
  })
  @Operation(
      summary = "Riders near a place, nearest first",
      description = "Answered in WGS-84. 503 with Retry-After while positions are not known.")
  @APIResponse(
      responseCode = "200",
      description = "At most limit riders",
      content =
          @Content(
              schema = @Schema(type = SchemaType.ARRAY, implementation = NearRider.class),
              examples =
                  @ExampleObject(
                      name = "one rider",
                      value =
                          "[{\"riderId\":\"r-17\",\"place\":{\"lat\":31.2304,\"lon\":121.4737},"
                              + "\"at\":\"2026-11-22T04:00:05Z\",\"ageSeconds\":4,\"metres\":312.4}]")))
  @APIResponse(responseCode = "503", description = "Positions are not known for a moment")
  public Uni<List<NearRider>> near(
      @Parameter(required = true, example = "31.2304") @QueryParam("lat") String lat,
      @Parameter(required = true, example = "121.4737") @QueryParam("lon") String lon,
      @Parameter(description = "WGS-84, GCJ-02 or BD-09", required = true, example = "GCJ-02")
          @QueryParam("coordinateSystem")
          String coordinateSystem,
      @Parameter(description = "1 … 20000, default 3000", example = "3000")
          @QueryParam("radiusMetres")
          String radiusMetres,
      @Parameter(description = "1 … 200, default 20", example = "20") @QueryParam("limit")
          String limit) {
    GeoPoint centre = Parameters.place(lat, lon, coordinateSystem);
    double radius = Parameters.number("radiusMetres", radiusMetres, 1, FURTHEST_METRES, 3_000);
    int most = (int) Parameters.number("limit", limit, 1, MOST_RIDERS, 20);
    return positions
        .near(centre, radius, most)
        .map(
            near ->
                near.stream()
                    .map(
                        one ->
                            new NearRider(
                                one.fix().riderId(),
                                one.fix().place(),
                                Instant.ofEpochMilli(one.fix().at()),
                                positions.ageSeconds(one.fix()),
                                Math.round(one.metres() * 10) / 10.0))
                    .toList());
  }

  @GET
  @Path("/riders/{riderId}/position")
  @RolesAllowed({
    Roles.RIDER,
    Roles.VIEWER,
    Roles.DISPATCHER,
    Roles.STATION_MANAGER,
    Roles.MANAGER,
    Roles.SERVICE
  })
  @Operation(
      summary = "Where a rider is",
      description = "404 when nobody heard of the rider lately, and for another rider's eyes.")
  @APIResponse(
      responseCode = "200",
      description = "The newest believed reading",
      content =
          @Content(
              schema = @Schema(implementation = Position.class),
              examples =
                  @ExampleObject(
                      name = "a rider",
                      value =
                          "{\"riderId\":\"r-17\",\"place\":{\"lat\":31.2304,\"lon\":121.4737},"
                              + "\"at\":\"2026-11-22T04:00:05Z\",\"ageSeconds\":4,"
                              + "\"trust\":96,\"batteryPercent\":64,\"areaIds\":[\"a-core\"]}")))
  @APIResponse(responseCode = "503", description = "Positions are not known for a moment")
  public Uni<Position> position(@Parameter(example = "r-17") @PathParam("riderId") String riderId) {
    RiderId id = Parameters.riderId(riderId);
    if (caller.has(Roles.RIDER) && !id.value().equals(caller.subject())) {
      throw Problem.notFound("rider " + riderId);
    }
    return positions
        .find(id.value())
        .map(
            fix -> {
              if (fix == null) {
                throw Problem.notFound("position of rider " + riderId);
              }
              return position(fix);
            });
  }

  @GET
  @Path("/riders/{riderId}/trust")
  @RolesAllowed({
    Roles.VIEWER,
    Roles.DISPATCHER,
    Roles.STATION_MANAGER,
    Roles.MANAGER,
    Roles.SERVICE
  })
  @Operation(
      summary = "How far a rider's readings are believed",
      description =
          "100 minus the points of every signal. Good readings win them back; nobody is stopped by"
              + " it. From 60 on readings count as evidence. 404 when nobody heard of the rider"
              + " lately.")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = RiderTrust.class),
              examples =
                  @ExampleObject(
                      name = "two jumps",
                      value =
                          "{\"riderId\":\"r-17\",\"trust\":82,\"readings\":1240,\"signals\":["
                              + "{\"signal\":\"TELEPORT\",\"count\":2,"
                              + "\"lastAt\":\"2026-11-22T04:00:05Z\",\"points\":18,"
                              + "\"mostPoints\":50}]}")))
  @APIResponse(responseCode = "503", description = "Positions are not known for a moment")
  public Uni<RiderTrust> trust(@Parameter(example = "r-17") @PathParam("riderId") String riderId) {
    return positions
        .trust(Parameters.riderId(riderId).value())
        .map(
            report -> {
              if (report == null) {
                throw Problem.notFound("position of rider " + riderId);
              }
              return new RiderTrust(
                  report.riderId(),
                  report.trust(),
                  report.readings(),
                  report.marks().stream().map(PositionResource::mark).toList());
            });
  }

  private static Mark mark(TrustReport.Mark mark) {
    return new Mark(
        mark.signal(),
        mark.count(),
        Instant.ofEpochMilli(mark.lastAt()),
        mark.points(),
        mark.signal().weight());
  }

  private Position position(Fix fix) {
    return new Position(
        fix.riderId(),
        fix.place(),
        Instant.ofEpochMilli(fix.at()),
        positions.ageSeconds(fix),
        fix.trust(),
        fix.batteryPercent(),
        areas.map().within(fix.place(), ELIGIBLE_METRES).stream()
            .map(shape -> shape.area().areaId().value())
            .toList());
  }
}
