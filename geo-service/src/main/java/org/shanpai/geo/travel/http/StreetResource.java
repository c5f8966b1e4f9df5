package org.shanpai.geo.travel.http;

import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.Objects;
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
import org.shanpai.geo.http.Parameters;
import org.shanpai.geo.travel.streets.StreetGraph;
import org.shanpai.geo.travel.streets.StreetLines;
import org.shanpai.geo.travel.streets.Streets;

/** The streets ways follow, to be drawn. */
@Path("/v1/streets")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "travel")
public class StreetResource {

  static final int MOST = 20_000;
  private static final int USUAL = 5_000;

  private final Streets streets;

  public StreetResource(Streets streets) {
    this.streets = streets;
  }

  @GET
  @Blocking
  @RolesAllowed({
    Roles.VIEWER,
    Roles.DISPATCHER,
    Roles.STATION_MANAGER,
    Roles.MANAGER,
    Roles.SERVICE
  })
  @Operation(
      summary = "The streets of a part of the city, main roads first, with an ETag",
      description =
          "Each street is a flat list lat, lon, lat, lon … in WGS-84. complete is false when limit"
              + " cut some off. Without a street file there are none, and version is missing.")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = StreetLines.class),
              examples =
                  @ExampleObject(
                      name = "one",
                      value =
                          "{\"version\":\"a1b2c3d4e5f6-7\",\"complete\":true,\"streets\":[{\"kind\":\"residential\","
                              + "\"oneWay\":true,\"line\":[31.2304,121.4737,31.2311,121.4738]}]}")))
  @APIResponse(responseCode = "304", description = "Still the same (If-None-Match)")
  @APIResponse(
      responseCode = "400",
      description = "A corner that is missing or none, or no coordinateSystem",
      content =
          @Content(
              mediaType = ProblemBody.MEDIA_TYPE,
              schema = @Schema(implementation = ProblemBody.class)))
  public Response streets(
      @Parameter(required = true, example = "31.22") @QueryParam("south") String south,
      @Parameter(required = true, example = "121.46") @QueryParam("west") String west,
      @Parameter(required = true, example = "31.24") @QueryParam("north") String north,
      @Parameter(required = true, example = "121.48") @QueryParam("east") String east,
      @Parameter(required = true, description = "WGS-84, GCJ-02 or BD-09", example = "WGS-84")
          @QueryParam("coordinateSystem")
          String coordinateSystem,
      @Parameter(description = "1 … 20000, default 5000", example = "5000") @QueryParam("limit")
          String limit,
      @Context Request request) {
    double lat = Parameters.number("south", south, -90, 90);
    double lon = Parameters.number("west", west, -180, 180);
    double toLat = Parameters.number("north", north, -90, 90);
    double toLon = Parameters.number("east", east, -180, 180);
    if (toLat <= lat) {
      throw Problem.badRequest("north", "north must be more than south.");
    }
    if (toLon <= lon) {
      throw Problem.badRequest("east", "east must be more than west.");
    }
    GeoPoint corner = Parameters.system(coordinateSystem).toWgs84(lat, lon);
    GeoPoint opposite = Parameters.system(coordinateSystem).toWgs84(toLat, toLon);
    int most = (int) Parameters.number("limit", limit, 1, MOST, USUAL);
    StreetGraph graph = streets.graph();
    EntityTag tag =
        new EntityTag(
            "%s-%x"
                .formatted(
                    graph == null ? "none" : graph.version(),
                    Objects.hash(corner, opposite, most)));
    Response.ResponseBuilder same = request.evaluatePreconditions(tag);
    if (same != null) {
      return same.tag(tag).build();
    }
    StreetLines lines =
        graph == null
            ? StreetLines.none()
            : StreetLines.of(
                graph, corner.lat(), corner.lon(), opposite.lat(), opposite.lon(), most);
    return Response.ok(lines).tag(tag).build();
  }
}
