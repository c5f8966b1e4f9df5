package org.shanpai.controlroom.acts.http;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.chassis.identity.TokenMechanism;
import org.shanpai.contracts.event.WeatherAlert;
import org.shanpai.controlroom.acts.Act;
import org.shanpai.controlroom.acts.Acts;
import org.shanpai.controlroom.neighbours.Neighbours;
import org.shanpai.messaging.Json;

/** Where operators step in. Every act needs a reason and is kept. */
@Path("/v1")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "acts")
@RolesAllowed({Roles.DISPATCHER, Roles.STATION_MANAGER, Roles.MANAGER})
public class ActResource {

  private static final String ID = "[A-Za-z0-9._:-]{1,64}";

  /** Why. */
  @Schema(description = "Why it is done", examples = "{\"reason\":\"Rider's bike broke down\"}")
  public record Reason(@NotBlank @Size(max = 200) String reason) {}

  /** The weather, and why it is set. */
  @Schema(
      description = "The weather in an area",
      examples =
          "{\"level\":\"ORANGE\",\"travelFactor\":1.25,\"promiseExtraSeconds\":600,\"reason\":\"Heavy rain\"}")
  public record Weather(
      @NotNull WeatherAlert.Level level,
      @DecimalMin("1.0") @DecimalMax("3.0") Double travelFactor,
      @Min(0) @Max(7200) Integer promiseExtraSeconds,
      @NotBlank @Size(max = 200) String reason) {}

  private final Acts acts;
  private final CurrentCaller caller;

  public ActResource(Acts acts, CurrentCaller caller) {
    this.acts = acts;
    this.caller = caller;
  }

  @POST
  @Path("/jobs/{jobId}/reassign")
  @Operation(summary = "Take the job from its rider and give it to another")
  @APIResponse(
      responseCode = "200",
      description = "Done, as dispatch-service answered",
      content = @Content(schema = @Schema(type = SchemaType.OBJECT)))
  @APIResponse(responseCode = "404", description = "There is no such job")
  @APIResponse(responseCode = "409", description = "The job cannot be taken any more")
  @APIResponse(responseCode = "422", description = "The key was used with another body")
  @APIResponse(responseCode = "503", description = "dispatch-service does not answer")
  public Uni<Response> reassign(
      @PathParam("jobId") @Pattern(regexp = ID) String jobId,
      @NotNull @Valid Reason reason,
      @HeaderParam("Idempotency-Key") String key,
      @Context HttpServerRequest request) {
    return job("REASSIGN", "reassign", jobId, reason, key, request);
  }

  @POST
  @Path("/jobs/{jobId}/cancel")
  @Operation(summary = "Cancel the job")
  @APIResponse(
      responseCode = "200",
      description = "Done, as dispatch-service answered",
      content = @Content(schema = @Schema(type = SchemaType.OBJECT)))
  @APIResponse(responseCode = "404", description = "There is no such job")
  @APIResponse(responseCode = "409", description = "The job cannot be cancelled any more")
  @APIResponse(responseCode = "422", description = "The key was used with another body")
  @APIResponse(responseCode = "503", description = "dispatch-service does not answer")
  public Uni<Response> cancel(
      @PathParam("jobId") @Pattern(regexp = ID) String jobId,
      @NotNull @Valid Reason reason,
      @HeaderParam("Idempotency-Key") String key,
      @Context HttpServerRequest request) {
    return job("CANCEL", "cancel", jobId, reason, key, request);
  }

  @POST
  @Path("/areas/{areaId}/weather")
  @RolesAllowed({Roles.DISPATCHER, Roles.MANAGER})
  @Operation(summary = "Set the weather in an area")
  @APIResponse(
      responseCode = "200",
      description = "Done, as geo-service answered",
      content = @Content(schema = @Schema(type = SchemaType.OBJECT)))
  @APIResponse(responseCode = "404", description = "There is no such area")
  @APIResponse(responseCode = "409", description = "The same key is under way")
  @APIResponse(responseCode = "422", description = "The key was used with another body")
  @APIResponse(responseCode = "503", description = "geo-service does not answer")
  public Uni<Response> weather(
      @PathParam("areaId") @Pattern(regexp = ID) String areaId,
      @NotNull @Valid Weather weather,
      @HeaderParam("Idempotency-Key") String key,
      @Context HttpServerRequest request) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("level", weather.level());
    if (weather.travelFactor() != null) {
      body.put("travelFactor", weather.travelFactor());
    }
    if (weather.promiseExtraSeconds() != null) {
      body.put("promiseExtraSeconds", weather.promiseExtraSeconds());
    }
    return perform(
        new Act(
            "WEATHER",
            areaId,
            weather.reason(),
            "geo-service",
            HttpMethod.PUT,
            "/v1/areas/" + areaId + "/weather",
            Json.write(body)),
        key,
        request);
  }

  private Uni<Response> job(
      String kind,
      String verb,
      String jobId,
      Reason reason,
      String key,
      HttpServerRequest request) {
    return perform(
        new Act(
            kind,
            jobId,
            reason.reason(),
            "dispatch-service",
            HttpMethod.POST,
            "/v1/jobs/" + jobId + "/" + verb,
            Json.write(Map.of("reason", reason.reason()))),
        key,
        request);
  }

  private Uni<Response> perform(Act act, String key, HttpServerRequest request) {
    return acts.perform(act, caller.subject(), token(request), key).map(ActResource::passOn);
  }

  private static Response passOn(Neighbours.Answer answer) {
    Response.ResponseBuilder response = Response.status(answer.status());
    if (answer.body() != null && !answer.body().isEmpty()) {
      String type =
          answer.contentType() == null ? MediaType.APPLICATION_JSON : answer.contentType();
      response.entity(answer.body()).type(type);
    }
    return response.build();
  }

  /** The token the operator came with, in the header or in the cookie. */
  private static String token(HttpServerRequest request) {
    String header = request.getHeader("Authorization");
    return header != null
        ? header.substring("Bearer ".length()).trim()
        : request.getCookie(TokenMechanism.COOKIE).getValue();
  }
}
