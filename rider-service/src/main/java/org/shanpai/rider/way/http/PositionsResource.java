package org.shanpai.rider.way.http;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.rider.task.remote.Geo;

/** Where the phone is, for phones that talk to one address only; geo-service judges it. */
@Path("/v1/rider/positions")
@Tag(name = "Way")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.RIDER)
public class PositionsResource {

  private static final int MOST_BYTES = 64 * 1024;

  private final Geo geo;

  public PositionsResource(Geo geo) {
    this.geo = geo;
  }

  /** What a phone sends. */
  @Schema(name = "RiderPings")
  public record Pings(
      @Schema(description = "The phone's run of the app", examples = "s-7f3a", required = true)
          String sessionId,
      @Schema(
              enumeration = {"WGS-84", "GCJ-02", "BD-09"},
              examples = "WGS-84",
              required = true)
          String coordinateSystem,
      @Schema(examples = "64") Integer batteryPercent,
      @Schema(description = "1 to 100", required = true) List<Object> pings) {}

  /** What became of the readings. */
  @Schema(name = "RiderPingReceipt")
  public record Receipt(@Schema(examples = "2") int accepted, List<Object> rejected) {}

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Tell where you are",
      description =
          "As `POST /v1/positions` of geo-service, for a phone that knows this address only:"
              + " handed on as it came, and geo-service's answer handed back.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = Pings.class),
              examples =
                  @ExampleObject(
                      name = "one reading",
                      value =
                          "{\"sessionId\":\"s-7f3a\",\"coordinateSystem\":\"WGS-84\",\"pings\":["
                              + "{\"seq\":118,\"at\":\"2026-11-22T04:00:00Z\",\"lat\":31.2304,"
                              + "\"lon\":121.4737,\"accuracyMetres\":8.5,\"speedMps\":4.4}]}")))
  @APIResponse(
      responseCode = "202",
      description = "What became of each reading",
      content = @Content(schema = @Schema(implementation = Receipt.class)))
  @APIResponse(responseCode = "400", description = "Not readable; the field is named")
  @APIResponse(responseCode = "413", description = "More than 64 KiB")
  @APIResponse(responseCode = "503", description = "Keep the readings and try again")
  public Uni<Response> take(
      @Parameter(hidden = true) @HeaderParam(HttpHeaders.AUTHORIZATION) String bearer,
      byte[] body) {
    if (body == null || body.length == 0) {
      throw Problem.badRequest("body", "Send readings in the body.");
    }
    if (body.length > MOST_BYTES) {
      throw new Problem(413, "too-large", "body", "Send at most 64 KiB at once.", 0);
    }
    return geo.positions(bearer, body).map(told -> Response.accepted(told).build());
  }
}
