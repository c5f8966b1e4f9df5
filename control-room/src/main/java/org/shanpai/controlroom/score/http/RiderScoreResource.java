package org.shanpai.controlroom.score.http;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.chassis.identity.TokenMechanism;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.controlroom.neighbours.Neighbours;

/**
 * Why a rider's score is what it is, passed on from rider-service: with the operator's own token,
 * so that a station manager sees their own riders only, as there.
 */
@Path("/v1/riders/{riderId}/score")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "stories")
@RolesAllowed({Roles.DISPATCHER, Roles.STATION_MANAGER, Roles.MANAGER})
public class RiderScoreResource {

  private static final String RIDERS = "rider-service";
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final Neighbours neighbours;

  public RiderScoreResource(Neighbours neighbours) {
    this.neighbours = neighbours;
  }

  @GET
  @Operation(
      summary = "Why a rider's score is what it is",
      description = "See GET /v1/riders/{riderId}/score of rider-service, which answers.")
  @APIResponse(
      responseCode = "200",
      description = "The score, the rows behind it with facts and rules in words, and the way up",
      content =
          @Content(
              schema = @Schema(type = SchemaType.OBJECT),
              examples =
                  @ExampleObject(
                      name = "late once",
                      value =
                          "{\"score\":{\"riderId\":\"r-001\",\"scoreMilliPoints\":68000},"
                              + "\"entries\":[{\"entry\":{\"rule\":\"OT2\",\"milliPoints\":-2000,"
                              + "\"en\":\"Late by more than 5 minutes\"},\"effect\":\"COUNTS\"}],"
                              + "\"smoothOrders\":0}")))
  @APIResponse(responseCode = "404", description = "No such rider, or not of your station")
  @APIResponse(responseCode = "503", description = "rider-service does not answer")
  public Uni<Response> score(
      @Parameter(example = "r-001") @PathParam("riderId") @Pattern(regexp = "[A-Za-z0-9._:-]{1,64}")
          String riderId,
      @Context HttpServerRequest request) {
    return neighbours
        .send(
            HttpMethod.GET,
            RIDERS,
            "/v1/riders/" + riderId + "/score",
            Map.of("Authorization", "Bearer " + token(request)),
            null,
            LIMIT)
        .map(RiderScoreResource::answer);
  }

  private static String token(HttpServerRequest request) {
    String header = request.getHeader("Authorization");
    return header != null
        ? header.substring("Bearer ".length()).trim()
        : request.getCookie(TokenMechanism.COOKIE).getValue();
  }

  private static Response answer(Neighbours.Answer answer) {
    if (answer.status() == 0 || answer.status() >= 500 || answer.status() == 401) {
      throw Problem.unavailable("The score is not available: rider-service does not answer.", 3);
    }
    return Response.status(answer.status())
        .type(answer.contentType() == null ? MediaType.APPLICATION_JSON : answer.contentType())
        .entity(answer.body())
        .build();
  }
}
