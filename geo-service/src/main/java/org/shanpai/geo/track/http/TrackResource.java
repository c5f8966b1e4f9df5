package org.shanpai.geo.track.http;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
import org.shanpai.chassis.problem.WireInstants;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.geo.cell.Cells;
import org.shanpai.geo.http.Parameters;
import org.shanpai.geo.track.TrackCell;
import org.shanpai.geo.track.TrackPoint;
import org.shanpai.geo.track.Tracks;
import org.shanpai.geo.track.Tracks.Track;

/** Where a rider was. */
@Path("/v1/riders/{riderId}/track")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "positions")
@RolesAllowed({Roles.DISPATCHER, Roles.STATION_MANAGER, Roles.MANAGER, Roles.SERVICE})
public class TrackResource {

  private static final Duration USUAL = Duration.ofHours(1);
  private static final Duration LONGEST = Duration.ofHours(24);

  /** See {@link TrackPoint}; times are city time but for the phone's own. */
  @Schema(name = "TrackPoint")
  public record Point(
      Instant at,
      GeoPoint place,
      @Schema(examples = "8.5") double accuracyMetres,
      @Schema(examples = "96") int trust,
      @Schema(description = "What the phone's clock showed") Instant deviceAt,
      @Schema(description = "When the reading came") Instant receivedAt) {}

  /** A stay in an H3 cell of resolution 8: all that is kept of older tracks. */
  @Schema(name = "TrackStay")
  public record Stay(
      @Schema(examples = "88309b2b41fffff") String cell,
      @Schema(description = "The middle of the cell") GeoPoint centre,
      Instant from,
      Instant to,
      @Schema(examples = "118") int points) {}

  /** A rider's track. */
  @Schema(name = "RiderTrack")
  public record RiderTrack(
      @Schema(examples = "r-17") String riderId,
      Instant from,
      Instant to,
      @Schema(description = "False when there was more: ask for less time", examples = "true")
          boolean complete,
      List<Point> points,
      List<Stay> stays) {}

  private final Tracks tracks;
  private final Cells cells;
  private final CityClock clock;

  public TrackResource(Tracks tracks, Cells cells, CityClock clock) {
    this.tracks = tracks;
    this.cells = cells;
    this.clock = clock;
  }

  @GET
  @Operation(
      summary = "Where a rider was",
      description =
          "Every believed reading with its trust, for some days; of what is older, in which cells"
              + " the rider was. Both lists are empty when nothing is known.")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = RiderTrack.class),
              examples =
                  @ExampleObject(
                      name = "one reading",
                      value =
                          "{\"riderId\":\"r-17\",\"from\":\"2026-11-22T04:00:00Z\","
                              + "\"to\":\"2026-11-22T05:00:00Z\",\"complete\":true,\"points\":["
                              + "{\"at\":\"2026-11-22T04:00:05Z\","
                              + "\"place\":{\"lat\":31.2304,\"lon\":121.4737},"
                              + "\"accuracyMetres\":8.5,\"trust\":96,"
                              + "\"deviceAt\":\"2026-11-22T04:00:05Z\","
                              + "\"receivedAt\":\"2026-11-22T04:00:09Z\"}],\"stays\":[]}")))
  @APIResponse(
      responseCode = "400",
      description = "No times, or more than 24 hours",
      content =
          @Content(
              mediaType = ProblemBody.MEDIA_TYPE,
              schema = @Schema(implementation = ProblemBody.class)))
  public Uni<RiderTrack> track(
      @Parameter(example = "r-17") @PathParam("riderId") String riderId,
      @Parameter(description = "City time; default one hour before to") @QueryParam("from")
          String from,
      @Parameter(description = "City time; default now") @QueryParam("to") String to) {
    String rider = Parameters.riderId(riderId).value();
    Instant until = instant("to", to, clock.now());
    Instant since = instant("from", from, until.minus(USUAL));
    if (since.isAfter(until)) {
      throw Problem.badRequest("from", "from must not be after to.");
    }
    if (Duration.between(since, until).compareTo(LONGEST) > 0) {
      throw Problem.badRequest("from", "from and to must be at most 24 hours apart.");
    }
    return tracks
        .track(rider, since.toEpochMilli(), until.toEpochMilli())
        .map(track -> answer(rider, since, until, track));
  }

  private static Instant instant(String name, String text, Instant otherwise) {
    if (text == null || text.isBlank()) {
      return otherwise;
    }
    try {
      return WireInstants.parse(text);
    } catch (DateTimeException unreadable) {
      throw Problem.badRequest(name, name + " must be a time such as 2026-11-22T04:00:05Z.");
    }
  }

  private RiderTrack answer(String riderId, Instant from, Instant to, Track track) {
    return new RiderTrack(
        riderId,
        from,
        to,
        track.complete(),
        track.points().stream().map(TrackResource::point).toList(),
        track.stays().stream().map(this::stay).toList());
  }

  private static Point point(TrackPoint point) {
    return new Point(
        Instant.ofEpochMilli(point.at()),
        point.place(),
        point.accuracyMetres(),
        point.trust(),
        Instant.ofEpochMilli(point.deviceAt()),
        Instant.ofEpochMilli(point.receivedAt()));
  }

  private Stay stay(TrackCell stay) {
    return new Stay(
        Cells.text(stay.cell()),
        cells.centre(stay.cell()),
        Instant.ofEpochMilli(stay.firstAt()),
        Instant.ofEpochMilli(stay.lastAt()),
        stay.points());
  }
}
