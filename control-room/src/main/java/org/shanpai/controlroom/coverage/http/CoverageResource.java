package org.shanpai.controlroom.coverage.http;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.chassis.identity.ServiceTokens;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.chassis.problem.WireInstants;
import org.shanpai.controlroom.neighbours.Neighbours;

/**
 * The coverage map, passed on from geo-service: it is worked out there from all demand of weeks,
 * and nothing of it is needed to watch over the city.
 */
@Path("/v1/coverage")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "coverage")
@RolesAllowed({Roles.VIEWER, Roles.DISPATCHER, Roles.STATION_MANAGER, Roles.MANAGER})
public class CoverageResource {

  private static final String GEO = "geo-service";
  private static final Duration LIMIT = Duration.ofSeconds(15);
  private static final Set<String> KNOWN =
      Set.of("from", "to", "reason", "areaId", "resolution", "k", "radiusMetres", "kind");
  private static final Set<String> TIMES = Set.of("from", "to");
  private static final int LONGEST_VALUE = 100;

  private final Neighbours neighbours;
  private final ServiceTokens tokens;
  private final CurrentCaller caller;

  public CoverageResource(Neighbours neighbours, ServiceTokens tokens, CurrentCaller caller) {
    this.neighbours = neighbours;
    this.tokens = tokens;
    this.caller = caller;
  }

  @GET
  @Operation(
      summary = "What was asked where, and what came of it",
      description = "See GET /v1/coverage of geo-service, which answers.")
  @Parameter(name = "from", in = ParameterIn.QUERY, example = "2026-11-15T00:00:00Z")
  @Parameter(name = "to", in = ParameterIn.QUERY, example = "2026-11-22T00:00:00Z")
  @Parameter(name = "reason", in = ParameterIn.QUERY, example = "OUT_OF_RANGE")
  @Parameter(name = "areaId", in = ParameterIn.QUERY, example = "a-core")
  @Parameter(name = "resolution", in = ParameterIn.QUERY, example = "9")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(type = SchemaType.OBJECT),
              examples =
                  @ExampleObject(
                      name = "numbers",
                      value =
                          "{\"from\":\"2026-11-15T00:00:00Z\",\"to\":\"2026-11-22T00:00:00Z\","
                              + "\"resolution\":9,\"total\":{\"asked\":52,\"served\":40,"
                              + "\"missed\":12,\"missedBy\":{\"OUT_OF_RANGE\":12},\"late\":3},"
                              + "\"leftOff\":0,\"cells\":[]}")))
  @APIResponse(responseCode = "503", description = "geo-service does not answer")
  public Uni<Response> coverage(@Context UriInfo uri) {
    return passOn("/v1/coverage", uri);
  }

  @GET
  @Path("/suggestions")
  @Operation(
      summary = "The best places for a new store or flash warehouse",
      description = "See GET /v1/coverage/suggestions of geo-service, which answers.")
  @Parameter(name = "k", in = ParameterIn.QUERY, example = "5")
  @Parameter(name = "radiusMetres", in = ParameterIn.QUERY, example = "3000")
  @Parameter(name = "kind", in = ParameterIn.QUERY, example = "FLASH_WAREHOUSE")
  @Parameter(name = "from", in = ParameterIn.QUERY, example = "2026-11-15T00:00:00Z")
  @Parameter(name = "to", in = ParameterIn.QUERY, example = "2026-11-22T00:00:00Z")
  @Parameter(name = "areaId", in = ParameterIn.QUERY, example = "a-core")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(type = SchemaType.OBJECT),
              examples =
                  @ExampleObject(
                      name = "one place",
                      value =
                          "{\"kind\":\"STORE\",\"radiusMetres\":3000.0,\"wanted\":118.5,"
                              + "\"places\":[{\"rank\":1,\"cell\":\"89309941b07ffff\","
                              + "\"place\":{\"lat\":31.2301,\"lon\":121.4707},\"adds\":82.5}]}")))
  @APIResponse(responseCode = "503", description = "geo-service does not answer")
  public Uni<Response> suggestions(@Context UriInfo uri) {
    return passOn("/v1/coverage/suggestions", uri);
  }

  /** With this service's own token, which names the operator: geo-service sees who looks. */
  private Uni<Response> passOn(String path, UriInfo uri) {
    String query = query(uri);
    return neighbours
        .send(
            HttpMethod.GET,
            GEO,
            path + (query.isEmpty() ? "" : "?" + query),
            Map.of("Authorization", tokens.bearer(GEO, caller.subject())),
            null,
            LIMIT)
        .map(CoverageResource::answer);
  }

  private static String query(UriInfo uri) {
    StringJoiner query = new StringJoiner("&");
    for (Map.Entry<String, List<String>> parameter : uri.getQueryParameters().entrySet()) {
      if (!KNOWN.contains(parameter.getKey())) {
        throw Problem.badRequest(
            parameter.getKey(), "There is no parameter " + parameter.getKey() + " here.");
      }
      for (String value : parameter.getValue()) {
        if (value.length() > LONGEST_VALUE) {
          throw Problem.badRequest(parameter.getKey(), parameter.getKey() + " is too long.");
        }
        if (TIMES.contains(parameter.getKey()) && !value.isBlank()) {
          checkTime(parameter.getKey(), value);
        }
        query.add(parameter.getKey() + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
      }
    }
    return query.toString();
  }

  private static void checkTime(String name, String value) {
    try {
      WireInstants.parse(value);
    } catch (DateTimeParseException noTime) {
      throw Problem.badRequest(name, name + " must be a time such as 2026-11-15T00:00:00Z.");
    }
  }

  private static Response answer(Neighbours.Answer answer) {
    // What geo-service cannot tell the control room for its own reasons is no fault of the
    // operator.
    if (answer.status() == 0
        || answer.status() >= 500
        || answer.status() == 401
        || answer.status() == 403) {
      throw Problem.unavailable("Coverage is not available: geo-service does not answer.", 3);
    }
    return Response.status(answer.status())
        .type(answer.contentType() == null ? MediaType.APPLICATION_JSON : answer.contentType())
        .entity(answer.body())
        .build();
  }
}
